# SPDX-License-Identifier: EUPL-1.2
"""The life of a recommendation: each state once, with all that follows from it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.lives import Life, State
from core.shapes import BAD, INFO, OK, SOON


class Status(TextChoices):
    DRAFT = "draft", pgettext_lazy("recommendation", "draft")
    CO_CREATION = "co_creation", pgettext_lazy("recommendation", "in preparation with actors")
    CONSULTATION = "consultation", pgettext_lazy("recommendation", "in co-signing")
    SUBMITTED = "submitted", pgettext_lazy("recommendation", "submitted for decision")
    RETURNED = "returned", pgettext_lazy("recommendation", "returned")
    DEFERRED = "deferred", pgettext_lazy("recommendation", "deferred")
    REJECTED = "rejected", pgettext_lazy("recommendation", "rejected")
    APPROVED = "approved", pgettext_lazy("recommendation", "approved")
    IN_COMMITTEE = "in_committee", pgettext_lazy("recommendation", "before the committees")
    RESOLVED = "resolved", pgettext_lazy("recommendation", "resolved")
    IMPLEMENTING = "implementing", pgettext_lazy("recommendation", "being implemented")
    IMPLEMENTED = "implemented", pgettext_lazy("recommendation", "implemented")
    PARTLY = "partly", pgettext_lazy("recommendation", "partly implemented")
    STOPPED = "stopped", pgettext_lazy("recommendation", "stopped")
    EVALUATION = "evaluation", pgettext_lazy("recommendation", "effect review")
    CLOSED = "closed", pgettext_lazy("recommendation", "closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("recommendation", "withdrawn")


class Station(TextChoices):
    """The thread from figure to effect; the codes stand in addresses."""

    FIGURE = "figure", pgettext_lazy("station", "Figure")
    FINDING = "finding", pgettext_lazy("station", "Finding")
    PREPARING = "preparing", pgettext_lazy("station", "Recommendation")
    COSIGNING = "cosigning", pgettext_lazy("station", "Co-signing")
    DECIDING = "deciding", pgettext_lazy("station", "Decision")
    COMMITTEES = "committees", pgettext_lazy("station", "Committees")
    MEASURES = "measures", pgettext_lazy("station", "Measures")
    EFFECT = "effect", pgettext_lazy("station", "Effect")
    FINISHED = "finished", pgettext_lazy("station", "Finished")

    @property
    def place(self) -> int:
        """Which station of the thread it is, counted from the figure."""
        return list(Station).index(self)


class Phase(TextChoices):
    """The states as somebody asks who looks at a goal: what is being prepared, what is under way, what came of it."""

    PREPARATION = "preparation", pgettext_lazy("progress", "in preparation")
    DECISION = "decision", pgettext_lazy("progress", "to be decided")
    COMMITTEES = "committees", pgettext_lazy("progress", "approved, before committees")
    IMPLEMENTING = "implementing", pgettext_lazy("progress", "being implemented")
    DONE = "done", pgettext_lazy("progress", "implemented")
    ENDED = "ended", pgettext_lazy("progress", "not pursued")


class Turn(TextChoices):
    """Whose turn it is: the lead department, or its head alone."""

    OFFICE = "office"
    ASKED = "asked"
    LEAD = "lead"
    HEAD = "head"
    COMMITTEE = "committee"
    NOBODY = "nobody"


@dataclass(frozen=True, kw_only=True)
class RecommendationState(State):
    """``waits`` says in a list who must act, ``tells`` on the page where the matter stands when nobody may act."""

    station: Station
    phase: Phase
    turn: Turn
    waits: Any = ""
    tells: Any = ""
    text_is_open: bool = False  # the office changes text and evidence
    is_read_by_others: bool = False  # the text is fixed while others read it
    is_known_in_house: bool = True  # every department sees it, not only those concerned
    is_approved: bool = False  # stands on a decision of the lead department
    is_over: bool = False
    lead_may_change: bool = False
    says_why: bool = False  # entered only with a reason
    is_concluded: bool = False  # the implementation has ended
    measures_are_planned: bool = False
    measures_may_begin: bool = False
    effect_is_due: bool = False  # how the effect is looked at should be fixed


RECOMMENDATION = Life(
    "recommendation",
    "status",
    [
        RecommendationState(
            code=Status.DRAFT,
            shape="open",
            station=Station.PREPARING,
            phase=Phase.PREPARATION,
            turn=Turn.OFFICE,
            waits=_("The office completes the draft"),
            tells=_("The office is working on the draft."),
            text_is_open=True,
            is_known_in_house=False,
            lead_may_change=True,
        ),
        RecommendationState(
            code=Status.CO_CREATION,
            shape="half",
            tone=INFO,
            station=Station.PREPARING,
            phase=Phase.PREPARATION,
            turn=Turn.OFFICE,
            waits=_("The office completes the draft"),
            tells=_("The office is working on the draft."),
            text_is_open=True,
            is_known_in_house=False,
            lead_may_change=True,
        ),
        RecommendationState(
            code=Status.CONSULTATION,
            shape="half",
            tone=INFO,
            station=Station.COSIGNING,
            phase=Phase.PREPARATION,
            turn=Turn.ASKED,
            waits=_("The office submits it for decision"),
            tells=_("All have answered. The office submits the recommendation."),
            is_read_by_others=True,
            is_known_in_house=False,
            lead_may_change=True,
        ),
        RecommendationState(
            code=Status.SUBMITTED,
            shape="wait",
            tone=INFO,
            station=Station.DECIDING,
            phase=Phase.DECISION,
            turn=Turn.HEAD,
            waits=_("%(department)s decides"),
            tells=_("%(department)s decides."),
            is_read_by_others=True,
            lead_may_change=True,
        ),
        RecommendationState(
            code=Status.RETURNED,
            shape="back",
            tone=SOON,
            station=Station.PREPARING,
            phase=Phase.PREPARATION,
            turn=Turn.OFFICE,
            waits=_("The office revises the text"),
            tells=_("The office is working on the draft."),
            text_is_open=True,
            is_known_in_house=False,
            lead_may_change=True,
            says_why=True,
        ),
        RecommendationState(
            code=Status.DEFERRED,
            shape="pause",
            tone=SOON,
            station=Station.DECIDING,
            phase=Phase.DECISION,
            turn=Turn.NOBODY,
            tells=_("Deferred. It comes back by itself."),
            lead_may_change=True,
            says_why=True,
        ),
        RecommendationState(
            code=Status.REJECTED,
            shape="no",
            tone=BAD,
            station=Station.DECIDING,
            phase=Phase.ENDED,
            turn=Turn.NOBODY,
            tells=_("Rejected. A new start is possible with a new recommendation."),
            is_over=True,
            says_why=True,
        ),
        RecommendationState(
            code=Status.APPROVED,
            shape="done",
            tone=OK,
            station=Station.COMMITTEES,
            phase=Phase.COMMITTEES,
            turn=Turn.OFFICE,
            waits=_("The office makes the paper"),
            tells=_("The recommendation is approved. The office makes the paper."),
            is_approved=True,
            lead_may_change=True,
            measures_are_planned=True,
            measures_may_begin=True,
        ),
        RecommendationState(
            code=Status.IN_COMMITTEE,
            shape="wait",
            tone=INFO,
            station=Station.COMMITTEES,
            phase=Phase.COMMITTEES,
            turn=Turn.COMMITTEE,
            waits=_("The office puts the paper on an agenda"),
            is_approved=True,
            lead_may_change=True,
            measures_are_planned=True,
        ),
        RecommendationState(
            code=Status.RESOLVED,
            shape="done",
            tone=OK,
            station=Station.MEASURES,
            phase=Phase.COMMITTEES,
            turn=Turn.LEAD,
            waits=_("%(department)s begins the implementation"),
            tells=_("The committees have resolved. The department begins the implementation."),
            is_approved=True,
            lead_may_change=True,
            measures_are_planned=True,
            measures_may_begin=True,
            effect_is_due=True,
        ),
        RecommendationState(
            code=Status.IMPLEMENTING,
            shape="run",
            tone=INFO,
            station=Station.MEASURES,
            phase=Phase.IMPLEMENTING,
            turn=Turn.LEAD,
            waits=_("%(department)s implements it"),
            tells=_("The department implements the measures and reports on them."),
            is_approved=True,
            lead_may_change=True,
            effect_is_due=True,
            measures_are_planned=True,
            measures_may_begin=True,
        ),
        RecommendationState(
            code=Status.IMPLEMENTED,
            shape="done",
            tone=OK,
            station=Station.EFFECT,
            phase=Phase.DONE,
            turn=Turn.OFFICE,
            waits=_("The office starts the effect review"),
            tells=_("Implemented. The effect review comes next."),
            is_approved=True,
            effect_is_due=True,
            is_concluded=True,
        ),
        RecommendationState(
            code=Status.PARTLY,
            shape="half",
            tone=SOON,
            station=Station.EFFECT,
            phase=Phase.DONE,
            turn=Turn.OFFICE,
            waits=_("The office starts the effect review"),
            tells=_("Partly implemented. The effect review comes next."),
            is_approved=True,
            effect_is_due=True,
            says_why=True,
            is_concluded=True,
        ),
        RecommendationState(
            code=Status.STOPPED,
            shape="stop",
            tone=BAD,
            station=Station.EFFECT,
            phase=Phase.ENDED,
            turn=Turn.OFFICE,
            waits=_("The office closes the matter"),
            tells=_("The implementation was stopped."),
            is_approved=True,
            says_why=True,
            is_concluded=True,
        ),
        RecommendationState(
            code=Status.EVALUATION,
            shape="run",
            tone=INFO,
            station=Station.EFFECT,
            phase=Phase.DONE,
            turn=Turn.LEAD,
            waits=_("%(department)s writes about the effect"),
            tells=_("The effect review is under way."),
            is_approved=True,
            effect_is_due=True,
            is_concluded=True,
        ),
        RecommendationState(
            code=Status.CLOSED,
            shape="done",
            station=Station.FINISHED,
            phase=Phase.DONE,
            turn=Turn.NOBODY,
            tells=_("This matter is closed."),
            is_approved=True,
            is_over=True,
            is_concluded=True,
        ),
        RecommendationState(
            code=Status.WITHDRAWN,
            shape="dash",
            station=Station.PREPARING,
            phase=Phase.ENDED,
            turn=Turn.NOBODY,
            tells=_("The office withdrew this recommendation."),
            is_known_in_house=False,
            is_over=True,
        ),
    ],
)

TEXT_IS_OPEN = RECOMMENDATION.where(text_is_open=True)
READ_BY_OTHERS = RECOMMENDATION.where(is_read_by_others=True)
UNDECIDED = RECOMMENDATION.where(is_approved=False, is_over=False)
OVER = RECOMMENDATION.where(is_over=True)
WITHOUT_APPROVAL = RECOMMENDATION.where(is_approved=False)
LEAD_MAY_CHANGE = RECOMMENDATION.where(lead_may_change=True)
KNOWN_IN_HOUSE = RECOMMENDATION.where(is_known_in_house=True)
MEASURES_MAY_BEGIN = RECOMMENDATION.where(measures_may_begin=True)
EFFECT_IS_DUE = RECOMMENDATION.where(effect_is_due=True)
