# SPDX-License-Identifier: EUPL-1.2
"""The nouns of the thread as plain data: dates and names as they are printed, texts as they were typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from committees.models import ConflictOfInterest, Question, Result
from core.figures import NBSP, figure, number
from core.series import from_json
from recommendations import rounds
from recommendations.models import DecisionKind, Light, Position, Unanswered
from reports.kinds.drawing import brief_name

if TYPE_CHECKING:
    from datetime import date

    from committees.models import Consultation, Meeting
    from core.series import Point, Series
    from recommendations.models import Decision, Evidence, Measure, Statement

# shape of a state on paper: circle full, half, empty; triangle late; square stopped or dissent
POSITIONS = {Position.AGREE: "yes", Position.REMARKS: "half", Position.DISAGREE: "no", Position.NONE: ""}
VOTES = {
    Position.AGREE: pgettext_lazy("printed statement", "co-signed"),
    Position.REMARKS: pgettext_lazy("printed statement", "with remarks"),
    Position.DISAGREE: pgettext_lazy("printed statement", "dissent"),
    Position.NONE: pgettext_lazy("printed statement", "no statement"),
}
LIGHTS = {Light.GREEN: "green", Light.YELLOW: "amber", Light.RED: "red"}


def day(value: Any) -> str:
    """“27.02.2026”; a moment is a day of the town's clock."""
    if not value:
        return ""
    return date_format(timezone.localdate(value) if hasattr(value, "hour") else value, "d.m.Y")


def date_of(as_of: str) -> str:
    """The day in what a delivery says about its state: offices write it with hours, or between words."""
    found = re.search(r"\d{1,2}\.\d{1,2}\.\d{4}", as_of or "")
    return found.group() if found else as_of or ""


def mark(is_public: bool) -> str:
    return pgettext("document", "public") if is_public else pgettext("document", "non-public")


def month(value: date | None) -> str:
    """“March 2029”."""
    return date_format(value, "F Y").replace(" ", NBSP) if value else ""


def euros(value: Any) -> str:
    """“180.000 €”, without cents where there are none."""
    if value is None:
        return ""
    value = Decimal(value)
    return f"{number(value, 0 if value == value.to_integral_value() else 2)}{NBSP}€"


def consultation(one: Consultation, *, open_text: bool = True) -> dict[str, Any]:
    """A stop of a paper: the committee, its task, the meeting, the result with votes."""
    item = one.agenda_item
    votes = ""
    if one.votes_yes is not None:
        votes = _("Yes %(yes)s, No %(no)s, Abstentions %(abstain)s") % {
            "yes": one.votes_yes,
            "no": one.votes_no or 0,
            "abstain": one.votes_abstain or 0,
        }
    return {
        "committee": one.committee.name,
        "mandate": one.committee.mandate,
        "role": str(one.get_role_display()),
        "decides": one.role == "decision",
        "meeting": day(item.meeting.start) if item else _("not fixed"),
        "item": f"{item.number}, {mark(item.is_public)}" if item else "",
        "result": str(one.get_result_display()),
        "recorded": bool(one.result),
        "votes": votes,
        "note": one.result_note if open_text else "",
        "text": one.resolution_text if open_text else "",
    }


def resolution(one: Consultation) -> dict[str, Any]:
    """What a body resolved, word by word, and in one line who, when, under which number and with which votes."""
    facts = [
        one.committee.name,
        day(one.resolved_on),
        one.decision_number,
        str(one.get_result_display()),
        one.votes_line,
    ]
    return {
        "committee": one.committee.name,
        "facts": ", ".join(fact for fact in facts if fact),
        "changed": one.result == Result.CHANGED,
        "text": one.resolved_text,
    }


def decision(one: Decision) -> dict[str, Any]:
    """What the lead department decided, and under which name."""
    return {
        "kind": str(one.outcome),
        "approves": one.kind in (DecisionKind.APPROVE, DecisionKind.CHANGED),
        "changed": one.kind == DecisionKind.CHANGED,
        "signature": one.signature,
        "department": one.department_label,
        "date": day(one.at),
        "reason": one.reason,
        "version": one.version,
        "sha256": one.content_sha256,
    }


