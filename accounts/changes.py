# SPDX-License-Identifier: EUPL-1.2
"""What events of accounts keep beside plain codes, days and names."""

from datetime import time
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from accounts.models import User
from activity.data import NONE, Value
from core.sentences import kept as as_kept
from core.sentences import words

ROLES = "roles"


class Term(Value):
    """From which day and hour to which a deputy stands in, and at which place in the order."""

    def keep(self, value: Any) -> Any:
        return {
            "position": value.position,
            "from": [value.valid_from.isoformat(), _clock(value.from_time)],
            "until": [value.valid_until.isoformat(), _clock(value.until_time)],
        }

    def words(self, kept: Any) -> str:
        if not isinstance(kept, dict):
            return super().words(kept)
        return f"{kept['position']}. {_moment(*kept['from'])} – {_moment(*kept['until'])}"


def _clock(hour: time | None) -> str:
    return f"{hour:%H:%M}" if hour else ""


def _moment(day: str, clock: str) -> str:
    return f"{parse_date(day):%d.%m.%Y} {clock}".strip()


class Changes(Value):
    """What an account said before and says now, by field; the value is a pair of such accounts."""

    def keep(self, value: Any) -> Any:
        was, now = value
        changed = [name for name in now if name not in was or was[name] != now[name]]
        return {name: [as_kept(was.get(name)), as_kept(now[name])] for name in changed}

    def words(self, kept: Any) -> str:
        if not isinstance(kept, dict):
            return super().words(kept)
        return "; ".join(_change(name, was, now) for name, (was, now) in kept.items())


def _change(name: str, was: Any, now: Any) -> str:
    label = _("Roles") if name == ROLES else _field(name).verbose_name
    told = {"field": label, "was": _value(name, was), "now": _value(name, now)}
    return (_("%(field)s: %(now)s") if was is None else _("%(field)s: %(was)s → %(now)s")) % told


def _value(name: str, kept: Any) -> str:
    if isinstance(kept, bool):
        return _("yes") if kept else _("no")
    if name != ROLES and (choices := _field(name).flatchoices):
        return str(dict(choices).get(kept, kept))
    return words(kept) or NONE


def _field(name: str) -> Any:
    return User._meta.get_field(name)
