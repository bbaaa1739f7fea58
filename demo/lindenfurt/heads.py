# SPDX-License-Identifier: EUPL-1.2
"""Who heads the departments of Lindenfurt, how they came to it, and who stands in for whom in which order."""

from accounts.flows import confirm_grant, delegate, list_candidate, propose_grant
from accounts.models import Cause
from demo.lindenfurt import people


def appoint_all(town):
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


def _appoint(town, key, code, start, *, cause=Cause.APPOINTED, until=None, confirmed_by="lena.fock", reference=""):
    grant = _propose(town, key, code, start, cause, reference or f"Az. 11.3-{code.split()[-1]}", until)
    confirm_grant(grant, by=town.user(confirmed_by))


def _propose(town, key, code, start, cause, reference, until=None):
    return propose_grant(
        town.department(code),
        by=town.user("it.admin"),
        person=town.user(key),
        cause=cause,
        reference=reference,
        valid_from=start,
        valid_until=until,
    )


def _stand_in(town):
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
