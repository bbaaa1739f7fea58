# SPDX-License-Identifier: EUPL-1.2
"""What ``verify_log`` compares with the log: who was made head or deputy, and what the heads confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import Cause, DecisionSheet, Delegation, Grant
from activity.keeping import Kept

if TYPE_CHECKING:
    from django.db.models import Model


def _fields(model: type[Model]) -> tuple[str, ...]:
    return tuple(field.name for field in model._meta.concrete_fields if field.name != "id")


KEPT = (
    Kept(Grant, _fields(Grant), Grant.objects.exclude(cause=Cause.EXISTING).all),
    Kept(Delegation, _fields(Delegation), Delegation.objects.all),
    Kept(DecisionSheet, _fields(DecisionSheet), DecisionSheet.objects.all),
)
