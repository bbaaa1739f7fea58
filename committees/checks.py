# SPDX-License-Identifier: EUPL-1.2
"""Settings about papers and deadlines that cannot work are found at the start."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from committees.numbers import problem_with
from core.workdays import STATES


@register
def patterns_number_papers(app_configs: object, **kwargs: Any) -> list[Error]:
    patterns = (
        ("PAPER_NUMBER_PATTERN", ("year", "number"), "committees.E001"),
        ("PAPER_SUPPLEMENT_PATTERN", ("reference", "number"), "committees.E002"),
    )
    found = []
    for name, fields, code in patterns:
        if problem := problem_with(getattr(settings, name), fields=fields):
            found.append(Error(f"{name} cannot number papers: {problem}.", id=code))
    return found


@register
def the_state_has_holidays(app_configs: object, **kwargs: Any) -> list[Error]:
    if settings.HOLIDAY_STATE and settings.HOLIDAY_STATE not in STATES:
        return [Error(f"HOLIDAY_STATE is none of {', '.join(STATES)}.", id="committees.E003")]
    return []
