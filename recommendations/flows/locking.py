# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import Delegation
from activity.flows import without
from core import clock
from core.errors import Stale
from core.sentences import sentence as _
from recommendations.content import frozen
from recommendations.models import Origin, Recommendation, Version

if TYPE_CHECKING:
    from accounts.models import Department, User


def locked(recommendation: Recommendation) -> Recommendation:
    """The recommendation as it is now, locked until the transaction ends; decide on this one, not on the caller's."""
    return Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)


def refuse_stale(recommendation: Recommendation, seen_version: int | None) -> None:
    """What you did not see you do not overwrite or decide."""
    if seen_version is not None and seen_version != recommendation.version:
        raise Stale(
            _("Nothing was changed. Version %(now)s was saved after you opened version %(seen)s: read it first.")
            % {"now": recommendation.version, "seen": seen_version}
        )


@without(
    lock="the flow that ends co-signing has it",
    verdict="the flow that ends co-signing has asked",
    record="the entry on that step tells of it",
    refusals="the flow that ends co-signing notes them",
)
def close_round(recommendation: Recommendation) -> None:
    """Co-signing ends: who has not answered by now answers no more in this round."""
    recommendation.statements.open().update(closed_at=clock.now())


@without(
    lock="the flow that changes the text has it",
    verdict="the flow that changes the text has asked",
    record="the entry on the change vouches for it",
    refusals="the flow that changes the text notes them",
)
def keep_version(
    recommendation: Recommendation, *, by: User, signature: str = "", origin: Origin = Origin.TEXT
) -> Version:
    """Keep the text as it stands now under its number, so that any two versions can be compared."""
    return Version.objects.create(
        recommendation=recommendation,
        number=recommendation.version,
        origin=origin,
        content=frozen(recommendation),
        by=by,
        by_label=signature or by.name,
    )


def signature_of(user: User, department: Department | None) -> str:
    """The name as it stands under what somebody says for a department, with "i. V." where they stand in."""
    absent = Delegation.objects.standing_in(user, department) if department else ""
    return f"{user.name}, i.\xa0V. {absent}" if absent else user.name
