# SPDX-License-Identifier: EUPL-1.2
"""Whatever meets typed or uploaded text takes time that grows with its length and no faster.

Patterns are found in the code, each fed with shapes made of its own signs; the parsers of text stand in a list. A text
a hundred times as long may take a few hundred times as long, never ten thousand times: seconds are not asked for.
"""

import ast
import re
import time

import pytest

from core.search import folded
from core.sheets import csv_of
from core.typed.cleaning import all_imported, before_control, cleaned
from core.typed.items import first_point, items_of
from core.typed.shown import inline, resolution, typed, typed_lines
from recommendations.comparison import words
from tests.infrastructure.test_tree import APPS, ROOT, tracked

LENGTHS = (1_000, 10_000, 100_000, 1_000_000)
MOST = 45  # times as long for ten times the text: linear, with room for a busy machine; quadratic is a hundred times
FLOOR = 0.02  # seconds of this process below which a measurement says nothing
# patterns put together when the program runs, with what bounds what they meet
BUILT = {
    ("core/typed/blocks.py", "DATE"): "of constants; asked at the beginning of a line",
    ("core/forms.py", "_plain"): "of the signs of a language; groups of three digits",
    ("core/forms.py", "text"): "of the signs of a language",
    ("committees/oparl/fetching.py", "_go_on"): "the number of a page, in an address",
    ("committees/oparl/fetching.py", "following"): "the number of a page, in an address",
}
USES = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}

PARSERS = {
    "typed": typed,
    "resolution": resolution,
    "typed_lines": typed_lines,
    "inline": inline,
    "items_of": items_of,
    "first_point": first_point,
    "cleaned": cleaned,
    "before_control": before_control,
    "all_imported": lambda text: all_imported({"a": [text]}),
    "folded": folded,
    "csv_of": lambda text: csv_of([[text]]),
    "words": lambda text: words(text, text[::-1]),
}
SHAPES = [
    *("> ", "- ", "* ", "*", "**a ", "*a* ", "*5 5* ", "*5*", "_", "[", "[a](", "[a](https://", "[a](https://b.de) "),
    *("a\tb\n", "a\tgez.\n", "\t", "\n", " ", "|", "|a", "|-|\n", "-|-\n", "a|b\n-|-\n", "1. a\n", "1. a\nb\n"),
    *("1.\tx\n", "1. x\n\n", "- a\n  - b\n", "- a\nb\n", "a) x\n", "a:\n", "e\u0301", "\u00ad", "\r", "5", "5."),
    *("§ 5 ", "&", "<", "Ä", "\x00", "\u200d", "=", "\n=", "a b ", "a b c d e "),
]


def grows(act, shape, end="\x00", lengths=LENGTHS):
    """Whether acting on ten times the text ever takes much more than ten times as long; asked from short to long."""
    before = FLOOR
    for length in lengths:
        text = (shape * (length // len(shape) + 1))[: length - 1] + end
        begun = time.process_time()
        act(text)
        now = time.process_time() - begun
        if now > MOST * before:
            return True
        before = max(now, FLOOR)
    return False


def patterns():
    """Every pattern in the code: ``(path, name of what holds it, the call, how it is used)``."""
    for path in tracked(*(f"{app}/*.py" for app in APPS)):
        place = str(path.relative_to(ROOT))
        if "/migrations/" in place or "/lindenfurt/" in place:
            continue
        tree = ast.parse(path.read_text())
        held = {}
        for top in ast.walk(tree):
            if isinstance(top, (ast.FunctionDef, ast.Assign)):
                name = top.name if isinstance(top, ast.FunctionDef) else ast.unparse(top.targets[0])
                held |= {id(node): name for node in ast.walk(top)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {f"re.{use}" for use in USES}:
                name = held.get(id(node), "")
                use = ast.unparse(node.func).removeprefix("re.")
                if use == "compile":
                    anchored = re.findall(rf"\b{re.escape(name)}\.(\w+)", path.read_text())
                    use = next((one for one in anchored if one in USES and one not in ("match", "fullmatch")), None)
                    use = use or next((one for one in anchored if one in USES), "search")
                yield place, name, node, use


def constant(node):
    """The pattern of a call, where it stands in the code, with its flags."""
    try:
        pattern = ast.literal_eval(node.args[0])
    except ValueError:
        return None
    flags = [*node.args[1:], *(keyword.value for keyword in node.keywords)]
    said = " ".join(ast.unparse(one) for one in flags)
    return re.compile(pattern, sum(getattr(re, flag) for flag in ("I", "M", "S") if re.search(rf"re\.{flag}\b", said)))


def alphabet(pattern):
    """Signs that a pattern speaks of, and pairs of them."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    plain = re.sub(r"\\[dDwWsSbBAZ]|\(\?[a-z<!=:]*|[\\^$*+?{}()\[\]|]", " ", source)
    signs = sorted({sign for sign in plain if not sign.isspace()})[:12]
    signs += [" ", "0", "a", "(", "-"]
    return [*dict.fromkeys(signs), "0.", "a ", " a", "(a", "0 ", "\n", "\t"]


def test_every_pattern_takes_time_that_grows_with_the_text():
    seen, slow, unknown = set(), [], []
    for place, name, node, use in patterns():
        pattern = constant(node)
        if pattern is None:
            if (place, name) not in BUILT:
                unknown.append((place, name))
            continue
        if (pattern.pattern, use) in seen:
            continue
        seen.add((pattern.pattern, use))
        act = pattern.search if use not in ("match", "fullmatch") else getattr(pattern, use)
        for shape in alphabet(pattern):
            if isinstance(pattern.pattern, bytes):
                shaped = lambda text, act=act: act(text.encode())  # noqa: E731
            else:
                shaped = act
            if grows(shaped, shape):
                slow.append((place, name, pattern.pattern, shape))
                break
    assert not unknown
    assert not slow
    assert len(seen) > 40


@pytest.mark.parametrize("name", PARSERS)
def test_every_parser_of_text_takes_time_that_grows_with_the_text(name):
    assert [shape for shape in SHAPES if grows(PARSERS[name], shape, "x", LENGTHS[:3])] == []
    assert not grows(PARSERS[name], "".join(SHAPES))


def test_what_is_quadratic_is_seen():
    assert grows(re.compile(r"\s*x").search, " ", lengths=(3_000, 30_000))
    assert not grows(re.compile(r"(?<!\s)\s*x").search, " ")
