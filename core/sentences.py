# SPDX-License-Identifier: EUPL-1.2
"""Sentences that are said when they are read: a msgid and what is put into it, never the words of whoever wrote it.

``from core.sentences import sentence as _`` where a sentence may be stored, such as the reason of a verdict. What is
put into it is kept by the same rules: codes, days and numbers are worded for the reader, names are kept as they were.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Choices, Model
from django.utils import translation
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.functional import Promise

from core.dates import full_day, moment
from core.figures import number

Text: TypeAlias = str | Promise  # what can be said: words, or a sentence that is not said yet


class Sentence(Promise):
    """A sentence that is not said yet. ``%`` puts something in, ``str`` says it in the language of the moment."""

    def __init__(
        self,
        msgid: str,
        *,
        context: str = "",
        plural: str = "",
        count: int | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> None:
        self.msgid, self.context, self.plural, self.count = msgid, context, plural, count
        self.params = params or {}

    def __mod__(self, params: Mapping[str, Any]) -> Sentence:
        params = {name: kept(value) for name, value in params.items()}
        return Sentence(self.msgid, context=self.context, plural=self.plural, count=self.count, params=params)

    def __str__(self) -> str:
        said = self._translated()
        return said % {name: words(one) for name, one in self.params.items()} if self.params else said

    def _translated(self) -> str:
        if self.plural and self.count is not None:
            if self.context:
                return translation.npgettext(self.context, self.msgid, self.plural, self.count)
            return translation.ngettext(self.msgid, self.plural, self.count)
        return translation.pgettext(self.context, self.msgid) if self.context else translation.gettext(self.msgid)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __repr__(self) -> str:
        return f"Sentence({self.kept()})"

    def __contains__(self, text: str) -> bool:
        return text in str(self)

    def __eq__(self, other: object) -> bool:
        return self.kept() == other.kept() if isinstance(other, Sentence) else str(self) == other

    def __hash__(self) -> int:
        return hash((self.msgid, self.context))

    def kept(self) -> dict[str, Any]:
        """The sentence as JSON, without a word of any one language but its msgid."""
        optional = {"context": self.context, "plural": self.plural, "count": self.count, "with": self.params}
        return {"say": self.msgid, **{name: value for name, value in optional.items() if value not in ("", None, {})}}


def sentence(msgid: str) -> Any:
    return Sentence(msgid)


def sentence_in(context: str, msgid: str) -> Any:
    return Sentence(msgid, context=context)


def sentence_of(singular: str, plural: str, count: int) -> Any:
    return Sentence(singular, plural=plural, count=count)


def kept(value: object) -> Any:
    """A value as JSON that is the same whoever writes it down, in whatever language they work."""
    if isinstance(value, Sentence):
        return value.kept()
    if isinstance(value, Promise):
        return _spoken_by_django(value).kept()
    if isinstance(value, Choices):
        return kept(value.label)
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Decimal):
        return {"number": format(value, "f")}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Model):
        return kept(name_of(value))
    if isinstance(value, (list, tuple)):
        return {"list": [kept(one) for one in value]}
    raise TypeError(f"{type(value).__name__} cannot be kept without a language: {value!r}")


def _spoken_by_django(lazy: Promise) -> Sentence:
    """The msgid of ``gettext_lazy`` and ``pgettext_lazy``, such as the label of a choice; pickling tells it."""
    about: Any = lazy.__reduce__()
    spoken, args = about[1][:2]
    if spoken is translation.gettext:
        return Sentence(*args)
    if spoken is translation.pgettext:
        context, msgid = args
        return Sentence(msgid, context=context)
    raise TypeError(f"this lazy text has no msgid that could be kept: {lazy!r}")


def words(stored: Any) -> str:
    """What ``kept`` made of a value, in the reader's language."""
    match stored:
        case None:
            return ""
        case {"say": _msgid}:
            return str(read_sentence(stored))
        case {"day": day}:
            return full_day(parse_date(day))
        case {"moment": at}:
            return moment(parse_datetime(at))
        case {"number": text}:
            exponent = Decimal(text).as_tuple().exponent
            return number(Decimal(text), -exponent if isinstance(exponent, int) else 0)
        case {"list": several}:
            return ", ".join(words(one) for one in several)
    return str(stored)


def read_sentence(stored: Any) -> Any:
    """The sentence that ``Sentence.kept`` gave; what is none, such as words people typed, stays what it is."""
    if not (isinstance(stored, dict) and "say" in stored):
        return stored
    return Sentence(
        stored["say"],
        context=stored.get("context", ""),
        plural=stored.get("plural", ""),
        count=stored.get("count"),
        params=stored.get("with"),
    )


def name_of(thing: object) -> str | Sentence:
    """What a thing is called: a sentence where its name is made of words (``called``), its own name otherwise."""
    called = getattr(thing, "called", None)
    return called if isinstance(called, Sentence) else in_house_language(thing)


def in_house_language(thing: object) -> str:
    """What a thing is called in the language of the installation, whoever is at work."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(thing)


def sentence_of_error(error: Exception) -> str | Sentence:
    """What an error says; a ``ValidationError`` that says several things is worded at once."""
    if not isinstance(error, ValidationError):
        return error.args[0] if error.args else ""
    said: list[Any] = [one.message % one.params if one.params else one.message for one in error.error_list]
    return said[0] if len(said) == 1 else " ".join(map(str, said))
