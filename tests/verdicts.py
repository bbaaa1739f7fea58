# SPDX-License-Identifier: EUPL-1.2
"""Reads ``verdicts.txt``, the truth table of all verdicts, and asks the verdicts themselves."""

import importlib
import inspect
import re
from pathlib import Path

from django.db import transaction

from core.errors import NotAllowed, WrongState
from tests.house import PEOPLE
from tests.states import SPECIAL, STATES

ROOT = Path(__file__).resolve().parent.parent
TABLE = Path(__file__).with_suffix(".txt")
ANSWERS = {None: "yes", WrongState: "not now", NotAllowed: "no"}


def verdicts():
    """Every verdict of the house by app and name, found in the sources; with its module where an app has two."""
    found = {}
    for path in sorted(ROOT.glob("*/**/*.py")):
        place = path.relative_to(ROOT).with_suffix("").parts
        if (ROOT / place[0] / "apps.py").exists() and re.search(r"^def can_", path.read_text(), re.MULTILINE):
            module = importlib.import_module(".".join(place))
            for name, function in inspect.getmembers(module, inspect.isfunction):
                if name.startswith("can_") and function.__module__ == module.__name__:
                    found.setdefault(f"{place[0]}.{name}", []).append((place[-1], function))
    return {
        name if len(alike) == 1 else f"{name.partition('.')[0]}.{module}.{name.partition('.')[2]}": function
        for name, alike in found.items()
        for module, function in alike
    }


def rows():
    """``{verdict: {state: {person: answer}}}`` as the table says; who is not named gets no."""
    table, groups, verdict = {}, {person: {person} for person in PEOPLE}, None
    for line in TABLE.read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith(" "):
            states, *cells = re.split(r"\s{2,}", line.strip())
            answers = {}
            for cell in cells:
                answer, _colon, people = cell.partition(": ")
                answers |= dict.fromkeys(set().union(*(groups[name] for name in people.split(", "))), answer)
            verdict |= dict.fromkeys(states.split(" | "), answers)
        elif " = " in line:
            name, people = line.split(" = ")
            groups.setdefault(name, set()).update(*(groups[one] for one in people.split(", ")))
        else:
            verdict = table.setdefault(line, {})
    return table


def kind_of(name, function):
    """Of which thing the states are: the verdict's own, or those of its parameters after the person."""
    parameters = list(inspect.signature(function).parameters.values())[1:]
    return name if name in STATES else " ".join(one.name for one in parameters if one.default is one.empty)


def states_of(name, function):
    """``(those that need a row, all there are)``."""
    kind = kind_of(name, function)
    usual = STATES[kind]
    return usual, {**usual, **SPECIAL.get(kind, {}), **SPECIAL.get(name, {})}


def given(function, arrange, house):
    """What the verdict says to each person in this state; afterwards the house is as it was."""
    with transaction.atomic():
        asked = arrange(house)
        named = asked[-1] if asked and isinstance(asked[-1], dict) else {}
        asked = asked[: len(asked) - bool(named)]
        answers = {name: ANSWERS[function(user, *asked, **named).error] for name, user in house.people.items()}
        transaction.set_rollback(True)
    return answers
