# SPDX-License-Identifier: EUPL-1.2
"""Every state stands in one table; nothing else lists states, and the documents draw that table."""

import ast
import re
from itertools import pairwise

import pytest

from activity.kinds import KINDS
from core.lives import LIVES
from core.management.commands.draw_lives import drawn
from tests.infrastructure.test_tree import APPS, ROOT, tracked

CODES = {str(code) for life in LIVES.values() for code in life.states}
ENUMS = {type(row.code).__name__: set(life.states) for life in LIVES.values() for row in life.states.values()}
FIELD = re.compile(r"(?:^|_)(?:status|state)(?:__(?:in|exact|ne))?$")
IN_A_TEMPLATE = re.compile(r"""\.(?:status|state) (?:==|!=|in) ["']""")


def sources():
    """The code of the product: not the tables themselves, migrations, and what stands outside (the demo's story)."""
    for path in tracked("*.py"):
        first, *rest = path.relative_to(ROOT).parts
        if first in APPS and first != "demo" and not {"migrations", "lifecycle", "lifecycle.py"} & set(rest):
            yield path


def texts_in(node):
    return [one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def is_state(node):
    """Whether this is the state of something: ``meeting.state``, or a variable of that name."""
    return bool(FIELD.search(getattr(node, "attr", None) or getattr(node, "id", None) or ""))


def literals(tree):
    """Lines that compare a state with a text, or give a text where a state is asked for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            for one, other in [*pairwise(sides), *pairwise(reversed(sides))]:
                if is_state(one) and CODES & set(texts_in(other)):
                    yield node.lineno
        if isinstance(node, ast.keyword) and node.arg and FIELD.search(node.arg) and CODES & set(texts_in(node.value)):
            yield node.value.lineno


def second_tables(tree):
    """Lines of a list, set or mapping that names two states of the same life."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            members = node.keys
        elif isinstance(node, (ast.Tuple, ast.List, ast.Set)):
            members = node.elts
        else:
            continue
        named = [
            one.value.id
            for one in members
            if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id in ENUMS
        ]
        written = {one.value for one in members if isinstance(one, ast.Constant) and isinstance(one.value, str)}
        if len(named) > 1 or any(len(written & codes) > 2 for codes in ENUMS.values()):
            yield node.lineno


@pytest.mark.parametrize("find", [literals, second_tables])
def test_no_state_is_written_outside_its_table(find):
    found = [f"{path.relative_to(ROOT)}:{line}" for path in sources() for line in find(ast.parse(path.read_text()))]
    assert not found


def test_no_template_compares_a_state_with_a_text():
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked("templates/*.html")
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if IN_A_TEMPLATE.search(line)
    ]
    assert not found


@pytest.mark.parametrize(
    ("text", "find"),
    [
        ("if meeting.state == 'held': pass", literals),
        ("papers.filter(meeting__state__in=['held', 'closed'])", literals),
        ("OVER = (Status.CLOSED, Status.WITHDRAWN)", second_tables),
        ("WORDS = {Status.DRAFT: 1, Status.CLOSED: 2}", second_tables),
        ("WORDS = {'planned': 1, 'running': 2, 'done': 3}", second_tables),
    ],
)
def test_a_planted_state_is_found(text, find):
    assert list(find(ast.parse(text)))


@pytest.mark.parametrize("kind", LIVES)
def test_every_state_can_be_reached_and_every_way_is_told_by_an_event(kind):
    life = LIVES[kind]
    if not life.ways:
        pytest.skip("this life has no ways of its own")
    assert {way.target for way in life.ways} == set(life.states)
    assert set(life.events) <= set(KINDS)
    for way in life.ways:
        assert way.by
        assert way.fact


def test_the_documents_draw_the_tables_as_they_are():
    for path in tracked("docs/*.md"):
        text = path.read_text()
        assert text == drawn(text), f"{path.name}: run manage.py draw_lives"
