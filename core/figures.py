# SPDX-License-Identifier: EUPL-1.2
"""Numbers and official signs as text, in the reader's language and with spaces that do not break."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from core.sentences import Text

NBSP = "\xa0"
MINUS = "−"
BINDS = [
    (re.compile(r"\b(FB|TOP|Nr\.|Dez\.|§|Abs\.) (?=\d)"), r"\1" + NBSP),
    (re.compile(r"\bi\. ?V\."), f"i.{NBSP}V."),
    (re.compile(r"(?<=\d) (?=[%€])"), NBSP),
    (
        re.compile(
            r"(?<=\d\.) (?=(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember))"
        ),
        NBSP,
    ),
]

# What stands in print for an official sign, and what it means.
PRINTED: dict[str, tuple[str, Text]] = {
    "-": ("–", _("nothing there")),
    ".": ("·", _("value is kept secret")),
    "...": ("…", _("available later")),
    "/": ("/", _("not reliable enough")),
    "x": ("x", _("statement makes no sense")),
}
QUALITIES: dict[str, Text] = {
    "e": _("final"),
    "p": _("provisional"),
    "r": _("corrected"),
    "s": _("estimated"),
    "()": _("limited reliability"),
}
SHOWN_QUALITIES = ("p", "r", "s", "()")


def number(value: Decimal | int | float | None, decimals: int = 0) -> str:
    """“1.234,5”, with a real minus; rounded half up, as people do."""
    if value is None:
        return ""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return number_format(rounded, decimal_pos=decimals, use_l10n=True, force_grouping=True).replace("-", MINUS)


def figure(value: Decimal | None, sign: str = "", quality: str = "", decimals: int = 1, unit: str = "") -> str:
    """“8,8 % p”, or the sign in the place of a number: never a zero, never nothing."""
    if value is None:
        return PRINTED.get(sign, (sign or "…", ""))[0]
    parts = [number(value, decimals), unit, quality if quality in SHOWN_QUALITIES else ""]
    return NBSP.join(part for part in parts if part)


def signed(value: Decimal | None, decimals: int = 1) -> str:
    """“+1,4”, “−0,4”, “±0”; nothing where there is no value."""
    if value is None:
        return ""
    text = number(abs(value), decimals)
    if not any(digit in "123456789" for digit in text):
        return "±0"
    return f"{'+' if value > 0 else MINUS}{text}"


def nbsp(text: Text) -> str:
    """Bind what must not break: “FB 12”, “TOP 4”, “i. V.”, “8,8 %”."""
    text = str(text)
    for pattern, replacement in BINDS:
        text = pattern.sub(replacement, text)
    return text
