# SPDX-License-Identifier: EUPL-1.2
"""Every kind of document over the matrix of states and roles: nothing non-public in public, nothing that breaks."""

import re

import pytest

from accounts.models import Department
from actors.models import Person
from committees.models import Committee, Meeting, MeetingState, Paper
from indicators.models import KeyFigure
from recommendations.models import Recommendation
from reports.kinds import registry
from reports.passages import ActivityReport
from tests.reports import kinds_checks as checks

CANARY = re.compile(rb"KANARIE-[a-z_]+-\d+")

pytestmark = pytest.mark.postgres  # minutes of setting and checking: once is enough


@pytest.fixture
def built(whole_matrix):
    return whole_matrix.described


def kept_secret(built):
    """The canaries that no public document may bear."""
    hidden = {one["canary"] for one in built["objects"] if one.get("is_public") is False}
    inside = ("workshop", "person", "actor", "task", "meeting")
    return hidden | {one["canary"] for one in built["objects"] if one["kind"] in inside and one["kind"] != "meeting"}


def pairs(built):
    x = Committee.objects.get(pk=built["committees"]["x"])
    for paper in Paper.objects.all():
        yield "briefing", paper
    yield "briefing_long", Paper.objects.filter(recommendation__isnull=False).first()
    yield "briefing_long", Paper.objects.filter(is_public=False).first()
    yield "pack", Meeting.objects.get(committee=x, state=MeetingState.INVITED)
    yield "tracking", x
    yield "indicator_sheet", KeyFigure.objects.get(pk=built["key_figure"])
    for status in ("implementing", "consultation", "in_committee", "closed"):
        one = Recommendation.objects.filter(status=status).first()
        yield "evidence_chain", one
        yield "statements", one
    report, _created = ActivityReport.objects.get_or_create(year=2026)
    yield "activity_report", report
    yield "slides", report
    yield "deciders", Department.objects.get(pk=built["departments"]["a"])
    yield "deciders", Department.objects.get(pk=built["departments"]["c"])
    yield "personal_data", Person.objects.get(family_name="member")


def test_no_public_document_bears_a_word_of_what_is_not_public(built):
    secret = {one.encode() for one in kept_secret(built)}
    assert secret
    for code, subject in pairs(built):
        if "public" not in registry.get(code).variants:
            continue
        content = checks.build(code, subject, "public")
        found = set(CANARY.findall(str(content).encode()))
        assert not found & secret, (code, subject)


def test_a_public_file_has_no_trace_of_a_non_public_paper_in_any_stream(built):
    closed = Paper.objects.filter(is_public=False).first()
    (public,) = checks.set_kind("briefing", closed, "public")
    assert not CANARY.search(public.everything)
    assert closed.title not in public.text
    for one in checks.set_kind("pack", closed.consultations.get().agenda_item.meeting, "public"):
        assert not set(CANARY.findall(one.everything)) & {one.encode() for one in kept_secret(built)}
        assert closed.title not in one.text


def test_the_full_edition_of_a_non_public_paper_is_black_from_page_one(built):
    closed = Paper.objects.filter(is_public=False).first()
    (full,) = checks.set_kind("briefing", closed, "full")
    assert "nichtöffentlich" in full.page(1)
    assert 'class=" closed"' in full.html
    assert CANARY.search(full.text.encode())


def test_every_kind_in_every_state_is_accessible_and_archivable(built, tmp_path):
    everything = []
    for code, subject in pairs(built):
        for variant in registry.get(code).variants:
            everything += checks.set_kind(code, subject, variant)
    for one in everything:
        checks.readable(one)
    checks.conforms(everything, tmp_path)
