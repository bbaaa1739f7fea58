# SPDX-License-Identifier: EUPL-1.2
"""Co-signing round by round: every answer beside the version that it saw, and what has changed in the text since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from recommendations.comparison import GONE, NEW, compare
from recommendations.content import frozen

if TYPE_CHECKING:
    from recommendations.models import Recommendation


def of(recommendation: Recommendation) -> list[Any]:
    """All statements in the order of their rounds, each with what of the text has changed ``since`` it was given."""
    statements: list[Any] = list(recommendation.statements.for_display())
    outdated = {one.version for one in statements if one.position and one.version != recommendation.version}
    versions = recommendation.versions.filter(number__in=outdated) if outdated else ()
    seen = {version.number: version.content for version in versions}
    now = frozen(recommendation) if seen else {}
    for one in statements:
        one.since = compare(seen[one.version], now) if one.position and one.version in seen else []
        one.is_earlier = one.round < recommendation.consultation_round
    return statements


def standing(statements: Sequence[Any]) -> list[Any]:
    """Without an earlier answer of a body that was asked again, unless it was a dissent: that stays in print."""
    asked_again = {one.body for one in statements if not one.is_earlier}
    return [one for one in statements if not one.is_earlier or one.is_dissent or one.body not in asked_again]


def sentences(since: Iterable[tuple[str, list[tuple[Any, ...]]]]) -> list[str]:
    """What changed, in sentences, for paper: what stands now, and what stood in its place."""
    return [sentence for heading, runs in since for sentence in _of_part(heading, runs)]


def _of_part(heading: str, runs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """One sentence for each place; a run that went directly before one that came was replaced by it."""
    before = ""
    for what, text in [*runs, ("", "")]:
        if what == NEW:
            words = {"part": heading, "now": text, "before": before}
            yield (
                _("%(part)s: “%(now)s” instead of “%(before)s”.") if before else _("%(part)s: “%(now)s” was added.")
            ) % words
            before = ""
            continue
        if before:
            yield _("%(part)s: “%(before)s” was left out.") % {"part": heading, "before": before}
        before = text if what == GONE else ""
