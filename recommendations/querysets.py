# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class RecommendationQuerySet(models.QuerySet):
    pass


class StatementQuerySet(models.QuerySet):
    pass


class MeasureQuerySet(models.QuerySet):
    pass
