# SPDX-License-Identifier: EUPL-1.2
"""What the clock (beat) wakes, and after how many seconds again."""

SCHEDULE = {
    "heartbeat": {"task": "core.jobs.beat", "schedule": 10},
    "deliver-notifications": {"task": "activity.jobs.deliver_pending", "schedule": 60},
    "seal-log": {"task": "activity.jobs.seal_log", "schedule": 60},
    "sweep-briefings": {"task": "reports.jobs.sweep", "schedule": 30},
    "fetch-tables": {"task": "indicators.jobs.sweep_retrievals", "schedule": 30},
    "remind-deliveries": {"task": "indicators.jobs.remind_deliveries", "schedule": 3600},
    "import-oparl": {"task": "committees.jobs.sweep_imports", "schedule": 30},
    "publish-oparl": {"task": "committees.jobs.publish_changes", "schedule": 60},
    "publish-oparl-all": {"task": "committees.jobs.publish_all", "schedule": 3600},
    "follow-recommendations": {"task": "recommendations.jobs.sweep", "schedule": 3600},
}
