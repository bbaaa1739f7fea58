# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.errors import NotAllowed, WrongState
from indicators import flows as indicators
from recommendations import flows, permissions
from recommendations.models import Position, Recommendation, Status
from tasks.models import Task, TaskKind
from tests.files import flat_file


def test_evidence_keeps_its_copy_when_a_newer_import_changes_the_value(make_recommendation):
    recommendation = make_recommendation()
    evidence = recommendation.evidence.get()
    assert (f"{evidence.value:.1f}", evidence.period, evidence.region_key) == ("8.8", "2024", "99001")
    before = evidence.value
    summary = indicators.import_file(flat_file((("2024", "10", "1038"),)), "21111-99-06-4_neu.csv")
    assert summary["changed"] == 1
    evidence.refresh_from_db()
    assert evidence.value == before


def test_a_sign_is_pinned_as_a_sign(office, lead, make_key_figure):
    from indicators.series import snapshot

    key_figure = make_key_figure((("2024", ".", "221"),))
    recommendation = flows.create(by=office, title="Ein Zeichen", pin=snapshot(key_figure, region_key="99001"))
    evidence = recommendation.evidence.get()
    assert (evidence.value, evidence.sign) == (None, ".")


def test_only_the_coordination_drafts(head, make_user):
    for user in (head, make_user("Root", is_superuser=True), make_user("Jonas", office=["monitoring"])):
        with pytest.raises(NotAllowed):
            flows.create(by=user, title="Nein")


@pytest.mark.parametrize("field", ["lead_department", "responsible_level", "proposed_resolution", "rationale"])
def test_an_incomplete_draft_is_not_submitted(make_recommendation, office, field):
    recommendation = make_recommendation(**{field: None if field == "lead_department" else ""})
    with pytest.raises(WrongState):
        flows.submit(recommendation, by=office)


def test_submitting_waits_for_the_statements_or_the_end_of_their_time(
    make_recommendation, office, make_department, make_user
):
    other = make_department("FB 20", "Finanzen")
    recommendation = make_recommendation()
    due = timezone.localdate() + timedelta(days=4)
    flows.start_consultation(recommendation, by=office, due_on=due, departments=[other])
    recommendation.refresh_from_db()
    assert permissions.can_submit(office, recommendation).error is WrongState
    assert permissions.can_submit(office, recommendation, today=due + timedelta(days=1))
    treasurer = make_user("Carla Nitsche", heads=[other])
    flows.sign(recommendation.statements.get(), by=treasurer, position=Position.DISAGREE, remarks="keine Deckung")
    assert permissions.can_submit(office, recommendation)


def test_a_statement_is_signed_for_the_own_department_only(
    make_recommendation, office, head, make_department, make_user
):
    other = make_department("FB 20", "Finanzen")
    recommendation = make_recommendation()
    due = timezone.localdate() + timedelta(days=4)
    flows.start_consultation(recommendation, by=office, due_on=due, departments=[other])
    statement = recommendation.statements.get()
    for user in (office, head, make_user("Root", is_superuser=True), make_user("Mitarbeit", staffs=[other])):
        with pytest.raises(NotAllowed):
            flows.sign(statement, by=user, position=Position.AGREE)
    statement.refresh_from_db()
    assert statement.position == Position.NONE


def test_disagreement_says_why(make_recommendation, office, make_department, make_user):
    other = make_department("FB 20", "Finanzen")
    recommendation = make_recommendation()
    flows.start_consultation(
        recommendation, by=office, due_on=timezone.localdate() + timedelta(days=4), departments=[other]
    )
    with pytest.raises(WrongState):
        flows.sign(recommendation.statements.get(), by=make_user("C", heads=[other]), position=Position.DISAGREE)


def test_a_stale_form_overwrites_nothing_and_loses_nothing(client, make_recommendation, office):
    recommendation = make_recommendation()
    seen = recommendation.version
    flows.edit(recommendation, by=office, seen_version=seen, rationale="von anderer Hand")
    client.force_login(office)
    answer = client.post(
        reverse("recommendations:edit", args=[recommendation.pk]),
        {"title": "Mein Titel", "rationale": "meine Worte", "seen_version": seen},
    )
    assert answer.status_code == 409
    assert "meine Worte" in answer.content.decode()
    recommendation.refresh_from_db()
    assert recommendation.rationale == "von anderer Hand"


def test_what_is_decided_is_not_edited(approved, office):
    with pytest.raises(WrongState):
        flows.edit(approved, by=office, title="Nachträglich")


def test_a_form_takes_no_field_that_it_does_not_offer(client, make_recommendation, office, head):
    recommendation = make_recommendation()
    client.force_login(office)
    client.post(
        reverse("recommendations:edit", args=[recommendation.pk]),
        {
            "title": "Neu",
            "seen_version": recommendation.version,
            "status": "approved",
            "author": head.pk,
            "approval": 1,
        },
    )
    stored = Recommendation.objects.get(pk=recommendation.pk)
    assert (stored.title, stored.status, stored.author, stored.approval_id) == ("Neu", Status.DRAFT, office, None)


def test_an_approved_recommendation_becomes_a_paper_with_the_approved_wording(approved, office):
    paper = flows.make_paper(approved, by=office, paper_type="decision")
    approved.refresh_from_db()
    assert paper.proposed_resolution == approved.approval.content["proposed_resolution"]
    assert approved.status == Status.IN_COMMITTEE
    with pytest.raises(WrongState):
        flows.make_paper(approved, by=office, paper_type="decision")


def test_drafts_are_seen_by_office_and_department_the_rest_by_the_house(
    make_recommendation, office, head, make_user, make_department
):
    recommendation = make_recommendation()
    stranger = make_user("Andere Leitung", heads=[make_department("FB 40", "Schule")])
    outsiders = [
        make_user("Mitglied"),
        make_user("Root", is_superuser=True),
        make_user("IT", office=["administration"]),
    ]

    def seen_by(user):
        return recommendation in Recommendation.objects.visible_to(user)

    assert [seen_by(user) for user in (office, head, stranger)] == [True, True, False]
    flows.submit(recommendation, by=office)
    assert [seen_by(user) for user in (office, head, stranger)] == [True, True, True]
    assert not any(seen_by(user) for user in outsiders)


def test_a_return_makes_a_task_and_submitting_again_closes_it(submitted, head, office):
    flows.decide(submitted, by=head, kind="return", reason="Kosten fehlen")
    task = Task.objects.get(kind=TaskKind.REVISE)
    assert (task.owner, task.done_at) == (office, None)
    flows.submit(submitted, by=office)
    task.refresh_from_db()
    assert task.done_at


def test_a_measure_names_contact_person_days_and_budget_that_fit(client, approved, head, lead):
    client.force_login(head)
    address = reverse("recommendations:measure_plan", args=[approved.pk])
    data = {
        "title": "Stellen besetzen",
        "department": approved.lead_department.pk,
        "owner": head.pk,
        "starts_on": "2026-09-01",
        "due_on": "2026-08-01",
        "budget": "-5",
    }
    refused = client.post(address, data)
    assert refused.status_code == 422
    assert {"starts_on", "budget"} <= set(refused.context["form"].errors)
    assert client.post(address, data | {"due_on": "2027-08-01", "budget": "180000"}).status_code == 302
    measure = approved.measures.get()
    assert (measure.owner, measure.budget) == (head, 180000)
    address = reverse("recommendations:measure_list")
    assert f'name="m{measure.pk}-status"' in client.get(address).content.decode()
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(8):
        flows.plan_measure(approved, by=head, title=f"Schritt {number}", department=lead, due_on=measure.due_on)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
