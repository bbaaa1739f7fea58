# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from tree_queries.query import TreeQuerySet


class ActorQuerySet(TreeQuerySet):
    pass


class PersonQuerySet(models.QuerySet):
    pass
