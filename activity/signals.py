# SPDX-License-Identifier: EUPL-1.2
from django.dispatch import Signal

# The house's only signal: sent inside the transaction that recorded the event, with ``event``.
# A reaction that fails undoes the change: an obligation we could not write down is not incurred.
event_recorded = Signal()
