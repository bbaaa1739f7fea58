# SPDX-License-Identifier: EUPL-1.2
"""Days as people say them: relative and absolute together, with spaces that do not break."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

if TYPE_CHECKING:
    pass

NBSP = "\xa0"
NEARLY_A_YEAR = 300


def _date(value: date) -> date:
    return timezone.localdate(value) if isinstance(value, datetime) else value


def relative(value: date, *, today: date | None = None) -> str:
    """“today”, “in 4 days”, “3 days ago”."""
    days = (_date(value) - (today or timezone.localdate())).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days == -1:
        return _("yesterday")
    if days > 0:
        return ngettext("in %(count)s day", "in %(count)s days", days) % {"count": days}
    return ngettext("%(count)s day ago", "%(count)s days ago", -days) % {"count": -days}


def short_day(value: date | None, *, today: date | None = None) -> str:
    """“Mon, 12 Oct” in the reader's language; with its year once the day could be taken for one of another year."""
    if not value:
        return ""
    far = abs((_date(value) - (today or timezone.localdate())).days) > NEARLY_A_YEAR
    pattern = pgettext("date format", "D, j M Y") if far else pgettext("date format", "D, j M")
    return date_format(_date(value), pattern).replace(" ", NBSP)


def day(value: date, *, today: date | None = None) -> str:
    """“Mon, 12 Oct, in 4 days”."""
    if not value:
        return ""
    return f"{short_day(value, today=today)}, {relative(value, today=today)}"


def long_day(value: date) -> str:
    """“Monday, 12 October 2026”."""
    if not value:
        return ""
    return date_format(_date(value), pgettext("date format", "l, j F Y")).replace(" ", NBSP)


def full_day(value: date | None) -> str:
    """“12 October 2026”."""
    if not value:
        return ""
    return date_format(_date(value), pgettext("date format", "j F Y"))


def day_range(first: date, last: date) -> str:
    """“12.10.2026 – 23.10.2026”: short and the same in every language."""
    return f"{first:%d.%m.%Y} – {last:%d.%m.%Y}"


def moment(value: datetime | None) -> str:
    """“6 October 2026, 08:00”."""
    if not value:
        return ""
    return date_format(timezone.localtime(value), pgettext("date format", "j F Y, H:i"))


def is_soon(value: date, *, today: date | None = None, within: int = 5) -> bool:
    """Whether a day is close enough to be marked: from today until so many days ahead."""
    return 0 <= (_date(value) - (today or timezone.localdate())).days <= within


def is_over(value: date, *, today: date | None = None) -> bool:
    return _date(value) < (today or timezone.localdate())


def months_later(day: date, months: int) -> date:
    """The same day some months on, or the last day of a month too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
