# SPDX-License-Identifier: EUPL-1.2
"""What the database refuses, taken off: a constraint or a rule that is no longer there."""

import inspect
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db import connection

TABLES = ("tests.infrastructure.test_constraints",)  # asks for constraints, and for no rule


@dataclass(frozen=True)
class Dropped:
    """A constraint of a model that is gone from model and database."""

    model: str
    name: str

    def __str__(self):
        return f"{self.model}: constraint {self.name} dropped"

    def concerning(self, items, _calls):
        return [name for name in items if name.endswith(f"[{self.name}]")]

    def make(self):
        from core import triggers

        model = apps.get_model(self.model)
        constraint = next(one for one in model._meta.constraints if one.name == self.name)
        model._meta.constraints.remove(constraint)
        triggers.take_down(connection)  # SQLite builds the table anew, and rules that name it stand in the way
        with connection.schema_editor() as editor:
            editor.remove_constraint(model, constraint)
        triggers.put_up(connection)


@dataclass(frozen=True)
class Unruled:
    """A rule that no longer stands in the database."""

    name: str

    def __str__(self):
        return f"rule {self.name} dropped"

    def concerning(self, items, _calls):
        return [name for name, item in items.items() if item.module.__name__ not in TABLES and _asks(item.module)]

    def make(self):
        from core import triggers

        triggers.take_down(connection, [self.name])


@cache
def _asks(module):
    """Whether tests of this module try what the database should refuse."""
    return "IntegrityError" in inspect.getsource(module)


def constraints():
    ours = [
        model for model in apps.get_models() if not model.__module__.startswith(("django.", "allauth.", "guardian."))
    ]
    return [Dropped(model._meta.label, one.name) for model in ours for one in model._meta.constraints]


def rules():
    from core import triggers

    return [Unruled(name) for name in triggers.rules_of(connection.vendor)]
