# SPDX-License-Identifier: EUPL-1.2
"""Plain data in one canonical form, so that its checksum says the same whoever works it out: Python, SQL, a reader."""

import hashlib
import json
from typing import Any

from django.db import models


def canonical(content: object) -> str:
    """The one way to write plain data as JSON: keys in order, no blanks, characters as they are."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def checksum(content: object) -> str:
    """SHA-256 over the canonical JSON of the content."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


class CanonicalJSONField(models.TextField):
    """Plain data, stored as the very text that its checksum was worked out from; the database can check it itself."""

    _pyi_private_set_type: Any  # for mypy: a row holds what the text says
    _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Any:
        return value if value is None else json.loads(value)

    def to_python(self, value: Any) -> Any:
        return json.loads(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> str | None:
        return value if value is None else canonical(value)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """For migrations the text that it is, so that they do not depend on our code."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def value_to_string(self, obj: models.Model) -> str:
        return canonical(self.value_from_object(obj))
