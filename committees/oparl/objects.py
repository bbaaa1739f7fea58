# SPDX-License-Identifier: EUPL-1.2
"""How rows of ours read as OParl 1.1 objects. A page of any list costs a constant number of queries.

Objects that stand inside others are made first, for the whole page at once, so that they carry their own dates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from committees.models import Paper, Result
from committees.oparl import files, public
from committees.oparl.addresses import SCHEMA, absolute, address, moment
from committees.oparl.stamps import stamp

if TYPE_CHECKING:
    from django.db.models import Model

    from actors.models import Person
    from committees.models import (
        AgendaItem,
        Committee,
        Consultation,
        LegislativeTerm,
        Meeting,
        Membership,
        PublicObject,
    )
    from committees.oparl.files import FileKind

BODY = 1  # there is one: the municipality


@dataclass(frozen=True)
class Kind:
    """A type of object: the rows that are public, and how many of them read at once. ``internal`` may be left out."""

    name: str
    public: Callable[[], Any]
    build: Callable[[list], dict]
    internal: tuple[str, ...] = ()


def render(kind: str, things: Sequence[Any]) -> dict[int, dict[str, Any]]:
    """``{pk: object}`` with id, type and dates."""
    bodies = kind_of(kind).build(things)
    rows = stamp(kind, bodies)
    return {
        pk: {
            "id": address(kind, pk),
            "type": SCHEMA + kind.partition(":")[0],
            **body,
            "created": moment(rows[pk].created_at),
            "modified": moment(rows[pk].modified_at),
        }
        for pk, body in bodies.items()
    }


def tombstone(row: PublicObject) -> dict[str, Any]:
    """An object that is not public any more."""
    return {
        "id": address(row.kind, row.object_id),
        "type": SCHEMA + row.kind.partition(":")[0],
        "created": moment(row.created_at),
        "modified": moment(row.modified_at),
        "deleted": True,
    }


def _filled(**values: Any) -> dict[str, Any]:
    """Without nulls, blank strings and empty lists: OParl leaves out what is not known."""
    return {key: value for key, value in values.items() if value not in (None, "", [], ())}


def _under(rows: Iterable[Any], key: str) -> defaultdict[Any, list[Any]]:
    grouped = defaultdict(list)
    for row in rows:
        grouped[getattr(row, key)].append(row)
    return grouped


def build_terms(terms: Iterable[LegislativeTerm]) -> dict[int, dict[str, str]]:
    return {
        term.pk: _filled(
            body=address("Body", BODY),
            name=term.name,
            startDate=term.start_on.isoformat(),
            endDate=term.end_on and term.end_on.isoformat(),
        )
        for term in terms
    }


def build_body(_rows: Iterable[tuple[int]]) -> dict[int, dict[str, Any]]:
    lists = {
        "organization": "organizations",
        "person": "persons",
        "meeting": "meetings",
        "paper": "papers",
        "agendaItem": "agendaitems",
        "consultation": "consultations",
        "file": "files",
        "locationList": "locations",
        "legislativeTermList": "legislativeterms",
        "membership": "memberships",
    }
    return {
        BODY: _filled(
            system=absolute("system"),
            name=settings.MUNICIPALITY_NAME,
            ags=settings.MUNICIPALITY_KEY,
            website=settings.BASE_URL,
            classification="Kommune",
            legislativeTerm=list(render("LegislativeTerm", list(public.terms().order_by("pk"))).values()),
            **{name: absolute("listing", BODY, listing) for name, listing in lists.items()},
        )
    }


def build_organizations(committees: Sequence[Committee]) -> dict[int, dict[str, Any]]:
    members = _under(public.memberships().filter(committee__in=committees), "committee_id")
    return {
        one.pk: _filled(
            body=address("Body", BODY),
            name=one.name,
            shortName=one.code,
            organizationType="Gremium",
            classification=str(one.get_kind_display()),
            endDate=one.dissolved_on and one.dissolved_on.isoformat(),
            membership=[address("Membership", seat.pk) for seat in sorted(members[one.pk], key=lambda row: row.pk)],
            meeting=absolute("organization_listing", one.pk, "meetings"),
            consultation=absolute("organization_listing", one.pk, "consultations"),
        )
        for one in committees
    }


def build_memberships(memberships: Iterable[Membership]) -> dict[int, dict[str, Any]]:
    return {
        seat.pk: _filled(
            person=address("Person", seat.person_id),
            organization=address("Organization", seat.committee_id),
            role=str(seat.get_role_display()),
            votingRight=seat.voting_right,
            startDate=seat.start_on.isoformat(),
            endDate=seat.end_on and seat.end_on.isoformat(),
        )
        for seat in memberships
    }


def build_persons(persons: Sequence[Person]) -> dict[int, dict[str, Any]]:
    seats = _under(public.memberships().filter(person__in=persons).order_by("pk"), "person_id")
    rendered = render("Membership", [seat for group in seats.values() for seat in group])
    return {
        person.pk: _filled(
            body=address("Body", BODY),
            name=str(person),
            familyName=person.family_name,
            givenName=person.given_name,
            title=[person.title] if person.title else [],
            membership=[rendered[seat.pk] for seat in seats[person.pk]],
        )
        for person in persons
    }


def build_locations(meetings: Iterable[Meeting]) -> dict[int, dict[str, Any]]:
    return {
        meeting.pk: _filled(description=meeting.location, meetings=[address("Meeting", meeting.pk)])
        for meeting in meetings
        if meeting.location
    }


def build_meetings(meetings: Sequence[Meeting]) -> dict[int, dict[str, Any]]:
    items = list(public.agenda_items().filter(meeting__in=meetings).order_by("position"))
    grouped, rendered = _under(items, "meeting_id"), render("AgendaItem", items)
    places = render("Location", meetings)
    return {
        meeting.pk: _filled(
            name=f"{meeting.committee.name}, {timezone.localtime(meeting.start):%d.%m.%Y}",
            meetingState=meeting.life.oparl,
            cancelled=not meeting.life.takes_place,
            start=moment(meeting.start),
            end=meeting.end and moment(meeting.end),
            location=places.get(meeting.pk),
            organization=[address("Organization", meeting.committee_id)],
            agendaItem=[rendered[item.pk] for item in grouped[meeting.pk]],
        )
        for meeting in meetings
    }


def build_agenda_items(items: Sequence[AgendaItem]) -> dict[int, dict[str, Any]]:
    stops = _under(public.consultations().filter(agenda_item__in=items).order_by("pk"), "agenda_item_id")
    without = {one.agenda_item_id: one for one in public.resolutions().filter(agenda_item__in=items)}
    papers = Paper.objects.in_bulk({stop.paper_id for group in stops.values() for stop in group})
    return {item.pk: _agenda_item(item, stops[item.pk], without.get(item.pk), papers) for item in items}


def _agenda_item(
    item: AgendaItem, stops: Sequence[Consultation], without: Consultation | None, papers: Mapping[int, Paper]
) -> dict[str, Any]:
    first = stops[0] if stops else None
    resolved = first or without
    return _filled(
        meeting=address("Meeting", item.meeting_id),
        number=item.number,
        order=item.position,
        name=item.title,
        public=True,
        consultation=first and address("Consultation", first.pk),
        result=str(resolved.get_result_display()) if resolved and resolved.result else "",
        resolutionText=_wording(resolved, papers) if resolved else "",
    )


def _wording(stop: Consultation, papers: Mapping[int, Paper]) -> str:
    """What was resolved word for word: of its own where it was changed or there is no paper, else the paper's."""
    if stop.result == Result.CHANGED or (stop.result == Result.UNCHANGED and stop.paper_id is None):
        return stop.result_note  # the form asks for the wording, and for nothing else, here
    if stop.result == Result.UNCHANGED:
        return stop.resolution_text or papers[stop.paper_id].proposed_resolution  # type: ignore[index]
    return ""


