# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from activity.hooks import READS_LOG

if TYPE_CHECKING:
    from accounts.models import User
    from core.verdicts import Verdict


def can_read_log(user: User) -> Verdict:
    """Whether this person reads the log of the whole house: roles are known above, in ``accounts``."""
    return READS_LOG.only(user)