def evidence(one: Evidence) -> dict[str, Any]:
    """A pinned figure with the points beside it, exactly as it was pinned."""
    key_figure = one.key_figure
    return {
        "code": key_figure.code,
        "name": one.name,
        "value": None if one.value is None else str(one.value),
        "sign": one.sign,
        "quality": one.quality,
        "unit": one.unit,
        "decimals": one.decimals,
        "period": one.period,
        "period_label": key_figure.period_label,
        "region": one.region_name,
        "comparison": one.comparison,
        "series": one.series,
        "numerator": key_figure.numerator_label,
        "denominator": key_figure.denominator_label,
        "table": one.table_code,
        "source": one.source_label,
        "as_of": date_of(one.as_of),
        "pinned_by": one.pinned_by.name,
        "pinned_at": day(one.pinned_at),
        "reading_example": one.reading_example,
    }


def statement(one: Statement, *, whole: bool = False) -> dict[str, Any]:
    """What an asked body says. Silence is no statement; dissent stands with its reason and its mediation."""
    silent = one.outcome == Unanswered.SILENT
    mediation = getattr(one, "mediation", None)
    said = {
        "body": str(one.body),
        "position": str(VOTES[Position(one.position)] if one.position or silent else one.outcome_label),
        "round": one.round,
        "version": one.version,
        "earlier": one.is_earlier,
        "since": rounds.sentences(one.since),
        "waiting": not one.position and not silent,
        "shape": POSITIONS[Position(one.position)],
        "dissent": one.position == Position.DISAGREE,
        "silent": silent,
        "due": day(one.due_on),
        "signature": one.signature,
        "signed": day(one.signed_at),
        "text": one.remarks,
        "mediation": None,
    }
    if mediation:
        said["mediation"] = {
            "date": day(mediation.held_on),
            "outcome": mediation.outcome,
            "settled": mediation.settled,
            "positions": mediation.positions if whole else "",
        }
    return said


def said(one: Mapping[str, Any], *, about: bool = True) -> str:
    """A statement in one cell: the remark, which version it is about, and what came of a mediation."""
    if one["silent"]:
        return _("Deadline %(day)s; does not count as consent.") % {"day": one["due"]}
    if one.get("waiting"):
        return _("asked until %(day)s") % {"day": one["due"]}
    told = [part for part in (one["text"], about and about_version(one)) if part]
    if mediation := one["mediation"]:
        words = {"day": mediation["date"], "outcome": mediation["outcome"]}
        told.append(_("Mediation on %(day)s: %(outcome)s") % words)
    return " ".join(told) or _("no remark")


def about_version(one: Mapping[str, Any]) -> str:
    """Which version a statement was about, where that is not the present one, and what has changed since."""
    if not one.get("since") and not one.get("earlier"):
        return ""
    words = {"round": one["round"], "version": one["version"], "changes": " ".join(one["since"])}
    if one["since"]:
        return _("On version %(version)s (round %(round)s); changed since: %(changes)s") % words
    return _("On version %(version)s (round %(round)s).") % words


def about_all(statements: Sequence[dict[str, Any]]) -> str:
    """What ``about_version`` says, once, where several answers stand and it is the same for each; else nothing."""
    answered = [one for one in statements if not one["silent"] and not one.get("waiting")]
    if len(answered) < 2 or len({about_version(one) for one in answered}) > 1 or not answered[0].get("since"):
        return ""
    first = answered[0]
    words = {"round": first["round"], "version": first["version"], "changes": " ".join(first["since"])}
    return _("All answers are on version %(version)s (round %(round)s); changed since: %(changes)s") % words


