# SPDX-License-Identifier: EUPL-1.2
"""Papers: their number, annexes and way through the committees."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.flows import logs_refusals, record
from committees import events, permissions
from committees.models import Annex, Consultation, MeetingState, Paper, PaperNumber
from core.errors import WrongState


def _draw_reference(year):
    """The next paper number of the year; the row stays locked until the paper is stored, so no number is lost."""
    PaperNumber.objects.get_or_create(year=year)
    number = PaperNumber.objects.select_for_update().get(year=year)
    number.last += 1
    number.save(update_fields=["last"])
    return f"{year}/{number.last:04d}"


@transaction.atomic
def create_paper(
    *,
    by,
    title,
    paper_type,
    lead_department,
    proposed_resolution,
    involved_departments=(),
    is_public=True,
    non_public_reason="",
    file_reference="",
    date=None,
):
    """Make a numbered paper."""
    permissions.can_create_paper(by).enforce()
    date = date or timezone.localdate()
    paper = Paper.objects.create(
        reference=_draw_reference(date.year),
        title=title,
        paper_type=paper_type,
        lead_department=lead_department,
        proposed_resolution=proposed_resolution,
        is_public=is_public,
        non_public_reason=non_public_reason,
        file_reference=file_reference,
        date=date,
        created_by=by,
    )
    paper.involved_departments.set(involved_departments)
    record(events.PAPER_CREATED, paper, by=by, reference=paper.reference)
    return paper


@logs_refusals(events.REFUSED)
@transaction.atomic
def add_annex(paper, *, by, title, body, is_public=True, non_public_reason=""):
    """Add the next numbered annex to a paper."""
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    permissions.can_add_annex(by, paper).enforce()
    position = (paper.annexes.aggregate(last=Max("position"))["last"] or 0) + 1
    annex = Annex.objects.create(
        paper=paper, position=position, title=title, body=body, is_public=is_public, non_public_reason=non_public_reason
    )
    record(events.ANNEX_ADDED, paper, by=by, number=position, reference=paper.reference)
    return annex


@logs_refusals(events.REFUSED)
@transaction.atomic
def schedule(paper, *, by, committee, role, agenda_item=None, resolution_text=""):
    """Add a stop to the paper's sequence of consultations, on an agenda where one is named."""
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    permissions.can_schedule(by, paper, committee).enforce()
    if agenda_item and agenda_item.meeting.committee_id != committee.pk:
        raise WrongState(_("This agenda item belongs to another committee."))
    if agenda_item and agenda_item.meeting.state not in (MeetingState.PLANNED, MeetingState.INVITED):
        raise WrongState(_("The agenda of a meeting that was held or cancelled is not changed any more."))
    if agenda_item and paper.consultations.filter(agenda_item=agenda_item).exists():
        raise WrongState(_("The paper is on this agenda item already."))
    position = (paper.consultations.aggregate(last=Max("position"))["last"] or 0) + 1
    consultation = Consultation.objects.create(
        paper=paper,
        position=position,
        committee=committee,
        role=role,
        agenda_item=agenda_item,
        resolution_text=resolution_text,
    )
    record(
        events.SCHEDULED,
        paper,
        by=by,
        reference=paper.reference,
        committee=str(committee),
        role=str(consultation.get_role_display()),
    )
    return consultation


@transaction.atomic
def unschedule(consultation, *, by):
    """Take a stop without a result off the sequence."""
    permissions.can_schedule(by, consultation.paper, consultation.committee).enforce()
    if consultation.result:
        raise WrongState(_("The committee has dealt with it; this stop stays."))
    record(
        events.UNSCHEDULED,
        consultation.paper,
        by=by,
        reference=consultation.paper.reference,
        committee=str(consultation.committee),
    )
    consultation.delete()
