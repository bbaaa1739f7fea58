# SPDX-License-Identifier: EUPL-1.2
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from activity.models import Event
from committees import events, flows, permissions
from committees.models import Committee, Consultation, Paper
from committees.plans import biased_members, open_meetings, plan_of
from committees.variants import Level, variant_of
from core.errors import NotAllowed, WrongState
from tests.sessions import held

TODAY = timezone.localdate()


@pytest.fixture
def bodies(make_committee):
    return (
        make_committee("ASB", "Ausschuss für Schule und Bildung", notice_days=10, submission_days=21),
        make_committee("RAT", "Stadtrat", notice_days=7, submission_days=21),
    )


@pytest.fixture
def draft(office, lead, head):
    return flows.create_paper(
        by=office, title="Räume", paper_type="decision", lead_department=lead, proposed_resolution="Beschluss"
    )


@pytest.fixture
def planned(draft, head, bodies):
    """A paper whose two bodies stand fixed and whose meetings do not."""
    asb, rat = bodies
    flows.schedule(draft, by=head, committee=asb, role="preliminary")
    flows.schedule(draft, by=head, committee=rat, role="decision", resolution_text="Der Stadtrat beschließt:")
    return draft


def stops(paper):
    return list(paper.consultations.order_by("position"))


def test_the_last_body_that_decides_is_the_one_whose_resolution_holds(draft, head, bodies):
    asb, rat = bodies
    first = flows.schedule(draft, by=head, committee=asb, role="decision")
    assert first.authoritative
    second = flows.schedule(draft, by=head, committee=rat, role="decision")
    first.refresh_from_db()
    assert (first.authoritative, second.authoritative) == (False, True)
    flows.make_authoritative(first, by=head)
    assert [stop.authoritative for stop in stops(draft)] == [True, False]


