# SPDX-License-Identifier: EUPL-1.2
"""Every address × every role × reading and writing, against the table in ``tests/authorization.txt``.

A cell says what this person gets: ``yes`` (a page, a redirect, or a message about the input), ``403`` (seen, but not
theirs to do), ``404`` (not there for them), ``login``, or ``405`` (this address does not answer this method). Objects
are those of department A and committee X. Whoever adds an address or a role adds its row or column here and means it.
"""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.flows import declared_roles
from accounts.models import DeputyCandidate, User
from committees.models import ImportRun, Membership, Source
from core.routes import routes
from demo import matrix
from indicators.models import ComparisonGroup, Import, Item, Release, Retrieval, Table

TABLE = Path(__file__).resolve().parent.parent / "authorization.txt"
COLUMNS = ("anonymous", *(role for role in matrix.ROLES if role != "deactivated"))
# the libraries' own pages; tests of their own keep them closed or read-only
LEFT_OUT = ("admin:", "account_")
METHODS = ("GET", "POST")

# thousands of requests: once is enough, on the database of production
pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def built(whole_matrix):
    return whole_matrix.described


def first(built, kind, **about):
    fitting = (
        one["id"] for one in built["objects"] if one["kind"] == kind and about.items() <= one.items() and "id" in one
    )
    return next(fitting, 0)


def parameters(route, built):
    """Values for an address: an object of the kind its app and name speak of, in department A or committee X."""
    app, name = route.name.split(":")
    a = next(one["department"] for one in built["objects"] if one["kind"] == "recommendation")
    state = "approved" if name in AFTER_APPROVAL else "submitted"
    if name in ("edit", "evidence_add", "co_create", "submit", "withdraw", "consultation_start"):
        state = "draft"
    kinds = {
        "recommendations": ("recommendation", {"state": state, "department": a}),
        "committees": ("paper", {"is_public": True}),
        "actors": ("position", {}),
        "indicators": ("key_figure", {}),
        "reports": ("briefing", {"variant": "public"}),
        "tasks": ("task", {"owner": "coordination"}),
    }
    special = {
        "cosign": ("statement", {}),
        "remind": ("statement", {}),
        "mediate": ("statement", {}),
        "transfer": ("lead_transfer", {}),
        **dict.fromkeys(
            ("measure_report", "measure_detail", "measure_replan", "measure_steps", "step_add"), ("measure", {})
        ),
        "step_remove": ("checklist_item", {}),
        **dict.fromkeys(("goal_detail", "goal_edit"), ("goal", {})),
        **dict.fromkeys(("field_detail", "field_edit"), ("field_of_action", {})),
        "filter_edit": ("saved_filter", {}),
        "finding_detail": ("finding", {}),
        "barrier_answer": ("barrier", {}),
        "paper_briefings": ("paper", {"is_public": True}),
        "paper_downloads": ("paper", {"is_public": True}),
        "briefing_order": ("paper", {"is_public": True}),
        "about": ("paper", {"is_public": True}),
        **dict.fromkeys(("result_record", "result_correct"), ("consultation", {})),
        **{
            f"consultation_{step}": ("consultation", {})
            for step in ("delete", "edit", "place", "move", "release", "decides")
        },
        **{f"attachment_{step}": ("attachment", {"is_public": True}) for step in ("download", "original", "delete")},
        **dict.fromkeys(OF_AN_ITEM, ("agenda_item", {})),
        **dict.fromkeys(OF_A_MEETING, ("meeting", {})),
        **{f"minutes_{step}": ("minutes", {}) for step in ("detail", "edit", "submit", "take_back", "approve")},
        "conflict_withdraw": ("conflict", {}),
        "question_answer": ("question", {}),
        "assignment_accept": ("assignment", {}),
        "template_delete": ("template", {}),
        "term_edit": ("term", {}),
        "meeting_calendar": ("meeting", {}),
        "meeting_pack": ("meeting", {}),
        "detail": ("actor", {}) if app == "actors" else None,
        "edit": ("actor", {}) if app == "actors" else None,
        "person_detail": ("person", {}),
        "person_edit": ("person", {}),
    }
    kind, about = special.get(name) or kinds.get(app, ("", {}))
    stored = {
        "table_detail": Table,
        "value_history": Item,
        "group_edit": ComparisonGroup,
        "release_detail": Release,
        **dict.fromkeys(("retrieval_detail", "retrieval_retry"), Retrieval),
        **{
            f"import_{step}": Import
            for step in ("preview", "explain", "changes", "confirm", "discard", "repair", "undo")
        },
    }
    if (app, name) in (("committees", "detail"), ("committees", "edit"), ("committees", "resolutions")):
        number = built["committees"]["x"]
    elif app == "indicators" and name in ("detail", "edit", "finding_create"):
        number = built["key_figure"]
    elif app == "indicators" and name in stored:
        number = stored[name].objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    elif app == "committees" and name.startswith("oparl_"):
        number = (Source if "source" in name else ImportRun).objects.latest("pk").pk
    elif app == "oparl" or name == "body_calendar":
        number = {"listing": 1, "object": first(built, "meeting", state="invited")}.get(name, built["committees"]["x"])
    elif name in ("membership_edit", "membership_succeed"):
        number = Membership.objects.filter(committee=built["committees"]["x"]).latest("pk").pk
    elif app == "accounts":
        number = {
            **dict.fromkeys(("user_edit", "user_link"), built["users"][0]["id"]),
            **dict.fromkeys(("grant_confirm", "grant_turn_down"), first(built, "grant", state="open")),
            "grant_end": first(built, "grant", state="confirmed"),
            "delegation_end": built["delegation"],
            "candidate_remove": DeputyCandidate.objects.latest("pk").pk,
        }.get(name, built["departments"]["a"])
    else:
        number = first(built, kind, **about)
    named = {
        "pk": number,
        "committee_pk": built["committees"]["x"],
        "meeting_pk": first(built, "meeting"),
        "paper_pk": first(built, "paper", is_public=True),
        "person_pk": first(built, "person"),
        "evidence_pk": 0,
        "to": "implementing",
        "key": f"annex-{first(built, 'annex', is_public=True)}" if app == "oparl" else "99001",
        "kind": "meeting",
        "listing": "meetings",
        "token": "unknown",
        "code": "unknown",
        "year": timezone.localdate().year,
        "label": "committees-paper",
    }
    return {parameter: named[parameter] for parameter in route.parameters}


