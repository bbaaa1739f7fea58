# SPDX-License-Identifier: EUPL-1.2
"""The eight stations from figure to effect, for one recommendation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.figures import figure
from recommendations.lifecycle import Station
from recommendations.models import Light, Position

if TYPE_CHECKING:
    from core.sentences import Text
    from recommendations.models import Recommendation


@dataclass(frozen=True)
class Place:
    """A station as one recommendation has it."""

    name: Text
    when: str  # done, now or next
    fact: Text = ""
    link: str = ""
    link_text: Text = ""

    @property
    def word(self) -> str:
        return {"done": _("done"), "now": _("now")}.get(self.when, _("to come"))


def stations(recommendation: Recommendation) -> list[Place]:
    """The thread, with one fact and at most one link per station."""
    here = recommendation.life.station.place
    facts = {
        Station.FIGURE: _figure(recommendation),
        Station.FINDING: (recommendation.claim, "", ""),
        Station.PREPARING: (_version(recommendation), "", ""),
        Station.COSIGNING: _co_signing(recommendation),
        Station.DECIDING: _decision(recommendation),
        Station.COMMITTEES: _committees(recommendation),
        Station.MEASURES: _measures(recommendation),
        Station.EFFECT: _effect(recommendation),
    }
    return [
        Place(station.label, "done" if station.place < here else "now" if station.place == here else "next", *found)
        for station, found in facts.items()
    ]


def _version(recommendation: Recommendation) -> str:
    said = {
        "version": recommendation.version,
        "date": date_format(timezone.localdate(recommendation.changed_at), "j. F"),
    }
    return _("Version %(version)s, %(date)s") % said


def _figure(recommendation: Recommendation) -> tuple[str, str, str]:
    evidence = recommendation.evidence.first()
    if evidence is None:
        return _("no figure pinned yet"), "", ""
    value = figure(evidence.value, evidence.sign, evidence.quality, evidence.decimals, evidence.unit)
    return evidence.name, reverse("indicators:detail", args=[evidence.key_figure_id]), value


def _co_signing(recommendation: Recommendation) -> tuple[str, str, str]:
    statements = list(recommendation.statements.of_this_round())
    if not statements:
        return _("nobody asked"), "", ""
    given = sum(statement.position != Position.NONE for statement in statements)
    text = _("%(given)s of %(asked)s") % {"given": given, "asked": len(statements)}
    dissent = sum(statement.position == Position.DISAGREE for statement in statements)
    fact = (
        ngettext("%(count)s dissent", "%(count)s dissents", dissent) % {"count": dissent} if dissent else _("answered")
    )
    return fact, "#statements", text


def _decision(recommendation: Recommendation) -> tuple[str, str, Text]:
    decision = recommendation.decisions.first()
    department = recommendation.lead_department
    is_reached = recommendation.life.station.place >= Station.DECIDING.place
    if is_reached and decision and decision.round == recommendation.round:
        return (
            _("%(department)s on %(date)s")
            % {"department": decision.department.code, "date": date_format(timezone.localdate(decision.at), "j. F")},
            "#decision",
            decision.outcome,
        )
    return (department.code if department else _("no lead department"), "", "")


def _committees(recommendation: Recommendation) -> tuple[str, str, str]:
    if recommendation.paper is None:
        return _("after the approval"), "", ""
    stops = [
        consultation.committee.code
        + (
            f" {date_format(timezone.localtime(consultation.agenda_item.meeting.start), 'j. M')}"
            if consultation.agenda_item
            else ""
        )
        for consultation in recommendation.paper.consultations.select_related("committee", "agenda_item__meeting")
    ]
    return ", ".join(stops), recommendation.paper.get_absolute_url(), recommendation.paper.reference


def _measures(recommendation: Recommendation) -> tuple[str, str, str]:
    measures = list(recommendation.measures.all())
    if not measures:
        return _("follow the resolution"), "", ""
    red = sum(measure.light == Light.RED for measure in measures)
    fact = _("%(count)s red") % {"count": red} if red else _("on schedule")
    return (
        fact,
        "#measures",
        ngettext("%(count)s measure", "%(count)s measures", len(measures)) % {"count": len(measures)},
    )


def _effect(recommendation: Recommendation) -> tuple[str, str, str]:
    if recommendation.effect_note:
        return str(recommendation.get_effect_display()), "", ""
    if recommendation.effect_review_on:
        return _("Review in %(month)s") % {"month": date_format(recommendation.effect_review_on, "F Y")}, "", ""
    return _("no review date yet"), "", ""
