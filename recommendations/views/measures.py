# SPDX-License-Identifier: EUPL-1.2
"""Measures: the list with its quick reports, and the page of one measure."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.models import Department
from activity.models import Event
from core import asked
from core.entry import sent
from core.errors import DomainError, NotAllowed, Stale, WrongState
from core.keys import numbers_of
from core.pages import page_of
from recommendations import flows, permissions, resolved
from recommendations.authority import who_decides
from recommendations.forms import MeasureForm, MeasureReportForm, QuickReportForm, ReplanForm, StepForm
from recommendations.models import ChecklistItem, Measure
from recommendations.views.common import refuse, run, step_page, visible

if TYPE_CHECKING:
    from django.db.models import Model
    from django.forms import BaseForm
    from django.http import HttpResponse

    from accounts.models import User
    from accounts.requests import Request


def _visible(request: Request, pk: int) -> Measure:
    measures = Measure.objects.visible_to(request.user).select_related(
        "recommendation__lead_department", "department", "owner"
    )
    return get_object_or_404(measures, pk=pk)


def measure_list(request: Request) -> HttpResponse:
    """All measures one may see; department staff report on several of their own at once, each row for itself."""
    measures = Measure.objects.visible_to(request.user).for_list()
    shown = {"mine": asked.flag(request.GET, "mine"), "late": asked.flag(request.GET, "late")}
    if shown["mine"]:
        measures = measures.of_department(request.user)
    if shown["late"]:
        measures = measures.late()
    failed, status = {}, 200
    if request.method == "POST":
        saved, failed, status = _save_rows(request)
        if saved:
            done = ngettext("%(count)s report is saved.", "%(count)s reports are saved.", saved) % {"count": saved}
            messages.success(request, done)
        if not failed:
            return redirect(request.get_full_path())
    page = page_of(request, measures)
    rows = [form.measure for form in failed.values()]
    rows += [measure for measure in page if measure.pk not in failed]
    mine = Measure.objects.of_department(request.user).among(rows)
    for measure in rows:  # the rule of can_report_measure, asked once for the whole page
        measure.form = failed.get(measure.pk)
        if measure.form is None and measure.pk in mine:
            measure.form = QuickReportForm(measure=measure)
    context = {"page_obj": page, "rows": rows, "may_report_any": bool(mine), "failed": failed, **shown}
    context["has_department"] = Department.objects.any_of(request.user)
    return render(request, "recommendations/measure_list.html", context, status=status)


def _save_rows(request: Request) -> tuple[int, dict[int, QuickReportForm], int]:
    """Save every row that was changed, each by its own flow; ``(how many, forms that failed, status)``."""
    named = [
        key.removeprefix("m").removesuffix("-seen_version") for key in request.POST if key.endswith("-seen_version")
    ]
    measures = Measure.objects.visible_to(request.user).for_list().among_ids(named)
    saved, failed, status = 0, {}, 422
    for measure in measures:
        form = QuickReportForm(request.POST, measure=measure)
        if not form.has_changed():
            continue
        if form.is_valid():
            try:
                _save_row(form, measure, by=request.user)
            except DomainError as error:
                form.add_error(None, str(error))
                status = 403 if isinstance(error, NotAllowed) else status
            else:
                saved += 1
                continue
        form.measure = measure
        failed[measure.pk] = form
    return saved, failed, status


def _save_row(form: QuickReportForm, measure: Measure, *, by: User) -> None:
    seen = form.cleaned_data["seen_version"]
    if form.says_something:
        seen = flows.report_measure(measure, by=by, seen_version=seen, **form.report()).version  # type: ignore[arg-type]
    if form.ticks_something:
        flows.tick_steps(measure, by=by, done={int(pk) for pk in form.cleaned_data["steps"]}, seen_version=seen)


def measure_detail(request: Request, pk: int) -> HttpResponse:
    """One measure: plan and reality, steps, former plans, history."""
    measure = _visible(request, pk)
    recommendation = measure.recommendation
    happened = Event.objects.about(recommendation).naming(measure_id=measure.pk) | Event.objects.about(measure)
    context = {
        "measure": measure,
        "recommendation": recommendation,
        "items": list(measure.checklist.select_related("done_by")),
        "former_plans": list(measure.former_plans.all()),
        "resolution": resolved.holding(recommendation),
        "may_confirm": permissions.can_confirm_resolution(request.user, recommendation),
        "review": recommendation.effect_reviews.current(),
        "step_form": StepForm(),
        "may_report": permissions.can_report_measure(request.user, measure),
        "start": permissions.can_start_measure(request.user, measure),
        "may_replan": permissions.can_replan_measure(request.user, measure),
        "may_change_steps": permissions.can_change_steps(request.user, measure),
        "may_plan_effect": permissions.can_plan_effect(request.user, recommendation),
        "events": happened.order_by("-pk")[:40],
        "authority": who_decides(recommendation, request.user),
    }
    return render(request, "recommendations/measure_detail.html", context)


def measure_plan(request: Request, pk: int) -> HttpResponse:
    recommendation = visible(request, pk)
    refuse(request, recommendation, permissions.can_plan_measure(request.user, recommendation))
    form = MeasureForm(sent(request))
    if request.method == "POST" and form.is_valid():
        return run(request, recommendation, _("The measure is planned."), flows.plan_measure, **form.cleaned_data)
    return step_page(
        request,
        form,
        recommendation=recommendation,
        title=_("Plan a measure"),
        submit=_("Plan the measure"),
    )


def measure_replan(request: Request, pk: int) -> HttpResponse:
    measure = _visible(request, pk)
    verdict = permissions.can_replan_measure(request.user, measure)
    refuse(request, measure.recommendation, verdict)
    if not verdict and request.method != "POST":
        messages.info(request, str(verdict.reason))
        return redirect(measure)
    form = ReplanForm(sent(request), instance=measure, initial={"seen_version": measure.version})
    if request.method == "POST" and form.is_valid() and _runs(form, flows.replan_measure, measure, by=request.user):
        messages.success(request, _("The plan is changed. The former one stays readable."))
        return redirect("recommendations:measure_detail", measure.pk)
    return step_page(
        request,
        form,
        recommendation=measure.recommendation,
        title=_("Change the plan"),
        submit=_("Save the new plan"),
        intro=_("The former days stay readable, also in the follow-up of resolutions."),
    )


def _runs(form: BaseForm, flow: Callable[..., Any], measure: Measure, *, by: User) -> bool:
    """Run the flow with the form's fields; what the state forbids is said at the form, with all that was typed."""
    try:
        flow(measure, by=by, **form.cleaned_data)
    except WrongState as error:
        form.add_error(None, str(error))
        if isinstance(error, Stale):
            form.show_both()
        return False
    return True


