# SPDX-License-Identifier: EUPL-1.2
import json
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Department
from activity.flows import record
from committees import events, flows
from committees.models import (
    AgendaItem,
    Annex,
    Attachment,
    Committee,
    Consultation,
    ForeignObject,
    LegislativeTerm,
    Meeting,
    MeetingAttestation,
    MeetingState,
    Membership,
    Paper,
    PublicObject,
    Source,
)
from committees.oparl import public, publishing
from core import triggers
from demo import matrix
from reports import flows as reports
from reports.models import Document
from tests.committees.oparl_walk import Walk
from tests.sessions import held

SYSTEM = "/oparl/v1.1/system"


@pytest.fixture
def planned(make_committee, make_meeting, make_department, office):
    """A planned meeting with a public paper and a non-public one."""
    LegislativeTerm.objects.create(name="Wahlperiode 2025–2030", start_on="2025-11-01", end_on="2030-10-31")
    jha = make_committee("JHA", "Jugendhilfeausschuss", office_may_propose=True)
    meeting = make_meeting(jha, location="Rathaus, Saal 1")
    lead = make_department()
    for number, is_public in (("1", True), ("2", False)):
        reason = "" if is_public else "berechtigte Interessen Einzelner"
        paper = flows.create_paper(
            by=office,
            title="Sprachbildung" if is_public else "GEHEIM Grundstück",
            paper_type="decision",
            lead_department=lead,
            proposed_resolution="Der Ausschuss beschließt.",
            is_public=is_public,
            non_public_reason=reason,
        )
        flows.add_annex(paper, by=office, title="Übersicht", body="Öffentliche Anlage")
        flows.add_annex(
            paper, by=office, title="GEHEIM", body="GEHEIM", is_public=False, non_public_reason="Datenschutz"
        )
        item = flows.add_agenda_item(
            meeting,
            by=office,
            number=number,
            title=paper.title,
            is_public=is_public,
            non_public_reason=reason,
        )
        flows.schedule(paper, by=office, committee=jha, role="decision", agenda_item=item)
    return meeting


@pytest.fixture
def invited(planned):
    """The same meeting, to which another system says it invited: nobody sits in the body here."""
    MeetingAttestation.objects.create(meeting=planned, state="invited", source="anderes System")
    Meeting.objects.filter(pk=planned.pk).update(state="invited", invited_at=timezone.now())
    planned.refresh_from_db()
    return planned


def walk(client, **options):
    return Walk(client.get, **options)


