# SPDX-License-Identifier: EUPL-1.2
"""Follow-up of resolutions (Beschlusskontrolle) of one body and period: what was resolved, and what came of it.

What needs attention stands on top, what is done last and once. Non-public resolutions stand in a list of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from committees.models import AgendaItem, Paper
from recommendations.lifecycle import MEASURE
from recommendations.models import MeasureStatus
from recommendations.tracking import next_report, nothing_follows, rows
from reports.kinds import Kind, parts, rights, setting
from reports.kinds.house import house

if TYPE_CHECKING:
    from committees.models import Committee
    from recommendations.tracking import Row
    from reports.content import Content

LATE, NONE = "late", "none"


def build(committee: Committee, variant: str, options: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The resolutions of a period (``options["since"]``, ``["until"]`` as ISO days) with their measures."""
    options = options or {}
    since, until = (_date(options.get(key)) for key in ("since", "until"))
    papers = Paper.objects.all() if variant == "full" else Paper.objects.filter(is_public=True)
    following = next_report(committee)
    items = AgendaItem.objects.all() if variant == "full" else AgendaItem.objects.filter(is_public=True)
    followed = rows(papers, items, committee=committee, since=since, until=until)
    if variant != "full":
        followed = [row for row in followed if row.is_public]
    found = [_assigned(row, following) if row.assignment else _row(row, following) for row in followed]
    found.sort(key=lambda row: _urgency(row["urgency"]))
    _quote_once(found)
    return {
        **house(variant),
        "committee": committee.name,
        "code": committee.code,
        "since": parts.day(since),
        "until": parts.day(until),
        "as_of": parts.day(timezone.localdate()),
        "next": parts.day(following),
        "rows": [row for row in found if row["is_public"]],
        "closed_rows": [row for row in found if not row["is_public"]],
    }


def _date(value: str | None) -> date | None:
    """The day that an ISO text names; nothing where it names none."""
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def _quote_once(found: Iterable[dict[str, Any]]) -> None:
    """What was resolved stands with the first row that follows from it; the others name the resolution."""
    quoted = set()
    for row in found:
        told = row["resolution"]
        if told in quoted:
            row["text"] = ""
        quoted.add(told)


def _urgency(code: str) -> int:
    """What is delayed comes first, then what was stopped, and what is done last."""
    places = {LATE: 0, NONE: 4}
    return places[code] if code in places else MEASURE[code].urgency


def _row(row: Row, following: date | None) -> dict[str, Any]:
    item = row.item
    measure = parts.measure(row.measure) if row.measure else None
    done = bool(measure) and MEASURE[measure["code"]].is_done  # type: ignore[index]
    urgency = NONE
    if measure:
        late = measure["late"] or row.is_late
        measure |= {"late": late, "shape": "late" if late else measure["shape"]}
        urgency = LATE if late else str(measure["code"])
    lead = row.recommendation.lead_department if row.recommendation else row.paper and row.paper.lead_department
    return {
        "title": measure["title"] if measure else row.title,
        "topic": row.title if measure else "",
        "resolution": row.consultation.pk,
        "number": row.consultation.decision_number,
        "text": row.resolved_text,
        "resolved": parts.day(row.resolved_on),
        "item": item.number,
        "reference": row.reference,
        "is_public": row.is_public,
        "result": row.outcome,
        "department": measure["department_name"] if measure else str(lead or ""),
        "due": measure["due"] if measure else "",
        "formerly": ", ".join(parts.day(due) for due in row.formerly_due),
        "done": measure["done"] if measure else "",
        "measure": measure,
        "urgency": urgency,
        "delay": _since_promised(row),
        "reason": _reason(measure) if measure else nothing_follows(row),
        "next": _("last report") if done else (parts.day(following) or _("not fixed")),
    }


