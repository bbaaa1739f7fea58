# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Department
from committees.deadlines import deadlines_of
from committees.models import Meeting
from core import asked
from core.entry import sent, status_of
from core.errors import WrongState
from core.pages import form_page, page_of
from recommendations.board import COLUMNS
from recommendations.lifecycle import Status
from recommendations.models import Measure, Recommendation, Statement
from recommendations.permissions import can_draft
from tasks import flows
from tasks.forms import BarrierForm, TaskForm
from tasks.models import Task
from tasks.permissions import can_answer_barrier
from tasks.querysets import barriers_visible_to

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request
    from core.sentences import Text
    from recommendations.querysets import RecommendationQuerySet

SHOWN = 7  # rows of a block on the page; the rest stands on the list behind it


def week(request: Request) -> HttpResponse:
    """What waits for me, what I wait for, and which days come next; the same few queries however much there is."""
    user = request.user
    in_work = Recommendation.objects.in_work_of(user)
    meetings = Meeting.objects.visible_to(user).upcoming().select_related("committee")[:5]
    visible_statements = Statement.objects.visible_to(user).open().filter(recommendation__status=Status.CONSULTATION)
    context = {
        "today": timezone.localdate(),
        "may_draft": can_draft(user),
        "stations": _stations(in_work),
        "tasks": Task.objects.open_of(user).select_related("recommendation")[:SHOWN],
        "to_check": Recommendation.objects.evidence_to_be_checked_by(user)[:SHOWN],
        "my_statements": Statement.objects.awaiting(user).select_related("recommendation", "department")[:SHOWN],
        "waiting_statements": visible_statements.select_related("recommendation", "department", "actor").order_by(
            "due_on"
        )[:SHOWN],
        "waiting_decisions": in_work.filter(status=Status.SUBMITTED)
        .select_related("lead_department")
        .order_by("submitted_at")[:SHOWN],
        "late_measures": Measure.objects.visible_to(user)
        .unfinished()
        .exclude(light="green")
        .select_related("recommendation", "department")[:5],
        "meetings": [(meeting, deadlines_of(meeting)) for meeting in meetings],
        "vacant": set(Department.objects.without_anybody_to_decide().values_list("pk", flat=True)),
    }
    return render(request, "tasks/week.html", context)


def _stations(recommendations: RecommendationQuerySet) -> list[tuple[Text, int, Any]]:
    """For each station of the thread how many recommendations stand there, and the two changed last."""
    counts = recommendations.counted_by_status()
    rows = []
    for column in COLUMNS:
        count = sum(counts.get(status, 0) for status in column.states)
        rows.append((column.label, count, recommendations.filter(status__in=column.states)[:2] if count else ()))
    return rows


def task_list(request: Request) -> HttpResponse:
    tasks = Task.objects.visible_to(request.user).select_related("recommendation")
    done = asked.flag(request.GET, "done")
    shown = tasks.exclude(done_at=None).order_by("-done_at") if done else Task.objects.open_of(request.user)
    context = {"page_obj": page_of(request, shown), "done": bool(done)}
    context["barriers"] = barriers_visible_to(request.user).exists()
    return render(request, "tasks/list.html", context)


def barrier_list(request: Request) -> HttpResponse:
    """What keeps people from using the application, as they reported it."""
    reports = barriers_visible_to(request.user)
    return render(request, "tasks/barriers.html", {"page_obj": page_of(request, reports)})


def barrier_answer(request: Request, pk: int) -> HttpResponse:
    report = get_object_or_404(barriers_visible_to(request.user), pk=pk)
    form = BarrierForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            flows.answer_barrier(report, by=request.user, **form.cleaned_data)
        except WrongState as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The answer is saved."))
            return redirect("tasks:barrier_list")
    context = {"report": report, "form": form, "may_answer": can_answer_barrier(request.user, report)}
    return render(request, "tasks/barrier.html", context, status=status_of(form))


def create(request: Request) -> HttpResponse:
    form = TaskForm(sent(request))
    if request.method == "POST" and form.is_valid():
        flows.add(owner=request.user, **form.cleaned_data)
        messages.success(request, _("The task is saved."))
        return redirect("tasks:list")
    return form_page(request, form, title=_("New task"), back=reverse("tasks:list"), back_label=_("Tasks"))


@require_POST
def complete(request: Request, pk: int) -> HttpResponse:
    task = get_object_or_404(Task.objects.visible_to(request.user), pk=pk)
    try:
        flows.complete(task, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Done: %(task)s") % {"task": task.title})
    return redirect("tasks:list")
