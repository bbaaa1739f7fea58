# SPDX-License-Identifier: EUPL-1.2
"""Grants × roles × departments × days, all of them: queryset, list of people and the database say the same."""

from datetime import timedelta
from itertools import product

import pytest
from django.contrib.auth.models import Group
from django.core.checks import run_checks
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.flows import sync_roles
from accounts.incompatible import DEPUTY, HEAD, INCOMPATIBLE, conflict
from accounts.models import Delegation, Department, Grant, User
from accounts.permissions import can_appoint, can_delegate, can_hold
from accounts.rules import may_decide
from tests import worlds
from tests.standing import make_head

pytestmark = pytest.mark.django_db
ROLES = ("", "coordination", "monitoring", "data-protection", "administration")
DAY = timedelta(days=1)
LONG_AGO = timezone.now() - 90 * DAY
# how somebody stands to the department, and on which of yesterday, today and tomorrow it lets a free person decide
STANDINGS = {
    "nobody": (),
    "staff": (),
    "proposed": (),
    "head": (-1, 0, 1),
    "head from tomorrow": (1,),
    "head until yesterday": (-1,),
    "head, ended today": (-1,),
    "deputy": (-1, 0, 1),
    "deputy from tomorrow": (1,),
    "deputy until yesterday": (-1,),
    "deputy, taken back today": (-1,),
    "deputy by a head whose grant ended": (-1,),
    "deputy by somebody who never was head": (),
    "deputy by a head who was switched off": (),
    "deputy by a head who administers": (),
    "deputy older than the grant": (),
}


@pytest.fixture
def departments(make_department):
    return make_department("FB 50", "Soziales"), make_department("FB 40", "Schule")


@pytest.fixture
def cast(departments):
    """A person for each standing, role, and account that is on or off: ``{(standing, role, active): person}``."""
    sync_roles()
    groups = {group.name: group for group in Group.objects.all()}
    for number, (standing, role, active) in enumerate(product(STANDINGS, ROLES, (True, False))):
        person = _person(f"p{number}", standing, role, active)
        if role:
            person.groups.add(groups[f"office-{role}"])
        _stand(person, standing, departments[0], groups)
    worlds.count_rows()
    return {tuple(user.name.split("|")): user for user in User.objects.filter(name__contains="|")}


def _person(key, *what):
    active = what[-1]
    name = "|".join((*map(str, what[:-1]), "on" if active else "off"))
    return User.objects.create(email=f"{key}@lindenfurt.example", name=name, password="!", is_active=active)


def _stand(person, standing, department, groups):
    today, now = timezone.localdate(), timezone.now()
    before = {"valid_from": today - 60 * DAY, "confirmed_at": LONG_AGO}
    if standing == "staff":
        person.groups.add(groups[f"department-{department.pk}-staff"])
    elif standing == "proposed":
        by = _helper("proposer")
        Grant.objects.create(
            department=department, person=person, cause="appointed", valid_from=today - DAY, proposed_by=by
        )
    elif standing.startswith("head"):
        days = {
            "head from tomorrow": {"valid_from": today + DAY},
            "head until yesterday": {"valid_until": today - DAY},
            "head, ended today": {"ended_at": now - timedelta(seconds=1), "end_reason": "Wechsel"},
        }.get(standing, {})
        make_head(person, department, **before | days)
    elif standing.startswith("deputy"):
        setter = _setter(standing, department, before, now)
        days = {
            "deputy from tomorrow": {"valid_from": today + DAY},
            "deputy until yesterday": {"valid_until": today - DAY},
            "deputy, taken back today": {"ended_at": now - timedelta(seconds=1)},
            "deputy older than the grant": {"created_at": LONG_AGO - DAY},
        }.get(standing, {})
        Delegation.objects.create(
            department=department,
            deputy=person,
            set_by=setter,
            **{"valid_from": today - 20 * DAY, "valid_until": today + 20 * DAY, "created_at": now - 30 * DAY} | days,
        )


def _helper(name, **fields):
    user, is_new = User.objects.get_or_create(
        email=f"{name}@lindenfurt.example", defaults={"name": name, "password": "!", **fields}
    )
    user.is_new = is_new
    return user


def _setter(standing, department, before, now):
    setter = _helper(f"setter-{len(standing)}", is_active="switched off" not in standing)
    if not setter.is_new or "never was head" in standing:
        return setter
    ended = {"ended_at": now - timedelta(seconds=1), "end_reason": "Wechsel"} if "grant ended" in standing else {}
    make_head(setter, department, **before | ended)
    if "administers" in standing:
        setter.groups.add(Group.objects.get(name="office-administration"))
    return setter


def in_sql(department, at):
    """The keys of all who may decide for the department at that moment, as the database's own rule has it."""
    rule = may_decide(connection.vendor, "u.id", str(department.pk), "x.at")
    with connection.cursor() as cursor:
        # through a column, as the rule meets it
        cursor.execute("CREATE TEMPORARY TABLE IF NOT EXISTS moments (at timestamptz)")
        cursor.execute("DELETE FROM moments")
        cursor.execute("INSERT INTO moments VALUES (%s)", [connection.ops.adapt_datetimefield_value(at)])
        cursor.execute(f"SELECT u.id FROM accounts_user u, moments x WHERE {rule}")
        return {key for (key,) in cursor.fetchall()}


def in_lists(department, at):
    people = User.objects.heading(department, at=at), User.objects.standing_in_for(department, at=at)
    return {user.pk for found in people for user in found}


