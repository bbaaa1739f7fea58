# SPDX-License-Identifier: EUPL-1.2
import re
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from activity.models import Event
from committees import flows
from committees.models import AgendaItem, Meeting, Membership, Paper, PaperNumber
from core.errors import NotAllowed, WrongState
from tests.sessions import held

TODAY = timezone.localdate()


@pytest.fixture
def readers(paper, head, office, make_user, make_department, make_committee, make_member):
    jha = paper.consultations.get().committee
    other = make_committee("ASB", "Ausschuss für Schule und Bildung")
    gone = make_member(jha, start_on=TODAY - timedelta(days=9), name="Abgeschaltet")
    gone.is_active = False
    gone.save()
    return {
        "coordination": office,
        "monitoring": make_user("Jonas", office=["monitoring"]),
        "lead head": head,
        "other head": make_user("Wellmann", heads=[make_department("FB 40", "Schule")]),
        "member": make_member(jha, start_on=TODAY - timedelta(days=9)),
        "former member": make_member(
            jha, start_on=TODAY - timedelta(days=9), end_on=TODAY - timedelta(days=1), name="Ehlers"
        ),
        "future member": make_member(jha, start_on=TODAY + timedelta(days=1), name="Prang"),
        "other committee": make_member(other, start_on=TODAY - timedelta(days=9), name="Osterkamp"),
        "secretary": make_user("Pohlmann", keeps=[jha]),
        "other secretary": make_user("Andere", keeps=[other]),
        "administration": make_user("IT", office=["administration"]),
        "superuser": make_user("Root", is_superuser=True, is_staff=True),
        "plain": make_user("Niemand"),
        "switched off": gone,
    }


def seeing(readers, queryset, thing):
    return {name for name, user in readers.items() if thing in queryset(user)}


def test_a_paper_is_seen_by_the_house_its_secretary_and_its_members_of_today(readers, paper):
    assert seeing(readers, Paper.objects.visible_to, paper) == {
        "coordination",
        "monitoring",
        "lead head",
        "other head",
        "member",
        "secretary",
    }


def test_non_public_annexes_are_read_by_office_lead_department_and_deciding_committee(readers, paper):
    assert seeing(readers, Paper.objects.fully_visible_to, paper) == {
        "coordination",
        "monitoring",
        "lead head",
        "member",
        "secretary",
    }


def test_a_committee_that_only_takes_note_reads_the_paper_without_its_secrets(
    client, paper, office, make_committee, make_meeting, make_member
):
    asb = make_committee("ASB", "Ausschuss für Schule und Bildung")
    item = flows.put_on_agenda(make_meeting(asb), paper, by=office, number="6")
    flows.schedule(paper, by=office, committee=asb, role="information", agenda_item=item)
    member = make_member(asb, start_on=TODAY)
    assert paper in Paper.objects.visible_to(member)
    assert paper not in Paper.objects.fully_visible_to(member)
    client.force_login(member)
    assert "KANARIE" not in client.get(paper.get_absolute_url()).content.decode()


def test_meetings_and_agendas_are_seen_by_those_who_belong_to_them(readers, paper):
    item = paper.consultations.get().agenda_item
    expected = {"coordination", "monitoring", "lead head", "other head", "member", "secretary"}
    assert seeing(readers, Meeting.objects.visible_to, item.meeting) == expected
    assert seeing(readers, AgendaItem.objects.visible_to, item) == expected


def test_what_one_may_not_see_cannot_be_told_from_what_is_not_there(client, readers, paper):
    client.force_login(readers["other committee"])
    addresses = [reverse("committees:paper_detail", args=[pk]) for pk in (paper.pk, 99999)]
    hidden, missing = (client.get(address) for address in addresses)
    assert hidden.status_code == missing.status_code == 404
    tokens = re.compile(r'value="[0-9A-Za-z]{64}"')
    bodies = [
        tokens.sub("", answer.content.decode().replace(address, "").replace(quote(address), ""))
        for answer, address in ((hidden, addresses[0]), (missing, addresses[1]))
    ]
    assert bodies[0] == bodies[1]


def test_a_member_reads_the_non_public_annex_and_outsiders_do_not(client, readers, paper):
    for name, status, canary in (("member", 200, True), ("other head", 200, False), ("former member", 404, False)):
        client.force_login(readers[name])
        answer = client.get(paper.get_absolute_url())
        assert answer.status_code == status
        assert ("KANARIE" in answer.content.decode()) is canary


def test_the_lists_cost_a_constant_number_of_queries(
    client, office, paper, django_assert_max_num_queries, make_meeting
):
    client.force_login(office)
    for days in range(30, 36):
        make_meeting(paper.consultations.get().committee, days=days)
    for name in ("meeting_list", "paper_list", "list", "membership_list"):
        with django_assert_max_num_queries(40):
            client.get(reverse(f"committees:{name}"))


def test_paper_numbers_have_no_gap_and_start_anew_each_year(office, lead):
    def make(year):
        day = timezone.localdate().replace(year=year)
        return flows.create_paper(
            by=office, title="x", paper_type="information", lead_department=lead, proposed_resolution="y", date=day
        ).reference

    assert [make(2030), make(2030), make(2031)] == ["2030/0001", "2030/0002", "2031/0001"]
    with pytest.raises(IntegrityError), transaction.atomic():
        flows.create_paper(
            by=office,
            title=None,
            paper_type="information",
            lead_department=lead,
            proposed_resolution="y",
            date=TODAY.replace(year=2030),
        )
    assert PaperNumber.objects.get(year=2030).last == 2
    assert make(2030) == "2030/0003"


