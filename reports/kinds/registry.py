# SPDX-License-Identifier: EUPL-1.2
"""All kinds of documents, in the order in which they are offered."""

from reports.kinds import briefing

KINDS = (briefing.KIND,)

_BY_CODE = {kind.code: kind for kind in KINDS}


def get(code):
    """The kind with this code; KeyError where there is none."""
    return _BY_CODE[code]


def about(label):
    """The kinds of documents about this model ("app.Model"), or about the whole house ("")."""
    return [kind for kind in KINDS if kind.subject == label]
