# SPDX-License-Identifier: EUPL-1.2
"""Addresses and moments of the interface, each in its one canonical form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

if TYPE_CHECKING:
    from datetime import datetime

SCHEMA = "https://schema.oparl.org/1.1/"


def absolute(name: str, *args: Any) -> str:
    return f"{settings.BASE_URL}{reverse(f'oparl:{name}', args=args)}"


def address(kind: str, pk: int) -> str:
    """The id of an object: its address."""
    if kind.startswith("File:"):
        return absolute("file", f"{kind[5:]}-{pk}")
    return absolute("object", kind.lower(), pk)


def moment(at: datetime) -> str:
    """A moment as OParl writes it, with seconds and the offset of Berlin."""
    return timezone.localtime(at).isoformat(timespec="seconds")
