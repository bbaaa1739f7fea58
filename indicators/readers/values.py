# SPDX-License-Identifier: EUPL-1.2
"""Values, signs, periods, units and region keys as official files write them."""

import re

SIGNS = {"-", ".", "...", "/", "x"}
SYNONYMS = {
    "…": "...",
    "–": "-",
    "−": "-",
    "·": ".",
    "•": ".",
    "X": "x",
    "[n]": "-",
    "[g]": ".",
    "[x]": "x",
    "[u]": "/",
    "[0]": "0",
    "k": "0",
    "t": "...",
    "u": "/",
    "g": ".",
}
SENTINELS = {"2222222222", "5555555555", "6666666666", "7777777777", "8888888888"}
NUMBER = re.compile(r"-?\d{1,20}(?:\.\d{1,10})?")
BRACKETED = re.compile(r"\(\s*(.+?)\s*\)")
TABLE_CODE = re.compile(r"([0-9A-Z]{2,6}(?:-[0-9A-Z]+)+)(?=[_. ]|$)")

ISO_PERIOD = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?:P\d+[MYD])?")
GERMAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
SEMESTER = re.compile(r"(WS|SS|SoSe|WiSe)\s*(\d{4})(?:/\d{2,4})?")
SCHOOL_YEAR = re.compile(r"(?:SJ|Schuljahr|KJ|Kindergartenjahr)?\s*(\d{4})/(?:\d{2})?(\d{2})")

REGION_VARIABLE = re.compile(r"DINSG|DLAND\w*|REGBEZ|KREISE|GEMEIN\w*|GEO\w+|STADTB\w*|BEZIRK\w*")
UNITS = {"number": "Anzahl", "percent": "Prozent", "days": "Tage", "EUR 1000": "Tsd. EUR"}
UNKNOWN_UNIT = "MeasureUnitNotFound!"

STATES = {
    "Schleswig-Holstein": "01",
    "Hamburg": "02",
    "Niedersachsen": "03",
    "Bremen": "04",
    "Nordrhein-Westfalen": "05",
    "Hessen": "06",
    "Rheinland-Pfalz": "07",
    "Baden-Württemberg": "08",
    "Bayern": "09",
    "Saarland": "10",
    "Berlin": "11",
    "Brandenburg": "12",
    "Mecklenburg-Vorpommern": "13",
    "Sachsen": "14",
    "Sachsen-Anhalt": "15",
    "Thüringen": "16",
    "Deutschland": "DG",
}


def value_of(text: str) -> tuple[str | None, str, str] | None:
    """``(number, sign, quality)`` of a printed value; ``None`` where it is neither a number nor a sign.

    The number is decimal text with a point. A sign stays a sign: it is never zero. ``0`` is a number. A number in
    brackets is one of limited reliability. The sentinels of the Regionalatlas (2222222222 …) are no numbers.
    """
    text = text.strip()
    quality = ""
    if bracketed := BRACKETED.fullmatch(text):
        text, quality = bracketed.group(1), "()"
    text = SYNONYMS.get(text, text)
    if text in SIGNS:
        return None, text, quality
    number = text.replace("−", "-").replace(",", ".")
    if NUMBER.fullmatch(number) and text not in SENTINELS:
        return number, "", quality
    return None


def period_of(text: str) -> str | None:
    """A period in its one form: ``2023``, ``2024-12-31``, ``2023-10P6M`` or ``2022/23``; ``None`` for anything else."""
    text = text.strip()
    if ISO_PERIOD.fullmatch(text):
        return text
    if match := GERMAN_DATE.fullmatch(text):
        day, month, year = match.groups()
        return f"{year}-{int(month):02d}-{int(day):02d}"
    if match := SEMESTER.fullmatch(text):
        return f"{match.group(2)}-{'10' if match.group(1).startswith('W') else '04'}P6M"
    if match := SCHOOL_YEAR.fullmatch(text):
        return f"{match.group(1)}/{match.group(2)}"
    return None


def unit_of(text: str) -> str:
    """A unit in its one form: German, without the underscores of the old layout."""
    text = text.strip()
    return UNITS.get(text, text)


def full_key(key: str, repair: bool) -> tuple[str, str]:
    """``(key, repaired)``: the region key, and its form with the leading zero it has probably lost, or ``""``.

    German keys have 2, 3, 5, 8 or 12 digits; one of 1, 4, 7 or 11 digits went through a spreadsheet.
    With ``repair`` the key is taken as mended.
    """
    if key.isdigit() and len(key) in (1, 4, 7, 11):
        mended = f"0{key}"
        return (mended, "") if repair else (key, mended)
    return key, ""


def level_of(key: str, variable: str = "KREISE") -> str:
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


def clean_category(label: str) -> str:
    """A label that fits between the separators of a list of categories."""
    return " ".join(label.replace(";", ",").replace("=", ":").split())
