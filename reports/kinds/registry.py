# SPDX-License-Identifier: EUPL-1.2
"""Every kind of document there is, in the order in which they are offered."""

from reports.kinds import (
    activity_report,
    briefing,
    evidence_chain,
    indicator_sheet,
    pack,
    personal_data,
    slides,
    statements,
    tracking,
)

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
)


def get(code):
    """The kind with a code."""
    return next(kind for kind in KINDS if kind.code == code)
