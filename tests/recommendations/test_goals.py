# SPDX-License-Identifier: EUPL-1.2
"""Strategic goals and fields of action as trees whose progress adds up."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actors.models import FieldOfAction
from core.errors import NotAllowed
from recommendations import flows
from recommendations.goals import Progress
from recommendations.models import Recommendation, StrategicGoal

LIST = reverse("recommendations:goal_list")


@pytest.fixture
def goals(db):
    top = StrategicGoal.objects.create(number="1", name="Gute Startchancen")
    left, right = (StrategicGoal.objects.create(number=f"1.{n}", name=f"Teil {n}", parent=top) for n in (1, 2))
    return top, left, right


def by_goal(user):
    return {node.thing.number: node for node in Progress(user).of_goals(user)}


def test_progress_adds_up_and_a_recommendation_counts_once_above(
    goals, approved, make_recommendation, office, head, lead
):
    _top, left, right = goals
    flows.assign_goals(approved, by=office, goals=[left, right])
    flows.assign_goals(make_recommendation(), by=office, goals=[left])
    flows.plan_measure(approved, by=head, title="Schritt", department=lead, due_on="2020-01-01")
    nodes = by_goal(office)
    assert [nodes[number].total for number in ("1", "1.1", "1.2")] == [2, 2, 1]
    assert nodes["1"].groups == {"committees": 1, "preparation": 1}
    assert [(nodes[n].measures, nodes[n].late) for n in ("1", "1.1", "1.2")] == [(1, 1)] * 3


def test_effects_add_up_too(goals, approved, office, head, make_effect_plan, begin_measure):
    _top, left, _right = goals
    flows.assign_goals(approved, by=office, goals=[left])
    make_effect_plan(approved, head, days=-1)
    begin_measure(approved, head)
    flows.review_effect(approved, by=head, effect="improved", note="gesunken")
    assert (by_goal(office)["1"].reviewed, by_goal(office)["1"].improved) == (1, 1)


def test_everybody_counts_only_what_they_may_see(goals, make_recommendation, office, make_department, make_user):
    _top, left, _right = goals
    flows.assign_goals(make_recommendation(), by=office, goals=[left])
    stranger = make_user("Petra", heads=[make_department("FB 40", "Schule")])
    assert (by_goal(office)["1"].total, by_goal(stranger)["1"].total) == (1, 0)


def test_fields_of_action_add_up_along_their_tree(make_recommendation, office):
    above = FieldOfAction.objects.create(name="Jugend")
    below = FieldOfAction.objects.create(name="Ganztag", parent=above)
    make_recommendation(field_of_action=below)
    assert [(node.thing.name, node.depth, node.total) for node in Progress(office).of_fields(office)] == [
        ("Jugend", 0, 1),
        ("Ganztag", 1, 1),
    ]


def test_the_page_needs_the_same_queries_for_many_goals_and_recommendations(client, goals, make_recommendation, office):
    client.force_login(office)
    flows.assign_goals(make_recommendation(), by=office, goals=goals)
    client.get(LIST)  # what is asked once per process is asked by now
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for number in range(5):
        goal = StrategicGoal.objects.create(number=f"2.{number}", name="Noch eins", parent=goals[0])
        flows.assign_goals(make_recommendation(), by=office, goals=[goal])
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(many) == len(few)


def test_a_branch_lists_what_hangs_on_it_and_below_it_by_group(client, goals, approved, make_recommendation, office):
    top, left, right = goals
    draft = make_recommendation()
    flows.assign_goals(approved, by=office, goals=[left])
    flows.assign_goals(draft, by=office, goals=[right])
    client.force_login(office)
    shown = lambda query="": set(client.get(top.get_absolute_url() + query).context["page_obj"])  # noqa: E731
    assert shown() == {approved, draft}
    assert shown("?group=preparation") == {draft}
    assert set(client.get(left.get_absolute_url()).context["page_obj"]) == {approved}


def test_the_coordination_keeps_the_tree_and_no_goal_hangs_on_itself(client, goals, office, head):
    top, left, _right = goals
    data = {"number": "1", "name": "Gute Startchancen", "position": 0}
    address = reverse("recommendations:goal_edit", args=[top.pk])
    client.force_login(head)
    assert client.post(address, data).status_code == 403
    client.force_login(office)
    assert client.post(address, data | {"parent": left.pk}).status_code == 422
    assert client.post(address, data | {"description": "Von Anfang an"}).status_code == 302
    top.refresh_from_db()
    assert (top.parent, top.description) == (None, "Von Anfang an")


def test_goals_are_steering_and_no_part_of_what_was_decided(goals, approved, office, head):
    before = approved.approval.content_sha256
    with pytest.raises(NotAllowed):
        flows.assign_goals(approved, by=head, goals=[goals[0]])
    flows.assign_goals(approved, by=office, goals=[goals[0]])
    approved.refresh_from_db()
    assert (approved.approval.content_sha256, approved.status) == (before, "approved")
    assert list(Recommendation.objects.filter(goals=goals[0])) == [approved]
