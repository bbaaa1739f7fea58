# SPDX-License-Identifier: EUPL-1.2
"""One mail a day for all packs, for those who want it so."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import MailRhythm
from reports import flows, mail, making
from reports.models import DueMail
from tests.reports.kinds import add_kinds

TOWN = ZoneInfo("Europe/Berlin")
TODAY = timezone.localdate()
MORNING = datetime.combine(TODAY + timedelta(days=1), datetime.min.time(), TOWN) + timedelta(hours=7, minutes=5)


@pytest.fixture
def committee(make_committee):
    return make_committee()


@pytest.fixture
def readers(make_member, committee):
    """Two members: one wants one mail a day, one wants each at once."""
    since = TODAY - timedelta(days=9)
    daily, each = (make_member(committee, start_on=since, name=name) for name in ("Rühl", "Osterkamp"))
    daily.mail_rhythm = MailRhythm.DAILY
    daily.save()
    return daily, each


@pytest.fixture
def make_pack(monkeypatch, make_meeting, committee, office):
    add_kinds(monkeypatch)
    meetings = {}

    def make(number, *papers):
        meeting = meetings.setdefault(number, make_meeting(committee, days=20 + number))
        made = flows.order("test_pack", meeting, by=office, options={"numbers": list(papers)})
        making.make(made.pk)
        made.refresh_from_db()
        mail.send_ready(made.pk)
        return made

    return make


def test_several_packs_of_a_day_come_with_one_mail_in_the_morning(readers, make_pack, mailoutbox):
    daily, each = readers
    packs = [make_pack(1, 1), make_pack(2, 2)]
    assert [message.to for message in mailoutbox] == [[each.email], [each.email]]
    mailoutbox.clear()
    mail.send_digests(now=MORNING - timedelta(minutes=10))
    assert mailoutbox == [], "it is too early"
    for minutes in (0, 15, 600):
        mail.send_digests(now=MORNING + timedelta(minutes=minutes))
    [message] = mailoutbox
    assert message.to == [daily.email]
    assert "2 Sitzungsmappen" in message.subject
    assert all(pack.get_absolute_url() in message.body for pack in packs)
    assert "Vorlage" not in message.body + message.subject


def test_who_had_a_mail_today_gets_the_next_one_tomorrow(readers, make_pack, mailoutbox):
    make_pack(1, 1)
    mail.send_digests(now=MORNING)
    later = make_pack(2, 2)
    mailoutbox.clear()
    mail.send_digests(now=MORNING + timedelta(hours=5))
    assert mailoutbox == []
    mail.send_digests(now=MORNING + timedelta(days=1))
    [message] = mailoutbox
    assert later.get_absolute_url() in message.body
    assert message.subject.startswith("1 Sitzungsmappe ist")


def test_what_was_withdrawn_or_closed_to_the_reader_since_is_not_mentioned(readers, make_pack, office, mailoutbox):
    daily, _each = readers
    kept, withdrawn = make_pack(1, 1), make_pack(2, 2)
    flows.withdraw(withdrawn, by=office, reason="Falsche Anlage.")
    mailoutbox.clear()
    mail.send_digests(now=MORNING)
    [message] = mailoutbox
    assert kept.get_absolute_url() in message.body
    assert withdrawn.get_absolute_url() not in message.body
    make_pack(3, 3)
    daily.is_active = False
    daily.save()
    mailoutbox.clear()
    mail.send_digests(now=MORNING + timedelta(days=1))
    assert mailoutbox == []
    assert DueMail.objects.filter(sent_at=None).count() == 1


def test_a_mail_server_that_does_not_answer_is_asked_again_for_each_who_was_not_told(
    readers, make_pack, mailoutbox, settings
):
    _daily, each = readers
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    made = make_pack(1, 1)
    due = DueMail.objects.get(user=each)
    assert (due.state, mail.waiting()) == ("queued", [])
    DueMail.objects.update(leased_until=None)
    settings.EMAIL_BACKEND = working
    assert mail.waiting() == [due.pk]
    for _time in range(2):
        mail.send(due.pk)
    [message] = mailoutbox
    assert made.get_absolute_url() in message.body
    due.refresh_from_db()
    assert (due.state, mail.waiting()) == ("sent", [])


def test_a_person_chooses_when_mail_comes_on_the_page_of_the_account(client, readers):
    _daily, each = readers
    client.force_login(each)
    address = reverse("accounts:settings")
    assert "einmal täglich" in client.get(address).content.decode()
    chosen = {"name": each.name, "language": "de", "theme": "", "mail_rhythm": "daily"}
    assert client.post(address, chosen).status_code == 302
    each.refresh_from_db()
    assert each.mail_rhythm == MailRhythm.DAILY
