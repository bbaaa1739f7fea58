# SPDX-License-Identifier: EUPL-1.2
"""What is stored about one person (Article 15 GDPR), as a paper to read and as JSON to take along.

The places are not listed here: every relation of the person and of the account is followed, so that a place added
later is found as well. Passwords and keys are never handed out, and of other people's texts only the title.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from activity.models import Event, Seal
from actors.models import Person
from reports.kinds import Kind, parts, rights, setting
from reports.kinds.house import house
from reports.kinds.involvement import about, role_of
from reports.kinds.prose import spelled

if TYPE_CHECKING:
    from django.db.models.fields import Field

    from accounts.models import User
    from reports.content import Content

WITHHELD = ("password", "secret", "token", "key_hash", "data", "content")
MOST_ROWS = 40  # on paper; the file holds all
KEPT_FOR = timedelta(days=14)
DATED_BY = (("event", "at"), ("meeting", "start"))


def lifetime(options: object) -> timedelta:
    """The file is for handing out, not for keeping."""
    return KEPT_FOR


def build(person: Person, variant: str, options: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The person's own row, the account, and every row that points at either."""
    user = person.user
    places = [_own(person, _("Person in the register"))]
    if user:
        places.append(_own(user, _("Account")))
        roles = [group.name for group in user.groups.order_by("name")]
        places.append({"heading": _("Roles of the account"), "rows": [["", name] for name in roles], "terms": False})
    for thing in (person, user):
        if thing is not None:
            places += _pointing_at(thing)
    for membership in person.memberships.all():
        places += _pointing_at(membership)
    places += _log(person, user)
    return {
        **house(variant),
        "name": str(person),
        "basis": str(person.get_legal_basis_display()),
        "consent": parts.day(person.consent_given_on),
        "withdrawn": parts.day(person.consent_withdrawn_on),
        "review": parts.day(person.review_on),
        "account": bool(user),
        "places": [place for place in places if place["rows"]],
    }


def _own(thing: models.Model, heading: str) -> dict[str, Any]:
    """Every field of a row with its name; an empty one says so."""
    rows = []
    for field in thing._meta.concrete_fields:
        if field.primary_key:
            continue
        if any(word in field.name for word in WITHHELD):
            rows.append(
                [capfirst(str(field.verbose_name)), _("stored in a form that cannot be read; it is not handed out")]
            )
            continue
        rows.append([capfirst(str(field.verbose_name)), _value(thing, field) or _("empty")])
    return {"heading": heading, "rows": rows, "terms": True}


