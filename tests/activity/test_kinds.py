# SPDX-License-Identifier: EUPL-1.2
"""What events keep, and how it becomes words."""

import ast
import re

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.utils import translation

from activity import data
from activity.kinds import KINDS, Kind
from activity.models import Event
from committees import events as committees
from core.errors import WrongState
from core.sentences import Sentence, kept, sentence, words
from core.verdicts import no
from recommendations import events
from recommendations.models import Status
from tests.infrastructure.test_tree import APPS, ROOT, tracked

PLACE = re.compile(r"%\((\w+)\)s")


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_sentence_says_only_what_its_kind_keeps(kind):
    for language in ("de", "en"):
        with translation.override(language):
            assert set(PLACE.findall(str(kind.sentence))) <= {"by", "subject", *kind.data}


def test_no_flow_joins_or_translates_what_it_records():
    """What is written down is what happened; whoever records it hands over things, codes and days."""
    words_of = {"str", "date_format", "_", "gettext", "ngettext", "pgettext"}
    found = []
    for path in tracked(*(f"{app}/*.py" for app in APPS)):
        for call in ast.walk(ast.parse(path.read_text())):
            if not isinstance(call, ast.Call) or getattr(call.func, "id", "") not in ("record", "_record"):
                continue
            for value in [keyword.value for keyword in call.keywords]:
                for node in ast.walk(value):
                    called = getattr(getattr(node, "func", None), "id", None) or getattr(
                        getattr(node, "func", None), "attr", ""
                    )
                    if called in words_of or called == "join" or called.endswith("_display"):
                        found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(value)}")
    assert not found, "\n".join(found)


def test_a_kind_keeps_nothing_that_it_did_not_declare():
    with pytest.raises(TypeError):
        events.SUBMITTED.keep({"remark": "x"})


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        (data.Text(), sentence("Please write the answer.")),
        (data.Text(), Status.DRAFT),
        (data.Text(), 3),
        (data.Number(), "3"),
        (data.Choice(Status), "Entwurf"),
        (data.Day(), "1. Februar 2026"),
        (data.Fields("recommendations.Recommendation"), ["Titel"]),
    ],
)
def test_words_are_refused_where_codes_belong(value, wrong):
    with pytest.raises((TypeError, ValueError, FieldDoesNotExist)):
        value.keep(wrong)


@pytest.mark.parametrize(
    ("value", "stored", "german", "english"),
    [
        (data.Choice(Status), "returned", "Zurückgegeben", "returned"),
        (data.Choice(Status), "Beschlossen", "Beschlossen", "resolved"),
        (data.Choice(Status), "so hieß es einmal", "so hieß es einmal", "so hieß es einmal"),
        (data.Day(), "2026-02-01", "1. Februar 2026", "1 February 2026"),
        (data.Day(), "1. Februar 2026", "1. Februar 2026", "1. Februar 2026"),
        (data.Days(), ["2026-02-01", "2026-02-14"], "01.02.2026 – 14.02.2026", "01.02.2026 – 14.02.2026"),
        (data.Days(), "01.02.2026 – 14.02.2026", "01.02.2026 – 14.02.2026", "01.02.2026 – 14.02.2026"),
        (data.Fields("recommendations.Recommendation"), ["title", "claim"], "Titel, Befund in einem Satz", None),
        (data.Fields("recommendations.Recommendation"), "Titel", "Titel", "Titel"),
        (data.Thing(), {"model": "accounts.department", "id": 1, "called": "FB 51"}, "FB 51", "FB 51"),
        (data.Thing(), "FB 51", "FB 51", "FB 51"),
        (data.Many(data.Text()), [], "–", "–"),
        (data.Remark(), "getippt", "getippt", "getippt"),
    ],
)
def test_what_is_kept_now_and_what_was_kept_before_both_read_right(value, stored, german, english):
    for language, expected in (("de", german), ("en", english)):
        with translation.override(language):
            assert expected is None or value.words(stored) == expected


def test_old_entries_keep_their_words_and_are_read_by_the_kinds_of_today(submitted):
    old = Event(
        kind=committees.RESULT_CORRECTED.code,
        by_label="Gesa Lührs",
        subject_label="2026/0001",
        data={"reference": "2026/0001", "committee": "JHA", "before": "vertagt", "after": "abgelehnt, Ja 3, Nein 4"},
    )
    with translation.override("de"):
        assert "vertagt" in old.sentence
        assert "abgelehnt, Ja 3, Nein 4" in old.sentence


def test_a_refusal_is_kept_once_and_read_in_each_language(submitted, office, make_user):
    from recommendations import flows

    with translation.override("en"), pytest.raises(Exception, match="head"):
        flows.decide(submitted, by=make_user("Jemand"), kind="approve")
    event = Event.objects.about(submitted).filter(kind=events.DECISION_REFUSED.code).get()
    assert event.data["reason"]["say"].startswith("Only the head of")
    with translation.override("de"):
        german = event.note
    with translation.override("en"):
        english = event.note
    assert german != english
    assert "FB" in german
    assert "FB" in english


def test_a_sentence_keeps_its_msgid_and_is_said_when_it_is_read():
    reason = sentence("Only %(department)s may do this.") % {"department": "FB 51"}
    assert isinstance(no(reason).reason, Sentence)
    error = WrongState(reason)
    for language in ("de", "en"):
        with translation.override(language):
            assert str(error) == words(kept(reason)) == str(reason)
            assert "FB\xa051" in str(reason).replace(" ", "\xa0")
    assert kept(reason) == {"say": "Only %(department)s may do this.", "with": {"department": "FB 51"}}


def test_every_kind_has_a_code_of_its_own():
    with pytest.raises(ValueError, match="two event kinds"):
        Kind(events.SUBMITTED.code, "x")