def _assigned(row: Row, following: date | None) -> dict[str, Any]:
    """What was resolved without a paper, and the assignment that followed from it."""
    one = row.assignment
    state = str(MeasureStatus.DONE if one.done_at else LATE if row.is_late else MeasureStatus.RUNNING)
    shape = LATE if state == LATE else MEASURE[state].printed
    colour = "green" if one.done_at else "red" if row.is_late else ""
    told = {"status": row.state, "late": row.is_late, "shape": shape, "colour": colour, "light": ""}
    return {
        "title": one.text,
        "topic": row.title,
        "resolution": row.consultation.pk if row.consultation else None,
        "number": row.consultation.decision_number if row.consultation else "",
        "text": row.resolved_text,
        "resolved": parts.day(row.resolved_on),
        "item": row.item.number,
        "reference": row.paper.reference if row.paper else "",
        "is_public": row.is_public,
        "result": str(row.outcome or _("nothing resolved")),
        "department": row.office,
        "due": parts.day(one.due_on),
        "formerly": "",
        "done": parts.day(timezone.localdate(one.done_at)) if one.done_at else "",
        "measure": told,
        "urgency": state,
        "delay": _since_promised(row),
        "reason": _("waits for the body to accept it") if one.done_at else _("none"),
        "next": parts.day(following) or _("not fixed"),
    }


def _since_promised(row: Row) -> str:
    """How late it is, and against which day; nothing in time."""
    if not row.delay:
        return ""
    words = {"delay": row.delay, "day": parts.day(row.promised_on)}
    return _("%(delay)s after %(day)s, the first day promised.") % words


def _reason(measure: Mapping[str, Any]) -> str:
    if measure["reason"]:
        return measure["reason"]
    return "; ".join(part for part in (_("none"), measure["completion"]) if part)


def context(content: Content) -> dict[str, Any]:
    """Counts per state, and the two lists."""
    every = [*content["rows"], *content["closed_rows"]]
    name = _("Follow-up of resolutions %(code)s") % {"code": content["code"]}
    period = ""
    if content["since"] or content["until"]:
        words = {"since": content["since"] or _("the beginning"), "until": content["until"] or content["as_of"]}
        period = _("%(since)s to %(until)s") % words
    made = setting.frame(
        content,
        title=_("Follow-up of resolutions: %(committee)s") % {"committee": content["committee"]},
        kind=name,
        head=name,
        rule=_("For information. %(committee)s has resolved.") % {"committee": content["committee"]},
        facts=[
            (_("Status"), setting.status(False, with_secret=bool(content["closed_rows"]))),
            (_("Resolved"), period),
            (_("As of"), content["as_of"]),
            (_("Next report"), content["next"]),
        ],
        notice=_("Edition with a list of non-public resolutions") if content["closed_rows"] else "",
        page="wide",
    )
    return {"frame": made, "counts": _counts(every), "caption": _caption(len(content["rows"]))}


def _counts(found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = sorted(MEASURE.states.items(), key=lambda pair: pair[1].urgency)
    states = [(LATE, LATE, _("delayed")), *((code, row.printed, row.counted) for code, row in rows)]
    return [
        {"count": sum(row["urgency"] == code for row in found), "shape": shape, "words": words}
        for code, shape, words in states
    ]


def _caption(count: int) -> str:
    return ngettext(
        "State of %(count)s item, the most urgent first", "State of %(count)s items, the most urgent first", count
    ) % {"count": count}


def attachments(content: Content) -> list[tuple[str, str, bytes]]:
    header = [_("Resolved on"), _("Paper"), _("Subject"), _("Result"), _("Responsible office"), _("Due on")]
    header.append(_("Formerly due on"))
    header += [_("State"), _("Traffic light"), _("Delay and reason"), _("Next report")]
    table = []
    for row in [*content["rows"], *content["closed_rows"]]:
        measure = row["measure"] or {"status": "", "light": ""}
        about = [row["resolved"], row["reference"], row["title"], row["result"], row["department"], row["due"]]
        about.append(row["formerly"])
        reason = " ".join(part for part in (row["delay"], row["reason"]) if part)
        table.append([*about, measure["status"], measure["light"], reason, row["next"]])
    return [setting.csv_file(_("Follow-up of resolutions"), content["code"], header, table)] if table else []


KIND = Kind(
    code="tracking",
    label=gettext_lazy("Follow-up of resolutions"),
    subject="committees.Committee",
    template="print/kinds/tracking.html",
    variants=("public", "full"),
    build=build,
    context=context,
    may_order=rights.can_order_tracking,
    attachments=attachments,
    asks=("since", "until"),
)
