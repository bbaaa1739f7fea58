# SPDX-License-Identifier: EUPL-1.2
"""Background work: how messages travel, what the clock (beat) wakes, and after how many seconds again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

SCHEDULE = {
    "heartbeat": {"task": "core.jobs.beat", "schedule": 10},
    "sweep-sendings": {"task": "core.jobs.sweep", "schedule": 3600},
    "deliver-notifications": {"task": "activity.jobs.deliver_pending", "schedule": 60},
    "seal-log": {"task": "activity.jobs.seal_log", "schedule": 3600},
    "remind-sheets": {"task": "accounts.jobs.remind_sheets", "schedule": 3600},
    "sweep-documents": {"task": "reports.jobs.sweep", "schedule": 15},
    "mail-digests": {"task": "reports.jobs.mail_digests", "schedule": 900},
    "fetch-tables": {"task": "indicators.jobs.sweep_retrievals", "schedule": 30},
    "remind-deliveries": {"task": "indicators.jobs.remind_deliveries", "schedule": 3600},
    "import-oparl": {"task": "committees.jobs.sweep_imports", "schedule": 30},
    "publish-oparl": {"task": "committees.jobs.publish_changes", "schedule": 60},
    "publish-oparl-all": {"task": "committees.jobs.publish_all", "schedule": 3600},
    "follow-recommendations": {"task": "recommendations.jobs.sweep", "schedule": 3600},
}


def transport_options(broker_url: str, var_dir: Path) -> dict[str, Any]:
    """How messages travel: through files on one machine, or through a Redis that may fail without freezing a page."""
    if broker_url.startswith("filesystem"):
        folder = Path(var_dir) / "broker"
        return {
            "data_folder_in": str(folder),
            "data_folder_out": str(folder),
            "control_folder": str(folder / "control"),
            "store_processed": False,
            "polling_interval": 0.1,
        }
    return {
        "visibility_timeout": 600,  # longer than any job, or the job starts twice
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_timeout": 3,  # a frozen Redis must not freeze a page
        "socket_connect_timeout": 2,
        "health_check_interval": 10,
        "max_retries": 0,  # a page does not wait twice; what consumes messages comes back by itself
    }
