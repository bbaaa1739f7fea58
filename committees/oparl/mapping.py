# SPDX-License-Identifier: EUPL-1.2
"""Which of our fields an OParl object fills, and with what. Unknown publicity is non-public, an unknown role the
weakest, an unknown kind of body one that meets behind closed doors."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import Person
from committees.models import (
    AgendaItem,
    Committee,
    CommitteeKind,
    Consultation,
    ConsultationRole,
    Meeting,
    MeetingState,
    Membership,
    MembershipRole,
    Paper,
    PaperType,
    Result,
)
from committees.oparl import reading

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import Choices, Model

    from committees.oparl.comparing import Resolver

# in the order they are made: what stands on others comes after them
MODELS = {
    "Organization": Committee,
    "Person": Person,
    "Membership": Membership,
    "Meeting": Meeting,
    "AgendaItem": AgendaItem,
    "Paper": Paper,
    "Consultation": Consultation,
}
UNSAID = "öffentlich? nicht mitgeteilt"
COUNCILS = ("gemeinderat", "stadtrat", "kreistag", "stadtverordnetenversammlung", "bürgerschaft", "ratsversammlung")
KINDS = (
    ("beirat", CommitteeKind.ADVISORY_BOARD),
    ("ausschuss", CommitteeKind.COMMITTEE),
    ("ausschuß", CommitteeKind.COMMITTEE),
    ("konferenz", CommitteeKind.CONFERENCE),
    ("lenkung", CommitteeKind.STEERING_GROUP),
)
NO_BODIES = ("fraktion", "verwaltung", "partei", "dezernat", "amt ", "institution")
ROLES = (
    (("stellv", "stv"), MembershipRole.DEPUTY_CHAIR),
    (("vorsitz", "obfrau", "obmann"), MembershipRole.CHAIR),
    (("berat", "sachkundig"), MembershipRole.ADVISORY),
    (("gast", "gäste"), MembershipRole.GUEST),
)
STOPS = (
    (("empfehl",), ConsultationRole.RECOMMENDATION),
    (("entscheid", "beschluss", "beschließ"), ConsultationRole.DECISION),
    (("vorberat", "beratung"), ConsultationRole.PRELIMINARY),
    (("anhör",), ConsultationRole.HEARING),
)
RESULTS = (
    (("vertagt", "zurückgestellt", "abgesetzt"), Result.ADJOURNED),
    (("zurückgezogen",), Result.WITHDRAWN),
    (("verwiesen", "überwiesen"), Result.REFERRED),
    (("abgelehnt", "nicht zugestimmt"), Result.REJECTED),
    (("geändert", "mit änderung", "modifiziert"), Result.CHANGED),
    (("kenntnis",), Result.NOTED),
    (("zugestimmt", "beschlossen", "angenommen", "zustimmung"), Result.UNCHANGED),
)
PAPERS = (
    (("beschluss", "antrag"), PaperType.DECISION),
    (("bericht",), PaperType.REPORT),
    (("ergänzung", "änderung", "nachtrag"), PaperType.SUPPLEMENT),
)


def _first(
    table: Iterable[tuple[tuple[str, ...], Choices]],
    text: Any,
    otherwise: Choices,
) -> Choices:
    text = str(text or "").lower()
    return next((found for words, found in table if any(word in text for word in words)), otherwise)


def _cut(model: type[Model], field: str, text: Any) -> str:
    return str(text or "")[: model._meta.get_field(field).max_length]


def body_kind(data: Mapping[str, Any]) -> CommitteeKind:
    """The kind of a body by its name and type."""
    text = f"{data.get('name', '')} {data.get('organizationType', '')} {data.get('classification', '')}".lower()
    for word, kind in KINDS:
        if word in text:
            return kind
    return CommitteeKind.COUNCIL if any(word in text for word in COUNCILS) else CommitteeKind.WORKING_GROUP


def is_body(data: Mapping[str, Any], meeting_ones: Collection[str]) -> bool:
    """Whether an organisation deliberates: it meets, is consulted or has members, and is no faction or office."""
    said = f"{data.get('organizationType', '')} {data.get('classification', '')}".lower()
    if any(word in said for word in NO_BODIES):
        return False
    return reading.key_of(data["id"]) in meeting_ones or bool(data.get("membership")) or "gremium" in said


class Unready(Exception):
    """What this object stands on is not ours (yet), or a day is missing without which we cannot keep it."""


def values(kind: str, data: Mapping[str, Any], resolve: Resolver) -> dict[str, Any]:
    """``{field: value}`` of ours, ready for JSON; foreign keys are ids. ``resolve(kind, address)`` gives our id."""
    return globals()[f"_{kind.lower()}"](data, resolve)


def _needed(resolve: Resolver, kind: str, content: Any) -> Any:
    for url in reading.addresses(content):
        if (found := resolve(kind, url)) is not None:
            return found
    raise Unready(kind)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _organization(data: Mapping[str, Any], resolve: Resolver) -> dict[str, str | None]:
    name = _cut(Committee, "name", data.get("name") or data.get("shortName"))
    if not name:
        raise Unready("name")
    return {"name": name, "dissolved_on": _iso(reading.day(data.get("endDate")))}


def _person(data: Mapping[str, Any], resolve: Resolver) -> dict[str, str]:
    family, given = data.get("familyName"), data.get("givenName")
    if not family:
        given, _blank, family = str(data.get("name", "")).rpartition(" ")
    if not family:
        raise Unready("name")
    title = data.get("title")
    return {
        "title": _cut(Person, "title", " ".join(title) if isinstance(title, list) else title),
        "given_name": _cut(Person, "given_name", given),
        "family_name": _cut(Person, "family_name", family),
    }


def _membership(data: Mapping[str, Any], resolve: Resolver) -> dict[str, Any]:
    start = reading.day(data.get("startDate"))
    if start is None:
        raise Unready("startDate")
    end = reading.day(data.get("endDate"))
    return {
        "committee_id": _needed(resolve, "Organization", data.get("organization")),
        "person_id": _needed(resolve, "Person", data.get("person")),
        "role": str(_first(ROLES, data.get("role"), MembershipRole.MEMBER)),
        "voting_right": data.get("votingRight") is True,
        "start_on": _iso(start),
        "end_on": _iso(end if end and end >= start else None),
    }


def _meeting(data: Mapping[str, Any], resolve: Resolver) -> dict[str, Any]:
    start = reading.moment(data.get("start"))
    if start is None:
        raise Unready("start")
    place = data.get("location")
    return {
        "committee_id": _needed(resolve, "Organization", data.get("organization")),
        "start": start.astimezone(timezone.get_default_timezone()).isoformat(),
        "location": _cut(Meeting, "location", resolve("Location", place) if isinstance(place, str) else ""),
        "state": str(_state(data, start)),
    }


def _state(data: Mapping[str, Any], start: datetime) -> MeetingState:
    said = str(data.get("meetingState", "")).lower()
    if data.get("cancelled") is True or "abgesagt" in said:
        return MeetingState.CANCELLED
    if start < timezone.now():
        return MeetingState.HELD
    return MeetingState.INVITED if "geladen" in said or data.get("agendaItem") else MeetingState.PLANNED


def _agendaitem(data: Mapping[str, Any], resolve: Resolver) -> dict[str, Any]:
    is_public = data.get("public") is True
    return {
        "meeting_id": _needed(resolve, "Meeting", data.get("meeting")),
        "number": _cut(AgendaItem, "number", data.get("number")) or "–",
        "title": _cut(AgendaItem, "title", data.get("name")) or str(_("Item without a title")),
        "is_public": is_public,
        "non_public_reason": "" if is_public else UNSAID,
    }


def _paper(data: Mapping[str, Any], resolve: Resolver) -> dict[str, Any]:
    if not data.get("name"):
        raise Unready("name")
    day = reading.day(data.get("date")) or reading.day(data.get("created"))
    if day is None:
        raise Unready("date")
    is_public = resolve("public", data["id"]) is True
    return {
        "title": _cut(Paper, "title", data["name"]),
        "date": _iso(day),
        "paper_type": str(_first(PAPERS, data.get("paperType"), PaperType.INFORMATION)),
        "is_public": is_public,
        "non_public_reason": "" if is_public else UNSAID,
    }


def _consultation(data: Mapping[str, Any], resolve: Resolver) -> dict[str, Any]:
    item = data.get("agendaItem")
    return {
        "paper_id": _needed(resolve, "Paper", data.get("paper")),
        "committee_id": _needed(resolve, "Organization", data.get("organization")),
        "role": str(_first(STOPS, data.get("role"), ConsultationRole.INFORMATION)),
        "agenda_item_id": resolve("AgendaItem", item) if isinstance(item, str) else None,
        "result": str(_first(RESULTS, resolve("result", item) if isinstance(item, str) else "", Result.OPEN)),
        "result_note": str(resolve("result", item) or "") if isinstance(item, str) else "",
    }


def current(row: Model, names: Mapping[str, Any]) -> dict[str, Any]:
    """What ours says in these fields now, ready for JSON."""
    said = {}
    for name in names:
        value = getattr(row, name)
        if hasattr(value, "tzinfo") and hasattr(value, "astimezone"):
            value = value.astimezone(timezone.get_default_timezone())
        said[name] = value.isoformat() if hasattr(value, "isoformat") else value
    return said
