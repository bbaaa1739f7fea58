# SPDX-License-Identifier: EUPL-1.2
"""How somebody becomes head: proposed by the administration, in effect once another person has confirmed it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import flows
from accounts.models import Department, Grant, User
from activity.flows import deliver
from activity.models import Event, Notification
from core.errors import NotAllowed, WrongState

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def administrator(make_user):
    return make_user("IT-Administration", office=["administration"])


@pytest.fixture
def officer(make_user):
    return make_user("Lena Fock", office=["data-protection"])


@pytest.fixture
def superior(make_user, settings):
    person = make_user("Anna Reimers")
    settings.SUPERIOR = person.email.upper()
    return person


@pytest.fixture
def newcomer(make_user):
    return make_user("Samira Yıldız-Krüger")


@pytest.fixture
def proposed(lead, administrator, newcomer):
    return flows.propose_grant(lead, by=administrator, person=newcomer, cause="appointed", valid_from=TODAY)


def heads(department):
    return {user.name for user in User.objects.heading(department)}


def test_a_proposal_lets_nobody_decide(proposed, lead, newcomer):
    assert not Department.objects.decided_by(newcomer).exists()


def test_only_the_administration_proposes_and_nobody_themselves(lead, administrator, newcomer, office, head, officer):
    for user in (office, head, officer, newcomer):
        with pytest.raises(NotAllowed):
            flows.propose_grant(lead, by=user, person=newcomer, cause="appointed", valid_from=TODAY)
    with pytest.raises(NotAllowed):
        flows.propose_grant(lead, by=administrator, person=administrator, cause="appointed", valid_from=TODAY)
    assert Event.objects.filter(kind="grant.refused").count() == 5
    with pytest.raises(WrongState):
        flows.propose_grant(lead, by=administrator, person=newcomer, cause="existing", valid_from=TODAY)


def test_the_present_head_confirms(head, proposed, lead, newcomer, officer, office, administrator, make_user):
    other = make_user("Petra Wellmann", heads=[Department.objects.create(code="FB 40", name="Schule")])
    deputy = make_user("Henning Voss", staffs=[lead])
    flows.delegate(lead, by=head, deputy=deputy, valid_from=TODAY, valid_until=TODAY)
    for user in (officer, office, other, newcomer, administrator, deputy, make_user("Root", is_superuser=True)):
        with pytest.raises(NotAllowed):
            flows.confirm_grant(proposed, by=user)
    grant = flows.confirm_grant(proposed, by=head)
    assert (grant.confirmed_by, grant.confirmed_as) == (head, "head")
    assert heads(lead) == {head.name, newcomer.name}
    with pytest.raises(WrongState):
        flows.confirm_grant(grant, by=head)


def test_the_superior_confirms_also_where_there_is_a_head(superior, head, proposed, lead, newcomer):
    assert flows.confirm_grant(proposed, by=superior).confirmed_as == "superior"
    assert newcomer.name in heads(lead)


def test_data_protection_confirms_only_for_a_department_without_a_head(proposed, lead, newcomer, officer):
    assert flows.confirm_grant(proposed, by=officer).confirmed_as == "data-protection"
    assert heads(lead) == {newcomer.name}


def test_whoever_proposed_does_not_confirm_although_they_are_above(lead, administrator, newcomer, settings):
    settings.SUPERIOR = administrator.email
    grant = flows.propose_grant(lead, by=administrator, person=newcomer, cause="acting", valid_from=TODAY)
    with pytest.raises(NotAllowed):
        flows.confirm_grant(grant, by=administrator)


def test_what_became_excluded_meanwhile_is_not_confirmed(proposed, newcomer, officer):
    from accounts.roles import appoint

    appoint(newcomer, "monitoring")
    with pytest.raises(NotAllowed):
        flows.confirm_grant(proposed, by=officer)


def test_department_and_persons_are_told_at_once(head, proposed, lead, newcomer, superior, make_user):
    clerk = make_user("Jule Sander", staffs=[lead])

    def told(kind):
        event = Event.objects.get(kind=kind)
        deliver(event.pk)
        return {notice.user for notice in Notification.objects.filter(event=event)}

    assert told("grant.proposed") == {head, newcomer, superior, clerk}
    flows.confirm_grant(proposed, by=head)
    assert told("grant.confirmed") == {newcomer, clerk, proposed.proposed_by}


def test_a_proposal_is_turned_down_with_a_reason_and_stays_on_record(proposed, head, newcomer, administrator, office):
    with pytest.raises(NotAllowed):
        flows.turn_down_grant(proposed, by=office, reason="Nein")
    with pytest.raises(WrongState):
        flows.turn_down_grant(proposed, by=head, reason=" ")
    flows.turn_down_grant(proposed, by=head, reason="Die Stelle ist noch besetzt.")
    with pytest.raises(WrongState):
        flows.confirm_grant(proposed, by=head)
    assert Grant.objects.get(pk=proposed.pk).end_reason == "Die Stelle ist noch besetzt."


def test_what_rests_on_a_grant_ends_with_it_and_does_not_come_back_with_a_new_one(
    lead, head, make_user, administrator, officer
):
    deputy = make_user("Henning Voss", staffs=[lead])
    flows.delegate(lead, by=head, deputy=deputy, valid_from=TODAY, valid_until=TODAY + timedelta(days=9))
    flows.end_grant(head.grants.get(), by=administrator, reason="Wechsel")
    assert not Department.objects.decided_by(deputy).exists()
    again = flows.propose_grant(lead, by=administrator, person=head, cause="acting", valid_from=TODAY)
    flows.confirm_grant(again, by=officer)
    assert Department.objects.headed_by(head).exists()
    assert not Department.objects.decided_by(deputy).exists()


def test_head_superior_and_administration_end_a_grant_and_nobody_else(lead, head, office, officer, superior, make_user):
    second = make_user("Zweite Leitung", heads=[lead])
    grant = head.grants.get()
    for user in (office, officer, second):
        with pytest.raises(NotAllowed):
            flows.end_grant(grant, by=user, reason="Nein")
    flows.end_grant(grant, by=head, reason="Ruhestand")
    flows.end_grant(second.grants.get(), by=superior, reason="Versetzung")
    assert heads(lead) == set()


def test_deputies_come_from_the_department_from_other_heads_or_from_the_list(lead, head, make_user, make_department):
    other_head = make_user("Petra Wellmann", heads=[make_department("FB 40", "Schule")])
    clerk, stranger = make_user("Jule Sander", staffs=[lead]), make_user("Fremd")
    days = {"valid_from": TODAY, "valid_until": TODAY}
    flows.delegate(lead, by=head, deputy=clerk, position=1, **days)
    flows.delegate(lead, by=head, deputy=other_head, position=2, **days)
    with pytest.raises(NotAllowed):
        flows.delegate(lead, by=head, deputy=stranger, **days)
    flows.list_candidate(lead, by=head, person=stranger)
    flows.delegate(lead, by=head, deputy=stranger, position=3, **days)
    order = [one.deputy.name for one in lead.delegations.in_force().in_order()]
    assert order == [clerk.name, other_head.name, stranger.name]


def test_a_deputy_keeps_no_list_and_sets_nobody(lead, head, make_user):
    deputy, third = make_user("Henning Voss", staffs=[lead]), make_user("Dritter", staffs=[lead])
    flows.delegate(lead, by=head, deputy=deputy, valid_from=TODAY, valid_until=TODAY)
    for attempt in (
        lambda: flows.delegate(lead, by=deputy, deputy=third, valid_from=TODAY, valid_until=TODAY),
        lambda: flows.list_candidate(lead, by=deputy, person=third),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_through_the_pages_a_head_is_proposed_confirmed_and_ended(client, lead, administrator, newcomer, officer):
    page = reverse("accounts:who_decides", args=[lead.pk])
    client.force_login(administrator)
    data = {"person": newcomer.pk, "cause": "appointed", "reference": "Verfügung 11.3", "valid_from": TODAY}
    assert client.post(reverse("accounts:grant_propose", args=[lead.pk]), data).status_code == 302
    grant = Grant.objects.get()
    assert client.post(reverse("accounts:grant_confirm", args=[grant.pk])).status_code == 403
    client.force_login(officer)
    shown = client.get(page).content.decode()
    assert newcomer.name in shown
    assert "Verfügung 11.3" in shown
    assert client.post(reverse("accounts:grant_confirm", args=[grant.pk])).status_code == 302
    assert heads(lead) == {newcomer.name}
    client.force_login(newcomer)
    assert client.post(reverse("accounts:grant_end", args=[grant.pk]), {"reason": ""}).status_code == 422
    assert client.post(reverse("accounts:grant_end", args=[grant.pk]), {"reason": "Ruhestand"}).status_code == 302
    assert "Ruhestand" in client.get(page, follow=True).content.decode() or heads(lead) == set()


def test_the_page_refuses_whom_a_role_excludes_and_the_account_form_refuses_the_role(
    client, lead, head, administrator, office
):
    from django.contrib.auth.models import Group

    client.force_login(administrator)
    data = {"person": office.pk, "cause": "appointed", "valid_from": TODAY}
    assert client.post(reverse("accounts:grant_propose", args=[lead.pk]), data).status_code == 422
    role = Group.objects.get(name="office-coordination")
    data = {"name": head.name, "email": head.email, "is_active": "on", "groups": [role.pk]}
    assert client.post(reverse("accounts:user_edit", args=[head.pk]), data).status_code == 422
    assert not Grant.objects.filter(person=office).exists()
    assert heads(lead) == {head.name}


def test_who_may_see_the_department_sees_who_decides_in_it_and_others_do_not(client, lead, head, office, make_user):
    page = reverse("accounts:who_decides", args=[lead.pk])
    expected = {office: 200, head: 200, make_user("Jule", staffs=[lead]): 200, make_user("Fremd"): 404}
    for user, status in expected.items():
        client.force_login(user)
        assert client.get(page).status_code == status


def test_a_department_without_head_or_deputy_says_so(client, lead, office):
    client.force_login(office)
    assert "data-nobody" in client.get(reverse("accounts:who_decides", args=[lead.pk])).content.decode()