def check(shared_data, tmp_path, walked):
    """The shared checker of the standard's schema over every page."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for number, page in enumerate(walked.pages.values()):
        if page.get("data") != []:
            (folder / f"{number}.json").write_text(json.dumps(page))
    checker = shared_data.parent / "tools" / "oparl_check.py"
    command = [sys.executable, str(checker), str(shared_data / "oparl/spec-1.1/schema"), str(folder)]
    return subprocess.run(command, capture_output=True, text=True)


def test_a_client_that_knows_only_the_system_address_reaches_every_kind_of_object(client, invited):
    person = _seat(invited.committee)
    walked = walk(client)
    kinds = (
        "System Body LegislativeTerm Organization Person Membership Meeting AgendaItem Paper Consultation File Location"
    )
    counts = {kind: len(walked.of(kind)) for kind in kinds.split()}
    assert counts == dict.fromkeys(counts, 1)
    (paper,), (item,) = walked.of("Paper"), walked.of("AgendaItem")
    assert paper["name"] == item["name"] == "Sprachbildung"
    assert paper["auxiliaryFile"][0]["id"] == walked.of("File")[0]["id"]
    assert item["consultation"] == paper["consultation"][0]["id"]
    assert walked.of("Person")[0]["name"] == str(person)
    assert "GEHEIM" not in walked.text


def _seat(committee, name="Rühl", **fields):
    from actors.models import Person

    person = Person.objects.create(
        family_name=name, given_name="Anke", email="anke@lindenfurt.example", phone="07351 1"
    )
    Membership.objects.create(
        committee=committee, person=person, start_on=timezone.localdate() - timedelta(days=9), **fields
    )
    return person


def test_a_person_is_a_name_in_a_public_body_and_nothing_more(client, invited):
    _seat(invited.committee)
    _seat(invited.committee, "Gast", role="guest")
    _seat(invited.committee, "Früher", end_on=timezone.localdate() - timedelta(days=1))
    _seat(Committee.objects.create(code="LK", name="Lenkungskreis", kind="steering_group"), "Intern")
    walked = walk(client)
    assert {one["familyName"] for one in walked.of("Person")} == {"Rühl"}
    assert set(walked.of("Person")[0]) <= {
        *("id", "type", "created", "modified", "body", "name", "familyName", "givenName", "title", "membership")
    }
    assert "anke@" not in walked.text
    assert "07351" not in walked.text
    assert "Lenkungskreis" not in walked.text


@pytest.mark.parametrize("is_cancelled", [False, True])
def test_a_meeting_that_nobody_was_invited_to_is_not_there(client, planned, office, is_cancelled):
    if is_cancelled:
        flows.cancel(planned, by=office, reason="Krankheit")
    walked = walk(client)
    assert not walked.of("Meeting")
    assert not walked.of("Paper")
    assert not walked.of("AgendaItem")


def test_a_meeting_that_was_public_and_is_cancelled_says_so_without_its_agenda(client, invited):
    walk(client)
    invited.state = MeetingState.CANCELLED
    invited.save()
    (meeting,) = walk(client).of("Meeting")
    assert meeting["cancelled"] is True
    assert "agendaItem" not in meeting


def test_every_page_passes_the_checker_of_the_standard(client, invited, shared_data, tmp_path):
    _seat(invited.committee)
    result = check(shared_data, tmp_path, walk(client))
    assert result.returncode == 0, result.stdout


def test_nothing_that_is_not_public_shows_in_the_interface_over_the_whole_matrix(
    client, whole_matrix, shared_data, tmp_path
):
    built = whole_matrix.described
    walked = walk(client, limit=7)
    public_papers = set(Paper.objects.filter(is_public=True).values_list("pk", flat=True))
    allowed = {
        one["canary"]
        for one in built["objects"]
        if (one["kind"] in ("agenda_item", "paper", "attachment") and one.get("is_public"))
        or (one["kind"] == "meeting" and one["state"] in ("invited", "held", "closed"))
    }
    files = Attachment.objects.filter(is_public=True, paper__is_public=True)
    allowed |= {matrix.canary("attachment", file.pk) for file in files}
    found = {text for text in walked.text.split('"') if text.startswith("KANARIE-")}
    assert found
    assert found <= allowed
    for annex in walked.of("File"):
        if "/annex-" in annex["id"]:
            text = client.get(annex["accessUrl"].removeprefix("http://localhost:8000")).content.decode()
            row = Annex.objects.get(pk=int(annex["id"].rpartition("-")[2]))
            assert row.is_public
            assert row.paper_id in public_papers
            assert text == row.body
    result = check(shared_data, tmp_path, walked)
    assert result.returncode == 0, result.stdout


def test_what_is_taken_back_from_the_public_is_deleted_for_clients_that_had_it(client, invited):
    before = walk(client)
    (paper,), (item,) = before.of("Paper"), before.of("AgendaItem")
    PublicObject.objects.update(modified_at=timezone.now() - timedelta(days=2))
    row = Paper.objects.get(is_public=True)
    row.is_public, row.non_public_reason = False, "Datenschutz"
    row.save()
    gone = client.get(paper["id"].removeprefix("http://localhost:8000"))
    assert gone.status_code == 200
    assert set(gone.json()) == {"id", "type", "created", "modified", "deleted"}
    assert gone.json()["deleted"] is True
    publishing.sweep()
    assert not client.get("/oparl/v1.1/body/1/papers").json()["data"]
    since = (timezone.now() - timedelta(hours=1)).isoformat()
    listed = client.get("/oparl/v1.1/body/1/papers", {"modified_since": since}).json()["data"]
    assert [one["id"] for one in listed if one["deleted"]] == [paper["id"]]
    assert "consultation" not in client.get(item["id"].removeprefix("http://localhost:8000")).json()
    file = before.of("File")[0]["accessUrl"].removeprefix("http://localhost:8000")
    assert client.get(file).status_code == 410


def test_a_body_names_its_own_deleted_meetings_and_no_others(client, invited, make_committee):
    other = make_committee("ASB", "Ausschuss für Schule")
    walk(client)
    triggers.take_down(connection)  # as it could be set back in earlier days
    Meeting.objects.filter(pk=invited.pk).update(state="planned")
    triggers.put_up(connection)
    publishing.sweep()
    since = {"modified_since": (timezone.now() - timedelta(hours=1)).isoformat()}
    own = client.get(f"/oparl/v1.1/organization/{invited.committee_id}/meetings", since).json()["data"]
    assert [one["deleted"] for one in own] == [True]
    assert not client.get(f"/oparl/v1.1/organization/{other.pk}/meetings", since).json()["data"]


def test_the_terms_are_those_of_the_register_and_a_deleted_one_says_so(client, invited):
    later = LegislativeTerm.objects.create(name="Wahlperiode 2030–", start_on="2030-11-01")
    walked = walk(client)
    assert [(one["name"], one.get("endDate")) for one in walked.of("LegislativeTerm")] == [
        ("Wahlperiode 2025–2030", "2030-10-31"),
        ("Wahlperiode 2030–", None),
    ]
    assert len(walked.of("Body")[0]["legislativeTerm"]) == 2
    address = f"/oparl/v1.1/legislativeterm/{later.pk}"
    later.delete()
    assert client.get(address).json()["deleted"] is True


def test_only_the_body_whose_resolution_holds_is_authoritative(client, invited):
    stop = Consultation.objects.get(paper__is_public=True)
    assert walk(client).of("Consultation")[0]["authoritative"] is True
    stop.authoritative = False  # it decides, but another body decides finally
    stop.save()
    assert walk(client).of("Consultation")[0]["authoritative"] is False


def test_a_meeting_says_when_it_ended_and_an_item_what_was_resolved(client, invited, office):
    held(invited, by=office)
    invited.refresh_from_db()
    invited.end = invited.start + timedelta(minutes=95)
    invited.save()
    stop = Consultation.objects.get(paper__is_public=True)
    flows.record_result(stop, by=office, result="changed", note="Der Ausschuss beschließt die Hälfte.")
    walked = walk(client)
    assert walked.of("Meeting")[0]["end"] == timezone.localtime(invited.end).isoformat(timespec="seconds")
    (item,) = walked.of("AgendaItem")
    assert item["resolutionText"] == "Der Ausschuss beschließt die Hälfte."
    assert item["result"]


def test_an_urgent_item_that_the_committee_did_not_take_on_is_not_on_the_agenda(client, invited, office):
    item = flows.add_urgent_item(
        invited,
        by=office,
        number="3",
        title="Brand in der Kita",
        urgent_reason="heute Nacht",
        urgent_requested_by="FB 51",
    )
    assert "Brand in der Kita" in walk(client).text
    flows.record_urgency(item, by=office, accepted=False)
    assert "Brand in der Kita" not in walk(client).text


def test_attendance_and_bias_are_in_no_object(client, invited, office):
    seat = Membership.objects.get(person=_seat(invited.committee, "Befangen"))
    item = AgendaItem.objects.get(is_public=True)
    before = walk(client).text
    flows.declare_conflict(item, by=office, membership=seat, reason="GEHEIM Schwager")
    flows.record_attendance(invited, [flows.Presence(seat, "excused")], by=office, guests=["GEHEIM Gast"])
    after = walk(client).text
    assert "GEHEIM" not in after
    assert after.replace(" ", "") == before.replace(" ", "")


def test_what_was_never_public_is_not_there(client, invited):
    secret = AgendaItem.objects.get(is_public=False)
    assert client.get(f"/oparl/v1.1/agendaitem/{secret.pk}").status_code == 404
    assert client.get("/oparl/v1.1/paper/999999").json()["type"].endswith("/Error")


def test_a_change_moves_modified_of_the_object_and_of_what_holds_it_and_of_nothing_else(client, invited, office):
    walk(client)
    long_ago = timezone.now().replace(microsecond=0) - timedelta(days=30)
    for _turn in range(2):  # what holds others changes with their dates
        PublicObject.objects.update(created_at=long_ago, modified_at=long_ago)
        walk(client)
    assert not PublicObject.objects.filter(modified_at__gt=long_ago).exists()
    item = AgendaItem.objects.get(is_public=True)
    item.title = "Sprachbildung, neu"
    item.save()
    from django.db import transaction

    with transaction.atomic():
        record(events.AGENDA_CHANGED, invited, by=office, number="1")
    since = {"modified_since": (timezone.now() - timedelta(hours=1)).isoformat()}
    changed = {
        name: [one.get("name") for one in client.get(f"/oparl/v1.1/body/1/{name}", since).json()["data"]]
        for name in ("agendaitems", "meetings", "papers", "organizations", "persons")
    }
    assert changed["agendaitems"] == ["Sprachbildung, neu"]
    assert len(changed["meetings"]) == 1
    assert not changed["papers"]
    assert not changed["organizations"]


def test_pages_follow_each_other_without_gap_or_double_and_keep_their_filters(client, make_committee):
    for number in range(12):
        make_committee(f"A{number}", f"Ausschuss {number}")
    address, names, seen = "/oparl/v1.1/body/1/organizations?limit=5&omit_internal=true", [], 0
    while address:
        page = client.get(address).json()
        names += [one["name"] for one in page["data"]]
        address, seen = page["links"].get("next"), seen + 1
        assert page["pagination"] == {"elementsPerPage": 5, "totalElements": 12, "totalPages": 3}
        if address:
            assert "limit=5" in address
            assert "omit_internal=true" in address
            address = address.removeprefix("http://localhost:8000")
    assert names == [f"Ausschuss {number}" for number in range(12)]
    assert seen == 3


@pytest.mark.parametrize("query", ["modified_since=gestern", "created_since=2026-01-01", "after=paper-1", "after=1-x"])
def test_a_filter_that_cannot_be_read_is_refused_with_an_error_object(client, db, query):
    answer = client.get(f"/oparl/v1.1/body/1/papers?{query}")
    assert answer.status_code == 400
    assert answer.json()["type"] == "https://schema.oparl.org/1.1/Error"


def test_omit_internal_leaves_inner_lists_out(client, invited):
    full = client.get("/oparl/v1.1/body/1/meetings").json()["data"][0]
    short = client.get("/oparl/v1.1/body/1/meetings?omit_internal=true").json()["data"][0]
    assert "agendaItem" in full
    assert "agendaItem" not in short
    assert full["modified"] == short["modified"]


def test_a_client_asks_again_and_learns_that_nothing_changed(client, invited):
    first = client.get("/oparl/v1.1/body/1/papers")
    assert first["Access-Control-Allow-Origin"] == "*"
    again = client.get("/oparl/v1.1/body/1/papers", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    dated = client.get("/oparl/v1.1/body/1/papers", headers={"if-modified-since": first["Last-Modified"]})
    assert dated.status_code == 304
    head = client.head("/oparl/v1.1/body/1/papers")
    assert head["ETag"] == first["ETag"]
    assert not head.content


def test_a_file_is_shown_or_downloaded_under_its_name(client, invited):
    (file,) = walk(client).of("File")
    shown = client.get(file["accessUrl"].removeprefix("http://localhost:8000"))
    saved = client.get(file["downloadUrl"].removeprefix("http://localhost:8000"))
    assert shown.content == saved.content == "Öffentliche Anlage".encode()
    assert shown["Content-Disposition"].startswith("inline")
    assert saved["Content-Disposition"] == 'attachment; filename="anlage-1.txt"'
    assert int(shown["Content-Length"]) == file["size"]


def test_the_interface_is_not_there_unless_the_house_opened_it(client, invited, settings):
    settings.PUBLIC_OPARL = False
    assert client.get(SYSTEM).status_code == 404
    assert client.get("/oparl/v1.1/body/1/papers").status_code == 404


def test_a_page_costs_the_same_number_of_queries_however_long_it_is(
    client, invited, office, django_assert_max_num_queries
):
    walk(client)
    with django_assert_max_num_queries(18):
        client.get("/oparl/v1.1/body/1/papers")
    with django_assert_max_num_queries(18):
        client.get("/oparl/v1.1/body/1/meetings")


def test_the_interface_writes_nothing_when_nothing_changed(client, invited, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    walk(client)
    with CaptureQueriesContext(connection) as captured:
        walk(client)
    assert not [one for one in captured if not one["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE", "BEGIN"))]


def test_the_town_of_the_demo_passes_the_checker_and_shows_no_inner_text(client, whole_town, shared_data, tmp_path):
    walked = walk(client)
    assert walked.of("Paper")
    assert walked.of("Person")
    assert len(walked.of("Organization")) == Committee.objects.filter(kind__in=public.KINDS).count()
    secret = [
        *Paper.objects.filter(is_public=False).values_list("title", flat=True),
        *AgendaItem.objects.filter(is_public=False).values_list("title", flat=True),
        *Annex.objects.filter(is_public=False).values_list("title", flat=True),
    ]
    open_titles = AgendaItem.objects.filter(is_public=True).values_list("title", flat=True)
    secret = [title for title in secret if not any(title in other for other in open_titles)]
    assert secret
    assert not [title for title in secret if title in walked.text]
    result = check(shared_data, tmp_path, walked)
    assert result.returncode == 0, result.stdout


@pytest.mark.django_db(transaction=True)
def test_a_crawler_reads_all_of_it_over_http_and_our_own_importer_is_one(live_server, settings, invited, office):
    """The importer knows nothing of our endpoint: it reads it as it reads any other server."""
    settings.BASE_URL, settings.OPARL_PRIVATE = live_server.url, True
    settings.OPARL_HOSTS = [live_server.url.removeprefix("http://")]
    source = Source.objects.create(
        name="Wir", prefix="WIR", address=f"{live_server.url}{SYSTEM}", lead_department=Department.objects.get()
    )
    run = flows.order_import(source, by=office)
    while flows.advance(run.pk) is not None:
        pass
    run.refresh_from_db()
    assert run.complete
    assert not run.problems
    kinds = ("System", "Body", "LegislativeTerm", "Organization", "Meeting", "AgendaItem", "Paper", "Consultation")
    assert run.summary["found"] == dict.fromkeys([*kinds, "File", "Location"], 1)
    assert set(ForeignObject.objects.open().values_list("kind", "proposal")) >= {
        ("Organization", "match"),
        ("Meeting", "match"),
        ("AgendaItem", "match"),
        ("Paper", "match"),
    }


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("limit=" + "9" * 5000, 200),
        ("limit=²", 200),
        ("limit=-1", 200),
        ("after=" + "9" * 30, 400),
        ("modified_since=0001-01-01T00:00:00%2B14:00", 400),
        ("modified_until=9999-12-31T23:59:59-14:00", 400),
        ("created_since=%00", 400),
    ],
)
def test_no_parameter_breaks_the_interface(client, invited, query, status):
    assert client.get(f"/oparl/v1.1/body/1/meetings?{query}").status_code == status


def test_a_paper_with_a_ready_briefing_stands_in_the_list_with_its_file(client, invited, office):
    paper = Paper.objects.get(is_public=True)
    reports.order_briefing(paper, by=office)
    Document.objects.update(state="ready", file="x.pdf", finished_at=timezone.now(), size=1)
    (listed,) = client.get("/oparl/v1.1/body/1/papers").json()["data"]
    assert listed["mainFile"]["fileName"] == f"vorlage-{paper.pk}-v1.pdf"
