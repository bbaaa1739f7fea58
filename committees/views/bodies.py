# SPDX-License-Identifier: EUPL-1.2
"""Committees, their members, successions and legislative terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.flows import sync_roles
from accounts.models import User
from activity.flows import save_recorded
from committees import events, flows, permissions
from committees.forms import (
    CommitteeForm,
    MembershipForm,
    SuccessorForm,
    TermForm,
)
from committees.models import Committee, LegislativeTerm, Membership
from committees.querysets import EXPIRES_SOON
from core.entry import sent
from core.errors import WrongState
from core.pages import form_page, page_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request


def committee_list(request: Request) -> HttpResponse:
    committees = Committee.objects.visible_to(request.user).active()
    return render(
        request,
        "committees/list.html",
        {"committees": committees, "may_create": permissions.can_maintain_committees(request.user)},
    )


def committee_detail(request: Request, pk: int) -> HttpResponse:
    committee = get_object_or_404(Committee.objects.visible_to(request.user), pk=pk)
    memberships = committee.memberships.select_related("person", "on_behalf_of", "succeeds__person", "term")
    may_prepare = permissions.can_prepare(request.user, committee)
    members = list(memberships.current())
    return render(
        request,
        "committees/detail.html",
        {
            "committee": committee,
            "members": members,
            "voting": sum(1 for membership in members if membership.voting_right),
            "coming": memberships.filter(start_on__gt=timezone.localdate()),
            "vacant": memberships.vacant() if may_prepare else [],
            "soon": timezone.localdate() + EXPIRES_SOON,
            "secretaries": User.objects.appointed("secretaries", committee),
            "upcoming": committee.meetings.upcoming(),
            "past": committee.meetings.past()[:10],
            "templates": committee.agenda_templates.all() if may_prepare else [],
            "may_prepare": may_prepare,
            "may_maintain": permissions.can_maintain_committees(request.user),
        },
    )


def committee_edit(request: Request, pk: int | None = None) -> HttpResponse:
    permissions.can_maintain_committees(request.user).enforce()
    committee = get_object_or_404(Committee.objects.visible_to(request.user), pk=pk) if pk else None
    form = CommitteeForm(sent(request), instance=committee)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            saved = save_recorded(
                form,
                by=request.user,
                may=permissions.can_maintain_committees,
                created=events.COMMITTEE_CREATED,
                changed=events.COMMITTEE_CHANGED,
            )
            sync_roles(scope=saved)
        messages.success(request, _("The committee is saved."))
        return redirect(saved)
    title = _("Change committee") if committee else _("New committee")
    return form_page(request, form, title=title, back=reverse("committees:list"), back_label=_("Committees"))


def membership_list(request: Request) -> HttpResponse:
    memberships = Membership.objects.visible_to(request.user)
    shown = memberships.select_related("committee", "person", "on_behalf_of")
    kept = Committee.objects.visible_to(request.user)
    if not permissions.can_maintain_committees(request.user):
        kept = kept.kept_by(request.user)
    prepared = shown.filter(committee__in=kept.values("pk"))
    return render(
        request,
        "committees/membership_list.html",
        {
            "page_obj": page_of(request, shown.current()),
            "expiring": prepared.expiring(),
            "vacant": prepared.vacant(),
            "may_maintain": permissions.can_maintain_committees(request.user),
        },
    )


def membership_create(request: Request, committee_pk: int) -> HttpResponse:
    committee = get_object_or_404(Committee.objects.visible_to(request.user), pk=committee_pk)
    return _membership_form(request, Membership(committee=committee))


def membership_edit(request: Request, pk: int) -> HttpResponse:
    return _membership_form(request, get_object_or_404(Membership.objects.visible_to(request.user), pk=pk))


def _membership_form(request: Request, membership: Membership) -> HttpResponse:
    committee = membership.committee
    permissions.can_prepare(request.user, committee).enforce()
    form = MembershipForm(sent(request), instance=membership)
    if request.method == "POST" and form.is_valid():
        try:
            flows.save_membership(form, by=request.user)
        except WrongState as error:
            form.add_error("start_on", str(error))
        else:
            messages.success(request, _("The membership is saved."))
            return redirect(committee)
    title = _("Membership in %(committee)s") % {"committee": committee}
    return form_page(request, form, title=title, back=committee.get_absolute_url(), back_label=str(committee))


def membership_succeed(request: Request, pk: int) -> HttpResponse:
    """One form for both halves of a succession: the predecessor ends, the successor begins."""
    membership = get_object_or_404(
        Membership.objects.visible_to(request.user).select_related("committee", "person"), pk=pk
    )
    committee = membership.committee
    permissions.can_prepare(request.user, committee).enforce()
    form = SuccessorForm(sent(request), predecessor=membership)
    if request.method == "POST" and form.is_valid():
        try:
            successor = flows.succeed(membership, by=request.user, **form.cleaned_data)
        except WrongState as error:
            messages.error(request, str(error))
        else:
            names = {"successor": successor.person, "predecessor": membership.person}
            messages.success(request, _("%(successor)s succeeds %(predecessor)s.") % names)
        return redirect(committee)
    return form_page(
        request,
        form,
        title=_("Successor of %(person)s") % {"person": membership.person},
        submit=_("Enter the successor"),
        back=committee.get_absolute_url(),
        back_label=str(committee),
        intro=_("The seat in %(committee)s passes on: one membership ends, the other begins, and both are linked.")
        % {"committee": committee},
    )


def term_list(request: Request) -> HttpResponse:
    permissions.can_maintain_committees(request.user).enforce()
    return render(request, "committees/term_list.html", {"terms": LegislativeTerm.objects.all()})


def term_edit(request: Request, pk: int | None = None) -> HttpResponse:
    permissions.can_maintain_committees(request.user).enforce()
    term = get_object_or_404(LegislativeTerm, pk=pk) if pk else None
    form = TermForm(sent(request), instance=term)
    if request.method == "POST" and form.is_valid():
        save_recorded(
            form,
            by=request.user,
            may=permissions.can_maintain_committees,
            created=events.TERM_CREATED,
            changed=events.TERM_CHANGED,
        )
        messages.success(request, _("The legislative term is saved."))
        return redirect("committees:term_list")
    title = _("Change legislative term") if term else _("New legislative term")
    back = reverse("committees:term_list")
    return form_page(request, form, title=title, back=back, back_label=_("Legislative terms"))
