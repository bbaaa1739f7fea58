# SPDX-License-Identifier: EUPL-1.2
import logging
import os
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.test import override_settings
from hypothesis import settings as hypothesis

from tests import template, worlds

hypothesis.register_profile("suite", deadline=None)  # a busy machine is no fault of the code
hypothesis.load_profile("suite")

DATABASE = {"db", "transactional_db", "live_server"}
SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch):
    """Tests speak to this machine only."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test wanted to reach {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session", autouse=True)
def quick_settings():
    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(PASSWORD_HASHERS=hashers, STORAGES=storages):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    template.use()


def pytest_collection_modifyitems(items):
    worlds.group(items)
    for item in items:
        if item.get_closest_marker("django_db") or not DATABASE.isdisjoint(item.fixturenames):
            item.add_marker("database")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A world is left before a test that does not ask for it."""
    try:
        return (yield)
    finally:
        if nextitem is None or worlds.of(nextitem) != worlds.of(item):
            worlds.stage.leave()


@pytest.fixture(scope="session")
def stage(django_db_setup, django_db_blocker):
    """Where one world stands at a time."""
    worlds.stage.blocker = django_db_blocker
    yield worlds.stage
    worlds.stage.leave()


# of a class, which for plain functions means: for each of them, and before the savepoint of the test is set
@pytest.fixture(scope="class")
def standing_matrix(stage):
    return stage.copy_of("standing_matrix")


@pytest.fixture(scope="class")
def standing_town(stage):
    return stage.copy_of("standing_town")


@pytest.fixture(scope="class")
def standing_house(stage):
    return stage.copy_of("standing_house")


@pytest.fixture
def whole_matrix(standing_matrix, db):
    """The people and things of ``demo.matrix``, all of them and untouched."""
    logging.disable(logging.CRITICAL)  # a crawl is refused thousands of times, and each refusal would keep its trace
    yield standing_matrix
    logging.disable(logging.NOTSET)


@pytest.fixture
def whole_town(standing_town, db, settings):
    """Lindenfurt as the demo builds it."""
    settings.DEMO = True


@pytest.fixture
def whole_house(standing_house, db):
    """Two departments, two bodies and everybody who might ask: ``tests.house``."""
    return standing_house


@pytest.fixture(autouse=True)
def rules_let_a_flush_pass(request):
    """Tests with real commits end with empty tables, which the rules refuse; they stand again after the flush."""
    marker = request.node.get_closest_marker("django_db")
    if "transactional_db" not in request.fixturenames and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    from django.db import connection

    from core import triggers

    triggers.take_down(connection)


@pytest.fixture(
    params=[
        pytest.param("sqlite", marks=pytest.mark.sqlite),
        pytest.param("postgresql", marks=pytest.mark.postgres),
    ]
)
def manage(request, tmp_path):
    """``manage.py`` of a house of its own with an empty database of either kind."""
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "DATABASE_URL": "", "REDIS_URL": ""}
    if request.param == "sqlite":
        environment.pop("DATABASE_URL")
    else:
        address = os.environ["DATABASE_URL"]
        with psycopg.connect(address, autocommit=True) as link:
            link.execute("DROP DATABASE IF EXISTS of_before")
            link.execute("CREATE DATABASE of_before")
        environment["DATABASE_URL"] = address.rsplit("/", 1)[0] + "/of_before"
    environment.pop("REDIS_URL")

    def run(*arguments, said=""):
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, env=environment, input=said, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture
def travel(monkeypatch):
    """Let the whole house live some days later, or earlier."""
    from datetime import timedelta

    from django.utils import timezone

    present = timezone.now()

    def to(days):
        monkeypatch.setattr(timezone, "now", lambda: present + timedelta(days=days))

    return to


@pytest.fixture
def shared_data():
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("the folder ../shared/data with official files is not here")
    return folder


@pytest.fixture
def make_department(db):
    from accounts.flows import sync_roles
    from accounts.models import Department

    def make(code="FB 51", name="Jugend und Familie"):
        department = Department.objects.create(code=code, name=name)
        sync_roles()
        return department

    return make


@pytest.fixture
def make_user(db):
    from accounts.flows import sync_roles
    from accounts.models import User
    from accounts.roles import appoint
    from tests.standing import make_head

    def make(name="Mareike Thölke", *, office=(), heads=(), staffs=(), keeps=(), **fields):
        email = f"user{User.objects.count()}@lindenfurt.example"
        user = User.objects.create_user(email, name, "lang genug zum Testen", **fields)
        sync_roles()
        for role in office:
            appoint(user, role)
        for department in heads:
            make_head(user, department)
        for code, scopes in (("staff", staffs), ("secretaries", keeps)):
            for scope in scopes:
                appoint(user, code, scope)
        return User.objects.get(pk=user.pk)

    return make


@pytest.fixture
def make_committee(db):
    from accounts.flows import sync_roles
    from committees.models import Committee

    def make(code="JHA", name="Jugendhilfeausschuss", **fields):
        committee = Committee.objects.create(code=code, name=name, **fields)
        sync_roles()
        return committee

    return make


@pytest.fixture
def make_member(make_user):
    from actors.models import Person
    from committees.models import Membership

    def make(committee, *, start_on, end_on=None, name="Anke Rühl", user=None):
        user = user or make_user(name)
        person, _created = Person.objects.get_or_create(user=user, defaults={"family_name": name})
        Membership.objects.create(committee=committee, person=person, start_on=start_on, end_on=end_on)
        return user

    return make


