# SPDX-License-Identifier: EUPL-1.2
"""Text at the door: one spelling for what looks the same, and nothing that nobody can see."""

import re
import unicodedata
from typing import Any

LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")  # Word breaks a line within a paragraph by \x0b
UNSEEN = re.compile(
    "[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"  # soft hyphens, widths of zero
    "|(?<![\u0600-\u06ff])\u200c"  # parts letters in Persian only
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"  # joins pictures only
)
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def cleaned(text: str) -> str:
    """The text in one spelling (NFC), with plain line ends, without soft hyphens and characters of no width."""
    if text.isascii() and "\r" not in text and text.isprintable():
        return text
    return unicodedata.normalize("NFC", UNSEEN.sub("", LINE_ENDS.sub("\n", text)))


def imported(text: str) -> str:
    """A text that nobody can be asked about: cleaned, and without control characters."""
    return CONTROL.sub("", cleaned(text))


def all_imported(value: Any) -> Any:
    """A structure as JSON has it, with every text in it cleaned."""
    if isinstance(value, str):
        return imported(value)
    if isinstance(value, list):
        return [all_imported(one) for one in value]
    if isinstance(value, dict):
        return {all_imported(key): all_imported(one) for key, one in value.items()}
    return value


def before_control(text: str) -> str | None:
    """The words before the first control character; None where there is none."""
    found = CONTROL.search(text)
    return None if found is None else text[: found.start()].rstrip()[-30:]
