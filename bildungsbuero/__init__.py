# SPDX-License-Identifier: EUPL-1.2
from bildungsbuero.celery import app as celery_app
