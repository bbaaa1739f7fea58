# SPDX-License-Identifier: EUPL-1.2
"""What an import proposes: for every object that says something new, what to do with ours, and why."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F

from actors.models import Person
from committees.models import Choice, ForeignObject, Proposal
from committees.oparl import mapping, reading

if TYPE_CHECKING:
    from django.db.models import Model

    from committees.models import ImportRun, Source

CHUNK = 300
DEFAULTS = {
    Proposal.NEW: Choice.NEW,
    Proposal.MATCH: Choice.OURS,
    Proposal.CHANGE: Choice.THEIRS,
    Proposal.CONFLICT: Choice.OURS,
    Proposal.GRANT: Choice.OURS,
    Proposal.DELETED: Choice.OURS,
}
FIXED = ("committee_id", "person_id", "meeting_id", "paper_id")  # what an object belongs to is never changed


class Resolver:
    """Finds ours for an address of theirs. With ``presume`` also what would be made or matched in the same import."""

    def __init__(self, source: Source, *, presume: bool) -> None:
        self.rows, self.presume = ForeignObject.objects.filter(source=source), presume
        self._ours = {}
        self._data = {}
        self._public: set[str] | None = None

    def __call__(self, kind: str, address: str) -> int | str:
        key = reading.key_of(address)
        if kind == "Location":
            data = self._said("Location", key)
            parts = (data.get("description"), data.get("room"), data.get("streetAddress"), data.get("locality"))
            return ", ".join(dict.fromkeys(part for part in parts if isinstance(part, str)))
        if kind == "result":
            return self._said("AgendaItem", key).get("result", "")
        if kind == "public":
            return key in self._papers_on_public_items()
        if (kind, key) not in self._ours:
            self._ours[kind, key] = self._find(kind, key)
        return self._ours[kind, key]

    def learn(self, row: ForeignObject) -> None:
        self._ours[row.kind, row.external_id] = self._id(row)

    def _find(self, kind: str, key: str) -> int | None:
        row = self.rows.filter(kind=kind, external_id=key).first()
        return self._id(row) if row else None

    def _id(self, row: ForeignObject) -> int | None:
        if row.object_id or not self.presume:
            return row.object_id
        return row.candidate_id or (-row.pk if row.proposal == Proposal.NEW else None)

    def _said(self, kind: str, key: str) -> dict[str, Any]:
        if (kind, key) not in self._data:
            row = self.rows.filter(kind=kind, external_id=key).first()
            self._data[kind, key] = row.data if row else {}
        return self._data[kind, key]

    def _papers_on_public_items(self) -> set[str]:
        """Papers of which an agenda item says that it is public; whatever says nothing is not."""
        if self._public is None:
            items = self.rows.filter(kind="AgendaItem", data__public=True, is_deleted=False)
            public = dict(items.values_list("external_id", "data__consultation"))
            stops = {reading.key_of(one) for one in public.values() if isinstance(one, str)}
            self._public = set()
            of_papers = self.rows.filter(kind="Consultation", is_deleted=False)
            for key, paper, item in of_papers.values_list("external_id", "data__paper", "data__agendaItem"):
                if isinstance(paper, str) and (key in stops or reading.key_of(item or "") in public):
                    self._public.add(reading.key_of(paper))
        return self._public


def compare(run: ImportRun, *, until: float | None = None) -> bool:
    """Propose for every object of the source that says something it did not say when it was last decided."""
    resolve = Resolver(run.source, presume=True)
    undecided = ForeignObject.objects.filter(source=run.source, proposal="").exclude(hash=F("decided_hash"))
    meeting_ones = _meeting_ones(run)
    for kind in mapping.MODELS:
        last = run.summary.get("compared", {}).get(kind, 0)
        while chunk := list(undecided.filter(kind=kind, pk__gt=last).order_by("pk")[:CHUNK]):
            linked = _linked(run.source, kind)
            for row in chunk:
                if kind != "Organization" or row.object_id or mapping.is_body(row.data, meeting_ones):
                    _propose(row, resolve, linked)
                resolve.learn(row)
            fields = ["proposal", "decision", "differences", "candidate_id", "decided_hash", "applied"]
            ForeignObject.objects.bulk_update(chunk, fields, batch_size=200)
            last = chunk[-1].pk
            run.summary.setdefault("compared", {})[kind] = last
            if until and time.monotonic() > until:
                return False
    return True


def _meeting_ones(run: ImportRun) -> set[str]:
    """Organisations that meet or are consulted."""
    found = set()
    rows = ForeignObject.objects.filter(source=run.source, kind__in=["Meeting", "Consultation"], is_deleted=False)
    for said in rows.values_list("data__organization", flat=True).iterator():
        found.update(reading.key_of(url) for url in reading.addresses(said))
    return found


def _linked(source: Source, kind: str) -> set[Any]:
    """Ours that are taken by another object of the same source."""
    rows = ForeignObject.objects.filter(source=source, kind=kind)
    return set(rows.exclude(object_id=None).values_list("object_id", flat=True)) | set(
        rows.exclude(candidate_id=None).values_list("candidate_id", flat=True)
    )


def _propose(row: ForeignObject, resolve: Resolver, linked: set[int]) -> None:
    row.proposal, row.differences, row.candidate_id, row.decision = Proposal.NONE, [], None, ""
    if row.is_deleted:
        if row.object_id:
            _set(row, Proposal.DELETED)
        else:
            row.decided_hash = row.hash
        return
    try:
        theirs = mapping.values(row.kind, row.data, resolve)
    except mapping.Unready:
        return
    if row.object_id:
        _propose_change(row, theirs)
        return
    ours = find(row.kind, row.data, theirs, linked)
    if ours:
        linked.add(ours.pk)
        row.candidate_id = ours.pk
        row.differences = differences(row.kind, theirs, mapping.current(ours, theirs))
        _set(row, Proposal.MATCH)
    elif row.kind == "Membership" and grants(theirs):
        _set(row, Proposal.GRANT)
    else:
        _set(row, Proposal.NEW)


def _set(row: ForeignObject, proposal: Proposal) -> None:
    row.proposal, row.decision = proposal, DEFAULTS[proposal]


def _propose_change(row: ForeignObject, theirs: Mapping[str, Any]) -> None:
    ours = mapping.MODELS[row.kind].objects.filter(pk=row.object_id).first()
    if ours is None:  # deleted here on purpose
        row.decided_hash = row.hash
        return
    now = mapping.current(ours, theirs)
    news = {name: value for name, value in theirs.items() if value != row.applied.get(name)}
    row.differences = differences(row.kind, news, now)
    if not row.differences:
        row.applied, row.decided_hash = theirs, row.hash
        return
    touched = any(now[entry["field"]] != row.applied.get(entry["field"]) for entry in row.differences)
    _set(row, Proposal.CONFLICT if touched else Proposal.CHANGE)


def differences(kind: str, theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> list[dict[str, str]]:
    """``[{field, ours, theirs}]`` of what may be taken over."""
    return [
        {"field": name, "ours": ours[name], "theirs": value}
        for name, value in theirs.items()
        if name not in FIXED and ours[name] != value and not (name == "agenda_item_id" and (value or -1) < 0)
    ]


def grants(theirs: Mapping[str, Any]) -> bool:
    """Whether a membership would let somebody with a login read."""
    return Person.objects.filter(pk=theirs["person_id"], user__isnull=False).exists()


def find(kind: str, data: Mapping[str, Any], theirs: Mapping[str, Any], linked: Collection[int] = frozenset()) -> Any:
    """Ours that is probably the same, by what people would compare: names, days, numbers."""
    rows = mapping.MODELS[kind].objects.exclude(pk__in=linked)
    if kind == "Organization":
        code = str(data.get("shortName", ""))
        return rows.filter(name__iexact=theirs["name"]).first() or (code and rows.filter(code__iexact=code).first())
    if kind == "Person":
        return rows.filter(family_name__iexact=theirs["family_name"], given_name__iexact=theirs["given_name"]).first()
    if kind == "Membership":
        same = rows.filter(committee=theirs["committee_id"], person=theirs["person_id"])
        return same.filter(start_on=theirs["start_on"]).first() or same.current().first()
    if kind == "Meeting":
        return rows.filter(committee=theirs["committee_id"], start__date=theirs["start"][:10]).first()
    if kind == "AgendaItem":
        return rows.filter(meeting=theirs["meeting_id"], title__iexact=theirs["title"]).first()
    if kind == "Paper":
        reference = str(data.get("reference", ""))
        return reference and rows.filter(reference=reference).first()
    return rows.filter(
        paper=theirs["paper_id"], committee=theirs["committee_id"], agenda_item=theirs["agenda_item_id"]
    ).first()


def link(row: ForeignObject, ours: Model, theirs: Mapping[str, Any]) -> None:
    """From now on this object of theirs is this one of ours."""
    row.content_type = ContentType.objects.get_for_model(ours)
    row.object_id, row.candidate_id = ours.pk, None
    row.applied, row.decided_hash = theirs, row.hash
