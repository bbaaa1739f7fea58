# SPDX-License-Identifier: EUPL-1.2
"""One document of each kind, so that a visitor finds them; the worker makes them once it runs.

What is stored about a person is handed out on request only, so none of that lies about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import Department
from committees.models import Committee, Meeting
from indicators.models import KeyFigure
from recommendations.models import Recommendation
from reports import flows
from reports.models import Variant
from reports.passages import ActivityReport

if TYPE_CHECKING:
    from accounts.models import User

BOTH = (Variant.PUBLIC, Variant.FULL)


def order(office: User) -> None:
    """The coordination orders packs, follow-up, sheets, evidence, statements, the yearly report and its slides."""
    language = Recommendation.objects.get(title__startswith="Sprachbildung")
    report = ActivityReport.objects.get()
    meeting = language.paper.consultations.exclude(agenda_item=None).earliest("agenda_item__meeting__start")  # type: ignore[misc]
    wanted = [
        ("pack", Meeting.objects.get(pk=meeting.agenda_item.meeting_id), BOTH),
        ("briefing_long", language.paper, BOTH),
        ("tracking", Committee.objects.get(code="RAT"), BOTH),
        ("evidence_chain", language, (Variant.PUBLIC,)),
        ("statements", language, (Variant.PUBLIC,)),
        ("indicator_sheet", KeyFigure.objects.get(code="I3"), (Variant.PUBLIC,)),
        ("indicator_sheet", KeyFigure.objects.get(code="I5"), (Variant.PUBLIC,)),
        ("activity_report", report, BOTH),
        ("slides", report, (Variant.PUBLIC,)),
        ("deciders", Department.objects.get(code="FB 51"), (Variant.FULL,)),
    ]
    for kind, subject, variants in wanted:
        for variant in variants:
            flows.order(kind, subject, by=office, variant=variant)
