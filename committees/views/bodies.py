# SPDX-License-Identifier: EUPL-1.2
"""Bodies and who sits in them."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.flows import sync_roles
from activity.flows import save_recorded
from committees import events, permissions
from committees.forms import (
    CommitteeForm,
    MembershipForm,
)
from committees.models import Committee, Membership
from core.pages import form_page, page_of


def committee_list(request):
    committees = Committee.objects.visible_to(request.user).active()
    return render(
        request,
        "committees/list.html",
        {"committees": committees, "may_create": permissions.can_maintain_committees(request.user)},
    )


def committee_detail(request, pk):
    committee = get_object_or_404(Committee.objects.visible_to(request.user), pk=pk)
    memberships = committee.memberships.select_related("person", "on_behalf_of")
    return render(
        request,
        "committees/detail.html",
        {
            "committee": committee,
            "members": memberships.current(),
            "upcoming": committee.meetings.upcoming(),
            "past": committee.meetings.past()[:10],
            "may_prepare": permissions.can_prepare(request.user, committee),
            "may_maintain": permissions.can_maintain_committees(request.user),
        },
    )


def committee_edit(request, pk=None):
    permissions.can_maintain_committees(request.user).enforce()
    committee = get_object_or_404(Committee.objects.visible_to(request.user), pk=pk) if pk else None
    form = CommitteeForm(request.POST or None, instance=committee)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            saved = save_recorded(
                form, by=request.user, created=events.COMMITTEE_CREATED, changed=events.COMMITTEE_CHANGED
            )
            sync_roles(scope=saved)
        messages.success(request, _("The committee is saved."))
        return redirect(saved)
    title = _("Change committee") if committee else _("New committee")
    return form_page(request, form, title=title, back=reverse("committees:list"), back_label=_("Committees"))


def membership_list(request):
    memberships = Membership.objects.visible_to(request.user).select_related("committee", "person", "on_behalf_of")
    return render(request, "committees/membership_list.html", {"page_obj": page_of(request, memberships.current())})


def membership_create(request, committee_pk):
    committee = get_object_or_404(Committee.objects.visible_to(request.user), pk=committee_pk)
    return _membership_form(request, Membership(committee=committee))


def membership_edit(request, pk):
    return _membership_form(request, get_object_or_404(Membership.objects.visible_to(request.user), pk=pk))


def _membership_form(request, membership):
    committee = membership.committee
    permissions.can_prepare(request.user, committee).enforce()
    form = MembershipForm(request.POST or None, instance=membership)
    if request.method == "POST" and form.is_valid():
        save_recorded(form, by=request.user, created=events.MEMBERSHIP_CREATED, changed=events.MEMBERSHIP_CHANGED)
        messages.success(request, _("The membership is saved."))
        return redirect(committee)
    title = _("Membership in %(committee)s") % {"committee": committee}
    return form_page(request, form, title=title, back=committee.get_absolute_url(), back_label=str(committee))
