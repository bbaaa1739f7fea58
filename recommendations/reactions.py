# SPDX-License-Identifier: EUPL-1.2
from core.jobs import ring
from indicators import events
from recommendations import jobs

CHANGES = {
    kind.code for kind in (events.IMPORT_STORED, events.IMPORT_UNDONE, events.RELEASED, events.KEY_FIGURE_CHANGED)
}


def check_evidence(sender, event, **kwargs):
    """Published figures may have changed: see what stands on them."""
    if event.kind in CHANGES:
        ring(jobs.check_evidence)
