# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class KeyFigureQuerySet(models.QuerySet):
    pass


class ObservationQuerySet(models.QuerySet):
    pass
