# SPDX-License-Identifier: EUPL-1.2
"""What events around committees keep beside plain codes, days and names."""

from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date

from activity.data import Value
from committees.models import Result
from committees.models.papers import VOTES, votes_in_words


class Path(Value):
    """The meetings of a way through the bodies, each by committee and day."""

    def keep(self, value: Any) -> Any:
        return [
            {"committee": meeting.committee.code, "day": timezone.localdate(meeting.start).isoformat()}
            for meeting in value
        ]

    def words(self, kept: Any) -> str:
        if not isinstance(kept, list):
            return super().words(kept)
        return ", ".join(f"{one['committee']} {parse_date(one['day']):%d.%m.%Y}" for one in kept)


class Outcome(Value):
    """What a body resolved, with its votes."""

    def keep(self, value: Any) -> Any:
        return {"result": str(value.result), **{name: getattr(value, name) for name in VOTES}}

    def words(self, kept: Any) -> str:
        if not isinstance(kept, dict):
            return super().words(kept)
        votes = votes_in_words(*(kept[name] for name in VOTES))
        return ", ".join(str(part) for part in (Result(kept["result"]).label, votes) if part)
