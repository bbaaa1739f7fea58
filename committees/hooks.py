# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

from core.due import Fact
from core.hooks import Hook

IS_COMMISSIONED: Hook[Callable[[Any], bool]] = Hook(
    "committees.hooks.IS_COMMISSIONED", "whether a department stands behind a paper of the office"
)


def is_commissioned(paper: Any) -> bool:
    """Whether a department stands behind a paper that the office brings; what it was made of is known above."""
    return any(asked(paper) for asked in IS_COMMISSIONED)


FACTS_OF: Hook[Callable[[Any], dict[str, Fact]]] = Hook(
    "committees.hooks.FACTS_OF", "what is known about the days to keep before a paper was made"
)


def facts_of(paper: Any) -> dict[str, Fact]:
    """When co-signing was over and the data were fixed, by the kind of deadline; what it was made of is known above."""
    return {kind: fact for asked in FACTS_OF for kind, fact in asked(paper).items()}