def test_without_mandate_the_office_brings_no_paper_of_its_own(office, lead, make_committee, make_meeting, make_user):
    own = flows.create_paper(
        by=office, title="x", paper_type="information", lead_department=lead, proposed_resolution="y"
    )
    strict, open_ = make_committee(), make_committee("LKB", "Lenkungskreis", office_may_propose=True)
    with pytest.raises(NotAllowed):
        flows.schedule(own, by=office, committee=strict, role="information")
    assert flows.schedule(own, by=office, committee=open_, role="information")
    assert flows.schedule(own, by=make_user("Pohlmann", keeps=[strict]), committee=strict, role="information")


def test_a_result_is_recorded_from_a_held_meeting_once_by_the_secretary(paper, head, readers):
    consultation = paper.consultations.get()
    secretary = readers["secretary"]
    with pytest.raises(WrongState):
        flows.record_result(consultation, by=secretary, result="unchanged")
    held(consultation.agenda_item.meeting, by=secretary)
    for name in ("member", "lead head", "superuser"):
        with pytest.raises(NotAllowed):
            flows.record_result(consultation, by=readers[name], result="unchanged")
    recorded = flows.record_result(
        consultation, by=secretary, result="changed", votes_yes=2, votes_no=0, votes_abstain=0
    )
    assert (recorded.result, recorded.recorded_by) == ("changed", secretary)
    with pytest.raises(WrongState):
        flows.record_result(consultation, by=secretary, result="rejected")
    assert paper.recommendation.decisions.count() == 1


def test_the_agenda_is_reordered_with_buttons_and_frozen_once_held(client, make_committee, make_meeting, make_user):
    committee = make_committee()
    secretary = make_user("Pohlmann", keeps=[committee])
    meeting = make_meeting(committee)
    first, second = (flows.add_agenda_item(meeting, by=secretary, number=str(n), title=f"Punkt {n}") for n in (1, 2))
    client.force_login(secretary)
    client.post(reverse("committees:agenda_item_move", args=[second.pk]), {"up": ""})
    assert [item.pk for item in meeting.agenda_items.all()] == [second.pk, first.pk]
    held(meeting, by=secretary)
    with pytest.raises(WrongState):
        flows.move_agenda_item(first, by=secretary, up=True)


def test_what_is_not_public_has_a_reason(make_committee, make_meeting, client, make_user):
    committee = make_committee()
    meeting = make_meeting(committee)
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.create(meeting=meeting, position=1, number="1", title="x", is_public=False)
    client.force_login(make_user("Pohlmann", keeps=[committee]))
    address = reverse("committees:agenda_item_create", args=[meeting.pk])
    assert client.post(address, {"number": "1", "title": "x"}).status_code == 422


def test_no_event_about_a_meeting_names_a_non_public_title(office, make_committee, make_meeting, make_user):
    committee = make_committee()
    secretary = make_user("Pohlmann", keeps=[committee])
    flows.add_agenda_item(
        make_meeting(committee),
        by=secretary,
        number="8",
        title="KANARIE-item-8",
        is_public=False,
        non_public_reason="Träger",
    )
    assert not any("KANARIE" in event.sentence + str(event.data) for event in Event.objects.all())


@pytest.mark.parametrize("name", ["create", "edit"])
def test_only_the_coordination_maintains_committees(client, readers, paper, name):
    committee = paper.consultations.get().committee
    address = reverse(f"committees:{name}", args=[committee.pk] if name == "edit" else [])
    data = {"code": "NEU", "name": "Neu", "kind": "committee", "authority": "advisory"}
    for who in ("member", "secretary", "superuser", "lead head"):
        client.force_login(readers[who])
        assert client.post(address, data).status_code in (403, 404)
    client.force_login(readers["coordination"])
    assert client.post(address, data).status_code == 302


def test_a_membership_opens_the_papers_from_its_first_day_to_its_last(whole_house, travel):
    whole_house.stop("invited")
    member, reads_on = whole_house.people["former member"], []
    for days in (-10, -9, -1, 0):  # sat there from nine days ago until yesterday
        travel(days)
        if Paper.objects.visible_to(member).exists():
            reads_on.append(days)
    assert reads_on == [-9, -1]


def test_papers_are_found_by_the_year_of_their_day_from_the_newest_year_to_the_oldest(whole_house):
    days = (date(2023, 1, 1), date(2023, 12, 31), date(2025, 6, 1))
    for number, day in enumerate(days):
        Paper.objects.create(
            reference=f"{number}/x",
            title="Vorlage",
            date=day,
            lead_department=whole_house.a,
            proposed_resolution="–",
            created_by=whole_house.concerned,
        )
    Paper.objects.filter(pk=whole_house.paper.pk).delete()
    assert Paper.objects.years() == [2025, 2024, 2023]
    assert {paper.date for paper in Paper.objects.of_year(2023)} == {*days[:2]}
    assert not Paper.objects.of_year(2024).exists()


def test_a_membership_expires_soon_up_to_the_last_day_of_the_period(whole_house):
    seat = whole_house.seats["member"]
    for days, soon in ((90, True), (91, False)):
        Membership.objects.filter(pk=seat.pk).update(end_on=whole_house.day(days))
        assert (seat in Membership.objects.expiring()) is soon


def test_a_meeting_is_past_from_half_a_day_after_it_began(whole_house, travel):
    for days, past in ((0, False), (1, True)):
        travel(days)
        assert Meeting.objects.past().exists() is past
