# SPDX-License-Identifier: EUPL-1.2
"""What the clock (beat) wakes, and after how many seconds again."""

SCHEDULE = {
    "heartbeat": {"task": "core.jobs.beat", "schedule": 10},
    "deliver-notifications": {"task": "activity.jobs.deliver_pending", "schedule": 60},
    "seal-log": {"task": "activity.jobs.seal_log", "schedule": 60},
    "sweep-documents": {"task": "reports.jobs.sweep", "schedule": 15},
    "fetch-tables": {"task": "indicators.jobs.sweep_retrievals", "schedule": 30},
    "remind-deliveries": {"task": "indicators.jobs.remind_deliveries", "schedule": 3600},
    "follow-recommendations": {"task": "recommendations.jobs.sweep", "schedule": 3600},
}
