# SPDX-License-Identifier: EUPL-1.2
"""Co-signing with dissent: who was asked, who answered what, where nobody answered, and what mediation brought.

Positions of a mediation and work with actors were said inside; they stand in the inner edition only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from recommendations import rounds
from reports.kinds import Kind, parts, rights, setting
from reports.kinds.house import house
from reports.kinds.prose import spelled

if TYPE_CHECKING:
    from recommendations.models import Recommendation, Workshop
    from reports.content import Content


def build(recommendation: Recommendation, variant: str, options: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The statements on a recommendation as they were signed."""
    full = variant == "full"
    decided = recommendation.decisions.first()
    return {
        **house(variant),
        "label": recommendation.label,
        "title": recommendation.title,
        "lead": str(recommendation.lead_department or ""),
        "status": str(recommendation.state_label),
        "resolution": recommendation.proposed_resolution,
        "statements": [parts.statement(one, whole=full) for one in rounds.of(recommendation)],
        "workshops": [_workshop(one) for one in recommendation.workshops.prefetch_related("actors")] if full else [],
        "decision": parts.decision(decided) if decided else None,
    }


def _workshop(one: Workshop) -> dict[str, Any]:
    return {
        "date": parts.day(one.held_on),
        "actors": ", ".join(actor.name for actor in one.actors.all()),
        "outcome": one.outcome,
    }


def context(content: Content) -> dict[str, Any]:
    full = content["variant"] == "full"
    statements = content["statements"]
    kind = _("Co-signing %(label)s") % {"label": content["label"]}
    made = setting.frame(
        content,
        title=_("Co-signing: %(title)s") % {"title": content["title"]},
        kind=kind,
        head=kind,
        rule=_("Silence is no consent. Dissent is printed with its reason."),
        facts=[
            (_("Status"), setting.status(full)),
            (_("Lead department"), content["lead"]),
            (_("Procedure"), content["status"]),
        ],
        closed=full,
    )
    return {
        "frame": made,
        "counts": _counts([one for one in statements if not one.get("earlier")]),
        "statements": [one | {"about": parts.about_version(one)} for one in statements],
        "mediated": [one for one in statements if one["mediation"]],
        "claim": _claim(statements),
    }


def _claim(statements: Sequence[dict[str, Any]]) -> str:
    """What a reader has to know first."""
    if not statements:
        return _("No body was asked for a statement.")
    dissents = sum(one["dissent"] for one in statements)  # also those of earlier rounds
    if not dissents:
        return _("Nobody who answered disagrees.")
    words = ngettext(
        "%(count)s body does not co-sign. Its reason stands below, word for word.",
        "%(count)s bodies do not co-sign. Their reasons stand below, word for word.",
        dissents,
    )
    return words % {"count": spelled(dissents, pgettext("feminine", "one")).capitalize()}


def _counts(statements: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """How many bodies said what, every answer with its shape."""
    shapes = [
        ("yes", lambda count: ngettext("co-signs", "co-sign", count)),
        ("half", lambda count: ngettext("co-signs with remarks", "co-sign with remarks", count)),
        ("no", lambda count: ngettext("dissents", "dissent", count)),
    ]
    found = []
    for shape, words in shapes:
        count = sum(one["shape"] == shape for one in statements)
        found.append({"count": count, "shape": shape, "words": words(count)})
    waiting, silent = (sum(bool(one.get(name)) for one in statements) for name in ("waiting", "silent"))
    if waiting:
        may_answer = ngettext("may still answer", "may still answer", waiting)
        return [*found, {"count": waiting, "shape": "", "words": may_answer}]
    return [*found, {"count": silent, "shape": "", "words": ngettext("is silent", "are silent", silent)}]


def attachments(content: Content) -> list[tuple[str, str, bytes]]:
    header = [_("Body"), _("Vote"), _("Remark or reason"), _("Signed by"), _("Signed on"), _("Deadline")]
    header += [_("Round"), _("Version")]
    keys = ("body", "position", "text", "signature", "signed", "due", "round", "version")
    rows = [[one.get(key, "") for key in keys] for one in content["statements"]]
    return [setting.csv_file(_("Co-signing"), content["label"], header, rows)] if rows else []


KIND = Kind(
    code="statements",
    label=gettext_lazy("Co-signing with dissent"),
    subject="recommendations.Recommendation",
    template="print/kinds/statements.html",
    variants=("public", "full"),
    build=build,
    context=context,
    may_order=rights.can_order_statements,
    attachments=attachments,
)
