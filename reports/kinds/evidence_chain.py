# SPDX-License-Identifier: EUPL-1.2
"""The evidence chain (Belegkette): from the file a figure was read from to its value of today, link by link.

Signs and values are the released ones. The public edition names sources and deliveries; the inner one also says who
released and pinned, and what the responsible department answered when a figure changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from core.figures import figure
from recommendations.evidence_chain import links
from recommendations.models import Doubt
from reports.kinds import Kind, parts, rights, setting
from reports.kinds.briefing import finding
from reports.kinds.house import house
from reports.kinds.prose import spelled

if TYPE_CHECKING:
    from core.series import Point
    from indicators.models import Import
    from recommendations.evidence_chain import Link
    from recommendations.models import Evidence, Recommendation
    from reports.content import Content


def build(recommendation: Recommendation, variant: str, options: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Every pinned figure with the deliveries it stands on, its value then and the value of today."""
    full = variant == "full"
    decided = recommendation.approval
    return {
        **house(variant),
        "label": recommendation.label,
        "title": recommendation.title,
        "lead": str(recommendation.lead_department or ""),
        "status": str(recommendation.state_label),
        "claim": (decided.content if decided else {}).get("claim", recommendation.claim),
        "paper": recommendation.paper.reference if recommendation.paper else "",
        "approval": parts.decision(decided) if decided else None,
        "links": [_link(one, full) for one in links(recommendation)],
    }


def _link(link: Link, full: bool) -> dict[str, Any]:
    pinned = link.evidence
    return {
        **parts.evidence(pinned),
        "finding": pinned.finding.said if pinned.finding else "",
        "deliveries": [_delivery(one, full) for one in link.imports],
        "today": _now(link.today, pinned),
        "latest": _now(link.latest, pinned),
        "latest_period": link.latest.period if link.latest else "",
        "stale": link.is_stale,
        "doubts": [_doubt(one, pinned, full) for one in Doubt.objects.filter(evidence=pinned)],
    }


def _delivery(one: Import, full: bool) -> dict[str, str]:
    return {
        "table": one.table_code,
        "as_of": parts.date_of(one.as_of),
        "stored": parts.day(one.stored_at),
        "sha256": one.sha256,
        "file": one.file_name if full else "",
    }


def _now(point: Point | None, pinned: Evidence) -> str:
    if point is None:
        return _("no longer published")
    return figure(point.value, point.sign, point.quality, pinned.decimals, pinned.unit)


def _doubt(one: Doubt, pinned: Evidence, full: bool) -> dict[str, Any]:
    return {
        "noticed": parts.day(one.noticed_at),
        "value": figure(one.value, one.sign, "", pinned.decimals, pinned.unit),
        "answer": str(one.get_answer_display()),
        "reason": one.reason if full else "",
        "signature": one.signature if full else "",
        "answered": parts.day(one.answered_at),
    }


def context(content: Content) -> dict[str, Any]:
    """The steps of every chain, with its chart and table."""
    full = content["variant"] == "full"
    chains = [{**one, "shown": finding(one), "steps": _steps(one, full)} for one in content["links"]]
    stale = sum(one["stale"] for one in content["links"])
    title = _("Evidence chain: %(title)s") % {"title": content["title"]}
    made = setting.frame(
        content,
        title=title,
        kind=_("Evidence chain %(label)s") % {"label": content["label"]},
        head=_("Evidence chain %(label)s") % {"label": content["label"]},
        rule=_("Released values only. A value that is kept secret stands in no edition."),
        facts=[
            (_("Status"), setting.status(full)),
            (_("Lead department"), content["lead"]),
            (_("Procedure"), content["status"]),
            (_("Paper"), content["paper"]),
        ],
        closed=full,
    )
    return {"frame": made, "chains": chains, "standing": _standing(len(chains), stale)}


def _standing(count: int, stale: int) -> str:
    """Whether the figures still are what their sources say."""
    if not count:
        return _("No figure is pinned to this recommendation.")
    if stale:
        words = ngettext(
            "%(count)s pinned figure is no longer what its source says.",
            "%(count)s pinned figures are no longer what their sources say.",
            stale,
        )
        said = words % {"count": spelled(stale, pgettext("feminine", "one")).capitalize()}
        return " ".join((said, _("The chain shows what changed and what was answered to it.")))
    if count == 1:
        return _("The pinned figure is still what its source says.")
    return _("All %(count)s pinned figures are still what their sources say.") % {"count": spelled(count)}


def _steps(one: Mapping[str, Any], full: bool) -> list[tuple[str, str, str]]:
    """The chain in order: source, delivery, key figure, pin, what happened since, today."""
    value = figure(
        None if one["value"] is None else parts.Decimal(one["value"]),
        one["sign"],
        one["quality"],
        one["decimals"],
        one["unit"],
    )
    steps = [(_("Source"), _("%(source)s, table %(table)s") % {"source": one["source"], "table": one["table"]}, "")]
    for delivery in one["deliveries"]:
        words = {"day": delivery["stored"], "as_of": delivery["as_of"] or delivery["stored"]}
        text = _("taken over on %(day)s, state of the data %(as_of)s") % words
        checksum = f"SHA-256 {delivery['sha256'][:16]}" if delivery["sha256"] else ""
        steps.append((_("Delivery"), text, ", ".join(part for part in (delivery["file"], checksum) if part)))
    words = {"name": one["name"], "numerator": one["numerator"], "denominator": one["denominator"]}
    text = f"{one['code']} {one['name']}"
    note = _("%(numerator)s of %(denominator)s") % words if one["numerator"] and one["denominator"] else ""
    steps.append((_("Key figure"), text, note))
    if one["finding"]:
        steps.append((_("Finding"), one["finding"], ""))
    words = {"value": value, "region": one["region"], "period": one["period"], "day": one["pinned_at"]}
    by = _("by %(name)s") % {"name": one["pinned_by"]} if full else ""
    steps.append((_("Pinned"), _("%(value)s, %(region)s, %(period)s, on %(day)s") % words, by))
    for doubt in one["doubts"]:
        words = {"day": doubt["noticed"], "value": doubt["value"]}
        answer = ", ".join(part for part in (doubt["answer"], doubt["signature"], doubt["answered"]) if part)
        note = f"{answer}: {doubt['reason']}" if doubt["reason"] else answer
        steps.append((_("Change"), _("noticed on %(day)s: %(value)s at the source") % words, note))
    newer = ""
    if one["latest_period"] and one["latest_period"] != one["period"]:
        newer = _("newest period %(period)s: %(value)s") % {"period": one["latest_period"], "value": one["latest"]}
    steps.append((_("Today"), _("%(period)s: %(value)s") % {"period": one["period"], "value": one["today"]}, newer))
    return steps


def attachments(content: Content) -> list[tuple[str, str, bytes]]:
    rows = []
    for one in content["links"]:
        series = parts.pinned_series(one)
        rows += [[one["name"], *row] for row in parts.series_rows(series, one["decimals"], one["unit"])]
    if not rows:
        return []
    return [setting.csv_file(_("evidence"), content["label"], [_("key figure"), *parts.series_header()], rows)]


KIND = Kind(
    code="evidence_chain",
    label=gettext_lazy("Evidence chain"),
    subject="recommendations.Recommendation",
    template="print/kinds/evidence_chain.html",
    variants=("public", "full"),
    build=build,
    context=context,
    may_order=rights.can_order_chain,
    attachments=attachments,
)
