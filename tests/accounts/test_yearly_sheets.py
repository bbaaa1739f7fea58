# SPDX-License-Identifier: EUPL-1.2
"""Once a year each head confirms who decides what in the department."""

import pytest
from django.contrib import admin
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import flows
from accounts.models import DecisionSheet, Delegation, Grant, User
from activity.models import Event
from core.canonical import checksum
from core.errors import NotAllowed, WrongState
from reports.kinds import registry

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def test_the_head_in_person_confirms_the_sheet_once_a_year(client, lead, head, office, make_user):
    deputy = make_user("Henning Voss", staffs=[lead])
    flows.delegate(lead, by=head, deputy=deputy, valid_from=TODAY, valid_until=TODAY)
    for user in (deputy, office, make_user("IT", office=["administration"])):
        with pytest.raises(NotAllowed):
            flows.confirm_sheet(lead, by=user)
    client.force_login(head)
    page = reverse("accounts:sheet_confirm", args=[lead.pk])
    assert deputy.name in client.get(page).content.decode()
    assert client.post(page).status_code == 302
    sheet = DecisionSheet.objects.get()
    assert (sheet.year, sheet.confirmed_by) == (TODAY.year, head)
    assert sheet.content_sha256 == checksum(sheet.content)
    assert [one["name"] for one in sheet.content["deputies"]] == [deputy.name]
    with pytest.raises(WrongState):
        flows.confirm_sheet(lead, by=head)


def test_what_was_confirmed_is_never_changed_or_removed(lead, head):
    flows.confirm_sheet(lead, by=head)
    for change in (DecisionSheet.objects.all().delete, lambda: DecisionSheet.objects.update(year=2000)):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_heads_are_reminded_once_a_year_until_they_have_confirmed(lead, head, make_department):
    make_department("FB 99", "Ohne Leitung")
    assert flows.remind_sheets() == 1
    assert flows.remind_sheets() == 0
    event = Event.objects.get(kind="sheet.due")
    assert event.definition.audience(event.subject) == {head}


def test_the_printed_sheet_says_whether_it_is_what_was_confirmed(lead, head, make_user):
    kind = registry.get("deciders")

    def standing():
        confirmed = kind.build(lead, "full")["confirmed"]
        return confirmed and confirmed["same"]

    assert standing() is None
    flows.confirm_sheet(lead, by=head)
    assert standing() is True
    flows.delegate(lead, by=head, deputy=make_user("Neu", staffs=[lead]), valid_from=TODAY, valid_until=TODAY)
    assert standing() is False


def test_the_admin_pages_know_neither_accounts_nor_who_decides():
    assert not any(admin.site.is_registered(model) for model in (User, Grant, Delegation, DecisionSheet))
