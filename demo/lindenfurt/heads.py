# SPDX-License-Identifier: EUPL-1.2
"""Who heads the departments of Lindenfurt, how they came to it, and who stands in for whom in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.flows import confirm_grant, delegate, list_candidate, propose_grant
from accounts.models import Cause
from demo.lindenfurt import people

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Grant
    from demo.lindenfurt.town import _Town


def appoint_all(town: _Town) -> None:
    """Long ago the administration proposed the heads; where there was none yet, data protection confirmed them."""
    with town.phase(-620, -600):
        for account in people.USERS:
            if account.heads and account.key != "samira.yildiz-krueger":
                _appoint(town, account.key, account.heads, town.day(-600))
        _appoint(
            town,
            "henning.voss",
            "FB 50",
            town.day(-600),
            cause=Cause.ACTING,
            until=town.day(-201),
            reference="Vakanz bis zur Neubesetzung",
        )
    with town.phase(-230, -215):
        _appoint(
            town,
            "samira.yildiz-krueger",
            "FB 50",
            town.day(-200),
            confirmed_by="henning.voss",
            reference="Az. 11.3-50",
        )
    with town.phase(-99, -95):
        _stand_in(town)
    with town.phase(-2, -1):
        _propose(town, "jule.sander", "FB 51", town.day(30), Cause.SHARED, "geteilte Leitung, Az. 11.3-51")


def _appoint(
    town: _Town,
    key: str,
    code: str,
    start: date,
    *,
    cause: Cause = Cause.APPOINTED,
    until: date | None = None,
    confirmed_by: str = "lena.fock",
    reference: str = "",
) -> None:
    grant = _propose(town, key, code, start, cause, reference or f"Az. 11.3-{code.split()[-1]}", until)
    confirm_grant(grant, by=town.user(confirmed_by))


def _propose(
    town: _Town, key: str, code: str, start: date, cause: Cause, reference: str, until: date | None = None
) -> Grant:
    return propose_grant(
        town.department(code),
        by=town.user("it.admin"),
        person=town.user(key),
        cause=cause,
        reference=reference,
        valid_from=start,
        valid_until=until,
    )


def _stand_in(town: _Town) -> None:
    """FB 50 has two deputies, one from the house and the head of FB 41; FB 40 lists somebody from elsewhere."""
    head = town.user("samira.yildiz-krueger")
    for position, (key, start) in enumerate((("henning.voss", -90), ("ines.brockhoff", -10)), start=1):
        delegate(
            town.department("FB 50"),
            by=head,
            deputy=town.user(key),
            position=position,
            valid_from=town.day(start),
            valid_until=town.day(8),
        )
    list_candidate(town.department("FB 40"), by=town.user("petra.wellmann"), person=town.user("jule.sander"))
