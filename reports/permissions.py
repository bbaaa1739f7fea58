# SPDX-License-Identifier: EUPL-1.2
from django.utils.translation import gettext as _

from accounts.models import Department
from accounts.roles import COORDINATION, holds
from committees.models import Committee, Paper
from core.verdicts import YES, no, not_now
from reports.models import State, Variant


def can_order(user, paper, variant=Variant.PUBLIC):
    """Coordination, lead department and the secretaries of its committees order briefings of a paper they may read."""
    readable = Paper.objects.fully_visible_to(user) if variant == Variant.FULL else Paper.objects.visible_to(user)
    keeps = Committee.objects.kept_by(user).filter(consultations__paper=paper).exists()
    leads = Department.objects.of(user).filter(pk=paper.lead_department_id).exists()
    if (holds(user, COORDINATION) or leads or keeps) and readable.filter(pk=paper.pk).exists():
        return YES
    return no(_("Only the coordination, the lead department or the committee's secretary orders briefings."))


def can_retry(user, briefing):
    """What failed is started again by whoever may order it."""
    if not (verdict := can_order(user, briefing.paper, briefing.variant)):
        return verdict
    if briefing.state != State.FAILED:
        return not_now(_("Only a briefing that failed is started again."))
    return YES


def can_read_downloads(user, paper):
    """The coordination and the committees' secretaries see who downloaded what."""
    if holds(user, COORDINATION) or Committee.objects.kept_by(user).filter(consultations__paper=paper).exists():
        return YES
    return no(_("Only the coordination and the secretary see the downloads."))
