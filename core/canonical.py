# SPDX-License-Identifier: EUPL-1.2
"""Plain data in one canonical form, so that its checksum says the same whoever works it out: Python, SQL, a reader."""

import hashlib
import json

from django.db import models


def canonical(content):
    """The one way to write plain data as JSON: keys in order, no blanks, characters as they are."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def checksum(content):
    """SHA-256 over the canonical JSON of the content."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


class CanonicalJSONField(models.TextField):
    """Plain data, stored as the very text that its checksum was worked out from; the database can check it itself."""

    def from_db_value(self, value, expression, connection):
        return value if value is None else json.loads(value)

    def to_python(self, value):
        return json.loads(value) if isinstance(value, str) else value

    def get_prep_value(self, value):
        return value if value is None else canonical(value)

    def deconstruct(self):
        """For migrations the text that it is, so that they do not depend on our code."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def value_to_string(self, obj):
        return canonical(self.value_from_object(obj))
