# SPDX-License-Identifier: EUPL-1.2
"""The life of a proposal that the lead passes to another department."""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.lives import Life, State, Way
from core.shapes import BAD, INFO, OK


class TransferState(TextChoices):
    OPEN = "open", pgettext_lazy("transfer", "waits for consent")
    AGREED = "agreed", pgettext_lazy("transfer", "agreed")
    REFUSED = "refused", pgettext_lazy("transfer", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("transfer", "proposal taken back")


@dataclass(frozen=True, kw_only=True)
class TransferRow(State):
    """``answered`` tells whoever has just answered what came of it."""

    answered: Any


TRANSFER = Life(
    "transfer",
    "state",
    [
        TransferRow(
            code=TransferState.OPEN,
            shape="wait",
            tone=INFO,
            answered=_("Your consent is recorded. The other department is still to agree."),
        ),
        TransferRow(
            code=TransferState.AGREED,
            shape="done",
            tone=OK,
            answered=_("Both departments have agreed. The lead has changed."),
        ),
        TransferRow(
            code=TransferState.REFUSED,
            shape="no",
            tone=BAD,
            answered=_("Your answer is recorded. The lead stays where it is."),
        ),
        TransferRow(code=TransferState.WITHDRAWN, shape="dash", answered=_("The proposal is taken back.")),
    ],
    [
        Way("propose", (), TransferState.OPEN, "office or head", "a reason", "recommendation.transfer_proposed"),
        Way(
            "settle",
            (TransferState.OPEN,),
            TransferState.AGREED,
            "both heads",
            "both consents",
            "recommendation.lead_transferred",
        ),
        Way(
            "refuse",
            (TransferState.OPEN,),
            TransferState.REFUSED,
            "one head",
            "a reason",
            "recommendation.transfer_declined",
        ),
        Way(
            "withdraw",
            (TransferState.OPEN,),
            TransferState.WITHDRAWN,
            "whoever proposed",
            "the wish",
            "recommendation.transfer_withdrawn",
        ),
    ],
)
