# SPDX-License-Identifier: EUPL-1.2
"""The own account; accounts and departments, as the administration keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import flows, permissions, standing
from accounts.forms import DepartmentForm, SettingsForm, UserForm
from accounts.models import Department, User
from core.entry import sent, status_of
from core.errors import WrongState
from core.pages import form_page, page_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request


def settings(request: Request) -> HttpResponse:
    form = SettingsForm(sent(request), instance=request.user)
    if request.method == "POST" and form.is_valid():
        flows.save_settings(form, by=request.user)
        messages.success(request, _("Your settings are saved."))
        return redirect("accounts:settings")
    return form_page(request, form, title=_("My account"))


def user_list(request: Request) -> HttpResponse:
    permissions.can_administer(request.user).enforce()
    page = page_of(request, User.objects.prefetch_related("groups"))
    standings = standing.of_accounts(list(page), flows.role_labels())
    for user in page:
        user.standings = standings[user.pk]
    return render(request, "accounts/user_list.html", {"page_obj": page})


def user_edit(request: Request, pk: int | None = None) -> HttpResponse:
    permissions.can_administer(request.user).enforce()
    user = get_object_or_404(User, pk=pk) if pk else None
    form = UserForm(sent(request), instance=user, group_labels=flows.role_labels())
    if request.method == "POST" and form.is_valid():
        try:
            saved = flows.save_account(form, by=request.user)
        except WrongState as error:
            form.add_error(None, str(error))
        else:
            done = _("The account is saved.") if user else _("The account is made. %(name)s gets a link by e-mail.")
            messages.success(request, done % {"name": saved.name})
            return redirect("accounts:user_list")
    context = {
        "form": form,
        "account": user,
        "link": permissions.can_send_link(request.user, user) if user else None,
    }
    return render(request, "accounts/user_edit.html", context, status=status_of(form))


@require_POST
def send_link(request: Request, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk) if permissions.can_administer(request.user) else request.user
    try:
        flows.send_link(user, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s gets a link by e-mail.") % {"name": user.name})
    return redirect("accounts:user_edit", user.pk)


def department_list(request: Request) -> HttpResponse:
    """All departments for whoever may see them, with who decides; kept by the administration alone."""
    may_keep = permissions.can_administer(request.user)
    departments = Department.objects.visible_to(request.user).select_related("parent")
    if not departments:
        may_keep.enforce()
    vacant = set(Department.objects.without_anybody_to_decide().values_list("pk", flat=True))
    context = {"departments": departments, "may_keep": may_keep, "vacant": vacant}
    return render(request, "accounts/department_list.html", context)


def department_edit(request: Request, pk: int | None = None) -> HttpResponse:
    permissions.can_administer(request.user).enforce()
    department = get_object_or_404(Department, pk=pk) if pk else None
    form = DepartmentForm(sent(request), instance=department)
    if request.method == "POST" and form.is_valid():
        flows.save_department(form, by=request.user)
        messages.success(request, _("The department is saved."))
        return redirect("accounts:department_list")
    title = _("Change department") if department else _("New department")
    return form_page(request, form, title=title, back=reverse("accounts:department_list"), back_label=_("Departments"))
