# SPDX-License-Identifier: EUPL-1.2
"""The lives of a meeting, its minutes and an import from another system: the only place that lists their states."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.lives import Life, State, Way
from core.shapes import BAD, INFO, OK, SOON


class MeetingState(TextChoices):
    PLANNED = "planned", pgettext_lazy("meeting", "planned")
    INVITED = "invited", pgettext_lazy("meeting", "invited")
    HELD = "held", pgettext_lazy("meeting", "held")
    CLOSED = "closed", pgettext_lazy("meeting", "closed")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "cancelled")


@dataclass(frozen=True, kw_only=True)
class MeetingRow(State):
    """``oparl`` is the word of the council's open format, ``ical`` that of calendars."""

    agenda_is_open: bool = False  # items come and go
    was_announced: bool = False  # the public knows of it
    is_invited: bool = False  # the agenda is out, the meeting is not over
    was_held: bool = False
    results_are_open: bool = False  # results and urgent items are still added
    record_is_kept: bool = False  # attendance, questions and assignments are noted
    takes_place: bool = True
    is_over: bool = False  # nothing is prepared any more
    oparl: str = ""
    ical: str = "CONFIRMED"


MEETING = Life(
    "meeting",
    "state",
    [
        MeetingRow(code=MeetingState.PLANNED, shape="open", agenda_is_open=True, ical="TENTATIVE"),
        MeetingRow(
            code=MeetingState.INVITED,
            shape="wait",
            tone=INFO,
            agenda_is_open=True,
            was_announced=True,
            is_invited=True,
            record_is_kept=True,
            oparl="eingeladen",
        ),
        MeetingRow(
            code=MeetingState.HELD,
            shape="done",
            tone=OK,
            was_announced=True,
            was_held=True,
            results_are_open=True,
            record_is_kept=True,
            oparl="durchgeführt",
        ),
        MeetingRow(
            code=MeetingState.CLOSED,
            shape="done",
            was_announced=True,
            was_held=True,
            record_is_kept=True,
            is_over=True,
            oparl="durchgeführt",
        ),
        MeetingRow(
            code=MeetingState.CANCELLED,
            shape="no",
            tone=BAD,
            takes_place=False,
            is_over=True,
            oparl="abgesagt",
            ical="CANCELLED",
        ),
    ],
)
AGENDA_IS_OPEN = MEETING.where(agenda_is_open=True)
WERE_HELD = MEETING.where(was_held=True)
TAKE_PLACE = MEETING.where(takes_place=True)
ELSEWHERE = "another council information system"

MEETING.add_ways(
    Way("plan", (), MeetingState.PLANNED, "secretary", "a day", ""),
    Way(
        "invite",
        (MeetingState.PLANNED,),
        MeetingState.INVITED,
        "secretary",
        "an invitation to everybody who sits in the body",
        "meeting.invited",
    ),
    Way("hold", (MeetingState.INVITED,), MeetingState.HELD, "secretary", "the meeting has begun", "meeting.held"),
    Way("take over", (MeetingState.PLANNED,), MeetingState.INVITED, ELSEWHERE, "its word, attested", "oparl.changed"),
    Way("take over", AGENDA_IS_OPEN, MeetingState.HELD, ELSEWHERE, "its word, attested", "oparl.changed"),
    Way(
        "close",
        (MeetingState.HELD,),
        MeetingState.CLOSED,
        "secretary",
        "minutes approved in a later meeting of the same body",
        "minutes.approved",
    ),
    Way("cancel", AGENDA_IS_OPEN, MeetingState.CANCELLED, "secretary", "a reason", "meeting.cancelled"),
)


class MinutesState(TextChoices):
    DRAFT = "draft", pgettext_lazy("minutes", "draft")
    SUBMITTED = "submitted", pgettext_lazy("minutes", "submitted for approval")
    APPROVED = "approved", pgettext_lazy("minutes", "approved")


@dataclass(frozen=True, kw_only=True)
class MinutesRow(State):
    text_is_open: bool = False
    is_submitted: bool = False
    is_approved: bool = False


MINUTES = Life(
    "minutes",
    "state",
    [
        MinutesRow(code=MinutesState.DRAFT, shape="open", text_is_open=True),
        MinutesRow(code=MinutesState.SUBMITTED, shape="wait", tone=INFO, is_submitted=True),
        MinutesRow(code=MinutesState.APPROVED, shape="done", tone=OK, is_approved=True),
    ],
    [
        Way("begin", (), MinutesState.DRAFT, "secretary", "a meeting that was held", "minutes.begun"),
        Way(
            "submit",
            (MinutesState.DRAFT,),
            MinutesState.SUBMITTED,
            "secretary",
            "a complete text",
            "minutes.submitted",
        ),
        Way(
            "take_back",
            (MinutesState.SUBMITTED,),
            MinutesState.DRAFT,
            "secretary",
            "the wish to change it",
            "minutes.taken_back",
        ),
        Way(
            "approve",
            (MinutesState.SUBMITTED,),
            MinutesState.APPROVED,
            "secretary",
            "an item of a later meeting of the same body",
            "minutes.approved",
        ),
    ],
)


