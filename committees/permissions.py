# SPDX-License-Identifier: EUPL-1.2
from django.utils.translation import gettext as _

from accounts.models import Department
from accounts.roles import COORDINATION, holds
from committees.models import Committee, MeetingState
from core.verdicts import YES, no, not_now


def _keeps(user, committee):
    return Committee.objects.kept_by(user).filter(pk=committee.pk).exists()


def can_maintain_committees(user):
    """The coordination keeps the register of committees."""
    return YES if holds(user, COORDINATION) else no(_("Only the coordination maintains committees."))


def can_import_oparl(user):
    """The coordination connects other council information systems."""
    return YES if holds(user, COORDINATION) else no(_("Only the coordination imports from other systems."))


def can_prepare(user, committee):
    """The committee's secretary and the coordination prepare its meetings and keep its membership."""
    if holds(user, COORDINATION) or _keeps(user, committee):
        return YES
    return no(_("Only the secretary of %(committee)s and the coordination may do this.") % {"committee": committee})


def can_change_agenda(user, meeting):
    """The agenda is changed until the meeting is held."""
    if not (verdict := can_prepare(user, meeting.committee)):
        return verdict
    if meeting.state not in (MeetingState.PLANNED, MeetingState.INVITED):
        return not_now(_("The agenda of a meeting that was held or cancelled is not changed any more."))
    return YES


def can_create_paper(user):
    """Papers are made by the coordination or by a department."""
    if holds(user, COORDINATION) or Department.objects.of(user).exists():
        return YES
    return no(_("Only the coordination or a department makes papers."))


def can_schedule(user, paper, committee):
    """The secretary may; the office too where it has the mandate or a department stands behind the paper.

    A department stands behind every paper that was made of an approved recommendation, and behind its own.
    """
    if _keeps(user, committee):
        return YES
    if Department.objects.of(user).filter(pk=paper.lead_department_id).exists():
        return YES
    if holds(user, COORDINATION):
        if committee.office_may_propose or getattr(paper, "recommendation", None) is not None:
            return YES
        return no(_("The office has no mandate to bring topics into %(committee)s itself.") % {"committee": committee})
    return no(_("Only the secretary, the lead department or the coordination puts a paper on the agenda."))


def can_add_annex(user, paper):
    """The coordination and the lead department add annexes."""
    if holds(user, COORDINATION) or Department.objects.of(user).filter(pk=paper.lead_department_id).exists():
        return YES
    return no(_("Only the coordination or the lead department adds annexes."))


def can_record_result(user, consultation):
    """What a committee resolved is recorded from the agenda item of a held meeting, once."""
    if not (verdict := can_prepare(user, consultation.committee)):
        return verdict
    item = consultation.agenda_item
    if item is None or item.meeting.state not in (MeetingState.HELD, MeetingState.CLOSED):
        return not_now(_("Results are recorded once the meeting was held."))
    if consultation.result:
        return not_now(_("The result is recorded already."))
    return YES
