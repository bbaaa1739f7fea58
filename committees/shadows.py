# SPDX-License-Identifier: EUPL-1.2
"""What the database asks of the states of a meeting and its minutes: the ways of their lives, and the facts behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from committees.lifecycle import MEETING, WERE_HELD, MeetingState
from committees.models import Invitation, MeetingAttestation
from core.triggers import Rule, whole

if TYPE_CHECKING:
    pass

MEETINGS = "committees_meeting"
MINUTES = "committees_minutes"
INVITATION = "committees_invitation"
ATTESTATION = "committees_meetingattestation"


def shadows(vendor: str) -> Iterator[Rule]:
    """A state is the shadow of a fact: whoever writes it, the fact is there, or an attestation says what shows it."""
    astray = " OR ".join(
        f"OLD.state = '{code}' AND NEW.state NOT IN ({_listed({code, *onward})})"
        for code, onward in MEETING.onward().items()
    )
    now = "strftime('%Y-%m-%d %H:%M:%f', 'now')" if vendor == "sqlite" else "now()"
    invited = "EXISTS (SELECT 1 FROM committees_invitation i WHERE i.meeting_id = NEW.id)"
    approved = "EXISTS (SELECT 1 FROM committees_minutes m WHERE m.meeting_id = NEW.id AND m.state = 'approved')"
    attested = "EXISTS (SELECT 1 FROM committees_meetingattestation a WHERE a.meeting_id = NEW.id AND a.state = "
    later = (
        "EXISTS (SELECT 1 FROM committees_agendaitem i JOIN committees_meeting l ON l.id = i.meeting_id "
        "JOIN committees_meeting m ON m.id = NEW.meeting_id WHERE i.id = NEW.approved_in_id "
        "AND l.committee_id = m.committee_id AND l.start > m.start AND l.state IN "
    )
    astray = f"NEW.state IN ({_listed(MEETING.states)}) AND ({astray})"  # what nobody knows is the constraint's
    yield Rule("meeting_astray", MEETINGS, "UPDATE", astray, "a state of a meeting is left by its own steps alone")
    for name, state, fact in (
        ("meeting_invited_by_dispatch", MeetingState.INVITED, invited),
        ("meeting_held_after_its_beginning", MeetingState.HELD, f"NEW.start <= {now}"),
        ("meeting_closed_by_minutes", MeetingState.CLOSED, approved),
    ):
        entered = f"NEW.state = '{state}' AND OLD.state <> '{state}' AND NOT ({fact} OR {attested}'{state}'))"
        yield Rule(name, MEETINGS, "UPDATE", entered, f"the state {state} needs its fact")
    taken = f"NEW.state = 'approved' AND OLD.state <> 'approved' AND NOT {later}({_listed(WERE_HELD)}))"
    yield Rule("minutes_approved_later", MINUTES, "UPDATE", taken, "a later meeting of the body approves minutes")
    yield from whole(vendor, "invitation", Invitation)
    yield from whole(vendor, "meeting_attestation", MeetingAttestation)
    for table, name in ((INVITATION, "invitation"), (ATTESTATION, "meeting_attestation")):
        for operation in ("UPDATE", "DELETE"):
            yield Rule(f"{name}_{operation.lower()}", table, operation, "", "this is never changed")


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(f"'{code}'" for code in sorted(codes))
