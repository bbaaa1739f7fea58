# SPDX-License-Identifier: EUPL-1.2
"""Values, signs, periods and region keys as official files write them."""

import re
from decimal import Decimal

SIGNS = {"-", ".", "...", "/", "x"}
SYNONYMS = {"…": "...", "–": "-", "−": "-", "·": ".", "X": "x"}
NUMBER = re.compile(r"[-−]?\d+(?:[.,]\d+)?")
BRACKETED = re.compile(r"\(\s*(.+?)\s*\)")

ISO_PERIOD = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?:P\d+[MYD])?")
GERMAN_DATE = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")
SEMESTER = re.compile(r"(WS|SS|SoSe|WiSe)\s*(\d{4})(?:/\d{2,4})?")
SCHOOL_YEAR = re.compile(r"(?:SJ|Schuljahr)?\s*(\d{4}/\d{2})(?:\d{2})?")

REGION_VARIABLE = re.compile(r"DINSG|DLAND\w*|REGBEZ|KREISE|GEMEIN\w*|GEO\w+|STADTB\w*|BEZIRK\w*")


def value_of(text):
    """``(value, sign, quality)`` of a printed value; ``None`` where it is neither a number nor a sign.

    A sign stays a sign: it is never zero. ``0`` is a number. A number in brackets is a number of limited reliability.
    """
    text = text.strip()
    quality = ""
    if bracketed := BRACKETED.fullmatch(text):
        text, quality = bracketed.group(1), "()"
    text = SYNONYMS.get(text, text)
    if text in SIGNS:
        return None, text, ""
    if NUMBER.fullmatch(text):
        return Decimal(text.replace("−", "-").replace(",", ".")), "", quality
    return None


def period_of(text):
    """A period in its one form: ``2023``, ``2024-12-31``, ``2023-10P6M`` or ``2022/23``; ``None`` for anything else."""
    text = text.strip()
    if ISO_PERIOD.fullmatch(text):
        return text
    if match := GERMAN_DATE.fullmatch(text):
        day, month, year = match.groups()
        return f"{year}-{month}-{day}"
    if match := SEMESTER.fullmatch(text):
        return f"{match.group(2)}-{'10' if match.group(1).startswith('W') else '04'}P6M"
    if match := SCHOOL_YEAR.fullmatch(text):
        return match.group(1)
    return None


def level_of(key, variable="KREISE"):
    """The level of a region from its key and, where it is known, the variable that names it."""
    if key == "DG" or variable == "DINSG":
        return "country"
    if "-" in key:
        return "city_district"
    if len(key) == 2:
        return "state"
    if len(key) == 3:
        return "region"
    if len(key) == 5:
        return "district"
    if len(key) == 8:
        return "part" if variable == "KREISE" else "municipality"
    return "municipality"
