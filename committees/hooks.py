# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

from core.hooks import Hook

IS_COMMISSIONED: Hook[Callable[[Any], bool]] = Hook(
    "committees.hooks.IS_COMMISSIONED", "whether a department stands behind a paper of the office"
)


def is_commissioned(paper: Any) -> bool:
    """Whether a department stands behind a paper that the office brings; what it was made of is known above."""
    return any(asked(paper) for asked in IS_COMMISSIONED)
