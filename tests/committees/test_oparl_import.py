# SPDX-License-Identifier: EUPL-1.2
"""Imports of real and made-up OParl data. What a source holds is counted here by a walk of its own."""

import io
import json
import zipfile
from collections import defaultdict
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from activity.models import Event
from actors.models import Person
from committees import flows
from committees.models import (
    AgendaItem,
    Committee,
    Consultation,
    ForeignObject,
    ImportRun,
    Meeting,
    Membership,
    Paper,
    RunState,
    Source,
)
from committees.oparl import fetching, reading
from core import foreign

SCHEMA = "https://schema.oparl.org/1.1/"
LOCAL = (Committee, Person, Membership, Meeting, AgendaItem, Paper, Consultation)


def naive_counts(folder):
    """``{kind: ids}`` of every object in a folder, inner ones too, told by their type alone."""
    ids = defaultdict(set)

    def visit(node):
        if isinstance(node, dict):
            if "oparl.org" in str(node.get("type", "")):
                ids[node["type"].rsplit("/", 1)[-1]].add(node["id"])
            for child in node.values():
                visit(child)
        elif isinstance(node, list):
            for child in node:
                visit(child)

    for path in Path(folder).rglob("*.json"):
        visit(json.loads(path.read_text(encoding="utf-8")))
    return {kind: len(found) for kind, found in ids.items()}


def import_folder(folder, capsys, *options):
    call_command("import_oparl", str(folder), "--json", *options)
    return json.loads(capsys.readouterr().out)


def everything():
    return {
        **{model.__name__: sorted(model.objects.values_list("pk", flat=True)) for model in LOCAL},
        "foreign": sorted(ForeignObject.objects.values_list("pk", "hash")),
    }


@pytest.fixture
def ready(office, lead):
    """Somebody of the coordination and a department: what an import needs."""
    return office


@pytest.mark.parametrize("folder", ["karlsruhe", "meine-stadt-transparent/testdata", "spec-1.1/examples"])
def test_every_object_of_the_published_data_is_imported_once_and_a_second_time_changes_nothing(
    shared_data, ready, capsys, folder
):
    source = shared_data / "oparl" / folder
    first = import_folder(source, capsys)
    assert first["found"] == naive_counts(source)
    before, events = everything(), set(Event.objects.filter(kind="oparl.changed").values_list("pk", flat=True))
    second = import_folder(source, capsys)
    assert second["found"] == first["found"]
    assert second["created"] == second["changed"] == 0
    assert second["proposed"] == first["proposed"]
    assert everything() == before
    assert set(Event.objects.filter(kind="oparl.changed").values_list("pk", flat=True)) == events


def test_the_city_of_karlsruhe_becomes_bodies_meetings_items_and_papers_of_ours(shared_data, ready, capsys):
    summary = import_folder(shared_data / "oparl/karlsruhe", capsys)
    assert summary["state"] == RunState.DONE
    assert Meeting.objects.count() == 32
    assert AgendaItem.objects.count() == 127
    folder = shared_data / "oparl/karlsruhe/papers"
    living = [json.loads(path.read_text()) for path in folder.glob("*.json")]
    living = [paper for paper in living if not paper.get("deleted")]
    assert Paper.objects.count() == len(living)
    named = {paper["name"][:250] for paper in living}
    assert set(Paper.objects.values_list("title", flat=True)) == named
    stops = {one["id"] for paper in living for one in paper.get("consultation", ())}
    assert Consultation.objects.count() + summary["left_aside"] == len(stops)
    assert not AgendaItem.objects.filter(is_public=True, non_public_reason__gt="").exists()
    assert Paper.objects.filter(reference__startswith="KARL ").count() > len(living) * 0.9


def test_a_dry_run_says_what_would_happen_and_leaves_nothing(shared_data, ready, capsys):
    summary = import_folder(shared_data / "oparl/spec-1.1/examples", capsys, "--dry-run")
    assert summary["created"]
    assert not ForeignObject.objects.exists()
    assert not ImportRun.objects.exists()
    assert not Committee.objects.exists()


