# SPDX-License-Identifier: EUPL-1.2
"""What the database refuses about results and minutes: the last line, whatever program writes to it."""

from __future__ import annotations

from collections.abc import Iterator

from committees.models import Consultation, Minutes, MinutesEntry, Seat
from committees.shadows import shadows
from core.triggers import Rule, differs, whole

CONSULTATION = "committees_consultation"
MINUTES = "committees_minutes"
MEMBERSHIP = "committees_membership"
SEAT = "committees_seat"
ENTRY = "committees_minutesentry"
RESULT = (
    "result",
    "votes_yes",
    "votes_no",
    "votes_abstain",
    "votes_biased",
    "decision_number",
    "result_note",
    "votes_reason",
    "referred_to_id",
    "agenda_item_id",
    "recorded_at",
)
APPROVED = (
    "state",
    "opening",
    "general",
    "general_closed",
    "objections",
    "meeting_id",
    "approved_in_id",
    "approved_at",
)


def rules(vendor: str) -> list[Rule]:
    """A result of a closed meeting stands, once recorded; approved minutes keep every word."""
    closed = (
        "OLD.result <> '' AND EXISTS (SELECT 1 FROM committees_agendaitem i "
        "JOIN committees_meeting m ON m.id = i.meeting_id WHERE i.id = OLD.agenda_item_id AND m.state = 'closed')"
    )
    approved = "EXISTS (SELECT 1 FROM committees_minutes m WHERE m.state = 'approved' AND m.id = "
    late = (
        "NEW.paper_id IS NULL AND EXISTS (SELECT 1 FROM committees_agendaitem i "
        "JOIN committees_meeting m ON m.id = i.meeting_id WHERE i.id = NEW.agenda_item_id AND m.state = 'closed')"
    )
    odd = (
        "NEW.votes_reason = '' AND (NEW.votes_yes IS NOT NULL OR NEW.votes_no IS NOT NULL) AND ("
        "NEW.result IN ('unchanged', 'changed') AND COALESCE(NEW.votes_yes, 0) <= COALESCE(NEW.votes_no, 0) "
        "OR NEW.result = 'rejected' AND COALESCE(NEW.votes_yes, 0) > COALESCE(NEW.votes_no, 0))"
    )
    recounted = differs(vendor, "result", "votes_yes", "votes_no", "votes_reason")
    reasons = "votes that contradict the result need a reason"
    said = "a result of a closed meeting is never changed"
    kept = "approved minutes are never changed"
    return [
        *whole(vendor, "result", Consultation),
        *whole(vendor, "minutes", Minutes),
        *whole(vendor, "minutes_entry", MinutesEntry),
        Rule("result_unadded", CONSULTATION, "INSERT", late, "the minutes of a closed meeting tell all its results"),
        Rule("result_added_against_votes", CONSULTATION, "INSERT", odd, reasons),
        Rule("result_put_against_votes", CONSULTATION, "UPDATE", f"{odd} AND {recounted}", reasons),
        Rule("result_unchanged", CONSULTATION, "UPDATE", f"{closed} AND {differs(vendor, *RESULT)}", said),
        Rule("result_undeleted", CONSULTATION, "DELETE", closed, said),
        Rule("minutes_unchanged", MINUTES, "UPDATE", f"OLD.state = 'approved' AND {differs(vendor, *APPROVED)}", kept),
        Rule("minutes_undeleted", MINUTES, "DELETE", "OLD.state = 'approved'", kept),
        *shadows(vendor),
        *_seats(vendor),
        Rule("minutes_entry_unadded", ENTRY, "INSERT", f"{approved}NEW.minutes_id)", kept),
        Rule("minutes_entry_unchanged", ENTRY, "UPDATE", f"{approved}OLD.minutes_id)", kept),
        Rule("minutes_entry_undeleted", ENTRY, "DELETE", f"{approved}OLD.minutes_id)", kept),
    ]


def _seats(vendor: str) -> Iterator[Rule]:
    """No two memberships of a person in a body, and no two chairs, at the same time; who sat in a meeting stays."""
    same_time = (
        "o.committee_id = NEW.committee_id AND o.start_on <= COALESCE(NEW.end_on, '9999-12-31') "
        "AND COALESCE(o.end_on, '9999-12-31') >= NEW.start_on"
    )
    twice = f"EXISTS (SELECT 1 FROM {MEMBERSHIP} o WHERE {same_time} AND o.person_id = NEW.person_id"
    chairs = f"NEW.role = 'chair' AND EXISTS (SELECT 1 FROM {MEMBERSHIP} o WHERE {same_time} AND o.role = 'chair'"
    moved = differs(vendor, "committee_id", "person_id", "role", "start_on", "end_on")
    for name, condition, said in (
        ("membership_once_at_a_time", twice, "memberships of a person in a body never overlap"),
        ("membership_one_chair", chairs, "a body has one chair at a time"),
    ):
        yield Rule(f"{name}_added", MEMBERSHIP, "INSERT", f"{condition})", said)
        yield Rule(f"{name}_changed", MEMBERSHIP, "UPDATE", f"{moved} AND {condition} AND o.id <> OLD.id)", said)
    yield from whole(vendor, "seat", Seat)
    for operation in ("UPDATE", "DELETE"):
        yield Rule(f"seat_{operation.lower()}", SEAT, operation, "", "who sat in a meeting is never changed")
