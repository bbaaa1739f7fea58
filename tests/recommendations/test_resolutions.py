# SPDX-License-Identifier: EUPL-1.2
"""The committee's word comes home: it stands beside the department's, and what it changes is confirmed first."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from activity.models import Event
from committees import flows as committees
from committees.models import AgendaItem, Consultation, Paper
from core.errors import NotAllowed, Stale, WrongState
from recommendations import flows, permissions, resolved, tracking
from recommendations.events import RESOLUTION_CHANGED
from recommendations.models import Recommendation, ResolutionConfirmation, Status
from reports.kinds import briefing
from reports.kinds import tracking as printed
from tests.sessions import held

CHANGED = "Die Sprachbildung wird um zwei Stellen verstärkt."
AGREED = {"votes_yes": 9, "votes_no": 2, "votes_abstain": 1}


@pytest.fixture
def stop(paper, office):
    """The paper before the body that decides finally, which has met."""
    stop = paper.consultations.get()
    held(stop.agenda_item.meeting, by=office)
    return stop


@pytest.fixture
def changed(stop, paper, approved, office, head, make_effect_plan):
    """What the body resolved in other words; the effect is fixed, so that nothing else stands in the way."""
    one = committees.record_result(stop, by=office, result="changed", note=CHANGED, **AGREED)
    approved.refresh_from_db()
    make_effect_plan(approved, head)
    return one


def planned(recommendation, head, **fields):
    due = timezone.localdate() + timedelta(days=20)
    fields = {"title": "Stellen besetzen", "department": recommendation.lead_department, "due_on": due, **fields}
    return flows.plan_measure(recommendation, by=head, **fields)


def confirm(recommendation, by, **fields):
    seen = resolved.mark_of(resolved.unconfirmed(recommendation))
    return flows.confirm_resolution(recommendation, by=by, seen=seen, **fields)


def test_body_day_number_votes_and_words_stand_on_the_recommendation_beside_the_text(client, changed, approved, office):
    client.force_login(office)
    page = client.get(approved.get_absolute_url()).content.decode()
    told = (CHANGED, changed.decision_number, "Jugendhilfeausschuss", "Ja 9, Nein 2, Enthaltungen 1", "<ins>")
    assert all(part in page for part in told)
    assert approved.proposed_resolution in page


def test_unchanged_means_the_words_of_the_paper(stop, office):
    one = committees.record_result(stop, by=office, result="unchanged")
    assert one.resolved_text == stop.paper.proposed_resolution
    assert Consultation(result="rejected", result_note="Nein.").resolved_text == ""


def test_measures_wait_until_the_head_has_confirmed_what_was_changed(changed, approved, head, office):
    measure = planned(approved, head)
    with pytest.raises(WrongState, match="Unterschied"):
        flows.report_measure(measure, by=head, status="running")
    confirm(approved, head, note="Stellenplan folgt.")
    flows.report_measure(measure, by=head, status="running")
    approved.refresh_from_db()
    assert approved.status == Status.IMPLEMENTING


def test_an_unchanged_resolution_asks_for_nothing(stop, paper, office, head, make_effect_plan, begin_measure):
    committees.record_result(stop, by=office, result="unchanged")
    make_effect_plan(paper.recommendation, head)
    begin_measure(Recommendation.objects.get(), head)
    assert Recommendation.objects.get().status == Status.IMPLEMENTING


def test_only_head_or_deputy_confirm_and_once(changed, approved, office, head, make_user, lead):
    clerk = make_user("Ole Staff", staffs=[lead])
    for user in (office, clerk, make_user("Über", is_superuser=True)):
        with pytest.raises(NotAllowed):
            confirm(approved, user)
    confirm(approved, head)
    with pytest.raises(WrongState):
        flows.confirm_resolution(approved, by=head, seen="")
    (event,) = Event.objects.about(approved).filter(kind="recommendation.resolution_confirmed")
    assert event.data["kept"]


def test_a_corrected_wording_asks_anew_and_the_old_page_is_refused(client, changed, approved, head, office):
    client.force_login(head)
    address = reverse("recommendations:confirm_resolution", args=[approved.pk])
    page = client.get(address)
    seen = page.context["form"]["saw"].value()
    committees.correct_result(changed, by=office, result="changed", note="Eine Stelle.", reason="verhört", **AGREED)
    with pytest.raises(Stale):
        flows.confirm_resolution(approved, by=head, seen=seen)
    answer = client.post(address, {"saw": seen, "note": "Mein Vermerk"})
    assert answer.status_code == 409
    assert "Mein Vermerk" in answer.content.decode()
    assert client.post(address, {"saw": answer.context["form"]["saw"].value()}).status_code == 302
    assert resolved.unconfirmed(approved) is None
    committees.correct_result(changed, by=office, result="changed", note="Zwei Stellen.", reason="doch", **AGREED)
    assert resolved.unconfirmed(approved)


def test_whoever_decides_is_told_and_finds_it_among_what_waits(client, changed, approved, head):
    assert head in RESOLUTION_CHANGED.audience(approved)
    assert Event.objects.about(approved).filter(kind=RESOLUTION_CHANGED.code).exists()
    client.force_login(head)
    address = reverse("recommendations:confirm_resolution", args=[approved.pk])
    assert address in client.get(reverse("recommendations:decide_list")).content.decode()
    assert address in client.get(approved.get_absolute_url()).content.decode()
    assert "bestätigt den geänderten Beschluss" in client.get(reverse("recommendations:list")).content.decode()
    confirm(approved, head)
    assert address not in client.get(reverse("recommendations:decide_list")).content.decode()


def test_the_database_lets_nothing_begin_before_the_confirmation(changed, approved, head):
    planned(approved, head)
    approved.measures.update(started_on=timezone.localdate(), status="running")
    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.filter(pk=approved.pk).update(status="implementing")
    confirm(approved, head)
    Recommendation.objects.filter(pk=approved.pk).update(status="implementing")


def test_only_what_was_resolved_is_confirmed_and_stays(changed, approved, head):
    told = {"recommendation": approved, "consultation": changed, "by": head, "by_label": head.name}
    with pytest.raises(IntegrityError), transaction.atomic():
        ResolutionConfirmation.objects.create(wording="Erfunden.", **told)
    row = ResolutionConfirmation.objects.filter(pk=confirm(approved, head).pk)
    for change in (lambda: row.update(note="anders"), row.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_measures_and_briefings_quote_what_was_resolved(client, changed, approved, paper, head):
    measure = planned(approved, head)
    client.force_login(head)
    assert CHANGED in client.get(measure.get_absolute_url()).content.decode()
    for variant in paper_variants(paper):
        assert variant["resolved"]["text"] == CHANGED
        assert changed.decision_number in variant["resolved"]["facts"]


def paper_variants(paper):
    return [briefing.build(Paper.objects.get(pk=paper.pk), variant) for variant in ("public", "full")]


def test_what_was_resolved_in_closed_session_stands_in_the_full_briefing_alone(changed, paper):
    AgendaItem.objects.update(is_public=False, non_public_reason="Interessen Einzelner")
    public, full = paper_variants(paper)
    assert (public["resolved"], full["resolved"]["text"]) == (None, CHANGED)


def test_the_delay_counts_from_the_first_day_promised(changed, approved, paper, head):
    confirm(approved, head)
    today = timezone.localdate()
    measure = planned(approved, head, due_on=today - timedelta(days=70))
    flows.replan_measure(measure, by=head, due_on=today + timedelta(days=60), reason="Lieferung fehlt")
    (row,) = tracking.rows(Paper.objects.all(), AgendaItem.objects.all())
    assert (row.promised_on, row.is_late, row.delay) == (today - timedelta(days=70), True, "2 Monate")
    (told,) = printed.build(changed.committee, "public")["rows"]
    assert (told["urgency"], told["text"]) == ("late", CHANGED)
    flows.report_measure(measure, by=head, status="done", started_on=today - timedelta(days=80))
    (row,) = tracking.rows(Paper.objects.all(), AgendaItem.objects.all())
    assert (row.is_late, row.delay) == (False, "2 Monate")


def test_the_follow_up_knows_papers_without_a_recommendation_per_body_and_over_all(
    client, make_committee, make_meeting, lead, office, head
):
    for code in ("ASB", "HFA"):
        committee = make_committee(code=code, name=f"Ausschuss {code}")
        own = committees.create_paper(
            by=head,
            title=f"Turnhalle {code}",
            paper_type="decision",
            lead_department=lead,
            proposed_resolution="Bauen.",
        )
        item = committees.put_on_agenda(make_meeting(committee), own, by=head, number="1")
        stop = committees.schedule(own, by=head, committee=committee, role="decision", agenda_item=item)
        held(item.meeting, by=office)
        committees.record_result(stop, by=office, result="unchanged")
    committees.give_assignment(item, by=office, text="Kosten vorlegen", owner=head)
    client.force_login(office)
    everything = client.get(reverse("recommendations:tracking")).content.decode()
    assert all(part in everything for part in ("Turnhalle ASB", "Turnhalle HFA", "Kosten vorlegen", "nichts vermerkt"))
    of_one = client.get(reverse("recommendations:tracking"), {"committee": committee.pk}).content.decode()
    assert ("Turnhalle ASB" in of_one, "Turnhalle HFA" in of_one) == (False, True)
    assert client.get(reverse("recommendations:tracking"), {"format": "xlsx"}).status_code == 200


def test_over_all_bodies_a_paper_stands_once_with_the_body_that_decides_finally(
    changed, approved, paper, office, head, make_committee, make_meeting
):
    confirm(approved, head)
    advisory = make_committee(code="HFA", name="Hauptausschuss")
    item = AgendaItem.objects.create(meeting=make_meeting(advisory, days=-1), position=1, number="1", title="Punkt")
    Consultation.objects.create(
        paper=paper,
        position=9,
        committee=advisory,
        role="recommendation",
        agenda_item=item,
        result="unchanged",
        recorded_at=timezone.now(),
    )
    planned(approved, head)
    asked = (Paper.objects.all(), AgendaItem.objects.all())
    assert [row.committee for row in tracking.rows(*asked)] == [changed.committee]
    assert len(tracking.rows(*asked, committee=advisory)) == 1


def test_the_page_says_who_confirms_to_everybody_else(client, changed, approved, office):
    client.force_login(office)
    page = client.get(approved.get_absolute_url()).content.decode()
    assert "Die Leitung von" in page
    assert not permissions.can_confirm_resolution(office, approved)
    assert client.get(reverse("recommendations:confirm_resolution", args=[approved.pk])).status_code == 403
