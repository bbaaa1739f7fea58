# SPDX-License-Identifier: EUPL-1.2
"""What stands in one typed line: bold, italic, links by https. A star in a word, in a sum or in a file's name stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.utils.html import escape, format_html

from core.figures import nbsp

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\((https://[^\s()\[\]]{1,2000})\)")
STARS = re.compile(r"\*+")
ENDING = re.compile(r"(?:in|innen|r|er|e|n|m|es)\b")  # “*innen” is the ending of a word
GAP = "\u2003"
TAGS = {"*": "em", "**": "strong"}
BEFORE, AFTER = " \xa0\u2003([„“‚\"'»–—", " \xa0\u2003.,;:!?)]“”’‘\"'«…–—"
BEGINS = "([„“‚\"'»§"


def marked(line: str) -> str:
    """The line as HTML, all of it escaped; what must not break is bound, and a tab is a gap that can be seen."""
    line = nbsp(line).replace("\t", GAP)
    found, begun = [], 0
    for place, end, html in _marks(line):
        found += escape(line[begun:place]), html
        begun = end
    return "".join([*found, escape(line[begun:])])


def plain(line: str) -> str:
    """The words of a line, without the stars that mark them."""
    found, begun = [], 0
    for place, end, _html in _stars(line):
        found.append(line[begun:place])
        begun = end
    return "".join([*found, line[begun:]])


def _marks(line: str) -> list[tuple[int, int, str]]:
    """Where marks begin and end, and what stands there instead, in the order of the line."""
    links = [(link.start(), link.end(), _link(link[2], plain(link[1]))) for link in LINK.finditer(line)]
    around = LINK.sub(lambda link: "x" * len(link[0]), line) if links else line
    return sorted([*links, *_stars(around)])


def _stars(line: str) -> list[tuple[int, int, str]]:
    """The stars that open or close bold or italic words, the nearest ones together; italic is what holds a letter."""
    found, opened = [], []
    for run in STARS.finditer(line):
        stars, place, end = run[0], run.start(), run.end()
        if stars not in TAGS:
            continue
        before, after = line[place - 1 : place] or " ", line[end : end + 1] or " "
        pair = next((one for one in opened if one[1] - one[0] == len(stars)), None)
        if pair and after in AFTER and not before.isspace():
            del opened[opened.index(pair) :]  # what was opened in between and is still open marks nothing
            if stars == "**" or any(map(str.isalpha, line[pair[1] : place])):
                found += (*pair, f"<{TAGS[stars]}>"), (place, end, f"</{TAGS[stars]}>")
        elif before in BEFORE and (after.isalnum() or after in BEGINS) and not ENDING.match(line, end):
            opened = [one for one in opened if one != pair] + [(place, end)]
    return found


def _link(address: str, words: str) -> SafeString:
    """A link whose address can be read on paper."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return escape(f"[{words}]({address})")
    if not parts.hostname:
        return escape(f"[{words}]({address})")
    shown = f"{parts.netloc}{parts.path}".rstrip("/")
    if not words.strip() or words.strip().removeprefix("https://").rstrip("/") == shown:
        return format_html('<a href="{}">{}</a>', address, shown)
    return format_html('<a href="{}">{}</a> ({})', address, words, shown)