def measure_report(request: Request, pk: int) -> HttpResponse:
    measure = _visible(request, pk)
    permissions.can_report_measure(request.user, measure).enforce()
    names = ("status", "light", "delay_reason", "stop_reason", "completion_note", "started_on", "done_on")
    stored = {name: getattr(measure, name) for name in names}
    form = MeasureReportForm(sent(request), initial={**stored, "seen_version": measure.version})
    if request.method == "POST" and form.is_valid() and _runs(form, flows.report_measure, measure, by=request.user):
        messages.success(request, _("The report is saved."))
        return redirect(measure)
    start = permissions.can_start_measure(request.user, measure)
    return step_page(
        request,
        form,
        recommendation=measure.recommendation,
        title=_("Report on: %(measure)s") % {"measure": measure.title},
        submit=_("Save the report"),
        intro="" if start else start.reason,
    )


@require_POST
def measure_steps(request: Request, pk: int) -> HttpResponse:
    """Which steps are done."""
    measure = _visible(request, pk)
    done = set(numbers_of(asked.texts(request.POST, "done")))
    seen = asked.number(request.POST, "seen_version")
    return _back(request, measure, flows.tick_steps, done=done, seen_version=seen)


@require_POST
def step_add(request: Request, pk: int) -> HttpResponse:
    measure = _visible(request, pk)
    form = StepForm(request.POST)
    if not form.is_valid():
        refuse(request, measure.recommendation, permissions.can_change_steps(request.user, measure))
        messages.error(request, _("Please write down the step in at most 200 characters."))
        return redirect(measure)
    return _back(request, measure, flows.add_step, **form.cleaned_data)


@require_POST
def step_remove(request: Request, pk: int) -> HttpResponse:
    visible_measures = Measure.objects.visible_to(request.user).values("pk")
    items = ChecklistItem.objects.select_related("measure__recommendation")
    item = get_object_or_404(items, pk=pk, measure__in=visible_measures)
    return _back(request, item.measure, flows.remove_step, subject=item)


def _back(
    request: Request, measure: Measure, flow: Callable[..., Any], *, subject: Model | None = None, **fields: Any
) -> HttpResponse:
    try:
        flow(subject or measure, by=request.user, **fields)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The steps are saved."))
    return redirect(measure)