AFTER_APPROVAL = (
    "make_paper",
    "conclude",
    "evaluate",
    "close",
    "measure_plan",
    "effect_plan",
    "effect_propose",
    "effect_review",
    "reopen",
    "confirm_resolution",
)
OF_AN_ITEM = (
    "agenda_item_move",
    "agenda_item_delete",
    "agenda_item_edit",
    "urgency_record",
    "question_create",
    "assignment_create",
)
OF_A_MEETING = (
    "meeting_detail",
    "meeting_edit",
    "meeting_invite",
    "meeting_hold",
    "meeting_cancel",
    "agenda_edit",
    "agenda_renumber",
    "template_save",
    "urgent_create",
    "attendance",
    "conflict_declare",
    "results",
)


def answer(client, method, address):
    """What an address answers, with whatever it changed undone."""
    sid = transaction.savepoint()
    response = getattr(client, method.lower())(address)
    transaction.savepoint_rollback(sid)
    if response.status_code in (403, 404, 405):
        return str(response.status_code)
    if response.status_code == 302 and "/account/login/" in response.url:
        return "login"
    assert response.status_code != 500, (address, method)
    return "yes"


def addresses():
    """Every address of the house by the first part of its name."""
    found = {}
    for route in routes():
        if ":" in route.name and not route.name.startswith(LEFT_OUT):
            found.setdefault(route.name.split(":")[0], []).append(route)
    return found


def table(built, listed):
    """The rows of the table for these addresses as they really are."""
    clients = {"anonymous": Client()}
    for user in built["users"]:
        if user["active"]:
            clients[user["role"]] = Client()
            clients[user["role"]].force_login(User.objects.get(pk=user["id"]))
    rows = {}
    for route in listed:
        address = reverse(route.name, kwargs=parameters(route, built))
        for method in METHODS:
            rows[route.name, method] = [answer(clients[role], method, address) for role in COLUMNS]
    return rows


def written():
    """The rows of the table as they should be."""
    lines = [line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    header, *rows = lines
    return header[2:], {(row[0], row[1]): row[2:] for row in rows}


def test_every_address_has_its_rows_in_the_table_and_every_role_its_column():
    columns, expected = written()
    really = {(route.name, method) for listed in addresses().values() for route in listed for method in METHODS}
    assert tuple(columns) == COLUMNS
    assert really == set(expected), "an address is missing from the table, or gone"


# by the first part of the name, so that the cores share the work
@pytest.mark.parametrize("listed", addresses().values(), ids=addresses())
def test_every_address_answers_every_role_as_the_table_says(built, listed):
    expected = written()[1]
    really = table(built, listed)
    differing = {row: (expected[row], cells) for row, cells in really.items() if cells != expected[row]}
    assert not differing


def test_every_role_of_the_house_has_a_column():
    covered = {
        "coordination": "coordination",
        "monitoring": "monitoring",
        "data-protection": "data_protection",
        "administration": "administrator",
        "staff": "clerk_a",
        "secretaries": "secretary",
    }
    assert {role.code for role in declared_roles()} == set(covered)
    assert set(covered.values()) <= set(COLUMNS)


@pytest.mark.parametrize("role", [role for role in matrix.ROLES if role != "deactivated"])
def test_nobody_reads_a_canary_that_is_not_theirs(built, role):
    mine = {one["canary"] for one in built["objects"]}
    user = next(one for one in built["users"] if one["role"] == role)
    allowed = {
        one["canary"]
        for one in built["objects"]
        if one["id"] in user["sees"].get(one["kind"], ()) or one["kind"] not in user["sees"]
    }
    client = Client()
    client.force_login(User.objects.get(pk=user["id"]))
    lists = [route for route in routes() if not route.parameters and "GET" in route.methods and ":" in route.name]
    pages = [reverse(route.name) for route in lists if not route.name.startswith(LEFT_OUT)]
    pages += [f"/recommendations/{one['id']}/" for one in built["objects"] if one["kind"] == "recommendation"]
    pages += [f"/committees/papers/{one['id']}/" for one in built["objects"] if one["kind"] == "paper"]
    pages += [f"/committees/meetings/{one['id']}/" for one in built["objects"] if one["kind"] == "meeting"]
    seen = set()
    for page in pages:
        seen |= set(re.findall(r"KANARIE-[a-z_]+-\d+", client.get(page).content.decode()))
    assert not (seen & mine) - allowed


def test_who_is_switched_off_or_unknown_sees_nothing(built):
    off = next(user for user in built["users"] if user["role"] == "deactivated")
    assert not any(off["sees"].values())
    assert not AnonymousUser().is_authenticated
    client = Client()
    assert not client.login(email=off["login"], password=off["password"])