@pytest.fixture
def make_meeting(db):
    from datetime import timedelta

    from django.utils import timezone

    from committees.models import Meeting

    def make(committee, *, days=20, **fields):
        return Meeting.objects.create(committee=committee, start=timezone.now() + timedelta(days=days), **fields)

    return make


@pytest.fixture
def make_key_figure(db):
    from indicators import flows
    from indicators.models import Indicator, KeyFigure, Table
    from tests.files import flat_file

    def make(values=(("2023", "94", "1027"), ("2024", "91", "1038"))):
        flows.import_file(flat_file(values), "21111-99-06-4_test.csv")
        indicator, _created = Indicator.objects.get_or_create(name="Abschlüsse", defaults={"topic": "Schulen"})
        return KeyFigure.objects.create(
            code=f"I{KeyFigure.objects.count() + 1}",
            name="Abgehende ohne Abschluss",
            indicator=indicator,
            definition="je 100 Abgehende",
            table=Table.objects.get(code="21111-99-06-4"),
            numerator={"measure": "ABG001"},
            denominator={"measure": "ABG000"},
            unit="%",
            period_label="Jahr",
            source_label="Schulstatistik (fiktiv)",
        )

    return make


@pytest.fixture
def office(make_user):
    return make_user("Mareike Thölke", office=["coordination"])


@pytest.fixture
def lead(make_department):
    return make_department("FB 51", "Jugend und Familie")


@pytest.fixture
def head(make_user, lead):
    return make_user("Tarek Haddad", heads=[lead])


@pytest.fixture
def make_recommendation(office, lead, make_key_figure):
    from indicators.series import snapshot
    from recommendations import flows

    def make(**fields):
        key_figure = make_key_figure()
        complete = {
            "title": "Sprachbildung in Kitas ausbauen",
            "lead_department": lead,
            "responsible_level": "municipality",
            "proposed_resolution": "Die Sprachbildung wird verstärkt.",
            "rationale": "Der Anteil steigt.",
            **fields,
        }
        return flows.create(by=office, pin=snapshot(key_figure, region_key="99001"), **complete)

    return make


@pytest.fixture
def submitted(make_recommendation, office):
    from recommendations import flows

    return flows.submit(make_recommendation(), by=office)


@pytest.fixture
def approved(submitted, head):
    from recommendations import flows
    from recommendations.models import DecisionKind

    flows.decide(submitted, by=head, kind=DecisionKind.APPROVE)
    submitted.refresh_from_db()
    return submitted


@pytest.fixture
def make_effect_plan():
    """Fix the effect review of an approved recommendation on its pinned figure, without which no measure starts."""
    from datetime import timedelta

    from django.utils import timezone

    from recommendations import flows
    from recommendations.effect import baseline_of

    def make(recommendation, by, *, days=300, **fields):
        fields = {
            "baseline": baseline_of(recommendation.evidence.first()),
            "direction": "at_most",
            "target_value": 8,
            **fields,
        }
        today = timezone.localdate()
        day = today + timedelta(days=days)
        return flows.plan_effect(
            recommendation, by=by, review_on=day, today=min(today, day - timedelta(days=1)), **fields
        )

    return make


@pytest.fixture
def paper(approved, office, make_committee, make_meeting):
    """Paper of an approved recommendation, for decision before the JHA, with a non-public annex."""
    from committees import flows as committees
    from recommendations import flows

    made = flows.make_paper(approved, by=office, paper_type="decision")
    committee = make_committee()
    item = committees.put_on_agenda(make_meeting(committee), made, by=office, number="4")
    committees.schedule(made, by=office, committee=committee, role="decision", agenda_item=item)
    committees.add_annex(
        made,
        by=office,
        title="Aufteilung",
        body="KANARIE-annex-1 geheimer Betrag",
        is_public=False,
        non_public_reason="berechtigte Interessen Einzelner",
    )
    return made


@pytest.fixture
def begin_measure():
    """Plan a measure and report that it has begun: from then on the recommendation is being implemented."""
    from django.utils import timezone

    from recommendations import flows

    def begin(recommendation, by, *, title="Schritt", status="running"):
        measure = flows.plan_measure(
            recommendation,
            by=by,
            title=title,
            department=recommendation.lead_department,
            due_on=timezone.localdate(),
        )
        measure = flows.report_measure(measure, by=by, status=status)
        recommendation.refresh_from_db()
        return measure

    return begin


@pytest.fixture
def resolve(make_committee):
    """Make a paper of an approved recommendation, and let a body that has met resolve it."""
    from datetime import timedelta

    from django.utils import timezone

    from committees.models import AgendaItem, Consultation, Meeting
    from recommendations import flows

    def resolve(recommendation, by, *, result="unchanged"):
        paper = flows.make_paper(recommendation, by=by, paper_type="decision")
        meeting = Meeting.objects.create(
            committee=make_committee(code="RAT", name="Stadtrat"),
            start=timezone.now() - timedelta(days=1),
            state="held",
        )
        item = AgendaItem.objects.create(meeting=meeting, position=1, number="1", title="Punkt")
        stop = Consultation.objects.create(
            paper=paper,
            position=1,
            committee=meeting.committee,
            role="decision",
            authoritative=True,
            agenda_item=item,
            result=result,
            recorded_at=timezone.now(),
        )
        flows.follow_result(stop, by=by)
        recommendation.refresh_from_db()
        return stop

    return resolve
