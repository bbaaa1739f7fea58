# SPDX-License-Identifier: EUPL-1.2
"""Two versions of a recommendation compared word by word."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from recommendations.content import TEXT_FIELDS
from recommendations.models import Recommendation

SAME, GONE, NEW = "same", "gone", "new"
MOST_WORDS = 5_000


def words(old: str, new: str) -> list[tuple[str, str]]:
    """Runs of words as ``(what became of them, text)``: same, gone or new, in reading order.

    Comparing takes time that grows with the square of the words: beyond what forms take, all counts as new.
    """
    before, after = (re.findall(r"\S+|\n", text) for text in (old, new))
    if before != after and max(len(before), len(after)) > MOST_WORDS:
        return [(GONE, old), (NEW, new)]
    runs = []
    for change, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
        if change == "equal":
            runs.append((SAME, " ".join(before[a:b])))
            continue
        if a < b:
            runs.append((GONE, " ".join(before[a:b])))
        if c < d:
            runs.append((NEW, " ".join(after[c:d])))
    return runs


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """The parts of two frozen contents that differ: ``[(heading, runs)]``."""
    before, after = _parts(old), _parts(new)
    return [(name, words(before[name], after[name])) for name in after if before[name] != after[name]]


def _parts(content: Mapping[str, Any]) -> dict[str, str]:
    """What people read of a frozen content, as text under its heading."""
    parts = {_heading(field): content[field] for field in TEXT_FIELDS}
    department = content["lead_department"]
    parts[_heading("lead_department")] = f"{department['code']} {department['name']}" if department else "–"
    parts[_heading("effect_review_on")] = content["effect_review_on"] or "–"
    parts[_heading("evidence")] = "\n".join(
        f"{one['name']}, {one['region_name']}, {one['period']}: {one['value'] or one['sign']} {one['unit']}"
        for one in content["evidence"]
    )
    return parts


def _heading(field: str) -> str:
    described: Any = Recommendation._meta.get_field(field)
    return str(described.related_model._meta.verbose_name if field == "evidence" else described.verbose_name)
