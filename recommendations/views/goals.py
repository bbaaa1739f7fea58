# SPDX-License-Identifier: EUPL-1.2
"""Strategic goals and fields of action as trees, with progress that adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from activity.flows import save_recorded
from actors.models import FieldOfAction
from actors.permissions import can_maintain_actors
from core import asked
from core.entry import sent
from core.pages import form_page, page_of
from recommendations import events, flows, permissions
from recommendations.forms import GoalForm, GoalsOfRecommendationForm
from recommendations.goals import Progress, in_group
from recommendations.lifecycle import Phase
from recommendations.models import Recommendation, StrategicGoal
from recommendations.views.common import refuse, run, step_page, visible

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request
    from core.verdicts import Verdict
    from recommendations.querysets import RecommendationQuerySet


def goal_list(request: Request) -> HttpResponse:
    """Both trees with everything that hangs on them, in a number of queries that does not grow."""
    progress = Progress(request.user)
    context = {
        "goals": progress.of_goals(request.user),
        "fields": progress.of_fields(request.user),
        "may_maintain": permissions.can_maintain_goals(request.user),
        "may_maintain_fields": can_maintain_actors(request.user),
    }
    return render(request, "recommendations/goal_list.html", context)


def goal_detail(request: Request, pk: int) -> HttpResponse:
    goal = get_object_or_404(StrategicGoal.objects.visible_to(request.user).select_related("parent"), pk=pk)
    hanging = Recommendation.objects.visible_to(request.user).serving(goal)
    return _branch(request, goal, hanging, may_maintain=permissions.can_maintain_goals(request.user))


def field_detail(request: Request, pk: int) -> HttpResponse:
    field = get_object_or_404(FieldOfAction.objects.visible_to(request.user).select_related("parent"), pk=pk)
    hanging = Recommendation.objects.visible_to(request.user).in_field(field)
    return _branch(request, field, hanging, may_maintain=can_maintain_actors(request.user))


def _branch(
    request: Request, thing: StrategicGoal, hanging: RecommendationQuerySet, *, may_maintain: Verdict
) -> HttpResponse:
    """One goal or field with the recommendations on it and below it, all of them or one group of states."""
    group = asked.text(request.GET, "group")
    is_goal = isinstance(thing, StrategicGoal)
    context = {
        "thing": thing,
        "is_goal": is_goal,
        "above": "recommendations:goal_detail" if is_goal else "recommendations:field_detail",
        "page_obj": page_of(request, in_group(hanging, group).for_display()),
        "groups": Phase.choices,
        "group": group if group in Phase.values else "",
        "edit_url": reverse("recommendations:goal_edit" if is_goal else "actors:field_edit", args=[thing.pk]),
        "may_maintain": may_maintain,
    }
    return render(request, "recommendations/goal_detail.html", context)


def goal_edit(request: Request, pk: int | None = None) -> HttpResponse:
    goal = get_object_or_404(StrategicGoal.objects.visible_to(request.user), pk=pk) if pk else None
    permissions.can_maintain_goals(request.user).enforce()
    form = GoalForm(
        sent(request), instance=goal, initial={"parent": asked.number(request.GET, "parent")} if not pk else {}
    )
    if request.method == "POST" and form.is_valid():
        save_recorded(
            form,
            by=request.user,
            may=permissions.can_maintain_goals,
            created=events.GOAL_CREATED,
            changed=events.GOAL_CHANGED,
        )
        messages.success(request, _("The goal is saved."))
        return redirect("recommendations:goal_list")
    title = _("Change the goal") if goal else _("New goal")
    return form_page(
        request, form, title=title, back=reverse("recommendations:goal_list"), back_label=_("Goals and fields")
    )


def goals_assign(request: Request, pk: int) -> HttpResponse:
    """Hang one recommendation on goals."""
    recommendation = visible(request, pk)
    refuse(request, recommendation, permissions.can_maintain_goals(request.user))
    form = GoalsOfRecommendationForm(sent(request), initial={"goals": recommendation.goals.all()})
    if request.method == "POST" and form.is_valid():
        return run(request, recommendation, _("The goals are saved."), flows.assign_goals, **form.cleaned_data)
    return step_page(
        request,
        form,
        recommendation=recommendation,
        title=_("Assign to strategic goals"),
        submit=_("Assign"),
    )
