# SPDX-License-Identifier: EUPL-1.2
"""How papers are numbered: by the patterns of the installation."""

from string import Formatter

from django.conf import settings

LONGEST = 60  # as long as Paper.reference


def reference_of(year: int, number: int) -> str:
    """The reference number of the so-and-so-many-th paper of a year."""
    return settings.PAPER_NUMBER_PATTERN.format(year=year, number=number)


def supplement_reference_of(reference: str, number: int) -> str:
    """The reference number of the so-and-so-many-th supplement to a paper."""
    return settings.PAPER_SUPPLEMENT_PATTERN.format(reference=reference, number=number)


def problem_with(pattern: str, *, fields: tuple[str, str]) -> str:
    """What is wrong with a pattern, or nothing. It names exactly these fields and gives a new text for each number."""
    try:
        named = {name for _text, name, _format, _conversion in Formatter().parse(pattern) if name is not None}
        if named != set(fields):
            return f"it has to name {' and '.join('{' + field + '}' for field in fields)}, and nothing else"
        sample = {"year": 2026, "reference": "2026/99999"}
        made = [
            pattern.format(**{field: sample.get(field, number) for field in fields}) for number in (1, 2, 10, 99999)
        ]
    except (ValueError, KeyError, IndexError, AttributeError) as error:
        return str(error)
    if len(set(made)) < len(made):
        return "it gives two papers the same number"
    if max(map(len, made)) > LONGEST:
        return f"it gives numbers of more than {LONGEST} characters"
    if any(text != text.strip() or not text.isprintable() for text in made):
        return "it begins or ends with a space, or has characters that cannot be printed"
    return ""
