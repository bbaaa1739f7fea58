# SPDX-License-Identifier: EUPL-1.2
"""The pack of a meeting (Sitzungsmappe): cover with the agenda, then the paper of every item, set one by one.

Public and non-public items stand apart. The public pack holds neither a title nor a paper of the closed session.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from core.dates import long_day
from core.figures import NBSP
from core.typed.items import first_point
from reports.kinds import Kind, briefing, parts, rights, setting
from reports.kinds.house import house
from reports.kinds.prose import spelled

if TYPE_CHECKING:
    from committees.models import AgendaItem, Meeting, Paper
    from reports.content import Content


def build(meeting: Meeting, variant: str, options: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The agenda of a meeting, and the briefing of every paper on it."""
    full = variant == "full"
    items = meeting.agenda_items.order_by("position").prefetch_related("consultations__paper")
    agenda, papers = [], []
    for item in [*(one for one in items if one.is_public), *(one for one in items if not one.is_public)]:
        if not item.is_public and not full:
            continue
        agenda.append(_item(item, full, papers))
    closed = sum(not item.is_public for item in items)
    questions = [one for one in parts.open_questions(meeting) if full or one["is_public"]]
    return {
        **house(variant),
        "committee": meeting.committee.name,
        "code": meeting.committee.code,
        "day": parts.day(meeting.start),
        "long_day": long_day(meeting.start),
        "time": date_format(timezone.localtime(meeting.start), "H:i"),
        "place": meeting.location,
        "agenda": agenda,
        "closed_items": closed,
        "questions": questions,
        "matters": _matters(agenda, papers),
        "papers": [
            briefing.build(paper, variant if paper.is_public or full else "public", options) for paper in papers
        ],
    }


def _matters(agenda: Iterable[Mapping[str, Any]], papers: Sequence[Paper]) -> list[dict[str, Any]]:
    """What each paper asks for, in its first sentence; a long one is cut at a word."""
    found = []
    for item in agenda:
        for on_it in item["papers"]:
            wanted = first_point(papers[on_it["position"] - 1].proposed_resolution)
            if wanted:
                text = Truncator(wanted).chars(180)
                closed = not (item["is_public"] and on_it["is_public"])
                found.append({"number": item["number"], "text": text, "closed": closed})
    return found


def _item(item: AgendaItem, full: bool, papers: list[Paper]) -> dict[str, Any]:
    """One item; its papers join the pack in its order, each once."""
    on_it = []
    # a supplement follows the paper that it supplements
    stops = [stop for stop in item.consultations.all() if stop.paper_id]
    for stop in sorted(stops, key=lambda stop: stop.paper.supplement_number or 0):
        paper: Any = stop.paper
        if not paper.is_public and not full:
            continue
        if paper not in papers:
            papers.append(paper)
        on_it.append(
            {
                "reference": paper.reference,
                "type": str(paper.get_paper_type_display()),
                "role": str(stop.get_role_display()),
                "decides": stop.role == "decision",
                "is_public": paper.is_public,
                "lead": paper.lead_department.code,
                "position": papers.index(paper) + 1,
            }
        )
    return {
        "number": item.number,
        "title": item.title,
        "is_public": item.is_public,
        "reason": item.non_public_reason,
        "added": item.is_urgent,
        "papers": on_it,
    }


def context(content: Content) -> dict[str, Any]:
    """The cover: both parts of the agenda, what is decided, and how much there is to read."""
    name = _("Pack %(code)s, %(day)s") % {"code": content["code"], "day": content["day"]}
    closed = [item for item in content["agenda"] if not item["is_public"]]
    open_items = [item for item in content["agenda"] if item["is_public"]]
    papers = [paper for item in content["agenda"] for paper in item["papers"]]
    decided = sum(paper["decides"] for paper in papers)
    secret = bool(closed) or any(briefing.has_secret(paper) for paper in content["papers"])
    made = setting.frame(
        content,
        title=_("%(committee)s, meeting on %(day)s")
        % {"committee": content["committee"], "day": content["long_day"].split(f",{NBSP}")[-1]},
        kind=_("Meeting pack"),
        head=name,
        rule=_("What is non-public is not passed on."),
        facts=[
            (_("Status"), setting.status(False, with_secret=secret)),
            (_("Begin"), _("%(day)s, %(time)s") % {"day": content["long_day"], "time": content["time"]}),
            (_("Place"), content["place"]),
            (_("Papers"), str(len(papers)) if papers else _("none")),
        ],
        notice=_("Edition with non-public parts") if secret else "",
    )
    hidden = content["closed_items"] - len(closed)
    return {
        "frame": made,
        "open_items": open_items,
        "open_matters": [one for one in content["matters"] if not one["closed"]],
        "closed_matters": [one for one in content["matters"] if one["closed"]],
        "closed_list": closed,
        "claim": _claim(decided),
        "hidden": ngettext(
            "%(count)s further item is deliberated in closed session.",
            "%(count)s further items are deliberated in closed session.",
            hidden,
        )
        % {"count": hidden}
        if hidden
        else "",
    }


def _claim(decided: int) -> str:
    if not decided:
        return _("No decision is on the agenda of this meeting.")
    words = ngettext("The committee decides on %(count)s paper.", "The committee decides on %(count)s papers.", decided)
    return words % {"count": spelled(decided, pgettext("feminine", "one"))}


def pieces(content: Content) -> list[tuple[str, dict[str, Any]]]:
    """The cover and one briefing after the other, as they are joined."""
    return [("pack", content), *(("briefing", paper) for paper in content["papers"])]


def outline(content: Content) -> list[tuple[str, list[int]]]:
    """Every item of the agenda with the papers on it."""
    return [
        (
            _("Item %(number)s: %(title)s") % {"number": item["number"], "title": item["title"]},
            [paper["position"] for paper in item["papers"]],
        )
        for item in content["agenda"]
    ]


KIND = Kind(
    code="pack",
    label=gettext_lazy("Meeting pack"),
    subject="committees.Meeting",
    template="print/kinds/pack.html",
    variants=("public", "full"),
    build=build,
    context=context,
    may_order=rights.can_order_pack,
    parts=pieces,
    asks=("long",),
    outline=outline,
)
