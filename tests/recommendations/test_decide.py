# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Delegation
from activity.models import Event
from core.canonical import checksum
from core.errors import NotAllowed, WrongState
from recommendations import flows, permissions, sight
from recommendations.content import frozen
from recommendations.models import Decision, DecisionKind, Recommendation, Status

APPROVE = {"kind": "approve", "reason": ""}


def refusals(recommendation):
    return Event.objects.about(recommendation).filter(kind="recommendation.decision_refused").count()


@pytest.fixture
def people(office, head, lead, make_user, make_department):
    other = make_department("FB 40", "Schule und Sport")
    deputy = make_user("Henning Voss", staffs=[lead])
    late = make_user("Oskar Lindig")
    today = timezone.localdate()
    Delegation.objects.create(
        department=lead, deputy=deputy, set_by=head, valid_from=today - timedelta(days=1), valid_until=today
    )
    Delegation.objects.create(
        department=lead,
        deputy=late,
        set_by=head,
        valid_from=today - timedelta(days=9),
        valid_until=today - timedelta(days=1),
    )
    return {
        "head": head,
        "deputy": deputy,
        "former deputy": late,
        "coordination": office,
        "other head": make_user("Petra Wellmann", heads=[other]),
        "staff": make_user("Jule Sander", staffs=[lead]),
        "monitoring": make_user("Jonas Arndt", office=["monitoring"]),
        "administration": make_user("IT", office=["administration"]),
        "superuser": make_user("Root", is_superuser=True, is_staff=True),
        "switched off head": make_user("Fort", heads=[lead], is_active=False),
    }


def test_only_the_head_and_the_deputy_of_today_may_decide(submitted, people):
    may = {name for name, user in people.items() if permissions.can_decide(user, submitted)}
    assert may == {"head", "deputy"}


def test_every_no_says_why(submitted, people):
    for user in people.values():
        verdict = permissions.can_decide(user, submitted)
        assert verdict or verdict.reason


@pytest.mark.parametrize("status", [status for status in Status if status != Status.SUBMITTED])
def test_only_what_is_submitted_can_be_decided(submitted, head, status):
    submitted.status = status
    assert permissions.can_decide(head, submitted).error is WrongState


@pytest.mark.parametrize("field", ["author", "submitted_by"])
def test_four_eyes_come_before_the_role(submitted, head, field):
    setattr(submitted, field, head)
    assert permissions.can_decide(head, submitted).error is NotAllowed


def test_without_lead_department_or_level_nobody_decides(submitted, head):
    submitted.responsible_level = ""
    assert permissions.can_decide(head, submitted).error is NotAllowed
    submitted.lead_department = None
    assert permissions.can_decide(head, submitted).error is NotAllowed


def test_a_suggestion_has_no_approval_but_can_be_returned(submitted, head):
    submitted.responsible_level = "state"
    assert permissions.can_decide(head, submitted, DecisionKind.APPROVE).error is NotAllowed
    assert permissions.can_decide(head, submitted, DecisionKind.RETURN)


@pytest.mark.parametrize(
    "name", ["coordination", "superuser", "other head", "staff", "monitoring", "administration", "former deputy"]
)
def test_the_flow_called_from_the_shell_refuses_everybody_else_and_logs_it(submitted, people, name):
    with pytest.raises(NotAllowed):
        flows.decide(submitted, by=people[name], kind=DecisionKind.APPROVE)
    assert not Decision.objects.exists()
    assert refusals(submitted) == 1


@pytest.mark.parametrize("name", ["coordination", "other head", "staff"])
def test_a_direct_post_is_refused_with_403_and_logged(client, submitted, people, name):
    client.force_login(people[name])
    response = client.post(reverse("recommendations:decide", args=[submitted.pk]), APPROVE)
    assert response.status_code == 403
    assert not Decision.objects.exists()
    assert refusals(submitted) == 1


def test_a_superuser_is_refused_on_page_and_in_the_admin_and_each_attempt_is_logged(client, submitted, people):
    client.force_login(people["superuser"])
    assert client.post(reverse("recommendations:decide", args=[submitted.pk]), APPROVE).status_code == 404
    assert refusals(submitted) == 1
    change = reverse("admin:recommendations_recommendation_change", args=[submitted.pk])
    assert client.post(change, {"status": "approved"}).status_code == 403
    data = {"kind": "approve", "recommendation": submitted.pk}
    assert client.post(reverse("admin:recommendations_decision_add"), data).status_code == 403
    assert refusals(submitted) == 3
    submitted.refresh_from_db()
    assert submitted.status == Status.SUBMITTED


