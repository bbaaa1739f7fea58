# SPDX-License-Identifier: EUPL-1.2
"""The briefing of a paper: page one is enough to decide, page two says why, non-public annexes stand apart.

The long form adds an appendix: the statements word for word, every pinned figure, the decision and the history.
The public edition is built from data without the non-public parts; of a non-public paper it holds its number alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from committees.variants import Level, variant_of
from core.figures import NBSP, figure
from core.templatetags.ui import sign_legend
from recommendations import rounds
from reports.kinds import Kind, drawing, parts, rights, setting
from reports.kinds.history import history_of
from reports.kinds.house import house

if TYPE_CHECKING:
    from committees.models import Annex, Attachment, Consultation, Paper
    from recommendations.models import Recommendation
    from reports.content import Content

MOST_SERIES = 2
BESIDE_A_ROW = 40  # characters of small print that stand in the label column beside one row of a table


def build(paper: Paper, variant: str, options: Mapping[str, bool] | None = None) -> dict[str, Any]:
    """What a briefing says, as plain data; ``options["long"]`` adds the appendix."""
    full = variant == "full"
    if not paper.is_public and not full:
        return _closed(paper, variant)
    long = bool((options or {}).get("long"))
    recommendation = getattr(paper, "recommendation", None)
    stops = list(paper.consultations.select_related("committee", "agenda_item__meeting"))
    shown = variant_of(paper, Level.FULL if full else Level.PUBLIC)
    return {
        **house(variant),
        "open": True,
        "long": long,
        "paper": {
            "reference": paper.reference,
            "type": str(paper.get_paper_type_display()),
            "title": paper.title,
            "date": parts.day(paper.date),
            "file_reference": paper.file_reference,
            "lead": str(paper.lead_department),
            "lead_code": paper.lead_department.code,
            "involved": ", ".join(department.code for department in paper.involved_departments.all()),
            "is_public": paper.is_public,
            "non_public_reason": paper.non_public_reason,
            "resolution": paper.proposed_resolution,
        },
        "consultations": [parts.consultation(one) | {"biased": parts.number_withheld(one)} for one in stops],
        "resolved": _resolved(stops, full),
        "questions": _questions(stops, full),
        "annexes": [_annex(annex, full) for annex in paper.annexes.all()],
        "non_public_text": shown.non_public_text,
        "files": [_file(one, paper) for one in shown.attachments],
        "hidden_files": shown.hidden_attachments,
        "recommendation": _recommendation(recommendation, long) if recommendation else None,
        "history": history_of(paper, recommendation, full) if long else [],
    }


def build_long(paper: Paper, variant: str, options: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return build(paper, variant, {**(options or {}), "long": True})


def _closed(paper: Paper, variant: str) -> dict[str, Any]:
    """The public edition of a non-public paper: that it exists, and nothing of what it says."""
    return {
        **house(variant),
        "open": False,
        "long": False,
        "paper": {"reference": paper.reference, "type": str(paper.get_paper_type_display()), "is_public": False},
        "consultations": [],
        "annexes": [],
        "questions": [],
        "recommendation": None,
    }


def _resolved(stops: Iterable[Consultation], full: bool) -> dict[str, Any] | None:
    """The resolution that holds, once it is recorded; taken in closed session it stands in the full edition alone."""
    for one in stops:
        if one.authoritative and one.resolved_text and (one.is_public or full):
            return parts.resolution(one)
    return None


def _questions(stops: Iterable[Consultation], full: bool) -> list[dict[str, Any]]:
    """Open questions of the committee that decides, else of the first one on the way."""
    with_meeting = [one for one in stops if one.agenda_item]
    stop = next((one for one in with_meeting if one.role == "decision"), with_meeting[0] if with_meeting else None)
    questions = parts.open_questions(stop.agenda_item.meeting) if stop else []
    return [one for one in questions if full or one["is_public"]]


def _annex(annex: Annex, full: bool) -> dict[str, Any]:
    shown = annex.is_public or full
    return {
        "number": annex.position,
        "is_public": annex.is_public,
        "title": annex.title if shown else "",
        "body": annex.body if shown else "",
        "reason": annex.non_public_reason if full else "",
    }


def _file(attachment: Attachment, paper: Paper) -> dict[str, Any]:
    """A file of the paper: it stays where the paper is, the briefing says that it exists."""
    return {
        "number": attachment.position,
        "title": attachment.title,
        "format": attachment.extension.upper(),
        "size": attachment.size,
        "is_public": attachment.is_public and paper.is_public,
        "reason": attachment.non_public_reason,
        "is_unreadable": attachment.is_unreadable,
    }


def _recommendation(recommendation: Recommendation, long: bool) -> dict[str, Any]:
    decided = recommendation.approval
    frozen = decided.content if decided else {}
    statements = rounds.of(recommendation) if long else rounds.standing(rounds.of(recommendation))
    pinned = recommendation.evidence.select_related("pinned_by", "key_figure")
    return {
        "label": recommendation.label,
        "claim": frozen.get("claim", recommendation.claim),
        "summary": recommendation.summary_items,
        "rationale": frozen.get("rationale", recommendation.rationale),
        "alternatives": [list(row) for row in recommendation.alternative_items],
        "financial_impact": recommendation.financial_impact,
        "impact_assessment": recommendation.impact_assessment,
        "participation": recommendation.participation,
        "level": str(recommendation.get_responsible_level_display()),
        "suggestion": recommendation.is_suggestion,
        "effect_target": recommendation.effect_target,
        "effect_review": parts.month(recommendation.effect_review_on),
        "approval": parts.decision(decided) if decided else None,
        "evidence": [parts.evidence(one) for one in (pinned if long else pinned[:MOST_SERIES])],
        "statements": [parts.statement(one) for one in statements],
        "measures": [parts.measure(one) for one in recommendation.measures.select_related("department")],
    }


def context(content: Content) -> dict[str, Any]:
    """What the page needs on top of the content: who decides, key numbers, chart and table, head and foot."""
    paper, recommendation = content["paper"], content["recommendation"]
    secret = _secret_annexes(content)
    found = {"frame": _frame(content), "secret": secret, "has_secret": has_secret(content)}
    if not content["open"]:
        return found
    stops = content["consultations"]
    found |= {
        "who": _who(content),
        "before": [one["text"] for one in stops if one["text"] and _leads_in(one)],
        "after": [one["text"] for one in stops if one["text"] and not _leads_in(one)],
        "open_annexes": [annex for annex in content["annexes"] if annex["is_public"] and annex["body"]],
        "annex_lines": _annex_lines(content),
        "secret_files": [_file_line(one) for one in _files(content, public=False)],
        "receivers": _(
            "Members of the deciding committees, head of %(department)s, secretary. Please do not pass it on."
        )
        % {"department": paper["lead_code"]},
    }
    if recommendation:
        pinned = recommendation["evidence"]
        about_all = parts.about_all(recommendation["statements"])
        found |= {
            "figures": _figures(recommendation),
            "findings": [finding(one) for one in pinned[:1]],
            "more_findings": [finding(one) for one in pinned[1:]] if content["long"] else [],
            "about_all": about_all,
            "is_beside": len(about_all) <= BESIDE_A_ROW * len(recommendation["statements"]),
            "statements": [
                one | {"said": parts.said(one, about=not about_all), "about": parts.about_version(one)}
                for one in recommendation["statements"]
            ],
        }
    return found


def _secret_annexes(content: Content) -> list[dict[str, Any]]:
    return [annex for annex in content["annexes"] if not annex["is_public"] and annex["body"]]


def _files(content: Content, *, public: bool) -> list[dict[str, Any]]:
    """The files named in the open part, or in the non-public one; all of a non-public paper stand in its only part."""
    files = content.get("files", [])  # documents frozen before files were listed have none
    if not content["paper"]["is_public"]:
        return files if public else []
    return [one for one in files if one["is_public"] == public]


def has_secret(content: Content) -> bool:
    """Whether this edition holds a part that only members read."""
    return bool(_secret_annexes(content) or content.get("non_public_text") or _files(content, public=False))


def _frame(content: Content) -> dict[str, Any]:
    paper = content["paper"]
    name = f"{paper['type']} {paper['reference']}"
    closed = not paper["is_public"]
    if not content["open"]:
        rule = _("What is deliberated in closed session stands in no public edition.")
        facts = [(_("Status"), setting.status(True))]
        return setting.frame(content, title=name, kind=name, head=name, rule=rule, facts=facts, closed=False)
    state = setting.status(closed)
    if closed:
        state = f"{state}: {paper['non_public_reason']}"
    states = [state]
    for annex in content["annexes"]:
        if not annex["is_public"] and not closed:
            states.append(_("annex %(number)s non-public") % {"number": annex["number"]})
    if content.get("non_public_text") and not closed:
        states.append(_("part of the text non-public"))
    notice = ""
    if has_secret(content) and not closed:
        notice = _("Edition with non-public annex") if _secret_annexes(content) else _("Edition with non-public parts")
    rule = _("The committee resolves. %(department)s decides about the implementation.")
    made = setting.frame(
        content,
        title=paper["title"],
        kind=name,
        head=name,
        rule=rule % {"department": paper["lead_code"]},
        facts=[
            (_("Status"), ", ".join(states)),
            (_("File reference"), paper["file_reference"]),
            (_("Lead department"), paper["lead"]),
            (_("Involved"), paper["involved"]),
        ],
        notice=notice,
        closed=closed,
    )
    # the code stands in the label column of “At a glance”, where there is room for it
    return made | {"aside_code": bool(content["recommendation"] and content["recommendation"]["summary"])}


def _leads_in(stop: Mapping[str, Any]) -> bool:
    """Whether a body's own sentence stands before the numbered resolution: it decides, or its sentence leads there."""
    return stop["decides"] or stop["text"].rstrip().endswith(":")


