# SPDX-License-Identifier: EUPL-1.2
import subprocess
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from activity.models import Event
from core.errors import NotAllowed
from core.work import Lease, Taken
from press import pdf
from reports import flows, mail, making
from reports.models import Document, Part, State, Visit
from tests.reports.kinds import add_kinds
from tests.verapdf import verapdf

TODAY = timezone.localdate()


@pytest.fixture
def meeting(make_committee, make_meeting, monkeypatch):
    add_kinds(monkeypatch)
    return make_meeting(make_committee())


def pack(meeting, office, *numbers):
    return flows.order("test_pack", meeting, by=office, options={"numbers": list(numbers)})


def file_of(document):
    document.refresh_from_db()
    assert document.state == State.READY, document.error
    return Path(settings.PRIVATE_DIR) / document.file.name


def test_a_pack_is_one_accessible_archivable_file_with_the_bookmarks_and_data_of_its_parts(meeting, office):
    made = pack(meeting, office, 1, 2, 3)
    making.make(made.pk)
    path = file_of(made)
    result = verapdf(path, flavours="ua1,3a")
    assert result.returncode == 0, result.stdout
    with pikepdf.open(path) as joined:
        assert len(joined.pages) == made.pages == 4
        with joined.open_outline() as outline:
            assert [item.title for item in outline.root] == [f"Vorlage Nummer {number}" for number in range(4)]
        assert sorted(joined.attachments) == ["2 werte.csv", "3 werte.csv", "werte.csv"]
        assert {str(one.AFRelationship) for one in joined.Root.AF} == {"/Data"}
        assert len(joined.Root.StructTreeRoot.K[0].K) == 4
        assert str(joined.Root.PageLabels.Nums[1].S) == "/D"
        assert joined.open_metadata()["dc:title"] == made.title
    for number in range(1, 5):
        command = ["pdftotext", "-f", str(number), "-l", str(number), path, "-"]
        text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        assert "Seite 1 von 1" in text
        assert f"Mappe: Seite {number} von 4" in text


def test_a_single_sheet_with_data_is_pdf_a_3a(meeting, office):
    made = flows.order("test_sheet", meeting, by=office)
    making.make(made.pk)
    result = verapdf(file_of(made), flavours="ua1,3a")
    assert result.returncode == 0, result.stdout
    with pikepdf.open(file_of(made)) as document:
        assert document.attachments["werte.csv"].get_file().read_bytes().startswith(b"Jahr;Wert")


def test_parts_are_made_once_and_a_changed_pack_makes_only_what_changed(meeting, office, monkeypatch):
    first = pack(meeting, office, 1, 2, 3)
    making.make(first.pk)
    assert pack(meeting, office, 1, 2, 3) == first
    second = pack(meeting, office, 1, 2, 4)
    assert len(making.waiting_parts(second.pk)) == 1
    making.make(second.pk)
    assert file_of(second) != file_of(first)
    assert Part.objects.count() == 4
    assert set(Part.objects.values_list("attempts", flat=True)) == {1}


def test_the_last_part_joins_and_however_often_it_is_told_the_pack_is_made_once(meeting, office):
    made = pack(meeting, office, 1, 2)
    one, other = making.waiting_parts(made.pk)
    making.make_document(made.pk)
    made.refresh_from_db()
    assert made.state == State.QUEUED
    assert making.make_part(one) == []
    assert making.make_part(other) == [made.pk]
    for _time in range(3):
        making.make_document(made.pk)
    assert file_of(made).exists()
    assert made.attempts == 1
    assert Event.objects.about(made).filter(kind="briefing.ready").count() == 1


