# SPDX-License-Identifier: EUPL-1.2
"""What an address or a button says, one parameter at a time. What has a page of fields is a form instead.

Whatever does not fit counts as not asked: the answer is the page as it is without it. A test sees to it that nothing
else takes a value out of a request.
"""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from core.keys import number_of
from core.typed.cleaning import imported

if TYPE_CHECKING:
    from django.http import QueryDict

LONGEST = 200


def text(source: QueryDict, name: str, *, longest: int = LONGEST) -> str:
    """Text without control characters and halves of characters, composed, at most so long."""
    return _plain(source.get(name) or "", longest)


def texts(source: QueryDict, name: str, *, most: int = 1000) -> list[str]:
    """Every value of a parameter that is given more than once."""
    return [_plain(value, LONGEST) for value in source.getlist(name)[:most]]


def choice(source: QueryDict, name: str, choices: Container[str], default: str = "") -> str:
    """One of the choices, as written; the default for anything else."""
    given = source.get(name) or ""
    return given if given in choices else default


def number(source: QueryDict, name: str) -> int | None:
    """A key or a position; None for anything else."""
    return number_of(source.get(name) or "")


def flag(source: QueryDict, name: str) -> bool:
    """Whether a box is ticked or a button was pressed."""
    return bool(source.get(name))


def _plain(value: str, longest: int) -> str:
    return imported(value[: 2 * longest]).strip()[:longest]
