# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class CommitteeQuerySet(models.QuerySet):
    pass


class MembershipQuerySet(models.QuerySet):
    pass


class MeetingQuerySet(models.QuerySet):
    pass


class AgendaItemQuerySet(models.QuerySet):
    pass


class PaperQuerySet(models.QuerySet):
    pass


class ConsultationQuerySet(models.QuerySet):
    pass
