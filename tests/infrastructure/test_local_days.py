# SPDX-License-Identifier: EUPL-1.2
"""A day is the day of the municipality. Moments are stored in UTC, where an evening in summer ends two hours later."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from tests.services import ROOT

PARTS = {"year", "month", "day", "hour", "minute", "weekday", "isoweekday", "isocalendar"}
NOW = {"timezone.now", "clock.now"}


def moments():
    """What our models call their moments."""
    fields = {field for model in apps.get_models() for field in model._meta.get_fields()}
    return {field.name for field in fields if isinstance(field, models.DateTimeField)}


def sources():
    packages = [marked.parent for marked in ROOT.glob("*/__init__.py") if marked.parent.name != "tests"]
    return [path for package in packages for path in package.rglob("*.py")]


def breaches(tree, names):
    """``(line, what)`` for each place where a moment is taken for a day without asking where."""

    def is_moment(node):
        if isinstance(node, ast.Call):
            return ast.unparse(node.func) in NOW
        return isinstance(node, ast.Attribute) and node.attr in names

    def may_be_one(node):
        return is_moment(node) or (isinstance(node, ast.Name) and node.id in names)

    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called, on = node.func.attr, node.func.value
            if called == "date" and not node.args and not node.keywords:
                yield node.lineno, ".date() of a moment: timezone.localdate"
            if called == "today":
                yield node.lineno, "the day of the machine: timezone.localdate"
            if (called == "strftime" and may_be_one(on)) or (called in PARTS and is_moment(on)):
                yield node.lineno, "a part of a moment in UTC: timezone.localtime"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "date_format":
            if node.args and may_be_one(node.args[0]):
                yield node.lineno, "date_format does not know where we are: timezone.localtime"
        elif isinstance(node, ast.FormattedValue) and node.format_spec and "%" in ast.unparse(node.format_spec):
            if may_be_one(node.value):
                yield node.lineno, "a moment formatted in UTC: timezone.localtime"
        elif isinstance(node, ast.Attribute) and node.attr in PARTS and is_moment(node.value):
            yield node.lineno, "a part of a moment in UTC: timezone.localtime"


def test_no_moment_is_taken_for_a_day_without_asking_where():
    names = moments()
    found = [
        f"{path.relative_to(ROOT)}:{line}: {what}"
        for path in sources()
        for line, what in breaches(ast.parse(Path(path).read_text()), names)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "line",
    [
        "briefing.finished_at.date()",
        "timezone.now().date()",
        "date.today()",
        "meeting.start.year",
        "timezone.now().hour",
        'delivery.stored_at.strftime("%d.%m.%Y")',
        'f"{self.start:%d.%m.%Y}"',
        'date_format(meeting.start, "j. F Y")',
    ],
)
def test_the_check_sees_what_it_forbids(line):
    assert list(breaches(ast.parse(line), moments()))


@pytest.mark.parametrize(
    "line",
    [
        "timezone.localdate(meeting.start)",
        "timezone.localtime(meeting.start).hour",
        "delegation.valid_from.year",
        'f"{timezone.localtime(self.start):%d.%m.%Y}"',
    ],
)
def test_the_check_lets_local_days_pass(line):
    assert not list(breaches(ast.parse(line), moments()))