def test_the_database_knows_only_one_body_that_decides_and_it_decides(planned, head):
    first, second = stops(planned)
    for change in ({"authoritative": True}, {"authoritative": True, "role": "decision"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Consultation.objects.filter(pk=first.pk).update(**change)
    with pytest.raises(WrongState):
        flows.make_authoritative(first, by=head)
    assert second.authoritative


def test_a_stop_that_no_longer_decides_loses_the_last_word(planned, head):
    flows.reword(stops(planned)[1], by=head, role="information", resolution_text="Zur Kenntnis.")
    assert not planned.consultations.filter(authoritative=True).exists()


def test_the_order_is_changed_with_buttons(planned, head):
    client = Client(enforce_csrf_checks=True)
    client.force_login(head)
    client.get(planned.get_absolute_url())
    first, second = stops(planned)
    token = {"csrfmiddlewaretoken": client.cookies["csrf"].value}
    client.post(reverse("committees:consultation_move", args=[second.pk]), {**token, "up": ""})
    assert stops(planned) == [second, first]
    client.post(reverse("committees:consultation_move", args=[second.pk]), {**token, "down": ""})
    assert stops(planned) == [first, second]
    flows.move_consultation(first, by=head, up=True)
    assert stops(planned) == [first, second]


def test_what_a_body_has_dealt_with_stays_where_it_is(paper, office, bodies):
    dealt = paper.consultations.get()
    later = flows.schedule(paper, by=office, committee=bodies[0], role="information")
    held(dealt.agenda_item.meeting, by=office)
    flows.record_result(dealt, by=office, result="unchanged")
    for change in (
        lambda: flows.move_consultation(later, by=office, up=True),
        lambda: flows.move_consultation(dealt, by=office, up=False),
        lambda: flows.unschedule(dealt, by=office),
        lambda: flows.release(dealt, by=office),
        lambda: flows.reword(dealt, by=office, role="hearing", resolution_text=""),
    ):
        with pytest.raises(WrongState):
            change()
    assert not flows.schedule(paper, by=office, committee=bodies[1], role="decision").authoritative


def test_a_stop_leaves_an_agenda_and_stays_in_the_sequence(paper, office):
    stop = flows.release(paper.consultations.get(), by=office)
    assert stop.agenda_item is None
    with pytest.raises(WrongState):
        flows.release(stop, by=office)
    assert Event.objects.about(paper).filter(kind="paper.released").exists()


def test_the_suggested_path_is_taken_with_one_button(client, planned, head, bodies, make_meeting):
    asb, rat = bodies
    make_meeting(asb, days=15)
    wanted = [make_meeting(asb, days=45), make_meeting(rat, days=60)]
    make_meeting(rat, days=40)
    client.force_login(head)
    page = reverse("committees:paper_plan", args=[planned.pk])
    html = client.get(page).content.decode()
    seen = [f"{stop.pk}:{meeting.pk}" for stop, meeting in zip(stops(planned), wanted, strict=True)]
    assert all(f'value="{pair}"' in html for pair in seen)
    assert "Einreichung: Frist war" in html
    client.post(page, {"step": seen})
    assert [stop.agenda_item.meeting for stop in stops(planned)] == wanted
    assert all(stop.agenda_item.title == planned.title for stop in stops(planned))
    assert Event.objects.about(planned).filter(kind="paper.path_taken").exists()


@pytest.mark.parametrize("seen", [[], ["1:1"], ["x"], ["²:1"]])
def test_a_path_that_is_another_one_by_now_is_not_taken(client, planned, head, bodies, make_meeting, seen):
    for body, days in zip(bodies, (45, 60), strict=True):
        make_meeting(body, days=days)
    client.force_login(head)
    client.post(reverse("committees:paper_plan", args=[planned.pk]), {"step": seen})
    assert not planned.consultations.filter(agenda_item__isnull=False).exists()


def test_a_path_puts_preparing_bodies_first_and_takes_that_order_over(planned, head, bodies, make_meeting):
    asb, rat = bodies
    flows.move_consultation(stops(planned)[1], by=head, up=True)
    for body, days in ((rat, 60), (asb, 45)):
        make_meeting(body, days=days)
    plan = plan_of(planned, meetings=open_meetings(head))
    assert plan.path.is_reordered
    assert "Ändern Sie die Reihenfolge" in plan.remarks[0].text
    flows.take_path(planned, by=head, seen=[(step.stop.key, step.slot.key) for step in plan.path.new])
    assert [stop.committee for stop in stops(planned)] == [asb, rat]


def test_nobody_takes_a_path_into_a_body_that_is_not_theirs_to_schedule(planned, office, bodies, make_meeting):
    for body, days in zip(bodies, (45, 60), strict=True):
        make_meeting(body, days=days)
    plan = plan_of(planned, meetings=open_meetings(office))
    with pytest.raises(NotAllowed):
        flows.take_path(planned, by=office, seen=[(step.stop.key, step.slot.key) for step in plan.path.new])
    assert not planned.consultations.filter(agenda_item__isnull=False).exists()


def test_a_late_paper_is_put_on_an_agenda_only_after_a_second_look(client, planned, head, bodies, make_meeting):
    meeting = make_meeting(bodies[0], days=15)
    stop = stops(planned)[0]
    client.force_login(head)
    page = reverse("committees:consultation_place", args=[stop.pk])
    form = {"meeting": meeting.pk, "number": "5", "is_public": "on"}
    held = client.post(page, form)
    assert held.status_code == 422
    assert "Einreichung: Frist war" in held.content.decode()
    assert client.post(page, {**form, "confirm": "on"}).status_code == 302
    stop.refresh_from_db()
    assert stop.agenda_item.meeting == meeting


def test_a_new_body_is_planned_without_a_day(client, draft, head, bodies):
    client.force_login(head)
    page = reverse("committees:stop_create", args=[draft.pk])
    client.post(page, {"committee": bodies[1].pk, "role": "decision", "resolution_text": "Der Stadtrat beschließt:"})
    stop = draft.consultations.get()
    assert (stop.agenda_item, stop.authoritative) == (None, True)
    html = client.get(draft.get_absolute_url()).content.decode()
    assert "Der Stadtrat beschließt:" in html
    assert reverse("committees:paper_plan", args=[draft.pk]) in html


def test_the_public_variant_has_nothing_that_is_not_public(client, paper, office):
    flows.edit_paper(paper, by=office, non_public_text="KANARIE-part")
    client.force_login(office)
    whole = client.get(paper.get_absolute_url()).content.decode()
    public = client.get(paper.get_absolute_url(), {"variant": "public"}).content.decode()
    assert "KANARIE-part" in whole
    assert "KANARIE" not in public
    assert paper.title in public
    closing = {"is_public": False, "non_public_reason": "Einzelne"}
    flows.edit_agenda_item(paper.consultations.get().agenda_item, by=office, **closing)
    flows.edit_paper(paper, by=office, **closing)
    closed = variant_of(Paper.objects.get(pk=paper.pk), Level.PUBLIC)
    assert (closed.title, closed.resolution, closed.annexes) == ("Nichtöffentliche Vorlage", "", ())


def test_planner_and_calendar_show_what_one_may_see_at_a_constant_price(
    client, planned, office, head, bodies, make_meeting, make_member, make_user, django_assert_max_num_queries
):
    asb, rat = bodies
    for days in range(30, 100, 7):
        make_meeting(asb, days=days)
        make_meeting(rat, days=days + 2)
    client.force_login(office)
    for name in ("planner", "calendar"):
        with django_assert_max_num_queries(45):
            html = client.get(reverse(f"committees:{name}")).content.decode()
        assert "ASB" in html
    assert "Räume" in client.get(reverse("committees:planner")).content.decode()
    client.force_login(make_member(asb, start_on=TODAY))
    month = (TODAY + timezone.timedelta(days=33)).strftime("%Y-%m")
    html = client.get(reverse("committees:calendar"), {"month": month}).content.decode()
    assert ">ASB</strong>" in html
    assert ">RAT</strong>" not in html
    assert "Räume" not in client.get(reverse("committees:planner")).content.decode()
    client.force_login(make_user("Niemand"))
    assert "Keine Sitzung ist geplant" in client.get(reverse("committees:planner")).content.decode()


def test_an_empty_month_leads_to_the_next_meeting(client, office, bodies, make_meeting):
    meeting = make_meeting(bodies[0], days=200)
    client.force_login(office)
    html = client.get(reverse("committees:calendar")).content.decode()
    assert "data-empty" in html
    assert f"month={timezone.localtime(meeting.start):%Y-%m}" in html


@pytest.mark.parametrize("month", ["", "2026-13", "x", "9999-01", "2026", "-", "²-1"])
def test_a_wrong_month_gives_this_one(client, office, month):
    client.force_login(office)
    assert client.get(reverse("committees:calendar"), {"month": month}).status_code == 200


def test_nobody_is_biased_before_somebody_says_so(paper):
    assert biased_members(paper) == []


def test_the_list_is_filtered_and_handed_out(client, planned, paper, office, head, bodies, lead):
    client.force_login(office)
    page = reverse("committees:paper_list")

    def found(**query):
        html = client.get(page, query).content.decode()
        return {one.pk for one in (planned, paper) if one.reference + "<" in html}

    assert found() == {planned.pk, paper.pk}
    assert found(state="planned") == {planned.pk}
    assert found(state="scheduled") == {paper.pk}
    assert found(state="unplanned") == found(state="done") == set()
    assert found(committee=bodies[0].pk) == {planned.pk}
    assert found(type="information") == found(public="no") == set()
    assert found(year=TODAY.year, public="yes", type="decision", lead=lead.pk) == {planned.pk, paper.pk}
    for kind in ("csv", "xlsx"):
        answer = client.get(page, {"format": kind, "state": "planned"})
        assert answer["Content-Disposition"] == f'attachment; filename="vorlagen.{kind}"'
    text = client.get(page, {"format": "csv", "state": "planned"}).content.decode()
    assert planned.reference in text
    assert paper.reference not in text


def test_the_list_costs_the_same_for_many_papers(client, office, lead, django_assert_max_num_queries):
    Paper.objects.bulk_create(
        Paper(
            reference=f"X/{number}",
            title="=1+1",
            date=TODAY,
            lead_department=lead,
            proposed_resolution="y",
            created_by=office,
        )
        for number in range(300)
    )
    client.force_login(office)
    page = reverse("committees:paper_list")
    for query in ({}, {"state": "unplanned"}, {"page": 5}, {"year": TODAY.year, "type": "decision"}):
        with django_assert_max_num_queries(30):
            assert client.get(page, query).status_code == 200
    assert "'=1+1" in client.get(page, {"format": "csv"}).content.decode()


def test_only_whom_it_is_not_refused_to_is_offered_to_add_a_body(client, planned, office, head, bodies, make_user):
    add = reverse("committees:stop_create", args=[planned.pk])
    monitoring = make_user("Jonas Arndt", office=["monitoring"])
    for mandate in (False, True):
        Committee.objects.filter(pk=bodies[0].pk).update(office_may_propose=mandate)
        for reader, offered in ((office, mandate), (head, True), (monitoring, False)):
            client.force_login(reader)
            assert (add in client.get(planned.get_absolute_url()).content.decode()) is offered


def test_nobody_is_shown_a_form_for_a_body_that_leads_nowhere(
    client, draft, office, head, secretary, bodies, make_user, make_committee
):
    """Bodies are offered exactly where the verdict on each says yes; where it says so nowhere, the page is refused."""
    make_committee("BKO", "Bildungskonferenz", office_may_propose=True)
    monitoring = make_user("Jonas Arndt", office=["monitoring"])
    for user in (office, head, secretary, monitoring):
        client.force_login(user)
        allowed = {one for one in Committee.objects.all() if permissions.can_schedule(user, draft, one)}
        assert set(Committee.objects.open_for(user, draft)) == allowed
        seen = Paper.objects.visible_to(user).filter(pk=draft.pk).exists()
        for name in ("stop_create", "consultation_create"):
            answer = client.get(reverse(f"committees:{name}", args=[draft.pk]))
            assert answer.status_code == (404 if not seen else 200 if allowed else 403)
            if allowed and seen and name == "stop_create":
                assert set(answer.context["form"].fields["committee"].queryset) == allowed
    client.force_login(monitoring)
    plan = client.get(reverse("committees:paper_plan", args=[draft.pk]))
    assert reverse("committees:stop_create", args=[draft.pk]) not in plan.content.decode()


def test_who_is_involved_stays_unless_others_are_named(draft, office, make_department):
    other = make_department("FB 20", "Finanzen")
    draft.involved_departments.set([other])
    flows.edit_paper(draft, by=office, file_reference="51.1")
    assert list(draft.involved_departments.all()) == [other]
    flows.edit_paper(draft, by=office, involved_departments=[])
    assert not draft.involved_departments.exists()


def test_a_supplement_is_written_down_at_both_papers_and_involves_the_same(draft, office, make_department):
    other = make_department("FB 20", "Finanzen")
    draft.involved_departments.set([other])
    supplement = flows.supplement_paper(draft, by=office, title="Ergänzung", proposed_resolution="Beschluss")
    assert list(supplement.involved_departments.all()) == [other]
    assert Event.objects.about(draft).first().kind == events.SUPPLEMENTED.code
    assert Event.objects.about(supplement).first().kind == events.PAPER_CREATED.code
