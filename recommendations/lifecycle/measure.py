# SPDX-License-Identifier: EUPL-1.2
"""The life of a measure."""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.lives import Life, State, Way
from core.shapes import BAD, INFO, OK


class MeasureStatus(TextChoices):
    PLANNED = "planned", pgettext_lazy("measure", "planned")
    RUNNING = "running", pgettext_lazy("measure", "running")
    DONE = "done", pgettext_lazy("measure", "done")
    STOPPED = "stopped", pgettext_lazy("measure", "stopped")


@dataclass(frozen=True, kw_only=True)
class MeasureState(State):
    """On paper: its shape, its place in the follow-up of resolutions (``urgency``) and its word there (``counted``)."""

    printed: str
    urgency: int
    counted: Any
    is_begun: bool = False
    is_finished: bool = False
    is_done: bool = False
    is_stopped: bool = False


MEASURE = Life(
    "measure",
    "status",
    [
        MeasureState(code=MeasureStatus.PLANNED, shape="open", printed="", urgency=3, counted=_("not begun")),
        MeasureState(
            code=MeasureStatus.RUNNING,
            shape="run",
            tone=INFO,
            printed="half",
            urgency=2,
            counted=_("in progress"),
            is_begun=True,
        ),
        MeasureState(
            code=MeasureStatus.DONE,
            shape="done",
            tone=OK,
            printed="yes",
            urgency=5,
            counted=_("done"),
            is_begun=True,
            is_finished=True,
            is_done=True,
        ),
        MeasureState(
            code=MeasureStatus.STOPPED,
            shape="stop",
            tone=BAD,
            printed="no",
            urgency=1,
            counted=_("stopped"),
            is_finished=True,
            is_stopped=True,
        ),
    ],
)
UNFINISHED = MEASURE.where(is_finished=False)
EVERY, RESPONSIBLE, REPORTED = tuple(MeasureStatus), "responsible department", "recommendation.measure_reported"
MEASURE.add_ways(
    Way("plan", (), MeasureStatus.PLANNED, "lead", "a plan with a day", "recommendation.measure_planned"),
    Way("report", EVERY, MeasureStatus.PLANNED, RESPONSIBLE, "it has not begun after all", REPORTED),
    Way("report", EVERY, MeasureStatus.RUNNING, RESPONSIBLE, "the day it began", REPORTED),
    Way("report", EVERY, MeasureStatus.DONE, RESPONSIBLE, "the day it was done", REPORTED),
    Way("report", EVERY, MeasureStatus.STOPPED, RESPONSIBLE, "the reason", REPORTED),
)
