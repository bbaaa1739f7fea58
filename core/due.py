# SPDX-License-Identifier: EUPL-1.2
"""Where a day to keep stands: the one function that every page, calendar and file asks. It knows facts alone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import is_soon, relative, short_day

OPEN, SOON, LATE, DONE, DONE_LATE, NOT_NEEDED = "open", "soon", "late", "done", "done_late", "not_needed"
OWED = (LATE, SOON, OPEN)


@dataclass(frozen=True)
class Fact:
    """What is known about a day to keep: it is done (on which day, by whom, where that is known), or not needed."""

    is_done: bool = False
    done_on: date | None = None
    by: str = ""
    is_needed: bool = True


NOTHING = Fact()


def standing(day: date, fact: Fact = NOTHING, *, today: date | None = None) -> str:
    """Open, soon, late, done, done late, or not needed any more."""
    if fact.is_done:
        return DONE_LATE if fact.done_on and fact.done_on > day else DONE
    if not fact.is_needed:
        return NOT_NEEDED
    today = today or timezone.localdate()
    if day < today:
        return LATE
    return SOON if is_soon(day, today=today) else OPEN


def word(day: date, fact: Fact = NOTHING, *, today: date | None = None) -> Any:
    """The same in words: how far the day is, or when and by whom it was done."""
    code = standing(day, fact, today=today)
    if code == NOT_NEEDED:
        return _("not needed")
    if code not in (DONE, DONE_LATE):
        return relative(day, today=today)
    if fact.done_on is None:
        return _("done")
    known = {"day": short_day(fact.done_on), "name": fact.by}
    if code == DONE_LATE:
        return _("done late, on %(day)s by %(name)s") % known if fact.by else _("done late, on %(day)s") % known
    return _("done on %(day)s by %(name)s") % known if fact.by else _("done on %(day)s") % known


def late_in(field: str, *, today: date | None = None) -> Q:
    """The same for the database: rows whose day to keep is over. That they are still owed is for the caller to say."""
    return Q(**{f"{field}__lt": today or timezone.localdate()})