class Standing(TextChoices):
    """Where a paper stands follows from its sequence of bodies; nobody sets it."""

    UNPLANNED = "unplanned", _("no body planned")
    PLANNED = "planned", _("waits for a meeting")
    SCHEDULED = "scheduled", _("on an agenda")
    DONE = "done", _("dealt with")


PAPER = Life(
    "paper",
    "",
    [
        State(code=Standing.UNPLANNED, shape="open"),
        State(code=Standing.PLANNED, shape="warn", tone=SOON),
        State(code=Standing.SCHEDULED, shape="wait", tone=INFO),
        State(code=Standing.DONE, shape="done", tone=OK),
    ],
)


class RunState(TextChoices):
    QUEUED = "queued", pgettext_lazy("job", "waiting")
    RUNNING = "running", pgettext_lazy("job", "running")
    READY = "ready", pgettext_lazy("import", "to be checked")
    CONFIRMED = "confirmed", pgettext_lazy("import", "confirmed")
    APPLYING = "applying", pgettext_lazy("import", "being taken over")
    DONE = "done", pgettext_lazy("import", "taken over")
    DISCARDED = "discarded", pgettext_lazy("import", "discarded")
    FAILED = "failed", pgettext_lazy("job", "failed")


@dataclass(frozen=True, kw_only=True)
class RunRow(State):
    """``stage`` counts the three steps of the page: read, check, take over."""

    stage: int
    is_open: bool = False
    is_reading: bool = False
    is_taking_over: bool = False
    is_held: bool = False  # a worker is at it
    waits_for_check: bool = False
    is_done: bool = False
    may_be_discarded: bool = False
    may_be_repeated: bool = False

    @property
    def is_at_work(self) -> bool:
        return self.is_reading or self.is_taking_over


OPARL_RUN = Life(
    "oparl",
    "state",
    [
        RunRow(code=RunState.QUEUED, shape="open", stage=1, is_open=True, is_reading=True, may_be_discarded=True),
        RunRow(code=RunState.RUNNING, shape="run", tone=INFO, stage=1, is_open=True, is_reading=True, is_held=True),
        RunRow(
            code=RunState.READY,
            shape="wait",
            tone=INFO,
            stage=2,
            is_open=True,
            waits_for_check=True,
            may_be_discarded=True,
        ),
        RunRow(code=RunState.CONFIRMED, shape="wait", tone=INFO, stage=3, is_open=True, is_taking_over=True),
        RunRow(
            code=RunState.APPLYING, shape="run", tone=INFO, stage=3, is_open=True, is_taking_over=True, is_held=True
        ),
        RunRow(code=RunState.DONE, shape="done", tone=OK, stage=3, is_done=True),
        RunRow(code=RunState.DISCARDED, shape="dash", stage=0),
        RunRow(code=RunState.FAILED, shape="no", tone=BAD, stage=0, may_be_discarded=True, may_be_repeated=True),
    ],
)
RUN_IS_OPEN = OPARL_RUN.where(is_open=True)
OPARL_RUN.add_ways(
    Way("order", (), RunState.QUEUED, "coordination", "a file or an allowed address", "oparl.ordered"),
    Way("claim", (RunState.QUEUED,), RunState.RUNNING, "a worker", "a lease", ""),
    Way("propose", (RunState.RUNNING,), RunState.READY, "a worker", "something to check", "oparl.ready"),
    Way("end", (RunState.RUNNING,), RunState.DONE, "a worker", "nothing to check", ""),
    Way("confirm", (RunState.READY,), RunState.CONFIRMED, "coordination", "the decisions", "oparl.confirmed"),
    Way("claim", (RunState.CONFIRMED,), RunState.APPLYING, "a worker", "a lease", ""),
    Way("apply", (RunState.APPLYING,), RunState.DONE, "a worker", "all is taken over", "oparl.applied"),
    Way("apply", (RunState.APPLYING,), RunState.READY, "a worker", "something is left to check", "oparl.applied"),
    Way("fail", OPARL_RUN.where(is_at_work=True), RunState.FAILED, "a worker", "an error", "oparl.failed"),
    Way("repeat", (RunState.FAILED,), RunState.QUEUED, "coordination", "the wish", "oparl.ordered"),
    Way(
        "discard",
        OPARL_RUN.where(may_be_discarded=True),
        RunState.DISCARDED,
        "coordination",
        "nothing of it is used",
        "oparl.discarded",
    ),
)