def test_a_part_that_cannot_be_made_fails_its_pack_by_number_and_a_retry_makes_only_it(meeting, office, monkeypatch):
    made = pack(meeting, office, 1, 2)
    render = pdf.render

    def fail_on_two(html, *arguments, **named):
        if "Nummer 2" in html:
            raise pdf.Unprintable("zu lang")
        return render(html, *arguments, **named)

    monkeypatch.setattr(pdf, "render", fail_on_two)
    making.make(made.pk)
    made.refresh_from_db()
    assert (made.state, made.error) == (State.FAILED, "Teil 2: zu lang")
    assert making.sweep() == ([], [])
    monkeypatch.setattr(pdf, "render", render)
    flows.retry(made, by=office)
    assert len(making.waiting_parts(made.pk)) == 1
    making.make(made.pk)
    assert file_of(made).exists()


def test_a_cancelled_pack_lets_its_parts_lie(meeting, office):
    made = pack(meeting, office, 1, 2)
    flows.cancel(made, by=office)
    making.make(made.pk)
    assert making.sweep() == ([], [])
    assert not Part.objects.filter(state=State.READY).exists()
    assert pack(meeting, office, 1, 2) == made
    making.make(made.pk)
    assert file_of(made).exists()


def test_three_deaths_of_a_part_fail_the_pack(meeting, office):
    made = pack(meeting, office, 1)
    Part.objects.update(state=State.RUNNING, attempts=3, leased_until=timezone.now() - Document.LEASE)
    making.sweep()
    made.refresh_from_db()
    assert made.state == State.FAILED
    assert "Teil 1" in made.error


def test_a_temporary_document_is_removed_when_its_time_is_over_and_made_anew_on_request(meeting, office):
    made = flows.order("test_passing", meeting, by=office)
    making.make(made.pk)
    path = file_of(made)
    making.sweep(now=made.expires_at + Document.LEASE)
    made.refresh_from_db()
    assert (made.state, made.content, bool(made.file)) == (State.EXPIRED, {}, False)
    assert not path.exists()
    assert flows.order("test_passing", meeting, by=office) == made
    making.make(made.pk)
    assert file_of(made).exists()
    assert Document.objects.count() == 1


def test_members_who_may_read_a_pack_get_one_message_with_a_link_and_no_word_of_it(
    meeting, office, make_member, make_committee, mailoutbox
):
    member = make_member(meeting.committee, start_on=TODAY - timedelta(days=9))
    make_member(make_committee("ASB", "Ausschuss"), start_on=TODAY, name="Osterkamp")
    make_member(meeting.committee, start_on=TODAY - timedelta(days=9), end_on=TODAY - timedelta(days=1), name="Ehlers")
    member.language = "en"
    member.save()
    made = pack(meeting, office, 1)
    mail.send_ready(made.pk)
    assert not mailoutbox
    making.make(made.pk)
    assert making.unmailed() == [made.pk]
    for _time in range(3):
        mail.send_ready(made.pk)
    [message] = mailoutbox
    assert message.to == [member.email]
    assert "pack is ready" in message.subject
    assert made.get_absolute_url() in message.body
    assert "Vorlage" not in message.body + message.subject
    assert making.unmailed() == []


def test_the_code_of_a_part_leads_to_the_newest_pack_that_holds_it(meeting, office, client):
    made = []
    for numbers in ("1 2", "1 3"):
        meeting.location = numbers
        meeting.save()
        made.append(flows.order("test_pack", meeting, by=office))
        making.make(made[-1].pk)
    first, second = made
    assert (first.version, second.version) == (1, 2)
    codes = {slot.part.code for slot in second.slots.all()}
    [gone] = {slot.part.code for slot in first.slots.all()} - codes
    [kept] = codes & {slot.part.code for slot in first.slots.all()}
    assert 'data-current="yes"' in client.get(f"/verify/{kept}/").content.decode()
    assert 'data-current="no"' in client.get(f"/verify/{gone}/").content.decode()


