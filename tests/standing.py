# SPDX-License-Identifier: EUPL-1.2
"""Heads for tests that are not about how somebody becomes one."""

from django.utils import timezone

from accounts.models import Cause, Grant
from core import clock


def make_head(person, department, **fields):
    """A grant in force, as installations of before have them."""
    today = timezone.localdate()
    return Grant.objects.create(
        department=department,
        person=person,
        **{"cause": Cause.EXISTING, "valid_from": today, "confirmed_at": clock.now(), **fields},
    )
