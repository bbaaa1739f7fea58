# SPDX-License-Identifier: EUPL-1.2
"""What the database refuses about results and minutes: the last line, whatever program writes to it."""

from committees.models import Consultation, Minutes, MinutesEntry
from committees.shadows import shadows
from core.triggers import Rule, differs, whole

CONSULTATION = "committees_consultation"
MINUTES = "committees_minutes"
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


def rules(vendor):
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
        Rule("minutes_entry_unadded", ENTRY, "INSERT", f"{approved}NEW.minutes_id)", kept),
        Rule("minutes_entry_unchanged", ENTRY, "UPDATE", f"{approved}OLD.minutes_id)", kept),
        Rule("minutes_entry_undeleted", ENTRY, "DELETE", f"{approved}OLD.minutes_id)", kept),
    ]
