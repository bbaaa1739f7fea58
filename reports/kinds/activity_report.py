# SPDX-License-Identifier: EUPL-1.2
"""The yearly report of the office (Tätigkeitsbericht): numbers from what was recorded, passages from people.

It counts bodies, departments, states and documents, never people. Passages are typed text with the small Markdown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from core.figures import number
from reports.kinds import Kind, prose, rights, setting, year
from reports.kinds.house import house
from reports.passages import Chapter

if TYPE_CHECKING:
    from reports.content import Content
    from reports.passages import ActivityReport

LIGHTS = {
    "green": ("half green", pgettext_lazy("light", "on schedule")),
    "yellow": ("late amber", pgettext_lazy("light", "delayed")),
    "red": ("late red", pgettext_lazy("light", "at risk")),
    "done": ("yes green", gettext_lazy("all done")),
}
PARTS = ("told", "more", "tables", "text")


def build(report: ActivityReport, variant: str, options: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The numbers of the year and the passages as they stand now."""
    return {
        **house(variant),
        **year.numbers(report.year, variant == "full"),
        "passages": {passage.chapter: passage.text for passage in report.passages.all()},
    }


def context(content: Content) -> dict[str, Any]:
    """The chapters in order; a chapter without numbers and without a passage is left out."""
    full = content["variant"] == "full"
    title = _("Activity report %(year)s") % {"year": content["year"]}
    made = setting.frame(
        content,
        title=title,
        kind=_("Activity report"),
        head=title,
        rule=_("Counted from what was recorded, not by people."),
        facts=[
            (_("Status"), setting.status(full)),
            (_("Period"), _("1 January to 31 December %(year)s") % {"year": content["year"]}),
            (_("As of"), content["as_of"]),
            (_("Unit"), ", ".join(part for part in (content["unit"], content["unit_position"]) if part)),
        ],
        closed=full,
    )
    chapters = [chapter for chapter in _chapters(content) if any(chapter[part] for part in PARTS)]
    return {"frame": made, "figures": _figures(content), "chapters": chapters, "opening": _opening(content)}


def _opening(content: Content) -> str:
    words = {"count": prose.spelled(content["recommendations"]["in_hand"]), "year": content["year"]}
    if content["recommendations"]["in_hand"] == 1:
        return _("In %(year)s one recommendation was on its way from the figure to the decision.") % words
    return _("In %(year)s %(count)s recommendations were on their way from the figure to the decision.") % words


def _figures(content: Content) -> list[tuple[str, str]]:
    """Three numbers that say what the year was."""
    return [
        (number(content["committees"]["held"]), _("meetings of committees and working groups prepared")),
        (number(content["decisions"]["count"]), _("decisions of departments about our recommendations")),
        (
            number(content["measures"]["done"]),
            _("of %(count)s measures done") % {"count": content["measures"]["count"]},
        ),
    ]


def _chapters(content: Content) -> list[dict[str, Any]]:
    """Each chapter: heading, generated sentences, tables, and what people wrote."""
    span, passages = content["year"], content["passages"]
    told = {
        Chapter.COMMITTEES: prose.committees(content["committees"], span),
        Chapter.RECOMMENDATIONS: prose.recommendations(
            content["recommendations"], content["decisions"], content["co_signing"], span
        ),
        Chapter.MONITORING: prose.monitoring(content["monitoring"], span),
        Chapter.NETWORK: prose.network(content["network"], span),
        Chapter.SERVICES: prose.services(content["services"], span),
        Chapter.EFFECTS: prose.effects(content["effects"]),
        Chapter.OUTLOOK: prose.ahead(content["ahead"], span),
    }
    more = {
        Chapter.GOALS: _goals(content["recommendations"]["fields"]),
        Chapter.NETWORK: _organisations(content["network"]) if content["network"]["kinds"] else "",
        Chapter.RECOMMENDATIONS: " ".join(
            part for part in (prose.co_signing(content["co_signing"]), prose.measures(content["measures"])) if part
        ),
    }
    tables = {
        Chapter.COMMITTEES: [_committee_table(content["committees"])],
        Chapter.RECOMMENDATIONS: [
            _recommendation_table(content["recommendations"]),
            _decision_table(content["decisions"]),
        ],
        Chapter.MONITORING: [_monitoring_table(content["monitoring"])],
        Chapter.EFFECTS: [_effect_table(content["effects"])],
    }
    return [
        {
            "code": str(chapter),
            "heading": str(chapter.label),
            "told": told.get(chapter, ""),
            "more": more.get(chapter, ""),
            "tables": [table for table in tables.get(chapter, ()) if table and table["rows"]],
            "text": passages.get(chapter, ""),
        }
        for chapter in Chapter
        if chapter != Chapter.ASKS
    ]