def _value(thing: models.Model, field: Field) -> str:
    value = getattr(thing, field.name)
    if value in (None, ""):
        return ""
    if field.choices:
        return str(getattr(thing, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, models.DateTimeField):
        return date_format(localtime(value), "d.m.Y, H:i")
    if isinstance(field, models.DateField):
        return parts.day(value)
    return str(value)


def _pointing_at(thing: models.Model) -> list[dict[str, Any]]:
    """Rows of other tables that name this one, table by table: in which role, and what the row is called."""
    found = []
    for relation in thing._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.related_model in (Event, Seal):
            continue
        model, field = relation.related_model, relation.field
        # the person's own row stands at the beginning, with every field
        if model._meta.auto_created or model in (type(thing), Person):
            continue
        rows = []
        for one in model._base_manager.filter(**{field.name: thing}).order_by("pk"):
            entry = _told(one) if isinstance(thing, Person) else about(one, thing)
            rows.append([_dates(one), entry])
        if rows:
            name = pgettext("heading", "Individual rights")
            if not model.__name__.endswith("ObjectPermission"):
                name = capfirst(str(model._meta.verbose_name_plural))
            found.append({"heading": name, "role": role_of(field), "rows": rows, "terms": False})
    return sorted(found, key=lambda place: (place["heading"], place["role"]))


def _told(one: Any) -> str:
    """A row that is about the person alone: its name and whatever was typed into it."""
    typed = [
        f"{field.verbose_name}: {getattr(one, field.name)}"
        for field in one._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and getattr(one, field.name)
        and not any(word in field.name for word in WITHHELD)
    ]
    return "; ".join([str(one)[:200], *typed])[:600]


def _dates(one: models.Model) -> str:
    """The dates of a row, so that one sees since when and until when it holds."""
    named = {field.name: field for field in one._meta.concrete_fields}
    start = next(
        (parts.day(getattr(one, name)) for name in ("start_on", "valid_from", "held_on", "at") if name in named), ""
    )
    end = next((parts.day(getattr(one, name)) for name in ("end_on", "valid_until") if name in named), "")
    if end:
        return f"{start}–{end}"
    if not start:
        # a notice is as old as its event, an attendance as its meeting
        start = next((parts.day(getattr(getattr(one, by), at)) for by, at in DATED_BY if by in named), "")
    if not start:
        day = next((name for name in ("created_at", "recorded_at", "changed_at", "due_on") if name in named), "")
        start = parts.day(getattr(one, day)) if day else ""
    return start


def _log(person: Person, user: User | None) -> list[dict[str, Any]]:
    """What the log says that this person did, and what was done to the person's row or account."""
    found = []
    if user:
        done = Event.objects.filter(by=user).order_by("pk")
        rows = [[parts.day(event.at), event.sentence] for event in done]
        found.append({"heading": _("Log: what this person did"), "rows": rows, "terms": False})
    about = [event for thing in (person, user) if thing is not None for event in Event.objects.about(thing)]
    about.sort(key=lambda event: event.pk)
    rows = [[parts.day(event.at), event.sentence] for event in about]
    found.append({"heading": _("Log: what was done about this person"), "rows": rows, "terms": False})
    return found


def context(content: Content) -> dict[str, Any]:
    name = _("Personal data of %(name)s") % {"name": content["name"]}
    places = []
    for place in content["places"]:
        left = len(place["rows"]) - MOST_ROWS
        more = ""
        if left > 0:
            words = ngettext(
                "%(count)s further entry stands in the attached file.",
                "%(count)s further entries stand in the attached file.",
                left,
            )
            more = words % {"count": left}
        places.append({**place, "shown": place["rows"][:MOST_ROWS], "more": more})
    made = setting.frame(
        content,
        title=name,
        kind=_("Information under Article 15 GDPR"),
        head=_("Information under Article 15 GDPR"),
        rule=_("For the person named only. Please do not pass it on."),
        facts=[
            (_("Status"), _("confidential, non-public")),
            (_("For"), content["name"]),
            (_("Legal basis"), content["basis"]),
            (_("Review on"), content["review"]),
        ],
        closed=True,
    )
    return {"frame": made, "sections": places, "claim": _claim(len(places)), "terms": _terms(content)}


def _claim(count: int) -> str:
    words = ngettext("Data about you stands in %(count)s place.", "Data about you stands in %(count)s places.", count)
    return words % {"count": spelled(count, pgettext("feminine dative", "one"))}


def _terms(content: Content) -> list[tuple[str, str]]:
    """What Article 15 wants to be said beside the data."""
    basis = _("public task (Article 6 (1) (e) GDPR with the law of the state)")
    if content["consent"]:
        words = {"day": content["consent"], "withdrawn": content["withdrawn"]}
        basis = _("consent of %(day)s (Article 6 (1) (a) GDPR)") % words
        if content["withdrawn"]:
            basis = _("consent of %(day)s (Article 6 (1) (a) GDPR), withdrawn on %(withdrawn)s") % words
    return [
        (_("Purpose"), _("coordination of education: contact, committees, recommendations and their history")),
        (_("Legal basis"), basis),
        (
            _("Recipients"),
            _("the office, the departments and the committees, as far as their task needs it; nobody outside"),
        ),
        (_("Origin"), _("entered by the office, or by the person with the own account")),
        (
            _("Storage"),
            _("contact data until the review; who decided what stays in the file as long as the file is kept"),
        ),
        (
            _("Your rights"),
            _("correction, erasure, restriction, objection; complaint to the data-protection authority"),
        ),
        (_("Automated decisions"), _("none")),
    ]


def attachments(content: Content) -> list[tuple[str, str, bytes]]:
    """The same places as JSON."""
    data = {
        "name": content["name"],
        "municipality": content["municipality"],
        "legal_basis": content["basis"],
        "places": [
            {
                "heading": place["heading"],
                "role": place.get("role", ""),
                "entries": [{"name": name, "value": value} for name, value in place["rows"]],
            }
            for place in content["places"]
        ],
    }
    body = json.dumps(data, ensure_ascii=False, indent=2).encode()
    return [("auskunft.json", "application/json", body)]


KIND = Kind(
    code="personal_data",
    label=gettext_lazy("Personal data (Article 15 GDPR)"),
    subject="actors.Person",
    template="print/kinds/personal_data.html",
    variants=("full",),
    build=build,
    context=context,
    may_order=rights.can_order_personal_data,
    attachments=attachments,
    lifetime=lifetime,
)
