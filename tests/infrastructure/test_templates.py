# SPDX-License-Identifier: EUPL-1.2
"""What holds of every template, and of the components that pages are made of."""

import re
from pathlib import Path

from django.conf import settings
from django.template import Context, Template
from django_cotton.compiler_regex import CottonCompiler

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PAGES = [
    path
    for path in sorted(TEMPLATES.rglob("*.html"))
    if path.relative_to(TEMPLATES).parts[0] not in ("components", "print")
]
MADE_BY_COMPONENTS = re.compile(
    r'\bkern-(?:btn|alert|card|table|accordion|badge)\b|class="(?:status|menu|kern-form-check|kern-form-input)["\s]'
)


def rendered(source, **context):
    return Template(CottonCompiler().process(source)).render(Context(context))


def test_pages_are_made_of_components():
    for path in PAGES:
        found = MADE_BY_COMPONENTS.search(path.read_text())
        assert not found, f"{path.relative_to(TEMPLATES)} writes {found.group()} itself: use a component"


def test_a_component_escapes_what_it_is_given():
    hostile = '"><script>alert(1)</script>'
    for source in (
        '<c-button :aria-label="hostile">x</c-button>',
        '<c-button aria-label="{{ hostile }}" href="{{ hostile }}">{{ hostile }}</c-button>',
        '<c-post to="{{ hostile }}" :name="hostile">{{ hostile }}</c-post>',
        '<c-alert :title="hostile" :data-x="hostile">{{ hostile }}</c-alert>',
        '<c-table :caption="hostile" :label="hostile" cards><c-slot name="head"><th>{{ hostile }}</th></c-slot>'
        "<tr><td>{{ hostile }}</td></tr></c-table>",
        '<c-status :shape="hostile" :tone="hostile">{{ hostile }}</c-status>',
    ):
        page = rendered(source, hostile=hostile)
        assert "<script" not in page, source
        assert "&amp;quot;" not in page, source


def test_a_component_knows_nothing_of_the_page_around_it():
    assert "secret" not in rendered('<c-empty title="x" text="y" />', action="secret", url="secret")


def test_what_is_empty_or_false_is_no_attribute():
    page = rendered(
        '<c-button :autofocus="yes" :disabled="no" aria-label="{% if no %}x{% endif %}">x</c-button>',
        yes=True,
        no=False,
    )
    assert " autofocus" in page
    assert "disabled" not in page
    assert "aria-label" not in page


def test_a_table_that_becomes_cards_names_the_column_on_each_cell():
    page = rendered(
        '<c-table cards><c-slot name="head"><th>Name</th><th class="num"><a href="?o=1">Plätze &amp; mehr</a>'
        '<span aria-hidden="true">↑</span></th><th>Art</th></c-slot>'
        '<tr data-row="1"><th>A</th><td class="num nowrap">3</td><td data-label="Sorte">x</td></tr></c-table>'
    )
    assert '<th role="columnheader" class="kern-table__header" scope="col">Name</th>' in page
    assert '<tr role="row" class="kern-table__row" data-row="1">' in page
    assert '<th role="rowheader" class="kern-table__cell" scope="row">A</th>' in page
    assert (
        '<td role="cell" class="kern-table__cell kern-table__cell--numeric nowrap"'
        ' data-label="Plätze &amp; mehr">3</td>' in page
    )
    assert '<td role="cell" class="kern-table__cell" data-label="Sorte">x</td>' in page


def test_a_table_that_moves_sideways_keeps_its_own_semantics():
    page = rendered('<c-table label="Werte"><c-slot name="head"><th>Jahr</th></c-slot><tr><td>1</td></tr></c-table>')
    assert 'role="region" tabindex="0" aria-label="Werte"' in page
    assert '<td class="kern-table__cell">1</td>' in page


def test_no_line_of_a_template_is_longer_than_120_characters():
    for path in TEMPLATES.rglob("*"):
        if path.suffix in (".html", ".txt"):
            for number, line in enumerate(path.read_text().splitlines(), start=1):
                assert len(line) <= 120, f"{path.relative_to(TEMPLATES)}:{number} has {len(line)} characters"


def test_no_template_keeps_the_names_of_codes():
    """Three branches over the same code that each hold nothing but a word: a dictionary, and it belongs into Python."""
    only_words = r"\s*(?:{% translate [^%]*%}|{% shape [^%]*%})+\s*"
    dictionary = re.compile(
        r'{% if ([\w.]+) == "[\w-]+" %}'
        + only_words
        + r'(?:{% elif \1 == "[\w-]+" %}'
        + only_words
        + r")+(?:{% else %}"
        + only_words
        + r")?{% endif %}"
    )
    for path in TEMPLATES.rglob("*.html"):
        found = dictionary.search(path.read_text())
        assert not found, f"{path.relative_to(TEMPLATES)} names the codes of {found.group(1)}"
