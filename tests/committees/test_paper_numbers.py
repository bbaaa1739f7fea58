# SPDX-License-Identifier: EUPL-1.2
import multiprocessing
from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.db import connections
from django.utils import timezone

from committees import flows
from committees.checks import patterns_number_papers, the_state_has_holidays
from committees.models import Paper, PaperNumber
from committees.numbers import problem_with, reference_of
from core.errors import NotAllowed, WrongState
from tests.sessions import held, invited

TODAY = timezone.localdate()
FORK = multiprocessing.get_context("fork")
PROCESSES, PAPERS = 8, 200


def make(office, lead, **fields):
    return flows.create_paper(
        by=office,
        **{"title": "x", "paper_type": "decision", "lead_department": lead, "proposed_resolution": "y", **fields},
    )


def _make_many(office, lead, count, start, results):
    connections.close_all()
    start.wait(30)
    try:
        results.put([make(office, lead).reference for _each in range(count)])
    except Exception as error:
        results.put(repr(error))
    connections.close_all()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_hundred_papers_of_eight_processes_have_no_gap_and_no_double(office, lead):
    connections.close_all()
    start, results = FORK.Barrier(PROCESSES), FORK.Queue()
    children = [
        FORK.Process(target=_make_many, args=(office, lead, PAPERS // PROCESSES, start, results))
        for _each in range(PROCESSES)
    ]
    for child in children:
        child.start()
    answers = [results.get(timeout=120) for _child in children]
    for child in children:
        child.join(10)
    assert not [answer for answer in answers if isinstance(answer, str)]
    drawn = sorted(reference for answer in answers for reference in answer)
    assert drawn == [reference_of(TODAY.year, number) for number in range(1, PAPERS + 1)]
    assert Paper.objects.count() == PAPERS
    assert PaperNumber.objects.get(year=TODAY.year).last == PAPERS


def test_the_pattern_of_the_installation_numbers_papers_and_supplements(office, lead, settings):
    settings.PAPER_NUMBER_PATTERN = "V{number}/{year}"
    settings.PAPER_SUPPLEMENT_PATTERN = "{reference} E{number}"
    paper = make(office, lead, date=TODAY.replace(year=2031, day=1))
    assert paper.reference == "V1/2031"
    supplements = [
        flows.supplement_paper(paper, by=office, title="x", proposed_resolution="y").reference for _each in range(2)
    ]
    assert supplements == ["V1/2031 E1", "V1/2031 E2"]
    assert make(office, lead, date=TODAY.replace(year=2031, day=1)).reference == "V2/2031"


@pytest.mark.parametrize(
    ("pattern", "good"),
    [
        ("{year}/{number:04d}", True),
        ("PSB/{number:03d}/{year}", True),
        ("{year}/0001", False),
        ("{number}", False),
        ("{year}/{number:04d}/{secret}", False),
        ("{year}/{number.real}", False),
        ("{year}/{number", False),
        ("{year}/{number:q}", False),
        ("{year}/{number:.1}", False),
        (" {year}/{number}", False),
        ("{year}/{number:070d}", False),
    ],
)
def test_a_pattern_that_cannot_number_papers_stops_the_start(settings, pattern, good):
    settings.PAPER_NUMBER_PATTERN = pattern
    assert bool(problem_with(pattern, fields=("year", "number"))) is not good
    assert [error.id for error in patterns_number_papers(None)] == ([] if good else ["committees.E001"])


def test_an_unknown_land_stops_the_start(settings):
    settings.HOLIDAY_STATE = "NW"
    assert not the_state_has_holidays(None)
    settings.HOLIDAY_STATE = "XX"
    assert "committees.E003" in [error.id for error in run_checks()]


def test_urgent_is_only_what_says_why(office, lead):
    with pytest.raises(WrongState):
        make(office, lead, paper_type="urgent")
    assert make(office, lead, paper_type="urgent", urgency_reason="Die Förderfrist endet.").is_urgent


def test_a_supplement_belongs_to_its_paper_and_takes_its_departments(office, lead, head, make_department):
    other = make_department("FB 40", "Schule")
    paper = make(office, lead, involved_departments=[other])
    supplement = flows.supplement_paper(paper, by=head, title="Neue Zahlen", proposed_resolution="z")
    assert (supplement.reference, supplement.paper_type) == (f"{paper.reference}/1. Ergänzung", "supplement")
    assert list(supplement.involved_departments.all()) == [other]
    assert list(paper.supplements.all()) == [supplement]


def test_what_a_department_approved_is_not_reworded_on_the_paper(paper, office, head, make_user):
    assert flows.edit_paper(paper, by=office, file_reference="51.2").file_reference == "51.2"
    with pytest.raises(WrongState):
        flows.edit_paper(paper, by=head, proposed_resolution="Etwas anderes.")
    with pytest.raises(NotAllowed):
        flows.edit_paper(paper, by=make_user("Fremd"), file_reference="x")
    stop = paper.consultations.get()
    held(stop.agenda_item.meeting, by=office)
    flows.record_result(stop, by=office, result="unchanged")
    with pytest.raises(WrongState):
        flows.edit_paper(paper, by=office, file_reference="y")
    assert flows.supplement_paper(paper, by=office, title="Nachtrag", proposed_resolution="z").supplement_number == 1


def test_a_paper_names_only_the_supplements_its_reader_may_open(client, paper, office, make_member):
    stop = paper.consultations.get()
    invited(stop.agenda_item.meeting, by=office)
    flows.supplement_paper(paper, by=office, title="Noch nicht beraten", proposed_resolution="z")
    member = make_member(stop.committee, start_on=TODAY - timedelta(days=400))
    for reader, names in ((office, True), (member, False)):
        client.force_login(reader)
        assert ("Noch nicht beraten" in client.get(paper.get_absolute_url()).content.decode()) is names
