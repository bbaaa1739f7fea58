# SPDX-License-Identifier: EUPL-1.2
"""What accounts ask of the apps above them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, TypeAlias

from core.hooks import Hook

if TYPE_CHECKING:
    from accounts.models import User

Standings: TypeAlias = "Callable[[Collection[User]], dict[int, list[str]]]"

STANDINGS: Hook[Standings] = Hook(
    "accounts.hooks.STANDINGS", "what people are in the house besides their roles, in words, such as members of bodies"
)
