# SPDX-License-Identifier: EUPL-1.2
"""What the committee resolved: one result, or all of a meeting on one page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees import flows, permissions
from committees.forms import CorrectionForm, ResultForm
from committees.models import Committee, Consultation, Meeting
from committees.voting import quorum_of, voters_by_item, voters_of
from core.entry import sent
from core.errors import WrongState
from core.pages import form_page

if TYPE_CHECKING:
    from django.http import HttpResponse, QueryDict

    from accounts.models import User
    from accounts.requests import Request
    from committees.voting import Voters


def result_record(request: Request, pk: int) -> HttpResponse:
    stops = Consultation.objects.of_a_paper().visible_to(request.user)
    consultation = get_object_or_404(stops.select_related("paper", "committee", "agenda_item__meeting"), pk=pk)
    try:
        permissions.can_record_result(request.user, consultation).enforce()
        voters = voters_of(consultation.agenda_item)
        form = ResultForm(sent(request), voters=voters, committee=consultation.committee)
        if request.method == "POST" and form.is_valid():
            flows.record_result(consultation, by=request.user, **form.outcome())
            messages.success(request, _("The result is recorded."))
            return redirect(consultation.paper)
    except WrongState as error:
        messages.error(request, str(error))
        return redirect(consultation.paper)
    title = _("Result of %(committee)s on paper %(reference)s") % {
        "committee": consultation.committee,
        "reference": consultation.paper.reference,
    }
    intro = _("Recorded is what the committee resolved in its meeting. You do not decide anything here.")
    return form_page(
        request,
        form,
        title=title,
        submit=_("Record the result"),
        back=consultation.paper.get_absolute_url(),
        back_label=consultation.paper.reference,
        intro=f"{intro} {voters}",
    )


def result_correct(request: Request, pk: int) -> HttpResponse:
    """What was recorded wrongly is put right, with a reason, until the minutes are approved."""
    consultation = get_object_or_404(
        Consultation.objects.visible_to(request.user).select_related("paper", "committee", "agenda_item__meeting"),
        pk=pk,
    )
    back, label = _page_of(consultation)
    try:
        permissions.can_correct_result(request.user, consultation).enforce()
        form = CorrectionForm(
            sent(request),
            voters=voters_of(consultation.agenda_item),
            committee=consultation.committee,
            with_paper=consultation.paper is not None,
            initial=CorrectionForm.of(consultation),
        )
        if request.method == "POST" and form.is_valid():
            flows.correct_result(consultation, by=request.user, **form.outcome())
            messages.success(request, _("The result is corrected. The former one stays in the history."))
            return redirect(back)
    except WrongState as error:
        messages.error(request, str(error))
        return redirect(back)
    title = _("Correct the result of %(committee)s on paper %(reference)s")
    intro = _(
        "The former result stays in the history, the decision number stays. A recommendation that has moved on keeps "
        "its state; its authors are told."
    )
    if consultation.paper is None:
        title = _("Correct the result of %(committee)s on item %(reference)s")
        intro = _("The former result stays in the history, the decision number stays.")
    return form_page(
        request,
        form,
        title=title % {"committee": consultation.committee, "reference": label},
        submit=_("Correct the result"),
        back=back,
        back_label=label,
        intro=intro,
    )


def _page_of(consultation: Consultation) -> tuple[str, str]:
    """Where a result is read, and what that is called: its paper, or its item on the page of the meeting."""
    if consultation.paper:
        return consultation.paper.get_absolute_url(), consultation.paper.reference
    item = consultation.agenda_item
    return f"{item.meeting.get_absolute_url()}#item-{item.pk}", item.number


def results(request: Request, pk: int) -> HttpResponse:
    """All items of a meeting in rows. What is right is recorded; what is not stays as typed, with its error."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("committee"), pk=pk)
    permissions.can_prepare(request.user, meeting.committee).enforce()
    if not (verdict := permissions.can_enter_results(request.user, meeting)):
        messages.error(request, str(verdict.reason))
        return redirect(meeting)
    posted = request.POST if request.method == "POST" else None
    rows = _rows(request.user, meeting, posted)
    failed, recorded = 0, 0
    for row in (row for row in rows if posted and row["form"]):
        outcome = _record(row, by=request.user)
        failed += outcome is False
        recorded += outcome is True
    if recorded:
        text = ngettext("%(count)s result is recorded.", "%(count)s results are recorded.", recorded)
        messages.success(request, text % {"count": recorded})
    if posted and not failed:
        if not recorded:
            messages.info(request, _("No result was chosen, so none is recorded."))
        return redirect("committees:results", pk=meeting.pk)
    context = {
        "meeting": meeting,
        "rows": rows,
        "failed": [row for row in rows if row["form"] and row["form"].errors],
        "quorum": quorum_of(meeting),
        "waiting": any(row["form"] for row in rows),
    }
    return render(request, "committees/results.html", context, status=422 if failed else 200)


def _rows(user: User, meeting: Meeting, posted: QueryDict | None) -> list[dict[str, Any]]:
    """One row for each item, and one for each further paper on the same item; no paper needs no result."""
    rows = []
    correctable = bool(permissions.can_correct_results(user, meeting))
    may_add = permissions.can_add_results(user, meeting)
    items = meeting.agenda_items.order_by("position").prefetch_related(
        "consultations__paper", "consultations__committee", "consultations__referred_to"
    )
    everybody = voters_by_item(meeting, items)
    others = [("", _("nothing chosen")), *((one.pk, str(one)) for one in Committee.objects.active())]
    others = [choice for choice in others if choice[0] != meeting.committee_id]
    for item in items:
        item.meeting = meeting
        voters = everybody[item.pk]
        consultations: list[Consultation | None] = [*item.consultations.all()]
        for consultation in consultations or [None]:
            row: dict[str, Any] = {
                "item": item,
                "consultation": consultation,
                "voters": voters,
                "form": None,
                "may_correct": False,
            }
            if consultation and consultation.result:
                row["may_correct"] = correctable
            elif consultation:
                consultation.agenda_item = item
                row["form"] = _form(posted, f"result-{consultation.pk}", meeting, voters, others)
            elif may_add and not item.is_heading:
                row["form"] = _form(posted, f"item-{item.pk}", meeting, voters, others, with_paper=False)
            rows.append(row)
    return rows


def _form(
    posted: QueryDict | None,
    prefix: str,
    meeting: Meeting,
    voters: Voters,
    others: Sequence[tuple[Any, str]],
    *,
    with_paper: bool = True,
) -> ResultForm:
    return ResultForm(
        posted,
        prefix=prefix,
        voters=voters,
        committee=meeting.committee,
        others=others,
        optional=True,
        with_paper=with_paper,
    )


def _record(row: dict[str, Any], *, by: User) -> bool | None:
    """True where a result was recorded, False where something is wrong with the row, None where nothing was typed."""
    form = row["form"]
    if not form.is_valid():
        return False
    if not form.cleaned_data["result"]:
        return None
    try:
        if row["consultation"]:
            row["consultation"] = flows.record_result(row["consultation"], by=by, **form.outcome())
        else:
            row["consultation"] = flows.record_item_result(row["item"], by=by, **form.outcome())
    except WrongState as error:
        form.add_error("result", str(error))
        return False
    row["form"] = None
    return True
