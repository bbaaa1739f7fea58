# SPDX-License-Identifier: EUPL-1.2
"""Who sees what: for each kind of thing the people of the house for whom ``visible_to`` finds it, and nobody else."""

import pytest
from django.apps import apps

from tests.constraints import a_thing

DEPARTMENT = {"head", "deputy", "staff"}
OFFICE = {"coordination", "monitoring", "data protection"}
HOUSE = DEPARTMENT | OFFICE | {"other head", "other staff"}
BODY = {"secretary", "member"}


def new(label):
    """Any thing of this kind."""

    def made(house):
        thing = a_thing(apps.get_model(label), {})
        thing.save()
        return thing

    return made


SEEN = {
    "a draft": (lambda house: house.recommendation(), OFFICE | DEPARTMENT),
    "an approved recommendation": (lambda house: house.approve().recommendation, HOUSE),
    "a strategic goal": (new("recommendations.StrategicGoal"), HOUSE),
    "an actor": (new("actors.Actor"), HOUSE),
    "a person": (new("actors.Person"), HOUSE),
    "a committee": (lambda house: house.x, HOUSE | BODY),
    "a meeting": (lambda house: house.meeting, HOUSE | BODY),
    "an agenda item": (lambda house: house.item, HOUSE | BODY),
    "a paper without an agenda": (lambda house: house.paper, HOUSE),
    "a paper before a body": (lambda house: house.stop("invited").paper, HOUSE | BODY),
    "a draft of minutes": (lambda house: house.minutes("draft"), {"coordination", "secretary"}),
    "submitted minutes": (lambda house: house.minutes("submitted"), HOUSE | BODY),
    "a table": (new("indicators.Table"), OFFICE),
    "a delivery": (new("indicators.Import"), {"monitoring"}),
    "a release": (new("indicators.Release"), {"monitoring"}),
    "a retrieval": (new("indicators.Retrieval"), {"monitoring"}),
    "an import from another system": (new("committees.ImportRun"), {"coordination"}),
}


@pytest.mark.parametrize("name", SEEN)
def test_a_thing_is_seen_by_those_and_nobody_else(whole_house, name):
    arrange, expected = SEEN[name]
    thing = arrange(whole_house)
    seen = type(thing).objects
    people = whole_house.people.items()
    assert {who for who, user in people if seen.visible_to(user).filter(pk=thing.pk).exists()} == expected
