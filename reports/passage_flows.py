# SPDX-License-Identifier: EUPL-1.2
"""Beginning a yearly report and writing its passages: the coordination does, and the log says which chapters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext, gettext_lazy

from accounts.roles import COORDINATION, holds
from activity.data import Value
from activity.events import REFUSED
from activity.flows import logs_refusals, nothing, record, without
from activity.kinds import Kind
from core.sentences import sentence as _
from core.verdicts import YES, no
from reports.passages import ActivityReport, Chapter, Passage

if TYPE_CHECKING:
    from accounts.models import User
    from core.verdicts import Verdict
    from indicators.models import KeyFigure

BEGUN = Kind("activity_report.begun", gettext_lazy("%(by)s began the %(subject)s."))
KEY_FIGURE = "key_figure"


class Parts(Value):
    """Chapters of the report, and the figure on its slides."""

    def keep(self, value: Any) -> Any:
        return [str(one) for one in value]

    def words(self, kept: Any) -> str:
        if not isinstance(kept, list):
            return super().words(kept)
        return ", ".join(map(self._called, kept))

    def _called(self, one: str) -> str:
        return gettext("Key figure on the slides") if one == KEY_FIGURE else str(Chapter(one).label)


WRITTEN = Kind(
    "activity_report.written",
    gettext_lazy("%(by)s changed the %(subject)s: %(chapters)s."),
    data={"chapters": Parts()},
)


def can_write(user: User) -> Verdict:
    """The coordination writes the report on its year."""
    return YES if holds(user, COORDINATION) else no(_("Only the coordination writes the activity report."))


@logs_refusals(REFUSED, about=nothing)
@without(lock="it is made once, by its year")
@transaction.atomic
def begin(year: int, *, by: User) -> ActivityReport:
    """Begin the report of a year, once."""
    can_write(by).enforce()
    report, created = ActivityReport.objects.get_or_create(year=year)
    if created:
        record(BEGUN, report, by=by)
    return report


@logs_refusals(REFUSED)
@transaction.atomic
def write(report: ActivityReport, passages: Mapping[Chapter, str], *, key_figure: KeyFigure, by: User) -> list[str]:
    """Keep what was written into the chapters; gives the chapters that changed. An emptied passage is gone."""
    report = ActivityReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    can_write(by).enforce()
    before = {passage.chapter: passage.text for passage in report.passages.all()}
    changed = [chapter for chapter in Chapter if passages.get(chapter, "") != before.get(chapter, "")]
    for chapter in changed:
        if passages.get(chapter):
            values = {"text": passages[chapter], "changed_by": by}
            Passage.objects.update_or_create(report=report, chapter=chapter, defaults=values)
        else:
            report.passages.filter(chapter=chapter).delete()
    parts: list[str] = [*changed]
    if report.key_figure != key_figure:
        report.key_figure = key_figure
        report.save(update_fields=["key_figure"])
        parts.append(KEY_FIGURE)
    if parts:
        record(WRITTEN, report, by=by, chapters=parts)
    return parts
