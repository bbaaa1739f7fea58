# SPDX-License-Identifier: EUPL-1.2
"""What an event keeps under each key: codes, days, ids and typed words; how they are said is asked when they are read.

Entries of the log are never changed, so what was written before a key had its type is still there, in the words of
that time. Every ``words`` gives back what it does not know as it stands.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Choices, Model
from django.utils import translation
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core import sentences
from core.dates import day_range, full_day

NONE = "–"


@dataclass(frozen=True)
class Value:
    """A key of an event's data. ``keep`` makes JSON without a language, ``words`` says it to the reader."""

    def keep(self, value: Any) -> Any:
        raise NotImplementedError

    def words(self, kept: Any) -> str:
        return "" if kept is None else str(kept)


@dataclass(frozen=True)
class Text(Value):
    """What people typed, a name, a number of a paper, a key: the same for every reader."""

    def keep(self, value: Any) -> Any:
        if not isinstance(value, str) or isinstance(value, (Promise, Choices)):
            raise TypeError(f"this is no plain text: {value!r}")
        return str(value)


@dataclass(frozen=True)
class Number(Value):
    """A count or the id of a row."""

    def keep(self, value: Any) -> Any:
        if not isinstance(value, int):
            raise TypeError(f"this is no whole number: {value!r}")
        return value


@dataclass(frozen=True)
class Choice(Value):
    """One of a closed set, by its code."""

    choices: type[Choices]

    def keep(self, value: Any) -> Any:
        return str(self.choices(value))

    def words(self, kept: Any) -> str:
        code = kept if kept in self.choices.values else _codes_by_label(self.choices).get(kept)
        return str(kept) if code is None else str(self.choices(code).label)


@cache
def _codes_by_label(choices: Any) -> dict[str, str]:
    """``{label: code}`` over all languages of the house: what older entries say in words is a code where it is sure."""
    found: dict[str, set] = {}
    for language, _called in settings.LANGUAGES:
        with translation.override(language):
            for one in choices:
                found.setdefault(str(one.label), set()).add(one.value)
    return {label: codes.pop() for label, codes in found.items() if len(codes) == 1}


@dataclass(frozen=True)
class Day(Value):
    """A day, or none."""

    def keep(self, value: Any) -> Any:
        if value is not None and not isinstance(value, date):
            raise TypeError(f"this is no day: {value!r}")
        return value and value.isoformat()

    def words(self, kept: Any) -> str:
        return full_day(_day(kept)) or super().words(kept)


@dataclass(frozen=True)
class Days(Value):
    """From a day until a day, or on without end."""

    def keep(self, value: Any) -> Any:
        first, last = value
        return [first.isoformat(), last and last.isoformat()]

    def words(self, kept: Any) -> str:
        if not isinstance(kept, list):
            return super().words(kept)
        first, last = map(_day, kept)
        return day_range(first, last) if last else _("from %(day)s") % {"day": f"{first:%d.%m.%Y}"}


def _day(kept: str | None) -> Any:
    try:
        return parse_date(kept) if isinstance(kept, str) else None
    except ValueError:
        return None


@dataclass(frozen=True)
class Fields(Value):
    """The names of fields of a model, “app.Model”; said as the pages call them."""

    model: str

    def keep(self, value: Any) -> Any:
        model = apps.get_model(self.model)
        return [model._meta.get_field(name).name for name in value]

    def words(self, kept: Any) -> str:
        if not isinstance(kept, list):
            return super().words(kept)
        fields = {field.name: field for field in apps.get_model(self.model)._meta.get_fields()}
        return ", ".join(str(getattr(fields.get(name), "verbose_name", name)) for name in kept) or NONE


@dataclass(frozen=True)
class Thing(Value):
    """A thing by model and id, with what it was called then."""

    def keep(self, value: Model) -> Any:
        return {
            "model": value._meta.label_lower,
            "id": value.pk,
            "called": sentences.kept(sentences.name_of(value)),
        }

    def words(self, kept: Any) -> str:
        return sentences.words(kept["called"]) if isinstance(kept, dict) else super().words(kept)


@dataclass(frozen=True)
class Many(Value):
    """Several of one kind, in their order."""

    one: Value

    def keep(self, value: Iterable) -> Any:
        return [self.one.keep(each) for each in value]

    def words(self, kept: Any) -> str:
        return ", ".join(map(self.one.words, kept)) or NONE if isinstance(kept, list) else super().words(kept)


@dataclass(frozen=True)
class Remark(Value):
    """A sentence of the house, such as the reason of a refusal, or words that people typed."""

    def keep(self, value: Any) -> Any:
        return sentences.kept(value)

    def words(self, kept: Any) -> str:
        return sentences.words(kept)


@dataclass(frozen=True)
class FieldsOf(Value):
    """The names of fields of one of several models: ``(model, names)``."""

    def keep(self, value: Any) -> Any:
        model, names = value
        return {"model": model._meta.label, "fields": Fields(model._meta.label).keep(names)}

    def words(self, kept: Any) -> str:
        return Fields(kept["model"]).words(kept["fields"]) if isinstance(kept, dict) else super().words(kept)
