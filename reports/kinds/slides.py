# SPDX-License-Identifier: EUPL-1.2
"""Slides about the office's year: who decides what, one figure, the office's work, what we ask the committee for.

One sentence as headline, one table or chart each. They are shown in public, so they hold what is public.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from core.series import Series, from_json, to_json
from core.typed.items import items_of
from indicators.models import Region
from indicators.series import series_for, state_of_data
from recommendations.models import Evidence
from reports.kinds import Kind, drawing, parts, prose, rights, setting, year
from reports.kinds.activity_report import LIGHTS
from reports.kinds.house import house
from reports.kinds.indicator_sheet import claim_of
from reports.passages import Chapter

if TYPE_CHECKING:
    from reports.content import Content
    from reports.passages import ActivityReport

MOST_ROWS = 6
MOST_ASKS = 3


def build(report: ActivityReport, variant: str, options: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The public numbers of the year, one figure, and the asks as they were typed: “what | about what” per line."""
    passages = {passage.chapter: passage.text for passage in report.passages.all()}
    return {
        **house("public"),
        **year.numbers(report.year, False),
        "figure": _figure(report),
        "asks": items_of(passages.get(Chapter.ASKS, ""))[:MOST_ASKS],
        "audience": str((options or {}).get("audience", ""))[:160],
    }


def _figure(report: ActivityReport) -> dict[str, Any] | None:
    """The chosen key figure, else that of the newest approved recommendation, with its released values."""
    key_figure = report.key_figure
    if key_figure is None:
        approved = Evidence.objects.filter(recommendation__approval__isnull=False).select_related("key_figure__table")
        newest = approved.order_by("-recommendation__approval__at", "pk").first()
        key_figure = newest.key_figure if newest else None
    if key_figure is None:
        return None
    region = Region.objects.select_related("parent").filter(key=settings.MUNICIPALITY_KEY).first()
    keys = [one.key for one in (region, region.parent if region else None) if one]
    found = series_for([key_figure], keys) if keys else {}
    series = [found[key_figure.pk, key] for key in keys if found[key_figure.pk, key].points]
    if not series:
        return None
    shown = [Series(series[0].name, series[0].points, own=True), *(Series(one.name, one.points) for one in series[1:])]
    return {
        "code": key_figure.code,
        "name": key_figure.name,
        "unit": key_figure.unit,
        "decimals": key_figure.decimals,
        "period_label": key_figure.period_label,
        "source": key_figure.source_label,
        "as_of": parts.date_of(state_of_data(key_figure)),
        "series": to_json(shown),
    }


def context(content: Content) -> dict[str, Any]:
    span = content["year"]
    line = [_("Year %(year)s") % {"year": span}]
    if content["demo"]:
        line.append(_("Demo data – freely invented"))
    made = setting.frame(
        content,
        title=_("From the figure to the resolution: %(unit)s in %(year)s") % {"unit": content["unit"], "year": span},
        kind=_("Slides"),
        head=" · ".join(line),
        rule="",
        page="slides",
    )
    return {
        "frame": made,
        "lead": _("The year %(year)s of %(unit)s") % {"year": span, "unit": content["unit"]},
        "who": _who(content["recommendations"]),
        "who_title": _who_title(content["recommendations"]),
        "pair": _pair(content["figure"]) if content["figure"] else None,
        "tasks": _tasks(content),
        "asks": [_ask(ask) for ask in content["asks"]] or _default_asks(content),
        "tasks_title": _("What stood behind the resolutions in %(year)s") % {"year": span},
    }


def _who_title(found: Mapping[str, Any]) -> str:
    count = found["in_hand"]
    words = ngettext(
        "We have put %(count)s recommendation on its way.", "We have put %(count)s recommendations on their way.", count
    )
    return words % {"count": prose.spelled(count, pgettext("feminine", "one"))}


def _who(found: Mapping[str, Any]) -> dict[str, Any]:
    rows = []
    for one in found["rows"][:MOST_ROWS]:
        state, words = LIGHTS.get(one["light"], ("", _("none yet")))
        rows.append({**one, "state": state, "words": str(words)})
    rest = len(found["rows"]) - len(rows) + found["unnamed"]
    note = ""
    if rest:
        words = ngettext("%(count)s more is in the making.", "%(count)s more are in the making.", rest)
        note = words % {"count": prose.spelled(rest, pgettext("feminine", "one")).capitalize()}
    return {"rows": rows, "note": note}


def _pair(figure: Mapping[str, Any]) -> dict[str, Any]:
    series = from_json(figure["series"])
    draw = drawing.columns(
        series, name=figure["name"], unit=figure["unit"], decimals=figure["decimals"], scale=drawing.LARGE
    )
    table = parts.table_of(series, decimals=figure["decimals"], period_label=parts.short(figure["period_label"], 14))
    rows = [[row[0], row[-1]] for row in table["rows"]]
    note = [_("Key figure %(code)s") % {"code": figure["code"]}, figure["source"]]
    if figure["as_of"]:
        note.append(_("state of the data %(day)s") % {"day": figure["as_of"]})
    return {
        "drawing": draw,
        "caption": "",
        "table_caption": figure["name"],
        "title": figure["name"],
        "claim": claim_of(series[0]),
        "table": {"header": table["header"][:1], "rows": rows, "counts": False},
        "unit": figure["unit"],
        "note": ", ".join(note),
    }


def _tasks(content: Content) -> list[tuple[str, int, str]]:
    """The roles of a coordination, as far as something was recorded: counted, not by people."""
    committees, services = content["committees"], content["services"]
    co_signing = content["co_signing"]
    rows = [
        (_("Interface"), committees["held"], _("meetings of committees and working groups prepared")),
        (_("Service"), services["briefings"], _("documents made for committees and departments")),
        (_("Impulse"), content["recommendations"]["drafted"], _("recommendations worked out, each based on figures")),
        (_("Mediation"), co_signing["mediated"], _("dissents mediated; what stayed open is printed")),
    ]
    return [row for row in rows if row[1]]


def _ask(line: str) -> tuple[str, str]:
    """“What | about what”; a line without a stroke is the sentence alone."""
    head, _stroke, rest = line.partition("|")
    return (head.strip(), rest.strip())


def _default_asks(content: Content) -> list[tuple[str, str]]:
    ahead = content["ahead"]
    asks = [
        (_("Take note"), _("of the activity report %(year)s") % {"year": content["year"]}),
        (_("Say what matters to you"), _("topics for the next report on education")),
    ]
    if ahead["measures"]:
        words = ngettext(
            "about the measure that falls due in %(year)s",
            "about the measures that fall due in %(year)s",
            ahead["measures"],
        )
        asks.append((_("Ask"), words % {"year": content["year"] + 1}))
    return asks


def attachments(content: Content) -> list[tuple[str, str, bytes]]:
    if not content["figure"]:
        return []
    figure = content["figure"]
    rows = parts.series_rows(from_json(figure["series"]), figure["decimals"], figure["unit"])
    return [setting.csv_file(_("key figure"), figure["code"], parts.series_header(), rows)]


KIND = Kind(
    code="slides",
    label=gettext_lazy("Slides about the office's year"),
    subject="reports.ActivityReport",
    template="print/kinds/slides.html",
    variants=("public",),
    build=build,
    context=context,
    may_order=rights.can_order_report,
    attachments=attachments,
    asks=("audience",),
)
