# SPDX-License-Identifier: EUPL-1.2
"""What the database itself knows about who decides: the same question as ``Department.objects.decided_by``, in SQL."""

from django.conf import settings

from accounts.incompatible import DEPUTY, HEAD, excluding
from accounts.models import DecisionSheet, Delegation, Grant
from core.triggers import Rule, differs, whole

GRANT, DELEGATION, SHEET = "accounts_grant", "accounts_delegation", "accounts_decisionsheet"
PROPOSED = (
    "department_id",
    "person_id",
    "cause",
    "reference",
    "valid_from",
    "valid_until",
    "proposed_by_id",
    "proposed_at",
)
SET = (
    "department_id",
    "deputy_id",
    "set_by_id",
    "position",
    "valid_from",
    "from_time",
    "valid_until",
    "until_time",
    "created_at",
)


def rules(vendor: str) -> list[Rule]:
    """Grants and deputyships stay as they were written down; they are confirmed once, and end once."""
    kept = differs(vendor, *PROPOSED)
    confirmed = f"OLD.confirmed_at IS NOT NULL AND {differs(vendor, 'confirmed_at', 'confirmed_by_id', 'confirmed_as')}"
    ended = f"OLD.ended_at IS NOT NULL AND {differs(vendor, 'ended_at', 'ended_by_id', 'end_reason')}"
    barred = f"OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL AND {_barred('NEW.person_id', HEAD)}"
    over = f"OLD.ended_at IS NOT NULL AND {differs(vendor, 'ended_at')}"
    return [
        *whole(vendor, "grant", Grant),
        *whole(vendor, "deputyship", Delegation),
        *whole(vendor, "sheet", DecisionSheet),
        Rule("grant_unchanged", GRANT, "UPDATE", f"{kept} OR {confirmed} OR {ended}", "a grant is never changed"),
        Rule("grant_undeleted", GRANT, "DELETE", "", "a grant is never deleted"),
        Rule("grant_barred", GRANT, "UPDATE", barred, "a role of this person excludes deciding"),
        Rule(
            "deputyship_unchanged",
            DELEGATION,
            "UPDATE",
            f"{differs(vendor, *SET)} OR {over}",
            "a deputyship is never changed",
        ),
        Rule("sheet_unchanged", SHEET, "UPDATE", "", "a confirmed sheet is never changed"),
        Rule("sheet_undeleted", SHEET, "DELETE", "", "a confirmed sheet is never deleted"),
        Rule("deputyship_undeleted", DELEGATION, "DELETE", "", "a deputyship is never deleted"),
    ]


def may_decide(vendor: str, person: str, department: str, at: str) -> str:
    """SQL that holds where this person heads the department at that moment, or validly stands in for its head."""
    day, time = _local(vendor, at)
    grant = (
        "SELECT 1 FROM accounts_grant g WHERE g.department_id = {department} AND g.person_id = {person} "
        f"AND g.confirmed_at <= {{before}} AND g.confirmed_at <= {at} AND (g.ended_at IS NULL OR g.ended_at > {at}) "
        f"AND g.valid_from <= {day} AND (g.valid_until IS NULL OR g.valid_until >= {day}) "
        f"AND {_active('g.person_id')} AND NOT {_barred('g.person_id', HEAD)}"
    )
    heads = grant.format(department=department, person=person, before=at)
    rests_on = grant.format(department="v.department_id", person="v.set_by_id", before="v.created_at")
    stands_in = (
        f"SELECT 1 FROM accounts_delegation v WHERE v.department_id = {department} AND v.deputy_id = {person} "
        f"AND v.created_at <= {at} AND (v.ended_at IS NULL OR v.ended_at > {at}) "
        f"AND (v.valid_from < {day} OR v.valid_from = {day} AND (v.from_time IS NULL OR v.from_time <= {time})) "
        f"AND (v.valid_until > {day} OR v.valid_until = {day} AND (v.until_time IS NULL OR v.until_time > {time})) "
        f"AND {_active('v.deputy_id')} AND NOT {_barred('v.deputy_id', DEPUTY)} AND EXISTS ({rests_on})"
    )
    return f"(EXISTS ({heads}) OR EXISTS ({stands_in}))"


def _active(person: str) -> str:
    return f"EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = {person} AND u.is_active)"


def _barred(person: str, standing: str) -> str:
    names = ", ".join(f"'{name}'" for name in excluding(standing))
    return (
        "EXISTS (SELECT 1 FROM accounts_user_groups m JOIN auth_group r ON r.id = m.group_id "
        f"WHERE m.user_id = {person} AND r.name IN ({names}))"
    )


def _local(vendor: str, at: str) -> tuple[str, ...]:
    """Day and time of a moment where the municipality is; SQLite is lent Django's own functions for it."""
    zone = settings.TIME_ZONE
    if vendor == "sqlite":
        return tuple(f"django_datetime_cast_{part}({at}, '{zone}', 'UTC')" for part in ("date", "time"))
    return tuple(f"({at} AT TIME ZONE '{zone}')::{part}" for part in ("date", "time"))