def test_a_withdrawn_document_says_why_and_is_downloaded_by_nobody(meeting, office, client, make_user):
    made = flows.order("test_sheet", meeting, by=office)
    making.make(made.pk)
    with pytest.raises(NotAllowed):
        flows.withdraw(made, by=make_user("Root", is_superuser=True), reason="x")
    client.force_login(office)
    address = reverse("reports:withdraw", args=[made.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Zahlen vertauscht"}).status_code == 302
    assert client.get(reverse("reports:download", args=[made.pk])).url == made.get_absolute_url()
    client.logout()
    page = client.get(f"/verify/{made.code}/").content.decode()
    assert "data-withdrawn" in page
    assert "Zahlen vertauscht" in page
    assert flows.order("test_sheet", meeting, by=office).version == 2


def test_the_list_marks_what_came_since_the_last_visit_within_a_budget_of_queries(
    meeting, office, client, make_member, django_assert_max_num_queries
):
    member = make_member(meeting.committee, start_on=TODAY)
    client.force_login(member)
    client.get(reverse("reports:list"))
    Visit.objects.update(at=timezone.now() - timedelta(days=1))
    for number in (1, 2, 3):
        made = flows.order("test_sheet", meeting, by=office, options={"number": number})
        making.make(made.pk)
    with django_assert_max_num_queries(35):
        page = client.get(reverse("reports:list")).content.decode()
    assert page.count("data-new") == 3
    Document.objects.update(finished_at=timezone.now() - timedelta(hours=2))
    Visit.objects.update(at=timezone.now() - timedelta(hours=1))
    assert "data-new" not in client.get(reverse("reports:list")).content.decode()


def test_the_page_of_a_meeting_begins_with_its_pack_and_says_whether_it_is_new(
    meeting, office, client, make_member, make_committee
):
    member = make_member(meeting.committee, start_on=TODAY)
    address = reverse("reports:meeting_pack", args=[meeting.pk])
    client.force_login(member)
    assert address in client.get(meeting.get_absolute_url()).content.decode()
    assert "data-new" not in client.get(address).content.decode()
    made = flows.order("pack", meeting, by=office)
    making.make(made.pk)
    shown = client.get(address).content.decode()
    assert "data-new" in shown
    assert reverse("reports:download", args=[made.pk]) in shown
    client.get(reverse("reports:download", args=[made.pk]))
    assert "data-new" not in client.get(address).content.decode()
    client.force_login(make_member(make_committee("ASB", "Ausschuss"), start_on=TODAY, name="Osterkamp"))
    assert reverse("reports:download", args=[made.pk]) not in client.get(address).content.decode()


def test_a_document_is_ordered_looked_at_and_cancelled_on_its_pages(meeting, office, client, make_user):
    client.force_login(office)
    address = reverse("reports:about", args=["committees-meeting", meeting.pk])
    assert 'value="test_sheet"' in client.get(address).content.decode()
    asked = {"kind": "test_sheet", "subject": meeting.pk, "variant": "public"}
    seen = client.get(reverse("reports:preview_order"), asked)
    assert "Vorlage Nummer 1" in seen.content.decode()
    assert "sandbox" in seen["Content-Security-Policy"]
    assert "script" not in seen["Content-Security-Policy"]
    assert not Document.objects.exists()
    answer = client.post(reverse("reports:order"), asked)
    made = Document.objects.get()
    assert answer.url == made.get_absolute_url()
    assert client.post(reverse("reports:cancel", args=[made.pk])).status_code == 302
    made.refresh_from_db()
    assert made.state == State.CANCELLED
    assert 'data-state="cancelled"' in client.get(made.get_absolute_url()).content.decode()
    client.force_login(make_user("Fremd"))
    for method, target in ((client.get, address), (client.post, reverse("reports:cancel", args=[made.pk]))):
        assert method(target).status_code == 404
    assert client.post(reverse("reports:order"), asked).status_code == 404


def test_a_worker_that_was_overtaken_changes_nothing_any_more(meeting, office):
    made = flows.order("test_sheet", meeting, by=office)
    now = timezone.now()
    slow = Document.objects.claim(made.pk, until=now - timedelta(seconds=1))
    quick = Document.objects.claim(made.pk, until=now + Document.LEASE)
    with pytest.raises(Taken):
        Lease(slow)()
    Lease(quick)()
    flows.cancel(made, by=office)
    with pytest.raises(Taken):
        Lease(quick)(step=1)
