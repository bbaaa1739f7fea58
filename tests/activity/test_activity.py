# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activity import flows
from activity.models import Event, Notification
from core import clock
from core.errors import NotAllowed
from recommendations import flows as recommendations
from tests.standing import make_head


def deliver_all():
    for event in Event.objects.pending():
        flows.deliver(event.pk)


def test_recording_belongs_into_the_transaction_of_the_change(make_recommendation, office, transactional_db):
    from recommendations.events import SUBMITTED

    with pytest.raises(RuntimeError):
        flows.record(SUBMITTED, make_recommendation(), by=office)


def test_whoever_is_concerned_is_told_once_and_whoever_acted_is_not(submitted, head, office):
    deliver_all()
    deliver_all()
    told = Notification.objects.filter(event__kind="recommendation.submitted")
    assert [notice.user for notice in told] == [head]


def test_a_notice_is_opened_and_read(client, submitted, head):
    deliver_all()
    client.force_login(head)
    notice = Notification.objects.of(head).unread().first()
    answer = client.post(reverse("activity:notification_open", args=[notice.pk]))
    assert answer.url == submitted.get_absolute_url()
    assert not Notification.objects.of(head).unread().filter(pk=notice.pk).exists()


def test_nobody_opens_anothers_notice(client, submitted, head, office):
    deliver_all()
    client.force_login(office)
    notice = Notification.objects.of(head).first()
    assert client.post(reverse("activity:notification_open", args=[notice.pk])).status_code == 404


def test_only_data_protection_reads_the_log_and_sees_refusals(client, submitted, office, make_user):
    with pytest.raises(NotAllowed):
        recommendations.decide(submitted, by=office, kind="approve")
    client.force_login(office)
    assert client.get(reverse("activity:log")).status_code == 403
    client.force_login(make_user("Lena Fock", office=["data-protection"]))
    page = client.get(reverse("activity:log"), {"refused": "1"}).content.decode()
    assert page.count("data-refused") == 1


def test_the_name_outlives_the_account(make_recommendation, make_user):
    from django.db import transaction

    from actors.events import ACTOR_CREATED
    from actors.models import Actor

    user = make_user("Vergangene Person")
    with transaction.atomic():
        event = flows.record(ACTOR_CREATED, Actor.objects.create(name="Kita"), by=user)
    user.delete()
    event.refresh_from_db()
    assert event.by is None
    assert "Vergangene Person" in event.sentence


def test_every_kind_of_event_can_be_said(db):
    from activity.kinds import KINDS

    class Anything(dict):
        def __missing__(self, key):
            return key

    for kind in KINDS.values():
        assert str(kind.sentence) % Anything()


def test_a_step_told_of_the_past_bears_one_moment_and_stands_where_it_happened(submitted, lead, make_user, settings):
    settings.DEMO = True
    head, since = make_user("Tessa Alt"), timezone.now() - timedelta(days=60)
    make_head(head, lead, valid_from=timezone.localdate(since), confirmed_at=since)
    end = timezone.now() - timedelta(days=9)
    with clock.story(end - timedelta(days=30), end):
        recommendations.decide(submitted, by=head, kind="approve")
    decision, told = submitted.decisions.get(), Event.objects.get(kind="recommendation.approved")
    assert (decision.at, decision.outcome) == (told.at, "Freigegeben")
    assert Event.objects.about(submitted).last() == told
    deliver_all()
    submission = Notification.objects.of(head).first()
    assert submission.event.kind == "recommendation.submitted"


def test_a_refusal_is_written_down_where_nothing_is_there_yet_and_where_a_form_makes_something_new(make_user):
    from accounts.flows import save_account
    from accounts.forms import UserForm
    from committees.flows import create_paper

    stranger = make_user("Ohne Amt")
    with pytest.raises(NotAllowed):
        create_paper(
            by=stranger, title="Neu", paper_type="decision", lead_department=None, proposed_resolution="Es wird."
        )
    with pytest.raises(NotAllowed):
        save_account(UserForm(group_labels={}), by=stranger)
    refusals = Event.objects.about(stranger).filter(by=stranger)
    assert {event.kind for event in refusals} == {"committee.refused", "attempt.refused"}
    assert all(event.definition.refused and event.note for event in refusals)
