# SPDX-License-Identifier: EUPL-1.2
"""Numbers that come in from outside: in addresses, hidden fields and names of fields."""

import re
from collections.abc import Iterable

PLAIN = re.compile(r"[0-9]{1,18}")  # as many digits as every database stores


def number_of(text: str | int) -> int | None:
    """The number that a text is, or None. Digits of other scripts and endless ones are none of ours."""
    return int(text) if PLAIN.fullmatch(str(text)) else None


def numbers_of(texts: Iterable[str | int]) -> list[int]:
    """The numbers among some texts; whatever is none is left out."""
    return [number for text in texts if (number := number_of(text)) is not None]
