# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class TaskQuerySet(models.QuerySet):
    pass
