# SPDX-License-Identifier: EUPL-1.2
"""Typed text as paragraphs, lists, bold, italic and links: nothing else, and always in a form that can be tagged.

A list item holds inline text only and a link holds plain text, or the file is no PDF/UA any more. So the tokens of
markdown-it are set by hand, every text escaped; nh3 is the second lock.
"""

import re
from functools import cache
from urllib.parse import urlsplit

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

from core.templatetags.ui import nbsp

TAGS = {"p", "ul", "ol", "li", "strong", "em", "br", "a"}
ATTRIBUTES = {"a": {"href"}, "ul": {"class"}}
MARKED = re.compile(r"[*_\[<>\\&]|^[ \t]*(?:[-+]|\d+[.)])[ \t]|\n", re.M)
BREAK = SafeString("<br>")


@cache
def _parser():
    parser = MarkdownIt("zero", {"maxNesting": 12, "html": False})
    return parser.enable(["emphasis", "link", "list", "newline", "escape", "entity"])


def markdown(text):
    """A typed text as blocks: paragraphs and lists of one level."""
    text = nbsp(text or "").strip()
    if not text:
        return ""
    if not MARKED.search(text):
        return format_html("<p>{}</p>", text)
    return _clean("".join(_blocks(_parser().parse(text))))


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
    lists, items = [], []
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
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
