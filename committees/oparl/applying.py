# SPDX-License-Identifier: EUPL-1.2
"""Takes over what was confirmed: makes new ones, changes ours where that was chosen, remembers every decision.

Each object is its own transaction. What cannot be taken over is said and left aside, and the next one goes on.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from accounts.flows import sync_roles
from activity.flows import record
from committees import events
from committees.lifecycle import MEETING
from committees.models import (
    AgendaItem,
    Authority,
    Choice,
    Committee,
    Consultation,
    ForeignObject,
    Meeting,
    MeetingAttestation,
    Membership,
    Paper,
    Proposal,
)
from committees.oparl import comparing, mapping
from committees.oparl.fetching import MOST_PROBLEMS
from committees.seats import keep_seats
from core.sentences import kept, name_of
from core.sentences import sentence as _
from core.work import keep

if TYPE_CHECKING:
    from django.db.models import Model

    from accounts.models import User
    from committees.models import ImportRun
    from committees.oparl.comparing import Resolver

CHUNK = 100


def apply(run: ImportRun, *, by: User | None, until: float | None = None, only_new: bool = False) -> bool:
    """Take over; True when nothing is left. ``only_new`` leaves to a person whatever touches something of ours."""
    resolve = comparing.Resolver(run.source, presume=False)
    left_aside = set()
    for kind in mapping.MODELS:
        rows = ForeignObject.objects.filter(source=run.source, kind=kind)
        rows = rows.filter(proposal=Proposal.NEW) if only_new else rows.open()
        while chunk := list(rows.exclude(pk__in=left_aside).order_by("pk")[:CHUNK]):
            for row in chunk:
                if until and time.monotonic() > until:
                    return False
                if not _apply(run, row, resolve, by=by, only_new=only_new):
                    left_aside.add(row.pk)
                resolve.learn(row)
    return True


def _apply(run: ImportRun, row: ForeignObject, resolve: Resolver, *, by: User, only_new: bool) -> str | None:
    """One object; False where it stays open for a person."""
    try:
        with transaction.atomic():
            keep(run, leased_until=timezone.now() + run.LEASE)
            counted = _decide(run, row, resolve, by=by, only_new=only_new)
            if counted is None:
                return False  # type: ignore[return-value]
            row.proposal, row.differences, row.candidate_id = Proposal.NONE, [], None
            row.save()
    except IntegrityError:
        row.refresh_from_db()
        row.proposal, row.differences, row.candidate_id = Proposal.NONE, [], None
        row.decided_hash = row.hash
        row.save()
        _aside(run, row, _("It contradicts something of ours and was left aside."))
        counted = "left_aside"
    run.summary[counted] = run.summary.get(counted, 0) + 1
    keep(run, "summary", "problems")
    return True  # type: ignore[return-value]


def _aside(run: ImportRun, row: ForeignObject, text: str) -> None:
    if len(run.problems) < MOST_PROBLEMS:
        run.problems = [*run.problems, {"where": f"{row.kind} {row.label}"[:200], "problem": kept(text)}]


def _decide(run: ImportRun, row: ForeignObject, resolve: Resolver, *, by: User, only_new: bool) -> str | None:
    if row.proposal == Proposal.DELETED:
        return _deleted(run, row, by=by)
    try:
        theirs = mapping.values(row.kind, row.data, resolve)
    except mapping.Unready:
        return None if only_new else "left_aside"
    if row.proposal in (Proposal.NEW, Proposal.GRANT) or row.decision == Choice.NEW:
        return _new(run, row, theirs, by=by, only_new=only_new)
    ours = (
        mapping.MODELS[row.kind]
        .objects.select_for_update(of=("self",))
        .filter(pk=row.object_id or row.candidate_id)
        .first()
    )
    if ours is None:
        row.decided_hash = row.hash
        return "kept"
    if row.decision == Choice.THEIRS:
        _change(run, row, ours, by=by)
    counted = "changed" if row.decision == Choice.THEIRS else "kept"
    comparing.link(row, ours, theirs)
    return counted


def _new(run: ImportRun, row: ForeignObject, theirs: Mapping[str, Any], *, by: User, only_new: bool) -> str | None:
    if row.decision == Choice.OURS:
        row.decided_hash = row.hash
        return "kept"
    grants = row.kind == "Membership" and comparing.grants(theirs)
    if grants and row.proposal != Proposal.GRANT:  # whom it is about was only decided a moment ago
        row.proposal, row.decision = Proposal.GRANT, Choice.OURS
        row.save()
        return None
    existing = None if row.proposal == Proposal.MATCH else comparing.find(row.kind, row.data, theirs)
    if existing is not None and existing:
        others = ForeignObject.objects.filter(source=run.source, kind=row.kind, object_id=existing.pk)
        if row.kind in ("Membership", "Meeting", "Consultation") and others.exists():
            ours = _make(run, row, theirs, by=by)
            comparing.link(row, ours, theirs)
            return "created"
        if not others.exists():
            comparing.link(row, existing, theirs)
            return "kept"
    ours = _make(run, row, theirs, by=by)
    comparing.link(row, ours, theirs)
    return "created"


def _typed(model: type[Model], values: Mapping[str, Any]) -> dict[str, Any]:
    fields = {name: model._meta.get_field(name.removesuffix("_id")) for name in values}
    return {
        name: value if fields[name].is_relation else fields[name].to_python(value) for name, value in values.items()
    }


def _make(run: ImportRun, row: ForeignObject, theirs: Mapping[str, Any], *, by: User) -> Model:
    model = mapping.MODELS[row.kind]
    return MAKERS.get(model, _plainly)(run, row, model, _typed(model, theirs), by)


def _plainly(run: ImportRun, row: ForeignObject, model: type[Model], values: Mapping[str, Any], by: User) -> Model:
    return model.objects.create(**values)


def _committee(
    run: ImportRun, row: ForeignObject, model: type[Committee], values: Mapping[str, str | None], by: User
) -> Committee:
    code = str(row.data.get("shortName", "")).strip()
    size = model._meta.get_field("code").max_length
    if not code or len(code) > size or model.objects.filter(code=code).exists():  # type: ignore[operator]
        code = f"{run.source.prefix}{row.pk}"[:size]
    made = model.objects.create(**values, code=code, kind=mapping.body_kind(row.data), authority=Authority.ADVISORY)
    sync_roles(scope=made)
    return made


def _agenda_item(
    run: ImportRun, row: ForeignObject, model: type[AgendaItem], values: Mapping[str, Any], by: User
) -> AgendaItem:
    taken = model.objects.filter(meeting=values["meeting_id"])
    order = row.data.get("order")
    if not (isinstance(order, int) and 0 < order < 10_000) or taken.filter(position=order).exists():
        order = (taken.aggregate(last=Max("position"))["last"] or 0) + 1
    return model.objects.create(**values, position=order)


def _paper(run: ImportRun, row: ForeignObject, model: type[Paper], values: Mapping[str, Any], by: User) -> Paper:
    size = model._meta.get_field("reference").max_length
    reference = f"{run.source.prefix} {row.data.get('reference', '')}".strip()[:size]
    if not row.data.get("reference") or model.objects.filter(reference=reference).exists():
        reference = f"{run.source.prefix} #{row.pk}"
    return model.objects.create(
        **values, reference=reference, lead_department_id=run.source.lead_department_id, created_by=by
    )


def _meeting(run: ImportRun, row: ForeignObject, model: type[Meeting], values: Mapping[str, Any], by: User) -> Meeting:
    made = model.objects.create(**values)
    if made.life.was_announced:
        _attest(run, row, made, by=by)
    if made.life.was_held:
        keep_seats(made)
    return made


def _attest(run: ImportRun, row: ForeignObject, meeting: Meeting, *, by: User) -> None:
    """The other system says that the meeting was called or held; more is not known here."""
    source = f"{run.source.name}, {row.external_id}"
    MeetingAttestation.objects.create(
        meeting=meeting, state=meeting.state, source=source, by=by, by_label=by.name if by else ""
    )


def _consultation(
    run: ImportRun, row: ForeignObject, model: type[Consultation], values: Mapping[str, Any], by: User
) -> Consultation:
    last = model.objects.filter(paper=values["paper_id"]).aggregate(last=Max("position"))["last"] or 0
    recorded = timezone.now() if values["result"] else None
    return model.objects.create(**values, position=last + 1, recorded_at=recorded)


MAKERS = {
    Committee: _committee,
    Meeting: _meeting,
    AgendaItem: _agenda_item,
    Paper: _paper,
    Consultation: _consultation,
}


def _change(run: ImportRun, row: ForeignObject, ours: Committee, *, by: User) -> None:
    model = type(ours)
    theirs = {entry["field"]: entry["theirs"] for entry in row.differences}
    if not theirs:
        return
    for name, value in _typed(model, theirs).items():
        setattr(ours, name, value)
    if isinstance(ours, Consultation):
        ours.recorded_at = (ours.recorded_at or timezone.now()) if ours.result else None
    if isinstance(ours, (AgendaItem, Paper)) and ours.is_public:
        ours.non_public_reason = ""
    if isinstance(ours, Meeting) and "state" in theirs and ours.life.was_announced:
        _attest(run, row, ours, by=by)
    ours.save()
    if isinstance(ours, Meeting) and ours.life.was_held:
        keep_seats(ours)
    _told(run, ours, by=by, names=theirs)


def _told(run: ImportRun, ours: Model, *, by: User, names: dict[str, str] | list[str]) -> None:
    model = type(ours)
    holder = {AgendaItem: "meeting", Consultation: "paper"}.get(model)
    subject = getattr(ours, holder) if holder else ours
    record(
        events.OPARL_CHANGED,
        subject,
        by=by,
        what=subject.reference if isinstance(subject, Paper) else name_of(subject),  # a title may not be public
        source=run.source.name,
        fields=(model, [name.removesuffix("_id") for name in names]),
    )


def _deleted(run: ImportRun, row: ForeignObject, *, by: User) -> str:
    """Nothing of ours is deleted by an import: a meeting is cancelled, a seat and a body end."""
    row.decided_hash = row.hash
    ours = row.local
    if ours is None or row.decision != Choice.THEIRS:
        return "kept"
    today = timezone.localdate()
    if isinstance(ours, Meeting) and MEETING.allows("cancel", ours):
        MEETING.take("cancel", ours)
        name = "state"
    elif isinstance(ours, Committee):
        ours.dissolved_on, name = ours.dissolved_on or today, "dissolved_on"
    elif isinstance(ours, Membership):
        ours.end_on, name = max(today, ours.start_on), "end_on"
    else:
        return "kept"
    ours.save()
    _told(run, ours, by=by, names=[name])
    return "changed"
