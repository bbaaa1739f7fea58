# SPDX-License-Identifier: EUPL-1.2
"""The states of recommendations, measures and changes of the lead: the only place that lists them."""

from recommendations.lifecycle.measure import MEASURE, UNFINISHED, MeasureStatus
from recommendations.lifecycle.recommendation import (
    EFFECT_IS_DUE,
    KNOWN_IN_HOUSE,
    LEAD_MAY_CHANGE,
    MEASURES_MAY_BEGIN,
    OVER,
    READ_BY_OTHERS,
    RECOMMENDATION,
    TEXT_IS_OPEN,
    UNDECIDED,
    WITHOUT_APPROVAL,
    Phase,
    Station,
    Status,
    Turn,
)
from recommendations.lifecycle.transfer import TRANSFER, TransferState
from recommendations.lifecycle.ways import MOVES

__all__ = [
    "EFFECT_IS_DUE",
    "KNOWN_IN_HOUSE",
    "LEAD_MAY_CHANGE",
    "MEASURE",
    "MEASURES_MAY_BEGIN",
    "MOVES",
    "OVER",
    "READ_BY_OTHERS",
    "RECOMMENDATION",
    "TEXT_IS_OPEN",
    "TRANSFER",
    "UNDECIDED",
    "UNFINISHED",
    "WITHOUT_APPROVAL",
    "MeasureStatus",
    "Phase",
    "Station",
    "Status",
    "TransferState",
    "Turn",
]
