# SPDX-License-Identifier: EUPL-1.2
"""Papers: their number, their text, annexes and supplements, and what came of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from activity.flows import logs_refusals, record
from committees import events, permissions
from committees.models import Annex, Paper, PaperNumber, PaperType
from committees.numbers import reference_of, supplement_reference_of
from core.errors import WrongState
from core.sentences import sentence as _

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Department, User


def _draw_reference(year: int) -> str:
    """The next paper number of the year; the row stays locked until the paper is stored, so no number is lost."""
    PaperNumber.objects.get_or_create(year=year)
    number = PaperNumber.objects.select_for_update().get(year=year)
    number.last += 1
    number.save(update_fields=["last"])
    return reference_of(year, number.last)


def locked(paper: Paper) -> Paper:
    """The paper as it stands now, kept from others until this transaction ends."""
    return Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)


@logs_refusals(events.REFUSED)
@transaction.atomic
def create_paper(
    *,
    by: User,
    title: str,
    paper_type: str,
    lead_department: Department,
    proposed_resolution: str,
    involved_departments: Iterable[Department] = (),
    is_public: bool = True,
    non_public_reason: str = "",
    non_public_text: str = "",
    urgency_reason: str = "",
    file_reference: str = "",
    date: date | None = None,
) -> Paper:
    """Make a numbered paper."""
    permissions.can_create_paper(by).enforce()
    if paper_type == PaperType.URGENT and not urgency_reason:
        raise WrongState(_("Please write down why it is urgent."))
    date = date or timezone.localdate()
    paper = Paper.objects.create(
        reference=_draw_reference(date.year),
        title=title,
        paper_type=paper_type,
        lead_department=lead_department,
        proposed_resolution=proposed_resolution,
        is_public=is_public,
        non_public_reason=non_public_reason,
        non_public_text=non_public_text,
        urgency_reason=urgency_reason,
        file_reference=file_reference,
        date=date,
        created_by=by,
    )
    paper.involved_departments.set(involved_departments)
    record(events.PAPER_CREATED, paper, by=by, reference=paper.reference)
    return paper


@logs_refusals(events.REFUSED)
@transaction.atomic
def supplement_paper(paper: Paper, *, by: User, title: str, proposed_resolution: str, **fields: Any) -> Paper:
    """Make a supplement: a paper of its own that stands under the number of the paper it supplements."""
    paper = locked(paper)
    permissions.can_add_annex(by, paper).enforce()
    number = (paper.supplements.aggregate(last=Max("supplement_number"))["last"] or 0) + 1
    supplement = Paper.objects.create(
        reference=supplement_reference_of(paper.reference, number),
        supplement_to=paper,
        supplement_number=number,
        title=title,
        paper_type=PaperType.SUPPLEMENT,
        lead_department=paper.lead_department,
        proposed_resolution=proposed_resolution,
        file_reference=paper.file_reference,
        date=timezone.localdate(),
        created_by=by,
        **fields,
    )
    supplement.involved_departments.set(paper.involved_departments.all())
    record(events.PAPER_CREATED, supplement, by=by, reference=supplement.reference)
    record(events.SUPPLEMENTED, paper, by=by, reference=paper.reference, supplement=supplement.reference)
    return supplement


@logs_refusals(events.REFUSED)
@transaction.atomic
def edit_paper(
    paper: Paper, *, by: User, involved_departments: Iterable[Department] | None = None, **fields: Any
) -> Paper:
    """Change what a paper says until a body has dealt with it; what a department approved stays word for word."""
    paper = locked(paper)
    permissions.can_edit_paper(by, paper).enforce()
    frozen = permissions.frozen_fields(paper) & {
        name for name, value in fields.items() if getattr(paper, name) != value
    }
    if frozen:
        raise WrongState(_("This wording was approved by the department. Change the recommendation and decide anew."))
    if not fields.get("is_public", True) and paper.consultations.filter(agenda_item__is_public=True).exists():
        raise WrongState(_("The paper is on a public item. Make the item non-public first: its title is public."))
    for name, value in fields.items():
        setattr(paper, name, value)
    paper.save(update_fields=list(fields))
    if involved_departments is not None:
        paper.involved_departments.set(involved_departments)
    record(events.PAPER_CHANGED, paper, by=by, reference=paper.reference)
    return paper


@logs_refusals(events.REFUSED)
@transaction.atomic
def add_annex(
    paper: Paper, *, by: User, title: str, body: str, is_public: bool = True, non_public_reason: str = ""
) -> Annex:
    """Add the next numbered annex to a paper."""
    paper = locked(paper)
    permissions.can_add_annex(by, paper).enforce()
    position = (paper.annexes.aggregate(last=Max("position"))["last"] or 0) + 1
    annex = Annex.objects.create(
        paper=paper, position=position, title=title, body=body, is_public=is_public, non_public_reason=non_public_reason
    )
    record(events.ANNEX_ADDED, paper, by=by, number=position, reference=paper.reference)
    return annex
