# SPDX-License-Identifier: EUPL-1.2
"""Finds sentences that are glued from translated parts, in code and in templates.

Another language orders its words otherwise, so a sentence is one message with named placeholders. ``glued_in_code``
looks at the syntax tree: a translated text inside an f-string, beside ``+``, under ``.join`` or inside ``"…" % …``.
``glued_in_template`` looks for a translation that runs on: nothing but a space stands between it and a value, a word
or another translation. What ends as a sentence or with a colon does not run on, and neither does an enumeration.
"""

import ast
import re
from itertools import pairwise

TRANSLATORS = {
    f"{kind}{lazy}" for kind in ("gettext", "ngettext", "pgettext", "npgettext") for lazy in ("", "_lazy")
} | {"_"}


COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}", re.DOTALL)
PIECE = re.compile(
    r"{% translate (?P<literal>\"[^\"]*\"|'[^']*')(?! as)[^%]*%}"
    r"|{% blocktranslate\b(?![^%]* asvar )[^%]*%}(?P<block>.*?){% endblocktranslate %}"
    r"|(?P<value>{{.*?}}|{% (?:figure|point|change) (?![^%]* as )[^%]*%})",
    re.DOTALL,
)


def glued_in_code(source):
    """Line numbers with what is wrong there."""
    return sorted(
        (node.lineno, what)
        for node in ast.walk(ast.parse(source))
        for what, parts in _joints(node)
        if any(_is_translated(part) for part in parts)
    )


def glued_in_template(source):
    """Line numbers with what runs on there."""
    source = COMMENT.sub(lambda one: "\n" * one.group().count("\n"), source)
    found = []
    pieces = list(PIECE.finditer(source))
    for one, following in pairwise(pieces):
        between = source[one.end() : following.start()]
        if between and not between.strip() and "\n\n" not in between and _runs_on(one, following):
            found.append((source.count("\n", 0, one.end()) + 1, f"{one.group()} {following.group()}"))
    for one in pieces:
        if not one["value"] and re.match(r"\s+\w", source[one.end() :]) and not _is_closed(one):
            found.append((source.count("\n", 0, one.end()) + 1, one.group()))
    return found


def _runs_on(one, following):
    if one["value"]:  # behind a value a new sentence may begin, with a capital letter
        return not following["value"] and not _text(following)[:1].isupper()
    return not _is_closed(one)


def _is_closed(piece):
    """Whether a whole sentence, or a label with its colon, ends with this piece."""
    return _text(piece).endswith((".", "!", "?", ":"))


def _text(piece):
    return (piece["literal"] or piece["block"] or "").strip("\"' \n")


def _joints(node):
    if isinstance(node, ast.JoinedStr) and len(node.values) > 1:
        yield "f-string", [one.value for one in node.values if isinstance(one, ast.FormattedValue)]
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        if not _is_mere_sign(node.left) and not _is_mere_sign(node.right):
            yield "+", [node.left, node.right]
    elif isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add):
        yield "+=", [node.value]
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and isinstance(node.left, ast.Constant):
        yield "%", [node.right, *getattr(node.right, "elts", ()), *getattr(node.right, "values", ())]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr == "join" and isinstance(node.func.value, ast.Constant):
            parts = [part for one in node.args for part in (*getattr(one, "elts", ()), getattr(one, "elt", None))]
            yield "join", [part for part in parts if not _is_sentence(part)]
        elif node.func.attr == "format" and isinstance(node.func.value, ast.Constant):
            yield "format", [*node.args, *(one.value for one in node.keywords)]
    elif (
        isinstance(node, ast.Call) and _is_translated(node) and any(isinstance(one, ast.JoinedStr) for one in node.args)
    ):
        yield "f-string inside", [node]


def _is_mere_sign(node):
    """“*” behind a heading is a mark, not a word."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and not re.search(r"[\w\s]", node.value)


def _is_translated(node):
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        return _is_translated(node.left)
    if isinstance(node, ast.IfExp):
        return _is_translated(node.body) or _is_translated(node.orelse)
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATORS


def _is_sentence(node):
    """Whole sentences may stand side by side."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        return _is_sentence(node.left)
    text = node.args[0] if isinstance(node, ast.Call) and node.args else None
    return isinstance(text, ast.Constant) and str(text.value).endswith((".", "!", "?"))
