# SPDX-License-Identifier: EUPL-1.2
"""Every kind of document there is, in the order in which they are offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.kinds import (
    activity_report,
    briefing,
    deciders,
    evidence_chain,
    indicator_sheet,
    pack,
    personal_data,
    slides,
    statements,
    tracking,
)

if TYPE_CHECKING:
    from reports.kinds import Kind

KINDS = (
    briefing.KIND,
    briefing.LONG,
    pack.KIND,
    tracking.KIND,
    indicator_sheet.KIND,
    evidence_chain.KIND,
    statements.KIND,
    activity_report.KIND,
    slides.KIND,
    personal_data.KIND,
    deciders.KIND,
)


_BY_CODE = {kind.code: kind for kind in KINDS}


def get(code: str) -> Kind:
    """The kind with this code; KeyError where there is none."""
    return _BY_CODE[code]
