# SPDX-License-Identifier: EUPL-1.2
"""The simulator: the same answers as on the pages, for somebody else, reading only and written down."""

import pytest
from django.urls import reverse
from django.utils import translation

from activity.models import Event
from recommendations import flows, permissions
from recommendations.authority import answers
from recommendations.models import Decision, Recommendation

ADDRESS = reverse("recommendations:simulator")


@pytest.fixture
def town(whole_matrix):
    return whole_matrix


def uses(person):
    return Event.objects.about(person).filter(kind="recommendation.simulated").count()


@pytest.mark.parametrize("role", ["coordination", "head_a", "monitoring", "secretary", "plain"])
def test_only_administration_and_data_protection_look_things_up(client, town, role):
    client.force_login(town.users[role])
    assert client.get(ADDRESS, {"person": town.users["head_b"].pk}).status_code == 403
    assert not uses(town.users["head_b"])


def test_the_administration_sees_answers_but_no_content(client, town):
    client.force_login(town.users["administrator"])
    head, one = town.users["head_a"], Recommendation.objects.get(lead_department=town.a, status="submitted")
    page = client.get(ADDRESS, {"person": head.pk, "recommendation": one.label})
    content = page.content.decode()
    assert page.status_code == 200
    assert f'data-simulated="{one.pk}"' in content
    assert "KANARIE" not in content
    assert not any(title in content for title in Recommendation.objects.values_list("title", flat=True))
    assert page.context["page_obj"].paginator.count == Recommendation.objects.visible_to(head).count()
    assert uses(head) == 1


def test_data_protection_reads_the_titles_too(client, town):
    client.force_login(town.users["data_protection"])
    one = Recommendation.objects.get(lead_department=town.a, status="submitted")
    page = client.get(ADDRESS, {"person": town.users["head_a"].pk, "recommendation": str(one.pk)})
    assert one.title in page.content.decode()


def test_the_answers_are_those_of_the_functions_that_enforce_them(client, town):
    client.force_login(town.users["administrator"])
    one = Recommendation.objects.get(lead_department=town.a, status="submitted")
    for role in ("head_a", "deputy_a", "clerk_a", "coordination", "head_b", "deactivated"):
        person = town.users[role]
        page = client.get(ADDRESS, {"person": person.pk, "recommendation": one.label})
        asked = dict(page.context["answered"].asked)
        with translation.override("de"):
            assert {label: bool(verdict) for label, verdict in asked.items()} == {
                label: bool(verdict) for label, verdict in answers(one, person)
            }
        assert any(asked.values()) == any(bool(verdict) for _label, verdict in answers(one, person))
        if role != "deactivated":
            assert all(verdict or verdict.reason for verdict in asked.values())


def test_what_a_person_does_not_see_is_said_not_to_be_there(client, town):
    client.force_login(town.users["administrator"])
    one = Recommendation.objects.get(lead_department=town.a, status="draft")
    page = client.get(ADDRESS, {"person": town.users["head_b"].pk, "recommendation": one.label})
    assert not page.context["answered"].is_seen
    assert client.get(ADDRESS, {"person": town.users["head_b"].pk, "recommendation": "R0"}).status_code == 422


def test_looking_up_changes_nothing(client, town):
    client.force_login(town.users["administrator"])
    one = Recommendation.objects.get(lead_department=town.a, status="submitted")
    before = (Recommendation.objects.filter(pk=one.pk).values().get(), Decision.objects.count())
    asked = {"person": town.users["head_a"].pk, "recommendation": one.label}
    client.get(ADDRESS, asked)
    assert client.post(ADDRESS, {**asked, "kind": "approve"}).status_code == 405
    assert (Recommendation.objects.filter(pk=one.pk).values().get(), Decision.objects.count()) == before
    assert not permissions.can_decide(town.users["administrator"], one)
    assert flows.steps_for(town.users["administrator"]) == []
