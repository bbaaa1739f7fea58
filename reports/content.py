# SPDX-License-Identifier: EUPL-1.2
"""Frozen content: its checksum, and what of it people typed."""

import hashlib
import json


def checksum(content):
    """SHA-256 over the canonical JSON of the content."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def typed_text(content):
    """Everything in the content that is text, for the check of its characters."""
    if isinstance(content, str):
        return content
    if isinstance(content, dict):
        return "\n".join(typed_text(value) for value in content.values())
    if isinstance(content, list):
        return "\n".join(typed_text(value) for value in content)
    return ""
