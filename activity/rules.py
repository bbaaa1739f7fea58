# SPDX-License-Identifier: EUPL-1.2
"""What the database refuses on the log: changing or deleting an entry or its seal, and entries of the future."""

from activity.models import Event, Seal
from core.triggers import Rule, differs, whole

KEPT = ("id", "kind", "at", "by_label", "subject_type_id", "subject_id", "subject_label", "data")


def rules(vendor: str) -> list[Rule]:
    """An entry stays as it was written; only that it was delivered may be noted, and an erased account let go.

    JSON is compared as text: PostgreSQL's ``jsonb`` has an equality, the column of SQLite is text already.
    """
    changed = f"{differs(vendor, *KEPT)} OR (NEW.by_id IS NOT NULL AND {differs(vendor, 'by_id')})"
    soon = "strftime('%Y-%m-%d %H:%M:%f', 'now', '+10 minutes')"
    if vendor == "postgresql":
        soon = "clock_timestamp() + interval '10 minutes'"
    return [
        *whole(vendor, "log_entry", Event),
        *whole(vendor, "log_seal", Seal),
        Rule(
            "log_entry_ahead", "activity_event", "INSERT", f"NEW.at > {soon}", "an entry of the log is never of later"
        ),
        Rule("log_entry_unchanged", "activity_event", "UPDATE", changed, "an entry of the log is never changed"),
        Rule("log_entry_undeleted", "activity_event", "DELETE", "", "an entry of the log is never deleted"),
        Rule("log_seal_unchanged", "activity_seal", "UPDATE", "", "a seal of the log is never changed"),
        Rule("log_seal_undeleted", "activity_seal", "DELETE", "", "a seal of the log is never deleted"),
    ]
