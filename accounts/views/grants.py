# SPDX-License-Identifier: EUPL-1.2
"""Who may decide for a department: grants of the past and of today, what is proposed, and who confirms it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import flows, permissions, standing
from accounts.forms import EndForm, GrantForm
from accounts.models import Department, Grant
from accounts.sheets import content_of, this_year
from core.entry import sent
from core.errors import WrongState
from core.pages import form_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.models import User
    from accounts.requests import Request
    from core.verdicts import Verdict


def who_decides(request: Request, pk: int) -> HttpResponse:
    department = get_object_or_404(Department.objects.visible_to(request.user), pk=pk)
    grants = standing.of_grants(department)
    for grant in grants:
        grant.may_confirm = permissions.can_confirm(request.user, grant)
        grant.may_turn_down = permissions.can_turn_down(request.user, grant)
        grant.may_end = permissions.can_end_grant(request.user, grant)
    deputies = standing.of_deputies(department)
    context = {
        "department": department,
        "grants": [grant for grant in grants if not grant.is_over],
        "former": [grant for grant in grants if grant.is_over],
        "deputies": [one for one in deputies if not one.is_over],
        "former_deputies": [one for one in deputies if one.is_over],
        "who_confirms": permissions.who_confirms(department),
        "may_propose": permissions.can_administer(request.user),
        "nobody": not any(one.state == standing.HOLDS for one in (*grants, *deputies)),
    }
    return render(request, "accounts/who_decides.html", context)


def sheet_confirm(request: Request, pk: int) -> HttpResponse:
    """Read the sheet of this year as it stands, then confirm it."""
    department = get_object_or_404(Department.objects.visible_to(request.user), pk=pk)
    verdict = permissions.can_confirm_sheet(request.user, department)
    if request.method == "POST":
        try:
            flows.confirm_sheet(department, by=request.user)
        except WrongState as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Confirmed. It is kept under its checksum."))
        return redirect("accounts:sheet_confirm", pk)
    context = {
        "department": department,
        "sheet": content_of(department),
        "year": this_year(),
        "confirmed": department.sheets.select_related("confirmed_by"),
        "verdict": verdict,
    }
    return render(request, "accounts/sheet.html", context)


def grant_propose(request: Request, pk: int) -> HttpResponse:
    permissions.can_administer(request.user).enforce()
    department = get_object_or_404(Department, pk=pk)
    form = GrantForm(sent(request), department=department, by=request.user)
    if request.method == "POST" and form.is_valid():
        flows.propose_grant(department, by=request.user, **form.cleaned_data)
        messages.success(request, _("Proposed. It takes effect once it is confirmed. Those concerned are told."))
        return redirect(department)
    intro = _("Confirmed by: %(who)s.") % {"who": ", ".join(map(str, permissions.who_confirms(department)))}
    title = _("Propose who heads %(department)s") % {"department": department}
    return form_page(
        request,
        form,
        title=title,
        submit=_("Propose"),
        back=department.get_absolute_url(),
        back_label=_("Who may decide"),
        intro=intro,
    )


@require_POST
def grant_confirm(request: Request, pk: int) -> HttpResponse:
    grant = _visible(request, pk)
    try:
        flows.confirm_grant(grant, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("Confirmed. %(name)s decides from the day that was named.") % {"name": grant.person}
        )
    return redirect(grant.department)


def grant_turn_down(request: Request, pk: int) -> HttpResponse:
    return _end_page(
        request, pk, permissions.can_turn_down, flows.turn_down_grant, _("Do not confirm the proposal"), _("Turn down")
    )


def grant_end(request: Request, pk: int) -> HttpResponse:
    return _end_page(request, pk, permissions.can_end_grant, flows.end_grant, _("End the right to decide"), _("End it"))


def _end_page(
    request: Request,
    pk: int,
    verdict: Callable[[User, Grant], Verdict],
    flow: Callable[..., Grant],
    title: str,
    submit: str,
) -> HttpResponse:
    grant = _visible(request, pk)
    form = EndForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            flow(grant, by=request.user, **form.cleaned_data)
        except WrongState as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Recorded. Those concerned are told."))
        return redirect(grant.department)
    try:
        verdict(request.user, grant).enforce()
    except WrongState as error:
        messages.error(request, str(error))
        return redirect(grant.department)
    return form_page(
        request,
        form,
        title=title,
        submit=submit,
        back=grant.get_absolute_url(),
        back_label=_("Who may decide"),
        intro=str(grant),
    )


def _visible(request: Request, pk: int) -> Grant:
    return get_object_or_404(Grant.objects.visible_to(request.user).for_display(), pk=pk)