def build_consultations(stops: Iterable[Consultation]) -> dict[int, dict[str, Any]]:
    return {
        stop.pk: _filled(
            paper=address("Paper", stop.paper_id),
            agendaItem=address("AgendaItem", stop.agenda_item_id),
            meeting=address("Meeting", stop.agenda_item.meeting_id),
            organization=[address("Organization", stop.committee_id)],
            authoritative=stop.authoritative,
            role=str(stop.get_role_display()),
        )
        for stop in stops
    }


def build_files(file_kind: FileKind) -> Callable[..., Any]:
    def build(rows: Iterable[Model]) -> dict[int, dict[str, Any]]:
        built = {}
        for row in rows:
            key = f"{file_kind.key}-{row.pk}"
            built[row.pk] = _filled(
                **file_kind.describe(row),
                accessUrl=absolute("file_access", key),
                downloadUrl=absolute("file_download", key),
                paper=[address("Paper", row.paper_id)],
            )
        return built

    return build


def build_papers(papers: Sequence[Paper]) -> dict[int, dict[str, Any]]:
    stops = list(public.consultations().filter(paper__in=papers).select_related("agenda_item").order_by("position"))
    by_paper, rendered = _under(stops, "paper_id"), render("Consultation", stops)
    main, auxiliary = {}, defaultdict(list)
    for kind in files.PUBLIC:
        # by number: for some kinds of files the paper is a number that was worked out, not a relation
        rows = list(kind.public().filter(paper_id__in=[paper.pk for paper in papers]).order_by("pk"))
        shown = render(f"File:{kind.key}", rows)
        for row in rows:
            if kind.is_main:
                main[row.paper_id] = shown[row.pk]
            else:
                auxiliary[row.paper_id].append(shown[row.pk])
    return {
        paper.pk: _filled(
            body=address("Body", BODY),
            name=paper.title,
            reference=paper.reference,
            date=paper.date.isoformat(),
            paperType=str(paper.get_paper_type_display()),
            mainFile=main.get(paper.pk),
            auxiliaryFile=auxiliary[paper.pk],
            consultation=[rendered[stop.pk] for stop in by_paper[paper.pk]],
        )
        for paper in papers
    }


