# SPDX-License-Identifier: EUPL-1.2
"""Accounts as the administration keeps them: links instead of passwords, and an entry for everything that changes."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from activity.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(make_user):
    return make_user("IT-Administration", office=["administration"])


@pytest.fixture
def role(administrator):
    return Group.objects.get(name="office-administration")


def account(user, **fields):
    groups = [group.pk for group in user.groups.all()]
    return {"name": user.name, "email": user.email, "is_active": "on", "groups": groups, **fields}


def change(client, user, **fields):
    return client.post(reverse("accounts:user_edit", args=[user.pk]), account(user, **fields))


def test_a_new_account_gets_a_link_by_which_the_person_sets_the_password(
    client, administrator, mailoutbox, django_capture_on_commit_callbacks
):
    client.force_login(administrator)
    data = {"name": "Neu", "email": "neu@lindenfurt.example", "is_active": "on", "password": "vom Amt gesetzt 123"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("accounts:user_create"), data)
    user = User.objects.get(email="neu@lindenfurt.example")
    assert not user.has_usable_password()
    (message,) = mailoutbox
    assert message.to == [user.email]
    assert Event.objects.about(user).filter(kind="user.invited", by=administrator).exists()
    client.logout()
    path = re.search(r"https?://[^/]+(/\S+)", message.body).group(1)
    page = client.get(path, follow=True)
    chosen = {"password1": "mein eigenes langes Wort", "password2": "mein eigenes langes Wort"}
    client.post(page.redirect_chain[-1][0], chosen)
    user.refresh_from_db()
    assert user.check_password("mein eigenes langes Wort")
    assert Event.objects.about(user).filter(kind="user.password_set").exists()


def test_a_link_to_set_a_new_password_is_sent_told_and_logged_and_only_by_the_administration(
    client, administrator, office, head, mailoutbox, django_capture_on_commit_callbacks
):
    for user in (office, head):
        client.force_login(user)
        assert client.post(reverse("accounts:user_link", args=[administrator.pk])).status_code == 403
    client.force_login(administrator)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("accounts:user_link", args=[head.pk])).status_code == 302
    assert [message.to for message in mailoutbox] == [[head.email]]
    event = Event.objects.about(head).get(kind="user.password_link_sent")
    assert event.definition.audience(head) == {head}
    assert mailoutbox[0].body.split("/key/")[1].split("/")[0] not in str(event.data)


def test_what_was_and_what_is_stands_in_the_log(client, administrator, office):
    client.force_login(administrator)
    before, monitoring = office.email, Group.objects.get(name="office-monitoring")
    change(client, office, email="neu@lindenfurt.example", groups=[monitoring.pk])
    event = Event.objects.about(office).get(kind="user.changed")
    assert before in event.note
    assert "neu@lindenfurt.example" in event.note
    assert {"koordination", "bildungsmonitoring"} <= set(re.findall(r"\w+", event.note.lower()))


def test_somebody_changes_the_own_settings_and_that_is_logged(client, head):
    client.force_login(head)
    data = {"name": "Tarek Haddad-Meyer", "language": "en", "theme": "", "mail_rhythm": "daily"}
    client.post(reverse("accounts:settings"), data)
    event = Event.objects.about(head).get(kind="user.settings_changed")
    assert "Tarek Haddad → Tarek Haddad-Meyer" in event.note
    client.post(reverse("accounts:settings"), data)
    assert Event.objects.about(head).filter(kind="user.settings_changed").count() == 1


def test_the_last_active_administrator_stays_one(client, administrator, role, make_user):
    client.force_login(administrator)
    for fields in ({"is_active": ""}, {"groups": []}):
        assert change(client, administrator, **fields).status_code == 422
    administrator.refresh_from_db()
    assert administrator.is_active
    assert administrator.groups.filter(pk=role.pk).exists()
    make_user("Zweite IT", office=["administration"])
    assert change(client, administrator, is_active="").status_code == 302
    assert not User.objects.get(pk=administrator.pk).is_active


def test_who_decides_is_not_given_a_role_that_excludes_it_by_a_direct_post(client, administrator, head, lead):
    client.force_login(administrator)
    for code in ("coordination", "monitoring", "data-protection", "administration"):
        excluded = Group.objects.get(name=f"office-{code}")
        assert change(client, head, groups=[excluded.pk]).status_code == 422
    assert not head.groups.exists()


def test_the_list_of_accounts_says_what_everybody_is(client, make_user, head, lead, make_committee, make_member):
    make_member(make_committee(), start_on=timezone.localdate(), name="Anke Rühl")
    client.force_login(make_user("IT", office=["administration"]))
    rows = client.get(reverse("accounts:user_list")).content.decode().split("<li>")
    said = {name: row for name in ("Anke Rühl", "Tarek Haddad") for row in rows if f">{name}</a>" in row}
    assert "Mitglied eines Gremiums" in said["Anke Rühl"]
    assert f"Leitung von {lead}" in said["Tarek Haddad"]
