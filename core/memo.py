# SPDX-License-Identifier: EUPL-1.2
"""What one request asks the database again and again, asked once: who heads what, who sits where, who keeps which body.

Nothing is remembered from one request to the next, and nothing at all inside a transaction that the request begins: a
step is decided by what stands in the database at that moment, and what was remembered before it is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connection

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

Answer = TypeVar("Answer")

_asked: ContextVar[_Answers | None] = ContextVar("asked", default=None)


class _Answers:
    """The answers of one request, and how many transactions were open when it began."""

    def __init__(self) -> None:
        self.depth = len(connection.atomic_blocks)
        self.known: dict[Hashable, Any] = {}


def once(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer to a question, fetched at most once in a request; outside of one, and in a transaction, every time."""
    known = _known()
    if known is None:
        return ask()
    if question not in known:
        known[question] = ask()
    return known[question]


def keys(question: Hashable, query: Callable[[], QuerySet[Any, Any]]) -> QuerySet[Any, Any] | list[Any]:
    """What a query of single values finds, for a condition ``…__in``: in a request the values, otherwise the query."""
    return once(question, lambda: list(query())) if remembers() else query()


def remembers() -> bool:
    """Whether an answer is kept at this moment."""
    return _known() is not None


def _known() -> dict[Hashable, Any] | None:
    """What this request has asked so far; nothing where none may remember, and then it has forgotten."""
    answers = _asked.get()
    if answers is None:
        return None
    if len(connection.atomic_blocks) > answers.depth:
        answers.known.clear()
        return None
    return answers.known


@contextmanager
def request() -> Iterator[None]:
    """Remember answers within."""
    token = _asked.set(_Answers())
    try:
        yield
    finally:
        _asked.reset(token)


class MemoMiddleware:
    """Each request has a memory of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request_: HttpRequest) -> HttpResponse:
        with request():
            return self.get_response(request_)
