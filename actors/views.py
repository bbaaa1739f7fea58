# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from activity.flows import save_recorded
from actors import events, permissions
from actors.forms import ActorFilter, ActorForm, FieldForm, PersonForm, PositionForm
from actors.models import Actor, FieldOfAction, Person, Position
from core import asked
from core.entry import sent
from core.pages import form_page, page_of
from core.search import matching

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request


def actor_list(request: Request) -> HttpResponse:
    form = ActorFilter(request.GET, reader=request.user)
    actors = form.apply(Actor.objects.visible_to(request.user)).with_tree_fields()
    return render(
        request,
        "actors/list.html",
        {
            "page_obj": page_of(request, actors, per_page=50),
            "form": form,
            "may_maintain": permissions.can_maintain_actors(request.user),
        },
    )


def actor_detail(request: Request, pk: int) -> HttpResponse:
    actor = get_object_or_404(Actor.objects.visible_to(request.user).select_related("parent"), pk=pk)
    return render(
        request,
        "actors/detail.html",
        {
            "actor": actor,
            "positions": actor.positions.select_related("person"),
            "memberships": actor.memberships.select_related("committee", "person"),
            "may_maintain": permissions.can_maintain_actors(request.user),
        },
    )


def actor_edit(request: Request, pk: int | None = None) -> HttpResponse:
    actor = get_object_or_404(Actor.objects.visible_to(request.user), pk=pk) if pk else None
    permissions.can_maintain_actors(request.user).enforce()
    form = ActorForm(sent(request), instance=actor)
    if request.method == "POST" and form.is_valid():
        saved = save_recorded(
            form,
            by=request.user,
            may=permissions.can_maintain_actors,
            created=events.ACTOR_CREATED,
            changed=events.ACTOR_CHANGED,
        )
        messages.success(request, _("The actor is saved."))
        return redirect(saved)
    title = _("Change actor") if actor else _("New actor")
    return form_page(request, form, title=title, back=reverse("actors:list"), back_label=_("Actors"))


def field_edit(request: Request, pk: int | None = None) -> HttpResponse:
    """Fields of action are kept with the actors; the tree with its progress stands beside the strategic goals."""
    permissions.can_maintain_actors(request.user).enforce()
    field = get_object_or_404(FieldOfAction.objects.visible_to(request.user), pk=pk) if pk else None
    form = FieldForm(sent(request), instance=field)
    if request.method == "POST" and form.is_valid():
        save_recorded(
            form,
            by=request.user,
            may=permissions.can_maintain_actors,
            created=events.FIELD_CREATED,
            changed=events.FIELD_CHANGED,
        )
        messages.success(request, _("The field of action is saved."))
        return redirect("recommendations:goal_list")
    title = _("Change the field of action") if field else _("New field of action")
    back = reverse("recommendations:goal_list")
    return form_page(request, form, title=title, back=back, back_label=_("Goals and fields"))


def person_list(request: Request) -> HttpResponse:
    persons = Person.objects.visible_to(request.user).prefetch_related("positions__actor")
    if text := asked.text(request.GET, "q"):
        persons = persons.filter(matching(text, "family_name", "given_name"))
    return render(
        request,
        "actors/person_list.html",
        {"page_obj": page_of(request, persons), "may_maintain": permissions.can_maintain_actors(request.user)},
    )


def person_detail(request: Request, pk: int) -> HttpResponse:
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    return render(
        request,
        "actors/person_detail.html",
        {
            "person": person,
            "positions": person.positions.select_related("actor"),
            "memberships": person.memberships.select_related("committee"),
            "may_maintain": permissions.can_maintain_actors(request.user),
        },
    )


def person_edit(request: Request, pk: int | None = None) -> HttpResponse:
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk) if pk else None
    permissions.can_maintain_actors(request.user).enforce()
    form = PersonForm(sent(request), instance=person)
    if request.method == "POST" and form.is_valid():
        namesakes = Person.objects.filter(
            family_name=form.cleaned_data["family_name"], given_name=form.cleaned_data["given_name"]
        ).exclude(pk=form.instance.pk)
        if namesakes.exists():
            messages.warning(request, _("There is another person of this name. Please check whether it is the same."))
        saved = save_recorded(
            form,
            by=request.user,
            may=permissions.can_maintain_actors,
            created=events.PERSON_CREATED,
            changed=events.PERSON_CHANGED,
        )
        messages.success(request, _("The person is saved."))
        return redirect(saved)
    title = _("Change person") if person else _("New person")
    return form_page(request, form, title=title, back=reverse("actors:person_list"), back_label=_("Persons"))


def position_create(request: Request, person_pk: int) -> HttpResponse:
    return _position_form(
        request, Position(person=get_object_or_404(Person.objects.visible_to(request.user), pk=person_pk))
    )


def position_edit(request: Request, pk: int) -> HttpResponse:
    persons = Person.objects.visible_to(request.user)
    return _position_form(request, get_object_or_404(Position, pk=pk, person__in=persons.values("pk")))


def _position_form(request: Request, position: Position) -> HttpResponse:
    permissions.can_maintain_actors(request.user).enforce()
    form = PositionForm(sent(request), instance=position)
    if request.method == "POST" and form.is_valid():
        save_recorded(
            form,
            by=request.user,
            may=permissions.can_maintain_actors,
            created=events.POSITION_CREATED,
            changed=events.POSITION_CHANGED,
        )
        messages.success(request, _("The function is saved."))
        return redirect(position.person)
    title = _("Function of %(person)s") % {"person": position.person}
    back = position.person.get_absolute_url()
    return form_page(request, form, title=title, back=back, back_label=str(position.person))