BODY = "https://ris.lindenfurt.example/oparl"


def thing(kind, pk, **fields):
    return {"id": f"{BODY}/{kind.lower()}/{pk}", "type": SCHEMA + kind, "created": "2026-01-01T00:00:00Z", **fields}


def sample(**meeting):
    """A body with one person, one meeting, one item and one paper."""
    committee = thing("Organization", 1, name="Ausschuss für Bildung", shortName="BA", organizationType="Gremium")
    seat = thing("Membership", 1, organization=committee["id"], role="Vorsitzende", startDate="2026-01-01")
    item = thing("AgendaItem", 1, number="1", name="Sprachbildung", public=True, order=1)
    stop = thing("Consultation", 1, agendaItem=item["id"], organization=[committee["id"]], role="Vorberatung")
    return [
        committee,
        thing("Person", 1, name="Anke Rühl", membership=[seat], email=["anke@lindenfurt.example"], phone=["07351 1"]),
        thing(
            "Meeting",
            1,
            name="1. Sitzung",
            organization=[committee["id"]],
            agendaItem=[item],
            **{"start": "2026-12-09T17:00:00", **meeting},
        ),
        thing("Paper", 1, name="Konzept", reference="2026/0001", date="2026-11-01", consultation=[stop]),
    ]


def read_file(source, objects, by):
    run = flows.order_import(source, by=by, file=_file(objects), file_name="a.json")
    while flows.advance(run.pk) is not None:
        pass
    run.refresh_from_db()
    return run


def take_over(run, by, **decisions):
    flows.confirm(run, by=by)
    while flows.advance(run.pk) is not None:
        pass
    run.refresh_from_db()
    return run


def _file(objects):
    from django.core.files.base import ContentFile

    return ContentFile(json.dumps(objects).encode(), name="a.json")


@pytest.fixture
def source(lead):
    return Source.objects.create(name="RIS Lindenfurt", prefix="RIS", lead_department=lead)


def test_nothing_is_taken_over_before_a_person_has_checked_it(source, office):
    run = read_file(source, sample(), office)
    assert run.state == RunState.READY
    assert run.summary["proposed"] == {"new": 7}
    assert not Committee.objects.exists()
    run = take_over(run, office)
    assert run.state == RunState.DONE
    assert run.summary["created"] == 7
    item = AgendaItem.objects.get()
    assert item.is_public
    assert item.meeting.start.astimezone(timezone.get_default_timezone()).hour == 17  # without a zone it is Berlin's
    paper = Paper.objects.get()
    assert (paper.reference, paper.is_public, paper.lead_department) == ("RIS 2026/0001", True, source.lead_department)
    assert paper.consultations.get().agenda_item == item
    seat = Membership.objects.get()
    assert (seat.role, seat.voting_right) == ("chair", False)


def test_of_persons_only_the_name_is_kept(source, office):
    take_over(read_file(source, sample(), office), office)
    person = Person.objects.get()
    assert (person.given_name, person.family_name, person.email, person.phone) == ("Anke", "Rühl", "", "")
    assert "anke@" not in json.dumps(list(ForeignObject.objects.values_list("data", flat=True)))
    run = ImportRun.objects.get()
    assert not run.file  # the uploaded file is not kept either
    assert run.file_name == "a.json"


def test_what_is_not_said_to_be_public_is_not(source, office):
    objects = sample()
    del objects[2]["agendaItem"][0]["public"]
    take_over(read_file(source, objects, office), office)
    assert not AgendaItem.objects.get().is_public
    assert not Paper.objects.get().is_public


