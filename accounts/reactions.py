# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts import flows

if TYPE_CHECKING:
    from accounts.models import User


def note_password(sender: type[User], user: User, **kwargs: Any) -> None:
    """A password was set, changed, or set anew by a link."""
    flows.note_password(user)
