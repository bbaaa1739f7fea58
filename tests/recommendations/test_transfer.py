# SPDX-License-Identifier: EUPL-1.2
"""Another lead department needs both departments: by page, by flow, and in the database itself."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import Delegation
from activity.flows import deliver
from activity.models import Event, Notification
from core.errors import NotAllowed, WrongState
from recommendations import flows, permissions
from recommendations.authority import who_decides
from recommendations.lifecycle import LEAD_MAY_CHANGE
from recommendations.models import LeadTransfer, Recommendation, Status

TOO_LATE = {Status.REJECTED, Status.WITHDRAWN, *set(Status) - set(LEAD_MAY_CHANGE)}


@pytest.fixture
def other(make_department):
    return make_department("FB 40", "Schule und Sport")


@pytest.fixture
def other_head(make_user, other):
    return make_user("Petra Wellmann", heads=[other])


@pytest.fixture
def proposed(submitted, office, other, other_head):
    return flows.propose_transfer(submitted, by=office, to_department=other, reason="Schule ist zuständig.")


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def refusals(recommendation):
    return Event.objects.about(recommendation).filter(kind="recommendation.step_refused").count()


def test_the_office_names_the_lead_of_a_draft_freely(make_recommendation, office, other):
    one = make_recommendation()
    with pytest.raises(WrongState):
        flows.propose_transfer(one, by=office, to_department=other, reason="Anders")
    assert flows.edit(one, by=office, lead_department=other).lead_department == other


@pytest.mark.parametrize("asked", ["submitted", "co-signing"])
def test_once_others_were_asked_the_office_does_not_change_the_lead(client, make_recommendation, office, other, asked):
    one = make_recommendation()
    if asked == "submitted":
        flows.submit(one, by=office)
    else:
        day = timezone.localdate() + timedelta(days=3)
        flows.start_consultation(one, by=office, due_on=day, departments=[other])
    one = flows.take_back(one, by=office)
    with pytest.raises(WrongState):
        flows.edit(one, by=office, lead_department=other)
    client.force_login(office)
    page = client.get(reverse("recommendations:edit", args=[one.pk])).content.decode()
    assert 'name="lead_department"' not in page
    assert reverse("recommendations:transfer_propose", args=[one.pk]) in page
    data = {"title": one.title, "lead_department": other.pk, "seen_version": one.version}
    assert client.post(reverse("recommendations:edit", args=[one.pk]), data).status_code == 302
    assert fresh(one).lead_department != other


def test_only_both_consents_change_the_lead_and_the_submission_starts_anew(proposed, head, other, other_head, office):
    one = proposed.recommendation
    version = one.version
    flows.accept_lead(proposed, by=other_head)
    assert fresh(one).lead_department != other
    flows.release_lead(proposed, by=head)
    one = fresh(one)
    assert (one.lead_department, one.status, one.version) == (other, Status.DRAFT, version + 1)
    assert one.versions.first().number == one.version
    assert fresh(proposed).state == "agreed"
    assert not permissions.can_decide(head, one)
    flows.submit(one, by=office)
    assert permissions.can_decide(other_head, fresh(one))
    assert Recommendation.objects.visible_to(head).filter(pk=one.pk).exists()


def test_another_lead_voids_the_approval(approved, office, head, other, other_head):
    transfer = flows.propose_transfer(approved, by=head, to_department=other, reason="Neu verteilt")
    assert transfer.released_by == head  # the head who proposes it has released the lead
    flows.accept_lead(transfer, by=other_head)
    one = fresh(approved)
    assert (one.status, one.approval, one.lead_department) == (Status.RETURNED, None, other)
    kinds = set(Event.objects.about(one).values_list("kind", flat=True))
    assert {"recommendation.lead_transferred", "recommendation.approval_voided"} <= kinds


def test_neither_the_proposer_alone_nor_anybody_else_brings_it_about(submitted, make_user, lead, other, office, head):
    both = make_user("Zwei Hüte", heads=[lead, other])
    transfer = flows.propose_transfer(submitted, by=both, to_department=other, reason="Ich möchte")
    with pytest.raises(NotAllowed):
        flows.accept_lead(transfer, by=both)
    for stranger in (office, head, make_user("Root", is_superuser=True), make_user("Kraft", staffs=[lead, other])):
        with pytest.raises(NotAllowed):
            flows.accept_lead(transfer, by=stranger)
    assert refusals(submitted) == 5
    assert fresh(submitted).lead_department == lead


def test_who_heads_both_departments_may_consent_for_both_to_what_the_office_proposed(proposed, make_user, lead, other):
    both = make_user("Zwei Hüte", heads=[lead, other])
    flows.release_lead(proposed, by=both)
    assert flows.accept_lead(proposed, by=both).state == "agreed"


def test_the_deputy_of_today_consents_i_v_and_yesterdays_does_not(proposed, make_user, other, other_head):
    today = timezone.localdate()
    deputy, late = make_user("Henning Voss"), make_user("Oskar Lindig")
    for person, end in ((deputy, today), (late, today - timedelta(days=1))):
        Delegation.objects.create(
            department=other, deputy=person, set_by=other_head, valid_from=today - timedelta(days=9), valid_until=end
        )
    with pytest.raises(NotAllowed):
        flows.accept_lead(proposed, by=late)
    flows.accept_lead(proposed, by=deputy)
    assert "i.\xa0V. Petra Wellmann" in fresh(proposed).accepted_by_label


@pytest.mark.parametrize("side", ["present", "new"])
def test_either_department_refuses_with_a_reason_and_the_lead_stays(proposed, head, other_head, lead, office, side):
    by = head if side == "present" else other_head
    with pytest.raises(WrongState):
        flows.refuse_transfer(proposed, by=by, reason=" ")
    flows.refuse_transfer(proposed, by=by, reason="Wir sind nicht zuständig.")
    with pytest.raises(WrongState):
        flows.accept_lead(proposed, by=other_head)
    one = fresh(proposed.recommendation)
    assert (one.lead_department, one.status) == (lead, Status.SUBMITTED)
    assert "Wir sind nicht zuständig." in Event.objects.about(one).filter(kind__endswith="declined").get().note
    assert flows.propose_transfer(one, by=office, to_department=proposed.to_department, reason="Noch einmal")


def test_one_proposal_at_a_time_and_it_can_be_taken_back(proposed, office, other, head):
    with pytest.raises(WrongState):
        flows.propose_transfer(proposed.recommendation, by=office, to_department=other, reason="Noch eine")
    with pytest.raises(IntegrityError), transaction.atomic():
        LeadTransfer.objects.create(
            recommendation=proposed.recommendation,
            from_department=proposed.from_department,
            to_department=other,
            reason="x",
            proposed_by=office,
        )
    with pytest.raises(NotAllowed):
        flows.withdraw_transfer(proposed, by=head)
    assert flows.withdraw_transfer(proposed, by=office).state == "withdrawn"


def test_the_lead_passes_only_while_the_matter_is_open(submitted, office, other):
    for status in TOO_LATE:
        submitted.status = status
        assert permissions.can_propose_transfer(office, submitted).error is WrongState


def test_the_department_that_is_asked_sees_what_it_would_take(make_recommendation, office, other, other_head, lead):
    one = flows.submit(make_recommendation(), by=office)
    flows.take_back(one, by=office)
    assert one not in Recommendation.objects.visible_to(other_head)
    transfer = flows.propose_transfer(one, by=office, to_department=other, reason="Zuständigkeit")
    assert one in Recommendation.objects.visible_to(other_head)
    flows.refuse_transfer(transfer, by=other_head, reason="Nein")
    assert one not in Recommendation.objects.visible_to(other_head)


def test_it_waits_on_the_list_the_card_and_the_page_of_those_who_must_agree(client, proposed, head, other_head, office):
    for person, question in ((head, "Release the lead"), (other_head, "Take the lead")):
        client.force_login(person)
        assert proposed.get_absolute_url() in client.get(reverse("recommendations:decide_list")).content.decode()
        assert proposed.get_absolute_url() in client.get(proposed.recommendation.get_absolute_url()).content.decode()
        with translation.override("en"):
            assert question in who_decides(proposed.recommendation, person).may
    client.force_login(office)
    assert proposed.get_absolute_url() not in client.get(reverse("recommendations:decide_list")).content.decode()


def test_by_page_each_side_answers_for_itself_other_attempts_are_logged(client, proposed, head, other_head, make_user):
    address = proposed.get_absolute_url()
    client.force_login(make_user("Jule Sander", staffs=[proposed.from_department]))
    assert client.get(address).status_code == 200
    assert client.post(address, {"answer": "release"}).status_code == 403
    client.force_login(head)
    assert client.post(address, {"answer": "accept"}).status_code == 403
    assert refusals(proposed.recommendation) == 2
    assert client.post(address, {"answer": "refuse", "reason": ""}).status_code == 422
    assert client.post(address, {"answer": "release"}).status_code == 302
    client.force_login(other_head)
    assert client.post(address, {"answer": "accept"}).status_code == 302
    assert fresh(proposed).state == "agreed"
    assert client.get(address).status_code == 200


def test_both_heads_and_the_authors_are_told(proposed, head, other_head, office):
    for event in Event.objects.about(proposed.recommendation).filter(kind="recommendation.transfer_proposed"):
        deliver(event.pk)
        assert set(Notification.objects.filter(event=event).values_list("user", flat=True)) == {head.pk, other_head.pk}


def test_the_database_refuses_another_lead_without_an_agreed_transfer(proposed, head, other, other_head, lead, office):
    row = Recommendation.objects.filter(pk=proposed.recommendation_id)
    for stolen in (other, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(lead_department=stolen, status=Status.DRAFT)
    with pytest.raises(IntegrityError), transaction.atomic():  # agreed by nobody
        LeadTransfer.objects.filter(pk=proposed.pk).update(state="agreed", settled_at=timezone.now())
    flows.release_lead(proposed, by=head)
    flows.accept_lead(proposed, by=other_head)
    assert row.get().lead_department == other
    with pytest.raises(IntegrityError), transaction.atomic():  # the way back is another matter
        row.update(lead_department=lead)
    back = flows.propose_transfer(row.get(), by=office, to_department=lead, reason="Zurück")
    flows.release_lead(back, by=other_head)
    flows.accept_lead(back, by=head)
    with pytest.raises(IntegrityError), transaction.atomic():  # an old consent does not hold twice
        row.update(lead_department=other)


def test_the_database_keeps_what_was_settled(proposed, head):
    flows.refuse_transfer(proposed, by=head, reason="Nein")
    row = LeadTransfer.objects.filter(pk=proposed.pk)
    for forged in ({"state": "open", "settled_at": None}, {"refusal_reason": "Ja"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**forged)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()