def test_ours_with_the_same_name_are_proposed_and_never_overwritten_by_default(source, office, make_committee):
    ours = make_committee("BA", "Ausschuss für Bildung und Kultur")
    known = Person.objects.create(given_name="Anke", family_name="Rühl", phone="07351 99")
    run = read_file(source, sample(), office)
    proposals = dict(ForeignObject.objects.open().values_list("kind", "proposal"))
    assert proposals["Organization"] == proposals["Person"] == "match"
    run = take_over(run, office)
    ours.refresh_from_db()
    known.refresh_from_db()
    assert ours.name == "Ausschuss für Bildung und Kultur"
    assert known.phone == "07351 99"
    assert Committee.objects.count() == Person.objects.count() == 1
    assert Meeting.objects.get().committee == ours


def test_a_person_may_take_theirs_or_make_a_new_one(source, office, make_committee):
    ours = make_committee("BA", "Ausschuss für Bildung und Kultur")
    run = read_file(source, sample(), office)
    row = ForeignObject.objects.get(kind="Organization")
    assert row.differences == [{"field": "name", "ours": ours.name, "theirs": "Ausschuss für Bildung"}]
    flows.choose(run, by=office, choices={row.pk: "theirs"})
    take_over(run, office)
    ours.refresh_from_db()
    assert ours.name == "Ausschuss für Bildung"
    assert Event.objects.filter(kind="oparl.changed", subject_id=ours.pk).exists()
    other = Source.objects.create(name="Anderes", prefix="AND", lead_department=source.lead_department)
    run = read_file(other, sample(), office)
    flows.choose(run, by=office, choices={ForeignObject.objects.get(source=other, kind="Organization").pk: "new"})
    take_over(run, office)
    assert Committee.objects.count() == 2


def test_a_change_there_is_proposed_and_a_change_here_too_is_a_conflict(source, office):
    take_over(read_file(source, sample(), office), office)
    run = read_file(source, sample(start="2026-12-10T18:00:00+01:00"), office)
    row = ForeignObject.objects.open().get()
    assert (row.proposal, row.decision) == ("change", "theirs")
    flows.discard(run, by=office)
    meeting = Meeting.objects.get()
    meeting.start += timedelta(hours=2)
    meeting.save()
    here = meeting.start
    run = read_file(source, sample(start="2026-12-10T18:00:00+01:00"), office)
    row = ForeignObject.objects.open().get()
    assert (row.proposal, row.decision) == ("conflict", "ours")
    take_over(run, office)
    meeting.refresh_from_db()
    assert meeting.start == here
    again = read_file(source, sample(start="2026-12-10T18:00:00+01:00"), office)
    assert again.state == RunState.DONE  # decided once is not asked again


def test_a_change_here_alone_is_left_in_peace(source, office):
    take_over(read_file(source, sample(), office), office)
    Meeting.objects.update(location="Rathaus, Saal 2")
    run = read_file(source, sample(), office)
    assert run.state == RunState.DONE
    assert Meeting.objects.get().location == "Rathaus, Saal 2"


def test_a_seat_that_would_let_somebody_read_is_given_by_a_person_only(source, office, make_user):
    user = make_user("Anke Rühl")
    Person.objects.create(given_name="Anke", family_name="Rühl", user=user)
    run = read_file(source, sample(), office)
    seat = ForeignObject.objects.get(kind="Membership")
    assert (seat.proposal, seat.decision) == ("grant", "ours")
    take_over(run, office)
    assert not Membership.objects.exists()
    assert not Paper.objects.visible_to(user).exists()


def test_what_was_deleted_there_stays_here_unless_a_person_says_otherwise(source, office):
    take_over(read_file(source, sample(), office), office)
    objects = sample()
    objects[2] = thing("Meeting", 1, deleted=True)
    run = read_file(source, objects, office)
    row = ForeignObject.objects.open().get()
    assert (row.proposal, row.decision) == ("deleted", "ours")
    flows.choose(run, by=office, choices={row.pk: "theirs"})
    take_over(run, office)
    assert Meeting.objects.get().state == "cancelled"


