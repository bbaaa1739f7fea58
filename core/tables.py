# SPDX-License-Identifier: EUPL-1.2
"""Rows of a table written plainly, dressed with KERN's classes: what ``templates/components/table.html`` calls.

A table that turns into cards where it is narrow (``cards``) also gets what the change of ``display`` would take away:
the roles, and on each cell the name of its column.
"""

import re

from django.utils.html import strip_tags
from django.utils.safestring import SafeString

OPENING = re.compile(r"<(tr|th|td)\b([^>]*)>")
HEADING = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
UNHEARD = re.compile(r'<(\w+) aria-hidden="true">.*?</\1>', re.DOTALL)
CLASS = re.compile(r'(?<!\s)\s*\bclass="([^"]*)"')


def dress_head(cells: str, cards: bool) -> SafeString:
    """The headings of the columns; ``class="num"`` where numbers follow."""
    return SafeString(OPENING.sub(lambda one: _dressed(one, "header", "columnheader" if cards else "", "col"), cells))


def dress_rows(rows: str, head: str, cards: bool) -> SafeString:
    """The rows under these headings."""
    names = _names(head) if cards else []
    column = 0

    def dressed(one: re.Match[str]) -> str:
        nonlocal column
        tag, written = one.groups()
        if tag == "tr":
            column = 0
            return _dressed(one, "row", "row" if cards else "")
        name = names[column] if column < len(names) else ""
        column += 1
        if tag == "th":
            return _dressed(one, "cell", "rowheader" if cards else "", "row")
        label = name if "data-label=" not in written else ""
        return _dressed(one, "cell", "cell" if cards else "", label=label)

    return SafeString(OPENING.sub(dressed, rows))


def _names(head: str) -> list[str]:
    """The words of each heading as they may stand in an attribute; they were escaped when they were rendered."""
    return [" ".join(strip_tags(UNHEARD.sub("", one)).split()).replace('"', "&quot;") for one in HEADING.findall(head)]


def _dressed(one: re.Match[str], part: str, role: str, scope: str = "", label: str = "") -> str:
    tag, written = one.groups()
    own = CLASS.search(written)
    words = own.group(1).split() if own else []
    classes = [f"kern-table__{part}", *(f"kern-table__{part}--numeric" if word == "num" else word for word in words)]
    attributes = {"role": role, "class": " ".join(classes), "scope": scope, "data-label": label}
    given = "".join(f' {name}="{value}"' for name, value in attributes.items() if value)
    return f"<{tag}{given}{CLASS.sub('', written)}>"