def _who(content: Content) -> list[tuple[str, str]]:
    """Who resolves, who approved, who is biased, who only prepares: authority is read before the proposal."""
    recommendation, found = content["recommendation"], []
    for one in content["consultations"]:
        if one["decides"]:
            # a mandate is half a sentence (“own right under …”) or a whole one (“Decides on the budget.”)
            mark = ". " if one["mandate"][:1].isupper() else ", "
            found.append((_("Resolution:"), mark.join(part for part in (one["committee"], one["mandate"]) if part)))
    for one in content["consultations"]:
        if one["recorded"]:
            outcome = ", ".join(part for part in (one["committee"], one["result"], one["votes"]) if part)
            stands_below = one["decides"] and content.get("resolved")  # with its wording
            noted = f"{outcome}. {one['note']}" if one["note"] and not stands_below else outcome
            found.append((_("Result:"), noted))
    if recommendation and recommendation["approval"]:
        approval = recommendation["approval"]
        text = f"{approval['signature']}, {approval['department']}, {approval['date']}"
        found.append((_("Approval:"), f"{text}: {approval['reason']}" if approval["reason"] else text))
    elif recommendation and recommendation["suggestion"]:
        found.append((_("Suggestion to:"), recommendation["level"]))
    for one in content["consultations"]:
        if one["biased"]:
            words = ngettext("%(count)s member of %(committee)s", "%(count)s members of %(committee)s", one["biased"])
            found.append((_("Biased:"), words % {"count": one["biased"], "committee": one["committee"]}))
    found.append((_("Implementation:"), content["paper"]["lead"]))
    office = " ".join(part for part in (content["unit_position"], content["unit"]) if part)
    found.append((_("Preparation:"), _("%(office)s. It coordinates and does not decide.") % {"office": office}))
    return found


