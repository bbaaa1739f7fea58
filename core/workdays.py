# SPDX-License-Identifier: EUPL-1.2
"""Days on which an office works: not on Saturdays and Sundays, not on public holidays of the Land.

The school holidays of the Land come with the package ``holidays`` as far as they are fixed, and with its new releases.
"""

from datetime import date, timedelta
from functools import lru_cache

import holidays
from django.conf import settings

STATES = tuple(sorted(holidays.DE.subdivisions))


@lru_cache(maxsize=64)
def _calendar(state: str, year: int) -> holidays.HolidayBase:
    """The calendar of one year; one that grows while it is asked would answer wrongly to a second thread."""
    return holidays.country_holidays("DE", subdiv=state or None, years=year, expand=False, language="de")


def holiday(day: date) -> str:
    """The name of the public holiday on this day, or nothing. Names are those of the law, so always German."""
    return _calendar(settings.HOLIDAY_STATE, day.year).get(day) or ""


@lru_cache(maxsize=64)
def _school_calendar(state: str, year: int) -> holidays.HolidayBase:
    return holidays.country_holidays(
        "DE", subdiv=state, years=year, expand=False, language="de", categories=(holidays.SCHOOL,)
    )


def school_holiday(day: date) -> str:
    """The name of the school holidays in which this day lies; nothing where no Land is set, or none are known."""
    if not settings.HOLIDAY_STATE:
        return ""
    return _school_calendar(settings.HOLIDAY_STATE, day.year).get(day) or ""


def is_working_day(day: date) -> bool:
    return _calendar(settings.HOLIDAY_STATE, day.year).is_working_day(day)


def working_day_before(day: date) -> tuple[date, str]:
    """The day itself where people work on it, else the nearest working day before it.

    With it the first public holiday that stood in the way, or nothing where only a weekend did.
    """
    in_the_way = ""
    while not is_working_day(day):
        in_the_way = in_the_way or holiday(day)
        day -= timedelta(days=1)
    return day, in_the_way
