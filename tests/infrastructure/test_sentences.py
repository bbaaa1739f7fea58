# SPDX-License-Identifier: EUPL-1.2
"""A sentence is one message with named placeholders, in code and in templates."""

import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from tests.infrastructure.sentences import glued_in_code, glued_in_template

ROOT = Path(settings.BASE_DIR)


def ours(*patterns):
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True).stdout.split()
    return [name for name in listed if not name.startswith(("tests/", "benchmarks/")) and (ROOT / name).exists()]


def test_no_sentence_in_code_is_glued_from_parts():
    found = [(name, *one) for name in ours("*.py") for one in glued_in_code((ROOT / name).read_text())]
    assert not found


def test_no_sentence_in_a_template_is_glued_from_parts():
    found = [(name, *one) for name in ours("templates") for one in glued_in_template((ROOT / name).read_text())]
    assert not found


@pytest.mark.parametrize(
    "source",
    [
        "f\"{name} {_('decides')}\"",
        '_("The office") + " " + name',
        'text += _("and goes on")',
        '", ".join([_("one"), _("two")])',
        '" ".join(_("part %(n)s") % {"n": n} for n in numbers)',
        '"%s %s" % (_("until"), day)',
        '"{} {}".format(gettext("until"), day)',
        '_(f"until {day}")',
    ],
)
def test_glue_in_code_is_found(source):
    assert glued_in_code(source)


@pytest.mark.parametrize(
    "source",
    [
        '_("%(name)s decides") % {"name": name}',
        'f"{day}: {name}"',
        '_("Meetings") + "*"',
        '" ".join((_("It was late."), _("Nothing was changed.")))',
    ],
)
def test_whole_messages_in_code_are_left_alone(source):
    assert not glued_in_code(source)


@pytest.mark.parametrize(
    "source",
    [
        '{% translate "until" %} {{ day }}',
        '{{ count }} {% translate "days" %}',
        '{% translate "The office" %} {% translate "decides" %}',
        '{% translate "Documents" %} PDF',
        "{% blocktranslate %}{{ a }} of{% endblocktranslate %}\n  {{ b }}",
    ],
)
def test_glue_in_a_template_is_found(source):
    assert glued_in_template(source)


@pytest.mark.parametrize(
    "source",
    [
        '{% translate "Until:" %} {{ day }}',
        '{{ standing }} {% translate "Each link can be followed." %}',
        '{% translate "It was late." %} {% translate "Nothing was changed." %}',
        '{% translate "Done" %}, {{ day }}',
        '<dt>{% translate "Day" %}</dt> <dd>{{ day }}</dd>',
        '{% translate "Goal" as heading %} {{ heading }}',
    ],
)
def test_whole_messages_in_a_template_are_left_alone(source):
    assert not glued_in_template(source)
