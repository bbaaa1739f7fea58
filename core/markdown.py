# SPDX-License-Identifier: EUPL-1.2
"""Typed text as paragraphs, lists, tables, bold, italic and links: nothing else, and in a form that can be tagged.

A table is typed with pipes, or pasted from a spreadsheet: two or more lines with tabs. Its first line is the head, its
first column names the rows. A list item holds inline text only and a link holds plain text, or the file is no PDF/UA.
So the tokens of markdown-it are set by hand, every text escaped; nh3 is the second lock.
"""

import re
from functools import cache
from html import unescape
from urllib.parse import urlsplit

import nh3
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from markdown_it import MarkdownIt

from core.figures import nbsp

TAGS = {"p", "ul", "ol", "li", "strong", "em", "br", "a", "div", "table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {
    "a": {"href"},
    "ul": {"class"},
    "div": {"aria-label", "class", "role", "tabindex"},
    "th": {"class", "scope"},
    "td": {"class"},
}
MARKED = re.compile(r"[*_\[<>\\&]|^[ \t]*(?:[-+]|\d+[.)])[ \t]|\n", re.M)
PASTED = re.compile(r"(?:^[^\n]*\t[^\n]*(?:\n|\Z)){2,}", re.M)
NUMBER = re.compile(r"[-+–−±]?[\d.,\s]*\d[\d.,]*\s?(?:%|€|Euro)?|[-–.·/x]|")
MOST_COLUMNS = 8
TYPED = gettext_lazy("Lists: lines that begin with “- ”. Bold: **word**. Tables: paste the cells from a spreadsheet.")
BREAK = SafeString("<br>")


@cache
def _parser():
    parser = MarkdownIt("zero", {"maxNesting": 12, "html": False})
    return parser.enable(["emphasis", "link", "list", "newline", "escape", "entity", "table"])


def markdown(text):
    """A typed text as blocks: paragraphs, lists of one level, and tables."""
    text = nbsp(text or "").strip()
    if not text:
        return ""
    if not MARKED.search(text):
        return format_html("<p>{}</p>", text)
    return _clean("".join(_blocks(_parser().parse(PASTED.sub(_with_pipes, text)))))


def _with_pipes(pasted):
    """Lines with tabs as a table with pipes."""
    rows = [line.replace("|", "\\|").split("\t") for line in pasted[0].splitlines()]
    width = max(map(len, rows))
    lines = ["|" + "|".join([*row, *[" "] * (width - len(row))]) + "|" for row in rows]
    return "\n\n" + "\n".join([lines[0], "|" + "-|" * width, *lines[1:]]) + "\n\n"


def inline(text):
    """A typed text inside a cell, a line or a list item: bold and italic, no blocks."""
    text = nbsp(text or "").strip()
    if not MARKED.search(text):
        return format_html("{}", text)
    tokens = _parser().parseInline(" ".join(text.split()))
    return _clean("".join(_inlines(tokens[0].children)))


def _clean(html):
    # SECURITY: the pieces were escaped one by one; this refuses whatever should have slipped through
    return SafeString(nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"https"}, link_rel=None))


def _blocks(tokens):
    lists, items, rows = [], [], []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            rows[-1].append("")
        elif token.type == "table_close":
            if lists:
                items[-1] += [" · ".join(row) for row in rows]
            else:
                yield from _table(rows)
            rows = []
        elif rows and token.type == "inline":
            rows[-1][-1] = "".join(_inlines(token.children))
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            if not lists:
                yield '<ul class="lines">' if token.tag == "ul" else "<ol>"
            lists.append(token.tag)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            outermost = lists.pop()
            if not lists:
                yield from _items(items)
                items = []
                yield f"</{outermost}>"
        elif token.type == "list_item_open":
            items.append([])
        elif token.type == "inline":
            html = "".join(_inlines(token.children))
            if lists:
                items[-1].append(html)
            else:
                yield f"<p>{html}</p>"


def _table(rows):
    """A table of a head and rows; a column of numbers stands flush right. Too wide for a page, its rows are lines."""
    head, *body = rows
    if len(head) > MOST_COLUMNS or not body:
        for row in rows:
            yield f"<p>{' · '.join(filter(None, row))}</p>"
        return
    kinds = [
        "",
        *(' class="num"' if _is_numeric(row[column] for row in body) else "" for column in range(1, len(head))),
    ]
    # on a telephone it is moved sideways, also by keyboard, instead of tearing its numbers
    name = format_html(' aria-label="{}"', unescape(strip_tags(head[0]))) if head[0] else ""
    yield f'<div class="typed" role="group" tabindex="0"{name}><table><thead><tr>'
    yield from (f'<th scope="col"{kind}>{cell or "–"}</th>' for cell, kind in zip(head, kinds, strict=True))
    yield "</tr></thead><tbody>"
    for first, *cells in body:
        yield f'<tr><th scope="row">{first or "–"}</th>'
        yield from (f"<td{kind}>{cell or '–'}</td>" for cell, kind in zip(cells, kinds[1:], strict=True))
        yield "</tr>"
    yield "</tbody></table></div>"


def _is_numeric(cells):
    cells = [strip_tags(cell) for cell in cells]
    return all(map(NUMBER.fullmatch, cells)) and any(character.isdigit() for cell in cells for character in cell)


def _items(items):
    for paragraphs in items:
        if paragraphs:
            yield f"<li>{BREAK.join(paragraphs)}</li>"


def _inlines(tokens):
    link, words = "", []
    for token in tokens or ():
        if token.type == "link_open":
            link, words = str(token.attrGet("href") or ""), []
        elif token.type == "link_close":
            yield _link(link, "".join(words))
            link = ""
        elif token.type in ("text", "text_special"):
            if link:
                words.append(token.content)
            else:
                yield format_html("{}", token.content)
        elif token.type in ("softbreak", "hardbreak"):
            if link:
                words.append(" ")
            else:
                yield BREAK
        elif token.type in ("strong_open", "strong_close", "em_open", "em_close") and not link:
            yield f"<{'/' if token.nesting < 0 else ''}{token.tag}>"


def _link(address, words):
    """A link by https whose address can be read on paper; any other address is plain text."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return format_html("{}", words)
    shown = f"{parts.netloc}{parts.path}".rstrip("/")
    if parts.scheme != "https" or not parts.hostname:
        return format_html("{}", words or address)
    if not words.strip() or words.strip().removeprefix("https://").rstrip("/") == shown:
        return format_html('<a href="{}">{}</a>', address, shown)
    return format_html('<a href="{}">{}</a> ({})', address, words, shown)
