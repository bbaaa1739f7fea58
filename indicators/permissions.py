# SPDX-License-Identifier: EUPL-1.2
from django.utils.translation import gettext as _

from accounts.roles import MONITORING, holds
from core.verdicts import YES, no, not_now
from indicators.models import ImportState


def can_import(user):
    """Education monitoring takes over deliveries. The command line acts for the administration of the server."""
    return YES if user is None or holds(user, MONITORING) else no(_("Only education monitoring imports data."))


def can_store(user, delivery):
    """A delivery is taken over once, from its preview."""
    if not (verdict := can_import(user)):
        return verdict
    if delivery.state != ImportState.PREVIEW:
        return not_now(_("This delivery was taken over or discarded already."))
    return YES