def _goals(fields: Sequence[str]) -> str:
    return _("We worked in these fields of action: %(fields)s.") % {"fields": ", ".join(fields)} if fields else ""


def _table(
    caption: str,
    widths: Sequence[int | None],
    header: Iterable[str],
    rows: Iterable[list[Any]],
    total: Sequence[int | str] | None = None,
) -> dict[str, Any]:
    """A table: widths in millimetres, ``None`` for the rest; a heading with a star is a number."""
    return {
        "caption": caption,
        "widths": widths,
        "header": [(name.rstrip("*"), name.endswith("*")) for name in header],
        "rows": [[_cell(cell, name) for cell, name in zip(row, header, strict=True)] for row in rows],
        "total": [_cell(cell, name) for cell, name in zip(total, header, strict=True)] if total else None,
    }


def _cell(cell: str | int | tuple[str, str], name: str) -> dict[str, Any]:
    text, state = cell if isinstance(cell, tuple) else (cell, "")
    return {"text": number(text) if isinstance(text, int) else text, "num": name.endswith("*"), "state": state}


def _committee_table(found: Mapping[str, Any]) -> dict[str, Any]:
    header = [_("Committee"), _("Meetings held") + "*", _("still planned") + "*", _("items with a paper") + "*"]
    header.append(_("with a result") + "*")
    rows = found["rows"]
    total = [_("Sum"), *(sum(row[column] for row in rows) for column in range(1, 5))] if len(rows) > 1 else None
    return _table(_("Committees and working groups"), [52, 20, 18, 20, None], header, rows, total)


def _recommendation_table(found: Mapping[str, Any]) -> dict[str, Any]:
    header = [_("Recommendation"), _("It decides"), _("Procedure"), _("Measures")]
    rows = []
    for one in found["rows"]:
        state, words = LIGHTS.get(one["light"], ("", _("none yet")))
        rows.append([one["title"], one["department"] or _("open"), one["status"], (str(words), state)])
    return _table(_("What became of the recommendations"), [56, 22, 28, None], header, rows)


def _decision_table(found: Mapping[str, Any]) -> dict[str, Any]:
    header = [_("Department"), _("Decisions") + "*", _("of these approved") + "*"]
    return _table(_("Decisions by department"), [72, 28, None], header, found["rows"])


def _monitoring_table(found: Mapping[str, Any]) -> dict[str, Any]:
    header = [_("Key figure"), _("Period"), found["region"] or _("Municipality"), _("Change") + "*"]
    header[2] += "*"
    header.append((found["above"] or _("Comparison")).split("(")[0].strip() + "*")
    return _table(
        _("How the key figures developed, compared with the period before"),
        [48, 18, 18, 20, None],
        header,
        found["rows"],
    )


def _organisations(found: Mapping[str, Any]) -> str:
    """The organisations by kind, in one line."""
    return _("By kind: %(kinds)s.") % {"kinds": ", ".join(f"{kind} {count}" for kind, count in found["kinds"])}


def _effect_table(found: Iterable[dict[str, str]]) -> dict[str, Any]:
    shapes = {"improved": "yes", "unchanged": "half", "worse": "no"}
    rows = [[one["title"], (one["effect"], shapes.get(one["code"], "none")), one["note"]] for one in found]
    return _table(_("Reviewed effects"), [42, 22, None], [_("Recommendation"), _("Development"), _("Note")], rows)


def attachments(content: Content) -> list[tuple[str, str, bytes]]:
    header = [_("Chapter"), _("What"), pgettext("count", "Number")]
    rows = [[_("Committees"), name, held] for name, held, *_rest in content["committees"]["rows"]]
    rows += [[_("Recommendations"), name, count] for name, count in content["recommendations"]["states"]]
    rows += [[_("Decisions"), name, count] for name, count, _approved in content["decisions"]["rows"]]
    rows += [[_("Actors"), name, count] for name, count in content["network"]["kinds"]]
    return [setting.csv_file(_("activity report"), content["year"], header, rows)]


KIND = Kind(
    code="activity_report",
    label=gettext_lazy("Activity report"),
    subject="reports.ActivityReport",
    template="print/kinds/activity_report.html",
    variants=("public", "full"),
    build=build,
    context=context,
    may_order=rights.can_order_report,
    attachments=attachments,
)