def _annex_lines(content: Content) -> list[str]:
    """What belongs to the paper, a line each; what this edition does not name stands together in the last one."""
    named = [annex for annex in content["annexes"] if annex["title"]]
    unnamed = [_annex_line(annex) for annex in content["annexes"] if not annex["title"]]
    files = [_file_line(one) for one in _files(content, public=True)]
    withheld = ". ".join([*filter(None, [", ".join(unnamed)]), *_hidden_files(content)])
    return [*map(_annex_line, named), *files, *filter(None, [withheld])]


def _annex_line(annex: Mapping[str, Any]) -> str:
    name = _("Annex %(number)s") % {"number": annex["number"]}
    if annex["title"]:
        name = f"{name}: {annex['title']}"
    mark = pgettext("document", "public") if annex["is_public"] else pgettext("document", "non-public")
    return f"{name} ({mark})"


def _file_line(one: Mapping[str, Any]) -> str:
    words = {
        "number": one["number"],
        "title": one["title"],
        "format": one["format"],
        "size": filesizeformat(one["size"]),
        "mark": parts.mark(one["is_public"]),
    }
    if one.get("is_unreadable"):
        said = _(
            "File %(number)s: %(title)s (%(format)s, %(size)s, %(mark)s). It shows pictures of pages without text; "
            "the office has a version to be read aloud made on request."
        )
        return said % words
    return _("File %(number)s: %(title)s (%(format)s, %(size)s, %(mark)s)") % words


