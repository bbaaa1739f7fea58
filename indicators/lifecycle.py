# SPDX-License-Identifier: EUPL-1.2
"""The lives of a delivery, a retrieval and a release: the only place that lists their states."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from core.lives import Life, State, Way
from core.shapes import BAD, INFO, OK


class ImportState(TextChoices):
    MAPPING = "mapping", pgettext_lazy("import", "waiting for its columns to be explained")
    PREVIEW = "preview", pgettext_lazy("import", "waiting for confirmation")
    STORED = "stored", pgettext_lazy("import", "taken over")
    DISCARDED = "discarded", pgettext_lazy("import", "discarded")
    UNDONE = "undone", pgettext_lazy("import", "undone")


@dataclass(frozen=True, kw_only=True)
class DeliveryState(State):
    is_open: bool = False  # nothing of it stands in the figures yet
    needs_mapping: bool = False
    is_stored: bool = False


DELIVERY = Life(
    "import",
    "state",
    [
        DeliveryState(code=ImportState.MAPPING, shape="open", is_open=True, needs_mapping=True),
        DeliveryState(code=ImportState.PREVIEW, shape="wait", tone=INFO, is_open=True),
        DeliveryState(code=ImportState.STORED, shape="done", tone=OK, is_stored=True),
        DeliveryState(code=ImportState.DISCARDED, shape="dash"),
        DeliveryState(code=ImportState.UNDONE, shape="back"),
    ],
)
DELIVERY_IS_OPEN = DELIVERY.where(is_open=True)
DELIVERY.add_ways(
    Way("read", (), ImportState.MAPPING, "monitoring", "a file whose columns nobody knows", ""),
    Way("read", (), ImportState.PREVIEW, "monitoring", "a file in a known layout", ""),
    Way("explain", DELIVERY_IS_OPEN, ImportState.PREVIEW, "monitoring", "what the columns mean", ""),
    Way(
        "store",
        (ImportState.PREVIEW,),
        ImportState.STORED,
        "monitoring",
        "the confirmation of the preview",
        "import.stored",
    ),
    Way("discard", DELIVERY_IS_OPEN, ImportState.DISCARDED, "monitoring", "nothing of it is used", ""),
    Way("undo", (ImportState.STORED,), ImportState.UNDONE, "monitoring", "nothing stands on it", "import.undone"),
)


class RetrievalState(TextChoices):
    QUEUED = "queued", pgettext_lazy("retrieval", "waiting to start")
    RUNNING = "running", pgettext_lazy("retrieval", "asking the web service")
    WAITING = "waiting", pgettext_lazy("retrieval", "being prepared by the web service")
    READY = "ready", pgettext_lazy("retrieval", "fetched")
    FAILED = "failed", pgettext_lazy("retrieval", "failed")


@dataclass(frozen=True, kw_only=True)
class RetrievalRow(State):
    """``stage`` counts the three steps of the page: ordered, asked, to be checked."""

    stage: int
    is_open: bool = False
    is_fetched: bool = False
    may_be_repeated: bool = False


RETRIEVAL = Life(
    "retrieval",
    "state",
    [
        RetrievalRow(code=RetrievalState.QUEUED, shape="open", stage=1, is_open=True),
        RetrievalRow(code=RetrievalState.RUNNING, shape="run", tone=INFO, stage=2, is_open=True),
        RetrievalRow(code=RetrievalState.WAITING, shape="wait", tone=INFO, stage=2, is_open=True),
        RetrievalRow(code=RetrievalState.READY, shape="done", tone=OK, stage=3, is_fetched=True),
        RetrievalRow(code=RetrievalState.FAILED, shape="no", tone=BAD, stage=0, may_be_repeated=True),
    ],
)
RETRIEVAL_IS_OPEN = RETRIEVAL.where(is_open=True)
RETRIEVAL.add_ways(
    Way("order", (), RetrievalState.QUEUED, "monitoring", "a table", "retrieval.ordered"),
    Way("claim", (RetrievalState.QUEUED, RetrievalState.WAITING), RetrievalState.RUNNING, "a worker", "a lease", ""),
    Way("wait", (RetrievalState.RUNNING,), RetrievalState.WAITING, "a worker", "a job of the web service", ""),
    Way("try_again", (RetrievalState.RUNNING,), RetrievalState.QUEUED, "a worker", "an error that may pass", ""),
    Way("fetch", (RetrievalState.RUNNING,), RetrievalState.READY, "a worker", "a delivery", "retrieval.ready"),
    Way("fail", RETRIEVAL_IS_OPEN, RetrievalState.FAILED, "a worker", "an error", "retrieval.failed"),
    Way("repeat", (RetrievalState.FAILED,), RetrievalState.QUEUED, "monitoring", "the wish", ""),
)


class ReleaseState(TextChoices):
    RELEASED = "released", pgettext_lazy("release", "released")
    REFUSED = "refused", pgettext_lazy("release", "refused")


RELEASE = Life(
    "release",
    "state",
    [
        State(code=ReleaseState.RELEASED, shape="done", tone=OK),
        State(code=ReleaseState.REFUSED, shape="no", tone=BAD),
    ],
)