def build_system(_rows: Iterable[tuple[int]]) -> dict[int, dict[str, str]]:
    return {
        1: _filled(
            oparlVersion=SCHEMA,
            name=f"{settings.UNIT_NAME}, {settings.MUNICIPALITY_NAME}",
            body=absolute("bodies"),
            website=settings.BASE_URL,
            contactName=settings.UNIT_NAME,
        )
    }


KINDS = {
    kind.name: kind
    for kind in (
        Kind("System", lambda: None, build_system),
        Kind("Body", lambda: None, build_body, ("legislativeTerm",)),
        Kind("LegislativeTerm", public.terms, build_terms),
        Kind("Organization", public.bodies, build_organizations),
        Kind("Person", public.persons, build_persons, ("membership",)),
        Kind("Membership", public.memberships, build_memberships),
        Kind("Meeting", lambda: public.meetings().select_related("committee"), build_meetings, ("agendaItem",)),
        Kind("AgendaItem", public.agenda_items, build_agenda_items),
        Kind("Paper", public.papers, build_papers, ("auxiliaryFile",)),
        Kind("Consultation", lambda: public.consultations().select_related("agenda_item"), build_consultations),
        Kind("Location", lambda: public.meetings().exclude(location=""), build_locations),
    )
}


def kind_of(name: str) -> Kind:
    """The type of object of a name; files come from whoever registered them, ``File:annex`` from the annexes."""
    if name.startswith("File:"):
        file_kind = files.kinds()[name[5:]]
        return Kind(name, file_kind.public, build_files(file_kind))
    return KINDS[name]


def fixed(kind: str) -> list[tuple[int]] | None:
    """The rows of a kind that stands in no table, or None where it does."""
    return {"System": [(1,)], "Body": [(BODY,)]}.get(kind)
