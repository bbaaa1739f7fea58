# SPDX-License-Identifier: EUPL-1.2
"""The database itself refuses what each constraint of our models forbids."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models

from core import triggers
from recommendations.models import Recommendation
from tests.constraints import BREAKS, TWICE, a_thing

STATED = {
    constraint.name: (model, constraint)
    for model in apps.get_models()
    for constraint in model._meta.constraints
    if not model.__module__.startswith(("django.", "allauth.", "guardian."))
}
ONCE = {name for name, (_model, constraint) in STATED.items() if isinstance(constraint, models.UniqueConstraint)}
UNKNOWN_STATUS = "recommendation_status_known"  # what is approved alone breaks no other condition by it
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def constraints_alone(db):
    """The rules of the database stand aside: some refuse the same row before its constraint is asked."""
    triggers.take_down(connection)


def refused(name, write):
    """The database refuses this because of the constraint."""
    with pytest.raises(IntegrityError) as refusal:
        write()
    model, constraint = STATED[name]
    columns = [model._meta.get_field(field).column for field in getattr(constraint, "fields", ())]
    said = str(refusal.value)
    assert name in said or (columns and all(f"{model._meta.db_table}.{column}" in said for column in columns)), said


def test_every_condition_has_a_row_that_breaks_it():
    assert set(BREAKS) == set(STATED) - ONCE - {UNKNOWN_STATUS}
    assert set(TWICE) <= ONCE


@pytest.mark.parametrize("name", sorted(BREAKS))
def test_the_database_refuses_what_breaks_the_condition(name):
    model, _constraint = STATED[name]
    a_thing(model, {}).save()
    refused(name, a_thing(model, BREAKS[name]).save)


@pytest.mark.parametrize("name", [UNKNOWN_STATUS])
def test_the_database_refuses_a_status_that_nobody_knows(name, whole_house):
    whole_house.approve()
    refused(name, lambda: Recommendation.objects.update(status="anything"))


@pytest.mark.parametrize("name", sorted(ONCE))
def test_the_database_refuses_what_may_be_there_only_once(name):
    model, constraint = STATED[name]
    first = a_thing(model, TWICE.get(name, {}))
    first.save()
    same = {field: getattr(first, field) for field in constraint.fields}
    refused(name, a_thing(model, {**TWICE.get(name, {}), **same}).save)
