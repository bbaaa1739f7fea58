# SPDX-License-Identifier: EUPL-1.2
"""Befangenheit: the biased member gets no paper, in no committee, and everybody else is unaffected."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from activity.models import Event
from committees import flows
from committees.models import AgendaItem, Annex, ConflictOfInterest, Consultation, Paper, Question
from core.errors import NotAllowed, WrongState
from reports import flows as reports
from reports.models import Document, State
from tests.sessions import invited

TODAY = timezone.localdate()


@pytest.fixture
def jha(paper):
    return paper.consultations.get().committee


@pytest.fixture
def item(paper):
    return paper.consultations.get().agenda_item


@pytest.fixture
def biased(members):
    return members["Aksoy"].person.user


@pytest.fixture
def declared(item, members, biased):
    return flows.declare_conflict(item, by=biased, membership=members["Aksoy"], reason="KANARIE-bias Träger")


def briefings(paper, office):
    for variant in ("public", "full"):
        reports.order_briefing(paper, by=office, variant=variant)
    Document.objects.update(state=State.READY, file="x.pdf", finished_at=timezone.now())
    return Document.objects.about(paper)


def test_the_biased_member_sees_neither_paper_nor_annex_nor_briefing_and_the_others_do(
    client, paper, office, head, members, biased, declared, secretary
):
    made = briefings(paper, office)
    for user, sees in ((biased, False), (members["Rühl"].person.user, True), (secretary, True), (head, True)):
        assert Paper.objects.visible_to(user).filter(pk=paper.pk).exists() is sees
        assert Paper.objects.fully_visible_to(user).filter(pk=paper.pk).exists() is sees
        assert Consultation.objects.visible_to(user).filter(paper=paper).exists() is sees
        assert (Document.objects.visible_to(user).count() == 2) is sees
        client.force_login(user)
        meeting = client.get(declared.agenda_item.meeting.get_absolute_url()).content.decode()
        assert (paper.get_absolute_url() in meeting) is sees
        assert client.get(reverse("committees:paper_list")).content.decode().count(paper.get_absolute_url()) == sees
    client.force_login(biased)
    for name, key in (("reports:detail", made[0].pk), ("reports:download", made[1].pk)):
        assert client.get(reverse(name, args=[key])).status_code == 404
    assert client.get(reverse("reports:paper_downloads", args=[paper.pk])).status_code == 404
    assert client.get(reverse("recommendations:tracking")).content.decode().count(paper.reference) == 0


@pytest.mark.parametrize("name", ["committees:paper_detail", "reports:paper_briefings"])
def test_the_page_of_a_withheld_paper_says_why(client, paper, biased, declared, name):
    client.force_login(biased)
    answer = client.get(reverse(name, args=[paper.pk]))
    assert answer.status_code == 403
    assert "Sie haben Befangenheit erklärt" in answer.content.decode()
    assert Annex.objects.get(paper=paper).body not in answer.content.decode()


def test_bias_in_one_committee_withholds_the_paper_in_every_other(
    paper, office, biased, declared, make_committee, make_meeting, make_member
):
    asb = make_committee("ASB", "Ausschuss für Schule und Bildung")
    make_member(asb, start_on=TODAY, user=biased)
    stop = flows.put_on_agenda(make_meeting(asb), paper, by=office, number="6")
    flows.schedule(paper, by=office, committee=asb, role="information", agenda_item=stop)
    assert not Paper.objects.visible_to(biased).filter(pk=paper.pk).exists()
    assert stop in AgendaItem.objects.withheld_from(biased)


def test_a_member_declares_only_the_own_conflict_and_the_secretary_anybodys(item, members, biased, secretary, head):
    with pytest.raises(NotAllowed):
        flows.declare_conflict(item, by=biased, membership=members["Brandt"])
    with pytest.raises(NotAllowed):
        flows.declare_conflict(item, by=head, membership=members["Brandt"])
    assert flows.declare_conflict(item, by=secretary, membership=members["Brandt"]).declared_by == secretary
    with pytest.raises(WrongState):
        flows.declare_conflict(item, by=secretary, membership=members["Brandt"])


def test_a_declaration_is_withdrawn_only_with_a_reason_and_stays_in_the_record(client, paper, biased, declared):
    client.force_login(biased)
    address = reverse("committees:conflict_withdraw", args=[declared.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Der Antrag wurde zurückgezogen."}).status_code == 302
    declared.refresh_from_db()
    assert declared.withdrawn_by == biased
    assert Paper.objects.visible_to(biased).filter(pk=paper.pk).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        ConflictOfInterest.objects.filter(pk=declared.pk).update(withdrawal_reason="")


def test_the_declaration_page_asks_a_member_for_the_item_only(client, item, members, biased, head):
    client.force_login(biased)
    address = reverse("committees:conflict_declare", args=[item.meeting_id])
    assert "Brandt" not in client.get(address).content.decode()
    forged = {"agenda_item": item.pk, "membership": members["Brandt"].pk}
    assert client.post(address, forged).status_code == 422
    assert client.post(address, {"agenda_item": item.pk, "membership": members["Aksoy"].pk}).status_code == 302
    client.force_login(head)
    assert client.get(address).status_code == 403


def test_the_reason_is_read_by_member_and_secretary_alone(client, item, members, biased, declared, secretary, head):
    for user, sees in ((secretary, True), (members["Rühl"].person.user, False), (head, False)):
        client.force_login(user)
        assert ("KANARIE-bias" in client.get(item.meeting.get_absolute_url()).content.decode()) is sees
    assert declared in ConflictOfInterest.objects.visible_to(biased)
    assert declared not in ConflictOfInterest.objects.visible_to(members["Rühl"].person.user)
    assert not any("KANARIE" in event.sentence + str(event.data) for event in Event.objects.all())


def test_after_the_result_nobody_declares_or_withdraws(declared, members, secretary, hold, paper, item):
    hold(item.meeting)
    flows.record_result(paper.consultations.get(), by=secretary, result="unchanged", votes_yes=2)
    with pytest.raises(WrongState):
        flows.withdraw_conflict(declared, by=secretary, reason="x")
    with pytest.raises(WrongState):
        flows.declare_conflict(item, by=secretary, membership=members["Brandt"])


def test_questions_on_a_withheld_item_are_withheld_too(declared, members, biased, secretary, item, office):
    invited(item.meeting, by=secretary)
    question = flows.raise_question(item, by=secretary, asked_by=members["Rühl"], text="Wie viel?", owner=office)
    assert question in Question.objects.visible_to(members["Rühl"].person.user)
    assert question not in Question.objects.visible_to(biased)


def test_a_former_membership_still_withholds_what_was_declared(paper, members, biased, declared, make_member, jha):
    members["Aksoy"].end_on = TODAY - timedelta(days=1)
    members["Aksoy"].save()
    make_member(jha, start_on=TODAY, user=biased)
    assert not Paper.objects.visible_to(biased).filter(pk=paper.pk).exists()


@pytest.mark.parametrize("leave", [flows.release, flows.unschedule])
def test_a_paper_that_leaves_its_item_is_still_withheld_wherever_it_is_put_next(
    client, paper, office, jha, secretary, members, biased, declared, make_meeting, leave
):
    leave(paper.consultations.get(), by=office)
    later = make_meeting(jha, days=40)
    item = flows.put_on_agenda(later, paper, by=office, number="2")
    flows.schedule(paper, by=office, committee=jha, role="decision", agenda_item=item)
    for user, sees in ((biased, False), (members["Rühl"].person.user, True), (secretary, True)):
        assert Paper.objects.visible_to(user).filter(pk=paper.pk).exists() is sees
        assert Paper.objects.fully_visible_to(user).filter(pk=paper.pk).exists() is sees
    kept = ConflictOfInterest.objects.active().get(paper=paper)
    assert (kept.membership, kept.declared_by, kept.reason) == (members["Aksoy"], biased, declared.reason)
    address = reverse("committees:conflict_withdraw", args=[kept.pk])
    for user, shown in ((secretary, True), (biased, True), (members["Rühl"].person.user, False)):
        client.force_login(user)
        assert (address in client.get(later.get_absolute_url()).content.decode()) is shown
        assert client.get(address).status_code == (200 if shown else 404)
    client.force_login(biased)
    assert client.post(address, {"reason": "Der Träger hat abgesagt."}).status_code == 302
    kept.refresh_from_db()
    assert kept.withdrawn_by == biased


def test_nobody_else_withdraws_a_declaration_on_a_paper_and_nobody_after_the_result(
    paper, office, secretary, members, biased, declared, jha, hold, make_meeting
):
    flows.release(paper.consultations.get(), by=office)
    kept = ConflictOfInterest.objects.active().get(paper=paper)
    with pytest.raises(NotAllowed):
        flows.withdraw_conflict(kept, by=members["Rühl"].person.user, reason="x")
    item = flows.put_on_agenda(make_meeting(jha, days=1), paper, by=office, number="2")
    stop = flows.place(paper.consultations.get(), by=office, agenda_item=item)
    hold(item.meeting)
    flows.record_result(stop, by=secretary, result="unchanged", votes_yes=2)
    for user in (biased, secretary):
        with pytest.raises(WrongState):
            flows.withdraw_conflict(kept, by=user, reason="x")


def test_a_member_declares_on_the_paper_itself_and_loses_it_at_once(client, paper, members, biased, secretary):
    address = reverse("committees:conflict_on_paper", args=[paper.pk])
    client.force_login(biased)
    assert address in client.get(paper.get_absolute_url()).content.decode()
    answer = client.post(address, {"reason": "KANARIE-bias Träger"})
    assert answer.url == reverse("committees:meeting_list")
    assert client.get(paper.get_absolute_url()).status_code == 403
    listed = client.get(answer.url).content.decode()
    assert paper.reference in listed
    assert "Sie haben Befangenheit erklärt" in listed
    meeting = paper.consultations.get().agenda_item.meeting
    assert paper.get_absolute_url() not in client.get(meeting.get_absolute_url()).content.decode()
    client.force_login(secretary)
    assert "KANARIE-bias" in client.get(meeting.get_absolute_url()).content.decode()
    client.force_login(members["Rühl"].person.user)
    assert "KANARIE-bias" not in client.get(meeting.get_absolute_url()).content.decode()
    conflict = ConflictOfInterest.objects.get(paper=paper)
    assert client.get(reverse("committees:conflict_withdraw", args=[conflict.pk])).status_code == 404
    client.force_login(biased)
    withdraw = reverse("committees:conflict_withdraw", args=[conflict.pk])
    assert client.post(withdraw, {"reason": "Auftrag ging an andere"}).status_code == 302
    assert client.get(paper.get_absolute_url()).status_code == 200


def test_only_a_member_of_a_body_that_deals_with_the_paper_declares_on_it(paper, office, secretary):
    for user in (office, secretary):
        with pytest.raises(NotAllowed):
            flows.declare_on_paper(paper, by=user)
    assert not ConflictOfInterest.objects.exists()