def test_the_head_decides_and_everything_follows(client, submitted, head, office):
    client.force_login(head)
    page = client.get(reverse("recommendations:decide", args=[submitted.pk]))
    assert page.status_code == 200
    data = {**APPROVE, "saw": sight.token(submitted)}
    answer = client.post(reverse("recommendations:decide", args=[submitted.pk]), data)
    assert answer.status_code == 302
    submitted.refresh_from_db()
    decision = submitted.approval
    assert (submitted.status, decision.decided_by, decision.version) == (Status.APPROVED, head, submitted.version)
    assert decision.content_sha256 == checksum(frozen(submitted)) == checksum(decision.content)
    assert Event.objects.about(submitted).filter(kind="recommendation.approved", by=head).exists()


def test_a_decision_by_the_deputy_bears_i_v(submitted, people):
    decision = flows.decide(submitted, by=people["deputy"], kind=DecisionKind.APPROVE)
    assert decision.in_place_of == people["head"].name
    assert "i.\xa0V." in decision.signature


@pytest.mark.parametrize(("kind", "status"), [("return", "returned"), ("defer", "deferred"), ("reject", "rejected")])
def test_return_defer_and_reject_need_a_reason_and_keep_it(submitted, head, kind, status):
    until = timezone.localdate() + timedelta(days=3)
    with pytest.raises(WrongState):
        flows.decide(submitted, by=head, kind=kind, reason=" ", deferred_until=until)
    decision = flows.decide(submitted, by=head, kind=kind, reason="keine Deckung", deferred_until=until)
    submitted.refresh_from_db()
    assert (submitted.status, decision.reason) == (status, "keine Deckung")
    assert Event.objects.about(submitted).first().note == "keine Deckung"


def test_deferring_needs_a_day_to_come_and_comes_back_by_itself(submitted, head):
    with pytest.raises(WrongState):
        flows.decide(submitted, by=head, kind="defer", reason="Haushalt", deferred_until=timezone.localdate())
    until = timezone.localdate() + timedelta(days=3)
    flows.decide(submitted, by=head, kind="defer", reason="Haushalt", deferred_until=until)
    assert flows.resubmit_due(today=until - timedelta(days=1)) == 0
    assert flows.resubmit_due(today=until) == 1
    submitted.refresh_from_db()
    assert submitted.status == Status.SUBMITTED
    flows.decide(submitted, by=head, kind="approve")


def test_what_was_changed_after_reading_is_not_decided(client, submitted, head, office):
    seen = sight.token(submitted)
    flows.take_back(submitted, by=office)
    flows.edit(submitted, by=office, title="Anders")
    flows.submit(submitted, by=office)
    client.force_login(head)
    answer = client.post(reverse("recommendations:decide", args=[submitted.pk]), {**APPROVE, "saw": seen})
    assert answer.status_code == 409
    assert not Decision.objects.exists()


def test_deciding_twice_is_refused(approved, people):
    with pytest.raises(WrongState):
        flows.decide(approved, by=people["deputy"], kind="reject", reason="doch nicht")
    assert Decision.objects.count() == 1


def test_the_database_refuses_an_approval_without_decision_and_a_second_decision(submitted, approved):
    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.filter(pk=approved.pk).update(approval=None)
    decision = approved.approval
    decision.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        decision.save(force_insert=True)


def test_a_failing_reaction_undoes_the_decision(submitted, head):
    from activity.signals import event_recorded

    def fail(sender, event, **kwargs):
        if event.kind == "recommendation.approved":
            raise RuntimeError("no")

    event_recorded.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            flows.decide(submitted, by=head, kind="approve")
    finally:
        event_recorded.disconnect(fail)
    submitted.refresh_from_db()
    assert submitted.status == Status.SUBMITTED
    assert not Decision.objects.exists()


def test_the_form_really_posts_with_its_csrf_token(submitted, head):
    import re

    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(head)
    address = reverse("recommendations:decide", args=[submitted.pk])
    page = client.get(address).content.decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[-1]
    data = {**APPROVE, "saw": sight.token(submitted), "csrfmiddlewaretoken": token}
    assert client.post(address, data).status_code == 302
    assert Decision.objects.count() == 1


def test_who_decides_here_gives_the_reasons_of_the_functions_that_enforce_it(client, submitted, office):
    client.force_login(office)
    page = client.get(submitted.get_absolute_url()).content.decode()
    assert str(permissions.can_decide(office, submitted).reason).split(".")[0][:20] in page
    assert "data-authority" in page
