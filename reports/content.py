# SPDX-License-Identifier: EUPL-1.2
"""Frozen content: what of it people typed."""

from typing import Any, TypeAlias

Content: TypeAlias = dict[str, Any]  # what is printed, as it was frozen: plain JSON


def typed_text(content: object) -> str:
    """Everything in the content that is text, for the check of its characters."""
    if isinstance(content, str):
        return content
    if isinstance(content, dict):
        return "\n".join(typed_text(value) for value in content.values())
    if isinstance(content, list):
        return "\n".join(typed_text(value) for value in content)
    return ""
