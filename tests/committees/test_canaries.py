# SPDX-License-Identifier: EUPL-1.2
"""What is not public leaves the house on no side way: notices, mails, search, file names, calendars, open interface."""

import pytest
from django.urls import reverse
from django.utils import timezone

from activity import jobs
from activity.models import Event, Notification
from committees import flows
from committees.models import Attachment, Meeting
from core.documents import intake
from reports import flows as reports
from reports import mail, naming
from reports.models import Document, Part, Slot, State
from tests.committees.oparl_walk import Walk
from tests.sessions import held, invited

CANARY = "KANARIE"
CLOSED = {"is_public": False, "non_public_reason": "berechtigte Interessen Einzelner"}


@pytest.fixture
def closed_matter(jha, members, secretary, office, lead, make_meeting):
    """A non-public paper under a non-public item through a whole meeting, everything about it bearing the canary."""
    meeting = make_meeting(jha, days=-1)
    paper = flows.create_paper(
        by=office,
        title=f"{CANARY} Grundstück",
        paper_type="decision",
        lead_department=lead,
        proposed_resolution=f"{CANARY} Kaufpreis",
        non_public_text=f"{CANARY} Verkäufer",
        **CLOSED,
    )
    flows.add_annex(paper, by=office, title=f"{CANARY} Anlage", body=CANARY, **CLOSED)
    text = intake.Document("txt", "text/plain; charset=utf-8", b"Text", b"Text", ())
    flows.attach(paper, by=office, document=text, title=f"{CANARY} Plan", **CLOSED)
    item = flows.put_on_agenda(meeting, paper, by=secretary, number="1", **CLOSED)
    stop = flows.schedule(paper, by=secretary, committee=jha, role="decision", agenda_item=item)
    meeting = invited(meeting, by=secretary)
    flows.declare_conflict(item, by=secretary, membership=members["Brandt"], reason=f"{CANARY} Schwager")
    meeting = held(meeting, by=secretary)
    flows.raise_question(item, by=secretary, asked_by=members["Rühl"], text=f"{CANARY} Frage", owner=office)
    flows.give_assignment(item, by=secretary, text=f"{CANARY} Auftrag", owner=office)
    flows.record_result(stop, by=secretary, result="changed", note=f"{CANARY} geänderter Preis")
    flows.submit_minutes(flows.begin_minutes(meeting, by=secretary), by=secretary)
    return paper


def test_no_notice_and_no_sentence_of_the_committees_says_what_is_not_public(closed_matter):
    jobs.deliver_pending()
    notices = Notification.objects.select_related("event")
    assert notices
    for notice in notices:
        assert CANARY not in f"{notice.event.sentence} {notice.event.note} {notice.event.subject_label}"
    assert not [event.sentence for event in Event.objects.all() if CANARY in event.sentence]


def test_no_mail_says_what_is_not_public(closed_matter, office, mailoutbox):
    meeting = Meeting.objects.get()
    for variant in ("public", "full"):
        document = reports.order("pack", meeting, by=office, variant=variant)
        if not document.slots.exists():
            part = Part.objects.create(key=variant, kind="briefing", content={})
            Slot.objects.create(document=document, part=part, position=1)
        Document.objects.filter(pk=document.pk).update(
            state=State.READY, finished_at=timezone.now(), file="documents/x.pdf"
        )
        mail.send_ready(document.pk)
    assert mailoutbox
    for message in mailoutbox:
        assert CANARY not in message.subject + message.body


def test_no_file_is_named_after_what_is_not_public(closed_matter, office):
    names = [attachment.download_name for attachment in Attachment.objects.all()]
    for kind, subject in (("briefing", closed_matter), ("pack", Meeting.objects.get())):
        document = reports.order(kind, subject, by=office, variant="full")
        names += [naming.file_name(document), naming.named(document)]
    assert len(names) == 5
    assert not [name for name in names if CANARY.lower() in name.lower()]


def test_the_search_for_papers_finds_only_what_the_person_may_read(
    client, closed_matter, members, office, make_committee, make_member
):
    other = make_member(make_committee("ASB", "Ausschuss"), start_on=timezone.localdate(), name="Osterkamp")
    address = reverse("committees:paper_list")
    hits = {}
    for user in (office, other, *(members[name].person.user for name in ("Rühl", "Brandt"))):
        client.force_login(user)
        page = client.get(address, {"q": "Grundstück"}).content.decode()
        hits[user.name] = closed_matter.get_absolute_url() in page
        assert hits[user.name] or CANARY not in page
    assert hits == {office.name: True, other.name: False, "Rühl": True, "Brandt": False}


def test_no_calendar_and_no_object_of_the_interface_says_what_is_not_public(client, closed_matter, members, office):
    for user in (office, members["Rühl"].person.user):
        feed = client.get(reverse("committees:calendar_feed", args=[flows.make_calendar(by=user)]))
        assert CANARY.encode() not in feed.content
    jha = members["Rühl"].committee
    assert CANARY.encode() not in client.get(reverse("committees:body_calendar", args=[jha.pk])).content
    walked = Walk(client.get)
    assert walked.of("Meeting")
    assert CANARY not in walked.text
