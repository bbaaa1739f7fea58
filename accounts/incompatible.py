# SPDX-License-Identifier: EUPL-1.2
"""Which roles one person never holds together, and why. Whoever prepares, examines or administers does not decide.

The one table that forms, flows, verdicts, querysets and the database's own rules ask.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from accounts.roles import ADMINISTRATION, COORDINATION, DATA_PROTECTION, MONITORING, group_of

if TYPE_CHECKING:
    from core.sentences import Sentence

HEAD, DEPUTY = "head", "deputy"


@dataclass(frozen=True)
class Pair:
    """A role of the whole house, a standing in a department, and why one person does not have both."""

    role: str
    standing: str
    reason: Any


INCOMPATIBLE = (
    Pair(COORDINATION, HEAD, _("The coordination writes and submits what a head decides.")),
    Pair(COORDINATION, DEPUTY, _("The coordination writes and submits what a deputy decides.")),
    Pair(MONITORING, HEAD, _("The monitoring answers for the figures on which a head decides.")),
    Pair(MONITORING, DEPUTY, _("The monitoring answers for the figures on which a deputy decides.")),
    Pair(DATA_PROTECTION, HEAD, _("Data protection examines what a head decides.")),
    Pair(DATA_PROTECTION, DEPUTY, _("Data protection examines what a deputy decides.")),
    Pair(ADMINISTRATION, HEAD, _("The administration proposes who is head, and keeps the accounts of all.")),
    Pair(
        ADMINISTRATION,
        DEPUTY,
        _("The administration keeps the accounts of those in whose place it would decide."),
    ),
)


def excluding(standing: str) -> list[str]:
    """The names of the groups whose members never have this standing."""
    return sorted(group_of(pair.role) for pair in INCOMPATIBLE if pair.standing == standing)


def conflict(roles: Collection[str], standing: str) -> str | Sentence:
    """Why somebody with these roles of the house cannot have this standing; empty where they can."""
    return next((str(pair.reason) for pair in INCOMPATIBLE if pair.standing == standing and pair.role in roles), "")
