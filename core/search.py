# SPDX-License-Identifier: EUPL-1.2
"""Searching and sorting as people do: capital or small, ß or ss, with or without umlauts and accents.

Both databases fold alike, whatever collation they were made with. Who types “Mueller” or “Muller” finds Müller too.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django.db.models import Q, Transform

from core.typed.cleaning import cleaned

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

LETTERS = {
    chr(code): parts[0].lower()
    for code in range(0xC0, 0x250)
    if len(parts := unicodedata.normalize("NFD", chr(code))) > 1 and parts[0].isascii()
} | {"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d"}
PAIRS = {"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe"}
TABLE = str.maketrans(LETTERS | PAIRS)
PAIRED = {ord(letter): pair for letter, pair in PAIRS.items()}
SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def folded(text: str | None) -> Any:
    """The text as it is compared."""
    return None if text is None else text.translate(TABLE).lower()


def spelled(text: str) -> str:
    """The text in letters of ASCII, umlauts as German spells them without: for the names of files."""
    plain = text.translate(SPELLED).translate(PAIRED)
    return unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()


def matching(text: str, *fields: str) -> Q:
    """Rows that hold the text in one of these fields, however it is spelled."""
    text = " ".join(cleaned(text).split())
    spellings = {folded(text), folded(text.translate(SPELLED)), re.sub("([aou])e", r"\1", folded(text))}
    found = Q()
    for spelling in spellings:
        for field in fields:
            found |= Q(**{f"{field}__folded__contains": spelling})
    return found


class Folded(Transform):
    """A text as it is compared, worked out by the database: for filters (``name__folded``) and for the order."""

    lookup_name = "folded"
    function = "folded"

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        inner, parameters = compiler.compile(self.get_source_expressions()[0])
        for letter, pair in PAIRS.items():
            inner = f"replace({inner}, '{letter}', '{pair}')"
        return f"lower(translate({inner}, '{''.join(LETTERS)}', '{''.join(LETTERS.values())}'))", parameters


def teach_sqlite(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """SQLite, which knows capitals of ASCII alone, asks Python."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("folded", 1, folded, deterministic=True)
