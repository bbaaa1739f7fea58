# SPDX-License-Identifier: EUPL-1.2
"""Every kind of document there is, in the order in which they are offered."""

from reports.kinds import briefing

KINDS = (briefing.KIND,)


def get(code):
    """The kind with a code."""
    return next(kind for kind in KINDS if kind.code == code)
