# SPDX-License-Identifier: EUPL-1.2
"""What somebody saw who opened a decision, and what has become different since.

The form carries it signed: text, evidence with its doubts and the value of today, lead department, co-signing. Whoever
decides states it; where it no longer holds nothing is decided, and the differences are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.utils.translation import gettext as _

from core.canonical import checksum
from core.figures import figure
from recommendations.comparison import compare, words
from recommendations.content import frozen
from recommendations.evidence_chain import links

if TYPE_CHECKING:
    from recommendations.evidence_chain import Link
    from recommendations.models import Recommendation, Statement

SALT = "recommendations.sight"


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was seen: its heading, and runs of words that went, came and stayed."""

    heading: str
    runs: list


def token(recommendation: Recommendation) -> str:
    """What there is to see now, signed, for the form."""
    return signing.dumps(_seen(recommendation), salt=SALT, compress=True)


def differences(seen: str, recommendation: Recommendation) -> list[Difference]:
    """What differs from what was seen; a token that is none differs in everything."""
    try:
        before = signing.loads(seen, salt=SALT)
    except signing.BadSignature:
        return [Difference(_("This page"), words("", _("Please read it anew; what you had opened cannot be told.")))]
    now = _seen(recommendation)
    if before == now:
        return []
    found = [Difference(heading, runs) for heading, runs in _text(before, recommendation)]
    found += _changed(before["figures"], now["figures"])
    found += _changed(before["statements"], now["statements"])
    return found or [Difference(_("The order of events"), words("", _("It was submitted anew.")))]


def _seen(recommendation: Recommendation) -> dict[str, Any]:
    return {
        "recommendation": recommendation.pk,
        "round": recommendation.round,
        "version": recommendation.version,
        "text": checksum(frozen(recommendation)),
        "figures": {str(link.evidence.pk): _figure(link) for link in links(recommendation)},
        "statements": {str(one.pk): _statement(one) for one in recommendation.statements.for_display()},
    }


def _figure(link: Link) -> list[str]:
    """A pinned figure as heading and words: what was pinned, what its source says today, what was answered."""
    pinned = link.evidence
    today = _("no longer published")
    if link.today:
        today = figure(link.today.value, link.today.sign, link.today.quality, pinned.decimals, pinned.unit)
    said = [
        _("pinned %(value)s")
        % {"value": figure(pinned.value, pinned.sign, pinned.quality, pinned.decimals, pinned.unit)},
        _("at its source %(value)s") % {"value": today},
    ]
    said += [str(doubt.get_answer_display()) for doubt in pinned.doubts.all()]
    return [str(pinned), ", ".join(said)]


def _statement(one: Statement) -> list[str]:
    mediation = getattr(one, "mediation", None)
    said = [str(one.get_position_display()), one.remarks, one.signature, mediation.outcome if mediation else ""]
    return [str(one.body), ", ".join(part for part in said if part)]


def _text(before: Mapping[str, Any], recommendation: Recommendation) -> list[tuple[str, list[tuple[Any, ...]]]]:
    version = recommendation.versions.filter(number=before["version"]).first()
    return compare(version.content, frozen(recommendation)) if version else []


def _changed(before: dict[str, list[str]], now: dict[str, list[str]]) -> list[Difference]:
    """Of ``{key: [heading, words]}`` those that came, went or say something else."""
    nothing = ["", ""]
    return [
        Difference((now.get(key) or before[key])[0], words(before.get(key, nothing)[1], now.get(key, nothing)[1]))
        for key in before | now
        if before.get(key) != now.get(key)
    ]
