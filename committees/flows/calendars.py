# SPDX-License-Identifier: EUPL-1.2
"""A person's calendar address: made, made anew, taken back."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from django.db import transaction

from activity.flows import record, without
from committees import events
from committees.models import CalendarToken

if TYPE_CHECKING:
    from accounts.models import User


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@without(
    lock="a person's address is theirs alone",
    verdict="everybody may have an address for their own calendar",
    refusals="nothing is refused",
)
@transaction.atomic
def make_calendar(*, by: User) -> str:
    """A new secret for the person's calendar; the one before stops at once. Gives the secret, which is kept nowhere."""
    token = secrets.token_urlsafe(32)
    CalendarToken.objects.filter(user=by).delete()
    CalendarToken.objects.create(user=by, token_sha256=_digest(token))
    record(events.CALENDAR_MADE, by, by=by)
    return token


@without(
    lock="a person's address is theirs alone",
    verdict="everybody may have an address for their own calendar",
    refusals="nothing is refused",
)
@transaction.atomic
def revoke_calendar(*, by: User) -> None:
    """The person's calendar address stops at once."""
    deleted, _rows = CalendarToken.objects.filter(user=by).delete()
    if deleted:
        record(events.CALENDAR_REVOKED, by, by=by)


def calendar_owner(token: str) -> User | None:
    """Whose calendar a secret opens; None where it opens none, or the account is switched off."""
    found = CalendarToken.objects.select_related("user").filter(token_sha256=_digest(token)).first()
    return found.user if found and found.user.is_active else None
