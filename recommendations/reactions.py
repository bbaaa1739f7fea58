# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from committees import events as committees
from committees.models import Consultation
from core.jobs import ring
from indicators import events as indicators
from recommendations import flows, jobs

if TYPE_CHECKING:
    from activity.models import Event

CHANGES = {
    kind.code
    for kind in (
        indicators.IMPORT_STORED,
        indicators.IMPORT_UNDONE,
        indicators.RELEASED,
        indicators.KEY_FIGURE_CHANGED,
    )
}


def check_evidence(sender: type[Event], event: Event, **kwargs: Any) -> None:
    """Published figures may have changed: see what stands on them."""
    if event.kind in CHANGES:
        ring(jobs.check_evidence)


def follow_result(sender: type[Event], event: Event, **kwargs: Any) -> None:
    """A committee resolved something: the recommendation behind the paper follows."""
    if event.kind == committees.RESULT_RECORDED.code:
        consultation = Consultation.objects.select_related("paper", "committee").get(pk=event.data["consultation"])
        flows.follow_result(consultation, by=event.by)
    elif event.kind == committees.RESULT_CORRECTED.code:
        consultation = Consultation.objects.select_related("paper", "committee").get(pk=event.data["consultation"])
        flows.follow_correction(consultation, by=event.by, former=event.data["former"], held=event.data["held"])
