# SPDX-License-Identifier: EUPL-1.2
"""“Who decides here?” stands on every page of a recommendation, with deputies and committees."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Delegation
from core.dates import short_day
from recommendations import flows

HERE = "data-authority"


@pytest.mark.parametrize(
    ("page", "state"),
    [
        ("detail", "draft"),
        ("edit", "draft"),
        ("evidence_add", "draft"),
        ("co_create", "draft"),
        ("consultation_start", "draft"),
        ("withdraw", "draft"),
        ("version_list", "draft"),
        ("evidence_chain", "draft"),
        ("transfer_propose", "submitted"),
    ],
)
def test_every_page_of_a_recommendation_says_who_decides(client, make_recommendation, office, page, state):
    one = make_recommendation()
    if state == "submitted":
        flows.submit(one, by=office)
    client.force_login(office)
    assert HERE in client.get(reverse(f"recommendations:{page}", args=[one.pk])).content.decode()


@pytest.mark.parametrize(("page", "decided"), [("decide", False), ("reopen", True), ("transfer_propose", True)])
def test_the_pages_of_the_head_say_it_too(client, submitted, head, page, decided):
    if decided:
        flows.decide(submitted, by=head, kind="approve")
    client.force_login(head)
    assert HERE in client.get(reverse(f"recommendations:{page}", args=[submitted.pk])).content.decode()


def test_so_does_the_page_of_a_statement_and_of_a_change_of_the_lead(
    client, make_recommendation, office, make_department, make_user
):
    other = make_department("FB 20", "Finanzen")
    treasurer = make_user("Carla Nitsche", heads=[other])
    one = make_recommendation()
    day = timezone.localdate() + timedelta(days=4)
    flows.start_consultation(one, by=office, due_on=day, departments=[other])
    transfer = flows.propose_transfer(one, by=office, to_department=other, reason="Zuständigkeit")
    client.force_login(treasurer)
    for address in (
        reverse("recommendations:cosign", args=[one.statements.get().pk]),
        reverse("recommendations:transfer", args=[transfer.pk]),
    ):
        assert HERE in client.get(address).content.decode()


def test_the_card_names_the_deputy_with_days_and_the_committee_with_its_role(client, paper, approved, head, make_user):
    today = timezone.localdate()
    deputy = make_user("Henning Voss")
    Delegation.objects.create(
        department=approved.lead_department, deputy=deputy, set_by=head, valid_from=today, valid_until=today
    )
    client.force_login(head)
    content = client.get(reverse("recommendations:evidence_chain", args=[approved.pk])).content.decode()
    card = content[content.index(HERE) :]
    stop = paper.consultations.get()
    for shown in (head.name, deputy.name, short_day(today), stop.committee.name, str(stop.get_role_display())):
        assert shown in card
