# SPDX-License-Identifier: EUPL-1.2
"""What is known about the days to keep before a paper: when all had co-signed, and when the data were fixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from committees.deadlines import COSIGNING, DATA
from core.due import Fact

if TYPE_CHECKING:
    from committees.models import Paper


def facts_of(paper: Paper) -> dict[str, Fact]:
    """Of a paper that was made of a recommendation; of another one nothing is owed before it."""
    origin = getattr(paper, "origin", None)
    if origin is None:
        return {}
    approval, statements = origin.approval, list(origin.recommendation.statements.all())
    signed = sorted((one for one in statements if one.signed_at), key=lambda one: one.signed_at)
    all_signed = bool(signed) and len(signed) == len(statements)
    last = signed[-1] if all_signed else None
    return {
        DATA: Fact(is_done=True, done_on=timezone.localdate(approval.at), by=approval.signature),
        COSIGNING: Fact(
            is_done=all_signed,
            done_on=timezone.localdate(last.signed_at) if last else None,
            by=last.signature if last else "",
            is_needed=False,  # who was silent is not waited for after the approval
        ),
    }
