# SPDX-License-Identifier: EUPL-1.2
"""During the meeting: attendance, conflicts of interest, questions and assignments."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from committees import flows, permissions
from committees.forms import (
    AnswerForm,
    AssignmentForm,
    AttendanceForm,
    ConflictForm,
    PaperConflictForm,
    QuestionForm,
    WithdrawalForm,
)
from committees.models import AgendaItem, Assignment, ConflictOfInterest, Meeting, Paper, Question
from committees.seats import sitting
from committees.voting import quorum_of
from core import asked
from core.entry import sent, status_of
from core.errors import WrongState
from core.pages import form_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request
    from core.entry import ModelForm


def _meeting(request: Request, pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.visible_to(request.user).select_related("committee"), pk=pk)


def _item(request: Request, pk: int) -> AgendaItem:
    return get_object_or_404(AgendaItem.objects.visible_to(request.user).select_related("meeting__committee"), pk=pk)


def attendance(request: Request, pk: int) -> HttpResponse:
    """Everybody who sits in the committee on that day, present unless marked otherwise."""
    meeting = _meeting(request, pk)
    try:
        permissions.can_keep_record(request.user, meeting).enforce()
    except WrongState as error:
        messages.error(request, str(error))
        return redirect(meeting)
    form = AttendanceForm(sent(request), meeting=meeting, initial={"minute_taker": request.user.name})
    if request.method == "POST" and form.is_valid():
        flows.record_attendance(meeting, by=request.user, **form.outcome())
        messages.success(request, _("The attendance is recorded."))
        return redirect(meeting)
    status = 422 if form.errors or any(row.errors for row in form.rows) else 200
    context = {"meeting": meeting, "form": form, "quorum": quorum_of(meeting)}
    return render(request, "committees/attendance.html", context, status=status)


def conflict_declare(request: Request, pk: int) -> HttpResponse:
    """A member declares the own conflict of interest before the meeting; the secretary notes anybody's in it."""
    meeting = _meeting(request, pk)
    memberships = sitting(meeting).select_related("person", "committee")
    if not permissions.can_prepare(request.user, meeting.committee):
        memberships = memberships.filter(person__user=request.user)
        if not memberships.exists():
            permissions.can_prepare(request.user, meeting.committee).enforce()
    items = meeting.agenda_items.filter(is_heading=False).filter(Q(consultations=None) | Q(consultations__result=""))
    form = ConflictForm(
        sent(request),
        items=items.distinct(),
        memberships=memberships,
        initial={"agenda_item": asked.text(request.GET, "item")},
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            flows.declare_conflict(
                chosen["agenda_item"], by=request.user, membership=chosen["membership"], reason=chosen["reason"]
            )
        except WrongState as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The conflict of interest is noted."))
        return redirect(meeting)
    return form_page(
        request,
        form,
        title=_("Declare a conflict of interest"),
        submit=_("Declare the conflict of interest"),
        back=meeting.get_absolute_url(),
        back_label=str(meeting),
        intro=_(
            "Whoever is biased does not receive the papers of this item, and takes no part in the debate and the vote. "
            "The result only states how many members were biased."
        ),
    )


def conflict_on_paper(request: Request, pk: int) -> HttpResponse:
    """A member declares the own conflict of interest on a whole paper, from the paper's page."""
    paper = get_object_or_404(Paper.objects.known_to(request.user), pk=pk)
    permissions.can_declare_on_paper(request.user, paper).enforce()
    form = PaperConflictForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            flows.declare_on_paper(paper, by=request.user, reason=form.cleaned_data["reason"])
        except WrongState as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The conflict of interest is noted. You receive this paper no longer."))
        return redirect("committees:meeting_list")
    return form_page(
        request,
        form,
        title=_("Declare a conflict of interest on paper %(reference)s") % {"reference": paper.reference},
        submit=_("Declare the conflict of interest"),
        back=paper.get_absolute_url(),
        back_label=paper.reference,
        intro=_(
            "From then on you do not receive this paper and its files any more, and you take no part in the debate and "
            "the vote, in no body. Until a result is recorded you can withdraw the declaration with a reason."
        ),
    )


def conflict_withdraw(request: Request, pk: int) -> HttpResponse:
    conflict = get_object_or_404(
        ConflictOfInterest.objects.visible_to(request.user).select_related(
            "agenda_item__meeting__committee", "membership__person", "membership__committee", "paper"
        ),
        pk=pk,
    )
    item = conflict.agenda_item
    back, label = reverse("committees:meeting_list"), _("Meetings")
    title = _("Withdraw the declaration of %(person)s on paper %(reference)s")
    about = {"person": conflict.membership.person, "reference": conflict.paper and conflict.paper.reference}
    if item:
        back, label = item.meeting.get_absolute_url(), str(item.meeting)
        title = _("Withdraw the declaration of %(person)s on item %(number)s")
        about["number"] = item.number
    form = WithdrawalForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            flows.withdraw_conflict(conflict, by=request.user, reason=form.cleaned_data["reason"])
        except WrongState as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The declaration is withdrawn. It stays in the record with its reason."))
        return redirect(back)
    return form_page(
        request, form, title=title % about, submit=_("Withdraw the declaration"), back=back, back_label=label
    )


def question_create(request: Request, pk: int) -> HttpResponse:
    item = _item(request, pk)
    memberships = sitting(item.meeting).select_related("person", "committee")
    form = QuestionForm(
        sent(request), memberships=memberships, initial={"due_on": flows.next_meeting_day(item.meeting)}
    )
    title = _("Question on item %(number)s") % {"number": item.number}
    intro = _("The answer is due by the next meeting. Whoever answers finds the question among the own tasks.")
    return _note(request, item, form, flows.raise_question, title, intro, _("The question is noted."))


def assignment_create(request: Request, pk: int) -> HttpResponse:
    item = _item(request, pk)
    form = AssignmentForm(sent(request), initial={"due_on": flows.next_meeting_day(item.meeting)})
    title = _("Assignment from item %(number)s") % {"number": item.number}
    intro = _("Whoever is responsible finds the assignment among the own tasks. Done is not yet accepted.")
    return _note(request, item, form, flows.give_assignment, title, intro, _("The assignment is noted."))


def _note(
    request: Request, item: AgendaItem, form: ModelForm, flow: Callable[..., Any], title: str, intro: str, done: str
) -> HttpResponse:
    try:
        permissions.can_keep_record(request.user, item.meeting).enforce()
        if request.method == "POST" and form.is_valid():
            flow(item, by=request.user, **form.cleaned_data)
            messages.success(request, done)
            return redirect(item.meeting)
    except WrongState as error:
        messages.error(request, str(error))
        return redirect(item.meeting)
    back = item.meeting.get_absolute_url()
    return form_page(request, form, title=title, back=back, back_label=str(item.meeting), intro=intro)


def question_answer(request: Request, pk: int) -> HttpResponse:
    """The question, its answer, or the field to answer it."""
    question = get_object_or_404(
        Question.objects.visible_to(request.user).select_related(
            "agenda_item__meeting__committee", "asked_by__person", "owner", "answered_by"
        ),
        pk=pk,
    )
    may_answer = permissions.can_answer(request.user, question)
    form = AnswerForm(sent(request))
    if request.method == "POST":
        if form.is_valid():
            try:
                flows.answer_question(question, by=request.user, text=form.cleaned_data["text"])
            except WrongState as error:
                messages.error(request, str(error))
            else:
                messages.success(request, _("The question is answered. The next meeting reads the answer."))
            return redirect(question)
        may_answer.enforce()
    context = {"question": question, "may_answer": may_answer, "form": form}
    return render(request, "committees/question.html", context, status=status_of(form))


@require_POST
def assignment_accept(request: Request, pk: int) -> HttpResponse:
    assignment = get_object_or_404(Assignment.objects.visible_to(request.user), pk=pk)
    try:
        flows.accept_assignment(assignment, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The assignment is accepted."))
    return redirect(assignment)