def test_only_the_coordination_imports(source, office, make_user, client):
    from core.errors import NotAllowed

    with pytest.raises(NotAllowed):
        flows.order_import(source, by=make_user("Niemand"), file=_file(sample()), file_name="a.json")
    client.force_login(make_user("Anderer", office=["monitoring"]))
    assert client.get(reverse("committees:oparl_list")).status_code == 403


def test_the_coordination_uploads_checks_and_takes_over_in_the_browser(source, office, client):
    client.force_login(office)
    file = io.BytesIO(json.dumps(sample()).encode())
    file.name = "ris.json"
    answer = client.post(reverse("committees:oparl_create"), {"source": source.pk, "file": file})
    run = ImportRun.objects.get()
    assert answer.url == run.get_absolute_url()
    while flows.advance(run.pk) is not None:
        pass
    page = client.get(run.get_absolute_url()).content.decode()
    assert "Übernehmen wie entschieden" in page
    listed = client.get(run.get_absolute_url(), {"show": "new"}).content.decode()
    assert "Ausschuss für Bildung" in listed
    row = ForeignObject.objects.get(kind="Paper")
    client.post(run.get_absolute_url(), {f"row-{row.pk}": "ours"})
    client.post(reverse("committees:oparl_confirm", args=[run.pk]))
    while flows.advance(run.pk) is not None:
        pass
    assert not Paper.objects.exists()
    assert Meeting.objects.count() == 1
    assert client.get(run.get_absolute_url()).status_code == 200


def test_a_worker_that_is_lost_three_times_ends_in_a_state_with_a_reason(source, office):
    run = flows.order_import(source, by=office, file=_file(sample()), file_name="a.json")
    for _lost in range(3):
        assert ImportRun.objects.claim(run.pk)
        ImportRun.objects.update(leased_until=timezone.now() - timedelta(minutes=1))
    assert flows.advance(run.pk) is None
    assert flows.waiting_imports() == []
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert run.error
    flows.retry_import(run, by=office)
    assert flows.advance(run.pk) is None
    run.refresh_from_db()
    assert run.state == RunState.READY


def test_an_archive_that_unpacks_to_too_much_is_refused(source, office):
    from django.core.exceptions import ValidationError
    from django.core.files.base import ContentFile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.json", bytes(70_000_000))
    with pytest.raises(ValidationError):
        flows.order_import(source, by=office, file=ContentFile(packed.getvalue()), file_name="a.zip")


def test_a_long_answer_is_read_in_the_enclosure_and_says_what_a_short_one_says():
    objects = [
        {
            "id": f"https://ris.example/p/{number}",
            "type": "https://schema.oparl.org/1.1/Paper",
            "name": f"Größe {number}",
        }
        for number in range(1500)
    ]
    content = json.dumps({"data": [*objects, 7], "links": {"next": "https://ris.example/2"}}).encode()
    assert len(content) > fetching.SHORT
    long, short = fetching._page(content, "Paper"), reading.page(content, expected="Paper")
    assert (long.found, long.problems, long.following) == (short.found, short.problems, short.following)
    assert long.own == long.found
    broken = fetching._page(content[:-50], "Paper")
    assert broken.unread
    assert not broken.found


def test_an_answer_that_is_too_much_for_its_reader_is_a_trouble_and_not_the_end(monkeypatch):
    monkeypatch.setattr(fetching, "READING", foreign.Limits(memory=300 << 20, seconds=20))
    nested = b'{"data": [' + b",".join([b"{}"] * 6_000_000) + b"]}"
    page = fetching._page(nested, "Paper")
    assert page.unread
    assert page.found == []


def test_the_list_of_systems_offers_to_connect_one_once(client, office, lead):
    client.force_login(office)
    for _connected in range(2):
        page = client.get(reverse("committees:oparl_list")).content.decode()
        assert page.count(f'"{reverse("committees:oparl_source_create")}"') == 1
        Source.objects.get_or_create(name="RIS Lindenfurt", prefix="RIS", lead_department=lead)