@pytest.mark.parametrize("offset", [-1, 0, 1])
def test_queryset_list_and_database_give_the_same_answer_for_every_combination(cast, departments, offset):
    own, other = departments
    at = timezone.now() + offset * DAY
    allowed = {
        person.pk
        for (standing, role, active), person in cast.items()
        if offset in STANDINGS[standing] and not role and active == "on"
    }
    everybody = {person.pk for person in cast.values()}
    assert len(everybody) == len(STANDINGS) * len(ROLES) * 2
    asked = {
        person.pk for person in cast.values() if Department.objects.decided_by(person, at=at).filter(pk=own.pk).exists()
    }
    assert asked == in_lists(own, at) & everybody == in_sql(own, at) & everybody == allowed
    assert not in_sql(other, at) | in_lists(other, at)
    assert not any(own != found for pk in allowed for found in Department.objects.decided_by(User(pk=pk), at=at))


def test_every_pair_of_the_table_has_a_reason_and_is_refused_by_each_verdict(make_user, departments, head, lead):
    administrator = make_user("IT", office=["administration"])
    for pair in INCOMPATIBLE:
        person = make_user(f"{pair.role} {pair.standing}", office=[pair.role], staffs=[departments[0], lead])
        assert conflict({pair.role}, pair.standing) == str(pair.reason) != ""
        if pair.standing == HEAD:
            assert can_appoint(administrator, departments[0], person).reason == str(pair.reason)
        else:
            assert can_delegate(head, lead, person).reason == str(pair.reason)
    assert {pair.role for pair in INCOMPATIBLE if pair.standing == HEAD} == set(ROLES) - {""}
    assert {pair.role for pair in INCOMPATIBLE if pair.standing == DEPUTY} == set(ROLES) - {""}


def test_whoever_decides_is_given_no_role_that_excludes_it(make_user, head, lead):
    deputy = make_user("Henning Voss", staffs=[lead])
    today = timezone.localdate()
    Delegation.objects.create(department=lead, deputy=deputy, set_by=head, valid_from=today, valid_until=today)
    for person in (head, deputy):
        assert can_hold(person, set())
        for role in ROLES[1:]:
            assert not can_hold(person, {role})


def test_a_deputyship_holds_from_its_hour_to_its_hour(make_user, head, lead):
    now = timezone.localtime().replace(hour=12, minute=0)
    deputy = make_user("Henning Voss", staffs=[lead])
    hour = timedelta(hours=1)
    Delegation.objects.create(
        department=lead,
        deputy=deputy,
        set_by=head,
        valid_from=now.date() + DAY,
        from_time=now.time(),
        valid_until=now.date() + 2 * DAY,
        until_time=(now + hour).time(),
    )
    moments = {DAY - hour: False, DAY: True, DAY + 3 * hour: True, 2 * DAY + 0.5 * hour: True, 2 * DAY + hour: False}
    for distance, holds in moments.items():
        assert Department.objects.decided_by(deputy, at=now + distance).exists() is holds, distance
        assert (deputy.pk in in_sql(lead, now + distance)) is holds, distance


def test_grants_and_deputyships_are_written_once_and_never_removed(head, lead, make_user):
    deputy, today = make_user("Voss", staffs=[lead]), timezone.localdate()
    Delegation.objects.create(department=lead, deputy=deputy, set_by=head, valid_from=today, valid_until=today)
    Grant.objects.filter(person=head).update(ended_at=timezone.now(), end_reason="Wechsel")
    Delegation.objects.update(ended_at=timezone.now())
    for change in (
        lambda: Grant.objects.all().delete(),
        lambda: Grant.objects.update(person=deputy),
        lambda: Grant.objects.update(valid_from=today - DAY),
        lambda: Grant.objects.update(confirmed_at=timezone.now()),
        lambda: Grant.objects.update(ended_at=None, end_reason=""),
        lambda: Delegation.objects.all().delete(),
        lambda: Delegation.objects.update(valid_until=today + DAY),
        lambda: Delegation.objects.update(ended_at=None),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_nobody_proposes_or_confirms_for_themselves_even_past_the_flow(make_user, lead):
    one, two = make_user("Eins"), make_user("Zwei")
    fields = {"department": lead, "person": one, "cause": "appointed", "valid_from": timezone.localdate()}
    confirmed = {"confirmed_at": timezone.now(), "confirmed_as": "superior"}
    for wrong in (
        {"proposed_by": one},
        {"proposed_by": two, "confirmed_by": one, **confirmed},
        {"proposed_by": two, "confirmed_by": two, **confirmed},
        {"proposed_by": two, "confirmed_at": timezone.now()},
        {"confirmed_at": timezone.now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Grant.objects.create(**fields, **wrong)


def test_the_database_confirms_nobody_whom_a_role_excludes(make_user, lead):
    one, by, other = make_user("Eins", office=["monitoring"]), make_user("Zwei"), make_user("Drei")
    grant = Grant.objects.create(
        department=lead, person=one, cause="appointed", valid_from=timezone.localdate(), proposed_by=by
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.filter(pk=grant.pk).update(
            confirmed_by=other, confirmed_at=timezone.now(), confirmed_as="superior"
        )


def test_a_check_lists_who_holds_roles_that_exclude_each_other(make_user, lead):
    assert not [found for found in run_checks(databases=["default"]) if found.id == "accounts.W001"]
    both = make_user("Zwei Hüte", office=["coordination"], heads=[lead])
    (found,) = [found for found in run_checks(databases=["default"]) if found.id == "accounts.W001"]
    assert both.name in found.msg
    assert not Department.objects.headed_by(both).exists()
