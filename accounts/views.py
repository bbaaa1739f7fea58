# SPDX-License-Identifier: EUPL-1.2
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import flows, permissions
from accounts.forms import DelegationForm, DepartmentForm, SettingsForm, UserForm
from accounts.models import Delegation, Department, User
from core.entry import sent
from core.pages import form_page, page_of


def settings(request):
    form = SettingsForm(sent(request), instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your settings are saved."))
        return redirect("accounts:settings")
    return form_page(request, form, title=_("My account"))


def user_list(request):
    permissions.can_administer(request.user).enforce()
    users = User.objects.prefetch_related("groups")
    labels = flows.role_labels()
    page = page_of(request, users)
    for user in page:
        user.roles = [labels.get(group.name, group.name) for group in user.groups.all()]
    return render(request, "accounts/user_list.html", {"page_obj": page})


def user_edit(request, pk=None):
    permissions.can_administer(request.user).enforce()
    user = get_object_or_404(User, pk=pk) if pk else None
    form = UserForm(sent(request), instance=user, group_labels=flows.role_labels())
    if request.method == "POST" and form.is_valid():
        flows.save_account(form, by=request.user)
        messages.success(request, _("The account is saved."))
        return redirect("accounts:user_list")
    title = _("Change account") if user else _("New account")
    return form_page(request, form, title=title, back=reverse("accounts:user_list"), back_label=_("Accounts"))


def department_list(request):
    permissions.can_administer(request.user).enforce()
    departments = Department.objects.select_related("parent")
    return render(request, "accounts/department_list.html", {"departments": departments})


def department_edit(request, pk=None):
    permissions.can_administer(request.user).enforce()
    department = get_object_or_404(Department, pk=pk) if pk else None
    form = DepartmentForm(sent(request), instance=department)
    if request.method == "POST" and form.is_valid():
        flows.save_department(form, by=request.user)
        messages.success(request, _("The department is saved."))
        return redirect("accounts:department_list")
    title = _("Change department") if department else _("New department")
    return form_page(request, form, title=title, back=reverse("accounts:department_list"), back_label=_("Departments"))


def delegation_list(request):
    delegations = Delegation.objects.visible_to(request.user).select_related("department", "deputy", "set_by")
    return render(
        request,
        "accounts/delegation_list.html",
        {"delegations": delegations, "may_delegate": permissions.can_delegate(request.user)},
    )


def delegation_create(request):
    permissions.can_delegate(request.user).enforce()
    form = DelegationForm(sent(request), head=request.user)
    if request.method == "POST" and form.is_valid():
        chosen = dict(form.cleaned_data)
        flows.delegate(chosen.pop("department"), by=request.user, **chosen)
        messages.success(request, _("The deputy is set."))
        return redirect("accounts:delegation_list")
    back = reverse("accounts:delegation_list")
    return form_page(request, form, title=_("Set a deputy"), back=back, back_label=_("Delegations"))


@require_POST
def delegation_end(request, pk):
    delegation = get_object_or_404(Delegation.objects.visible_to(request.user), pk=pk)
    flows.end_delegation(delegation, by=request.user)
    messages.success(request, _("The deputyship is ended."))
    return redirect("accounts:delegation_list")
