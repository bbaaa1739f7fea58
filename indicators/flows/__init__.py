# SPDX-License-Identifier: EUPL-1.2
"""Every write that means something in monitoring."""

from indicators.flows.catalogue import (
    load_catalogue,
    load_regions,
    remind_deliveries,
    save_group,
    save_key_figure,
    save_table,
)
from indicators.flows.findings import keep_finding, note_finding
from indicators.flows.importing import (
    confirm,
    discard,
    explain,
    import_file,
    repair_keys,
    undo,
    upload,
    what_stands_on,
)
from indicators.flows.releasing import change_protection, release, report_of
from indicators.flows.retrieving import advance, order_retrieval, retry_retrieval, waiting_retrievals
