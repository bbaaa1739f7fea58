# SPDX-License-Identifier: EUPL-1.2
"""The Celery application. Jobs live in each app's ``jobs.py``; ``tasks`` is the office's word for to-dos."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bildungsbuero.settings")

app = Celery("bildungsbuero")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")