def measure(one: Measure) -> dict[str, Any]:
    """A measure with its state and its light: two things, both in words."""
    late = one.light != Light.GREEN and not one.life.is_finished
    return {
        "title": one.title,
        "department": one.department.code,
        "department_name": str(one.department),
        "due": day(one.due_on),
        "budget": euros(one.budget),
        "euros": None if one.budget is None else str(one.budget),
        "status": str(one.get_status_display()),
        "code": one.status,
        "light": str(one.get_light_display()),
        "late": late,
        "shape": "late" if late else one.life.printed,
        "colour": LIGHTS[Light(one.light)],
        "reason": one.delay_reason,
        "completion": one.completion_note,
        "done": day(one.done_on),
    }


def table_of(
    series: Sequence[Series],
    *,
    decimals: int,
    period_label: str = "",
    numerator: str = "",
    denominator: str = "",
    latest_only: bool = True,
) -> dict[str, Any]:
    """The numbers of a chart: header and rows of text, the town's years first and then what it is compared with."""
    own = next((one for one in series if one.own), series[0])
    counts = any(point.denominator is not None for point in own.points)
    rows = []
    for point in own.points[-8:]:
        rows.append(row(point.period, point, decimals, counts, own=True))
    for other in series:
        if other is own or not other.latest:
            continue
        for point in (other.latest,) if latest_only else other.points[-8:]:
            rows.append(row(f"{brief_name(other.name)} {point.period}", point, decimals, counts))
    header = [period_label or _("Period")]
    if counts:
        header += [short(denominator) or _("Denominator"), short(numerator) or _("Numerator")]
    return {"header": header, "rows": rows, "counts": counts, "unmeant": counts and len(series) > 1}


def short(label: str, most: int = 15) -> str:
    """A label where it fits over a narrow column, else nothing."""
    return label if label and len(label) <= most else ""


def row(label: str, point: Point, decimals: int, counts: bool, *, own: bool = False) -> list[str]:
    cells = []
    if counts:
        for value in (point.denominator, point.numerator):
            if not own:
                cells.append("x")
            elif value is not None:
                cells.append(number(value, 0))
            else:
                cells.append(figure(None, point.sign or "."))
    return [label, *cells, figure(point.value, point.sign, point.quality, decimals)]


def series_rows(series: Iterable[Series], decimals: int, unit: str = "") -> list[list[str]]:
    """Every released point of some series as rows for a file of data."""
    return [
        [
            one.name,
            point.period,
            figure(point.value, point.sign, point.quality, decimals),
            unit,
            number(point.denominator) if point.denominator is not None and one.own else "",
            number(point.numerator) if point.numerator is not None and one.own else "",
        ]
        for one in series
        for point in one.points
    ]


def series_header() -> list[str]:
    return [_("region"), _("period"), _("value"), _("unit"), _("denominator"), _("numerator")]


def pinned_series(pinned: Mapping[str, Any]) -> list[Series]:
    """The points of a pinned figure as series again."""
    return from_json(pinned["series"])


def open_questions(meeting: Meeting) -> list[dict[str, Any]]:
    """The questions of earlier meetings that this meeting hears about: ``[{"text", "answer", "asked", "is_public"}]``.

    A question is public or not as its agenda item is.
    """
    asked = Question.objects.open_before(meeting).select_related("agenda_item__meeting")
    return [
        {
            "text": one.text,
            "answer": one.answer,
            "asked": day(one.agenda_item.meeting.start),
            "is_public": one.agenda_item.is_public,
        }
        for one in asked
    ]


def number_withheld(consultation: Consultation) -> int:
    """How many members take no part for a conflict of interest: as recorded with the vote, else as declared."""
    if consultation.votes_biased is not None:
        return consultation.votes_biased
    here = Q(paper=consultation.paper_id)
    if consultation.agenda_item_id:
        here |= Q(agenda_item=consultation.agenda_item_id)
    declared = ConflictOfInterest.objects.active().filter(here, membership__committee=consultation.committee_id)
    return declared.values("membership").distinct().count()
