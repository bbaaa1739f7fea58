# SPDX-License-Identifier: EUPL-1.2
"""Work with actors, mediation of dissent, and the follow-up of resolutions."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activity.models import Event
from actors.models import Actor
from committees import flows as committees
from committees.models import AgendaItem
from core.errors import NotAllowed, WrongState
from indicators import flows as indicators
from recommendations import flows, tracking
from recommendations.evidence_chain import links
from recommendations.flows.bulk import STEPS, steps_for
from recommendations.models import Position, Status
from reports.kinds import briefing
from reports.kinds.setting import Edition, html_of
from tests.files import flat_file
from tests.sessions import held


@pytest.fixture
def dissent(make_recommendation, office, make_department, make_user):
    other = make_department("FB 20", "Finanzen")
    treasurer = make_user("Carla Nitsche", heads=[other])
    one = make_recommendation()
    flows.start_consultation(one, by=office, due_on=timezone.localdate() + timedelta(days=4), departments=[other])
    return flows.sign(one.statements.get(), by=treasurer, position=Position.DISAGREE, remarks="keine Deckung")


@pytest.fixture
def resolved(approved, office, head, make_committee, make_meeting, make_user, make_effect_plan):
    committee = make_committee()
    paper = flows.make_paper(approved, by=office, paper_type="decision")
    meeting = make_meeting(committee, days=-3)
    item = committees.put_on_agenda(meeting, paper, by=office, number="4")
    stop = committees.schedule(paper, by=office, committee=committee, role="decision", agenda_item=item)
    held(meeting, by=office)
    committees.record_result(stop, by=office, result="unchanged", votes_yes=12)
    measure = flows.plan_measure(
        approved, by=head, title="Stellen besetzen", department=approved.lead_department, due_on=timezone.localdate()
    )
    make_effect_plan(approved, head)
    return committee, paper, measure


def papers(paper):
    return type(paper).objects.all()


def test_working_with_actors_keeps_who_when_and_what_came_of_it(client, make_recommendation, office):
    one = make_recommendation()
    actor = Actor.objects.create(name="Stadtelternrat")
    client.force_login(office)
    address = reverse("recommendations:co_create", args=[one.pk])
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert client.post(address, {"held_on": tomorrow, "actors": [actor.pk], "outcome": "x"}).status_code == 422
    data = {"held_on": timezone.localdate(), "actors": [actor.pk], "outcome": "Sechs Kitas vorgeschlagen"}
    assert client.post(address, data).status_code == 302
    one.refresh_from_db()
    assert one.status == Status.CO_CREATION
    assert "Sechs Kitas vorgeschlagen" in client.get(one.get_absolute_url()).content.decode()
    assert flows.submit(one, by=office).status == Status.SUBMITTED


def test_mediation_stands_beside_the_dissent_and_does_not_replace_it(dissent, office, head):
    with pytest.raises(NotAllowed):
        flows.mediate(dissent, by=head, held_on=timezone.localdate(), positions="p", outcome="o")
    flows.mediate(
        dissent, by=office, held_on=timezone.localdate(), positions="p", outcome="Anteil halbiert", settled=True
    )
    dissent.refresh_from_db()
    assert (dissent.position, dissent.remarks) == (Position.DISAGREE, "keine Deckung")
    with pytest.raises(WrongState):
        flows.mediate(dissent, by=office, held_on=timezone.localdate(), positions="p", outcome="noch einmal")


def test_the_briefing_prints_dissent_with_its_mediation(dissent, office, head):
    flows.mediate(dissent, by=office, held_on=timezone.localdate(), positions="p", outcome="Anteil halbiert")
    one = flows.submit(dissent.recommendation, by=office)
    flows.decide(one, by=head, kind="approve")
    paper = flows.make_paper(one, by=office, paper_type="decision")
    content = briefing.build(paper, "public")
    assert content["recommendation"]["statements"][0]["dissent"]
    printed = html_of(briefing.KIND, content, Edition(1, timezone.localdate(), "0" * 64, "https://lindenfurt.example/"))
    assert "keine Deckung" in printed
    assert "Anteil halbiert" in printed


def followed(paper, committee, **span):
    return tracking.rows(papers(paper), AgendaItem.objects.all(), committee=committee, **span)


def test_a_resolution_is_followed_up_until_it_was_once_reported_as_done(resolved, office, head):
    committee, paper, measure = resolved
    assert [row.measure for row in followed(paper, committee)] == [measure]
    assert flows.report_done([measure], committee, by=office) == 0
    flows.report_measure(measure, by=head, status="done", completion_note="besetzt")
    assert [row.measure for row in followed(paper, committee)] == [measure]
    assert flows.report_done([measure], committee, by=office) == 1
    assert followed(paper, committee) == []


def test_what_is_begun_anew_comes_back_onto_the_list(resolved, office, head):
    committee, paper, measure = resolved
    flows.report_measure(measure, by=head, status="done")
    flows.report_done([measure], committee, by=office)
    flows.report_measure(measure, by=head, status="running")
    assert len(followed(paper, committee)) == 1


def test_the_follow_up_asks_for_a_period(resolved):
    committee, paper, _measure = resolved
    today = timezone.localdate()
    assert followed(paper, committee, since=today - timedelta(days=9), until=today)
    assert not followed(paper, committee, since=today)
    assert not followed(paper, committee, until=today - timedelta(days=9))


def test_the_follow_up_gives_the_reason_for_a_delay_as_page_and_csv(client, resolved, office, head):
    committee, _paper, measure = resolved
    flows.report_measure(measure, by=head, status="running", light="red", delay_reason="=keine Bewerbungen")
    client.force_login(office)
    address = reverse("recommendations:tracking") + f"?committee={committee.pk}"
    assert "=keine Bewerbungen" in client.get(address).content.decode()
    table = client.get(address + "&format=csv")
    assert table["Content-Type"].startswith("text/csv")
    assert "'=keine Bewerbungen" in table.content.decode()


def test_only_papers_one_may_see_are_followed_up(client, resolved, make_member, make_committee, lead, head):
    committee, _paper, _measure = resolved
    stranger = make_member(make_committee("ASB", "Schule"), start_on=timezone.localdate())
    client.force_login(stranger)
    answer = client.get(reverse("recommendations:tracking") + f"?committee={committee.pk}")
    assert "Stellen besetzen" not in answer.content.decode()
    with pytest.raises(NotAllowed):
        flows.report_done([], committee, by=head)


def test_the_evidence_chain_runs_from_the_source_file_to_todays_value(client, resolved, office):
    committee, paper, _measure = resolved
    client.force_login(office)
    address = reverse("recommendations:evidence_chain", args=[paper.recommendation.pk])
    page = client.get(address).content.decode()
    signature = paper.recommendation.approval.signature
    for word in ("21111-99-06-4_test.csv", "8,8", committee.name, "Stellen besetzen", signature):
        assert word in page
    (link,) = links(paper.recommendation)
    assert not link.is_stale
    indicators.import_file(flat_file((("2024", "95", "1038"),)), "21111-99-06-4_neu.csv")
    (link,) = links(paper.recommendation)
    assert link.is_stale
    assert "9,2" in client.get(address).content.decode()


def test_the_list_goes_out_as_a_table_with_what_one_may_see(client, approved, make_recommendation, office, make_user):
    make_recommendation(title="=geheimer Entwurf")
    client.force_login(office)
    address = reverse("recommendations:list") + "?format=csv"
    assert "'=geheimer Entwurf" in client.get(address).content.decode()
    client.force_login(make_user("Niemand"))
    assert approved.title not in client.get(address).content.decode()


def test_a_department_is_reminded_once_before_its_time_is_over(make_recommendation, office, make_department):
    other = make_department("FB 20", "Finanzen")
    one = make_recommendation()
    due = timezone.localdate() + timedelta(days=9)
    flows.start_consultation(one, by=office, due_on=due, departments=[other])
    assert flows.remind_due() == 0
    assert flows.remind_due(today=due - timedelta(days=3)) == 1
    assert flows.remind_due(today=due - timedelta(days=2)) == 0
    assert Event.objects.about(one).filter(kind="recommendation.statement_due").count() == 1


def test_steps_for_several_are_offered_to_the_office_alone(office, head, make_user):
    assert {step.code for step in steps_for(office)} == set(STEPS)
    assert not steps_for(head)
    assert not steps_for(make_user("Niemand"))
