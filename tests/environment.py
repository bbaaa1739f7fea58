# SPDX-License-Identifier: EUPL-1.2
"""The environment of the tests. Loaded with ``-p`` before pytest-django reads the settings, once."""

import os
import tempfile

FIXED = {
    "READ_DOT_ENV": "0",
    "SECRET_KEY": "the-key-of-the-test-run-is-no-secret-at-all-0123456789",
    "HTTPS": "0",
    "DEMO": "0",
    "ADMIN_PAGES": "1",
    "PUBLIC_OPARL": "1",
    "MUNICIPALITY_NAME": "Stadt Lindenfurt",
    "MUNICIPALITY_KEY": "99001",
    "UNIT_NAME": "Bildungsbüro",
    "LOG_LEVEL": "ERROR",
}
os.environ.update(FIXED)
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="bildungsbuero-test-")
for _name in ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL"):
    if not os.environ.get(_name):
        os.environ.pop(_name, None)