def _hidden_files(content: Content) -> list[str]:
    """That there are files which this edition does not name."""
    hidden = content.get("hidden_files", 0)
    if not hidden:
        return []
    words = ngettext("%(count)s further file is non-public.", "%(count)s further files are non-public.", hidden)
    return [words % {"count": hidden}]


def _figures(recommendation: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Two to four key numbers: the town's, the comparison's, the money that is planned, the dissent."""
    found = []
    for pinned in recommendation["evidence"][:1]:
        for series in parts.pinned_series(pinned):
            latest = series.latest
            if latest is None or len(found) == MOST_SERIES:
                continue
            value = figure(latest.value, latest.sign, latest.quality, pinned["decimals"], pinned["unit"])
            name = f"{pinned['name']}, {series.name}" if series.own else series.name
            found.append((value, f"{name}, {latest.period}"))
    dissents = [one for one in recommendation["statements"] if one["dissent"]]
    if dissents:
        words = ngettext("%(count)s dissent", "%(count)s dissents", len(dissents)) % {"count": len(dissents)}
        bodies = ", ".join(one["body"] for one in dissents)
        found.append((words.replace(" ", NBSP), _("in co-signing: %(bodies)s") % {"bodies": bodies}))
    return found


def finding(pinned: Mapping[str, Any]) -> dict[str, Any]:
    """A pinned figure as chart and table, with its source, its reading example and the signs that occur."""
    series = parts.pinned_series(pinned)
    table = parts.table_of(
        series,
        decimals=pinned["decimals"],
        period_label=parts.short(pinned["period_label"], 14),
        numerator=pinned["numerator"],
        denominator=pinned["denominator"],
    )
    draw = drawing.columns(series, name=pinned["name"], unit=pinned["unit"], decimals=pinned["decimals"])
    source = [pinned["source"], _("key figure %(code)s") % {"code": pinned["code"]} if pinned["code"] else ""]
    source.append(_("table %(code)s") % {"code": pinned["table"]})
    if pinned["as_of"]:
        source.append(_("as of %(day)s") % {"day": pinned["as_of"]})
    words = {"name": pinned["pinned_by"], "day": pinned["pinned_at"]}
    source.append(_("pinned by %(name)s on %(day)s") % words)
    signs = sign_legend(series)
    if table["unmeant"]:
        signs = ", ".join(part for part in (signs, _("x not given here")) if part)
    return {
        "pair": {
            "drawing": draw,
            "caption": f"{pinned['name']}, {pinned['unit']}" if pinned["unit"] != "%" else in_percent(pinned["name"]),
            "table": table,
            "unit": pinned["unit"],
        },
        "name": pinned["name"],
        "source": ", ".join(part for part in source if part),
        "counts": _counts(pinned) if table["counts"] else "",
        "signs": signs,
        "reading": pinned["reading_example"],
    }


def in_percent(name: str) -> str:
    return _("%(name)s in percent") % {"name": name}


def _counts(pinned: Mapping[str, Any]) -> str:
    """What numerator and denominator are, where their names do not fit over the columns."""
    if not pinned["numerator"] or not pinned["denominator"]:
        return ""
    if parts.short(pinned["numerator"]) and parts.short(pinned["denominator"]):
        return ""
    words = {"numerator": pinned["numerator"], "denominator": pinned["denominator"]}
    return _("Numerator: %(numerator)s; denominator: %(denominator)s.") % words


def attachments(content: Content) -> list[tuple[str, str, bytes]]:
    """The pinned figures as a table."""
    recommendation = content["recommendation"]
    if not recommendation or not recommendation["evidence"]:
        return []
    rows = []
    for pinned in recommendation["evidence"]:
        series = parts.pinned_series(pinned)
        rows += [[pinned["name"], *row] for row in parts.series_rows(series, pinned["decimals"], pinned["unit"])]
    return [
        setting.csv_file(_("figures"), content["paper"]["reference"], [_("key figure"), *parts.series_header()], rows)
    ]


KIND = Kind(
    code="briefing",
    label=gettext_lazy("Briefing"),
    subject="committees.Paper",
    template="print/kinds/briefing.html",
    variants=("public", "full"),
    build=build,
    context=context,
    may_order=rights.can_order_briefing,
    attachments=attachments,
    asks=("long",),
)
LONG = Kind(
    code="briefing_long",
    label=gettext_lazy("Briefing with appendix"),
    subject="committees.Paper",
    template="print/kinds/briefing.html",
    variants=("public", "full"),
    build=build_long,
    context=context,
    may_order=rights.can_order_briefing,
    attachments=attachments,
)
