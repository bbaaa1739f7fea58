# SPDX-License-Identifier: EUPL-1.2
"""Fields of models that hold sentences of the house."""

import json
from typing import Any

from django.db import models

from core.sentences import Sentence, read_sentence


class SentenceField(models.TextField):
    """Why something failed, and the like: a sentence that is said when it is read, or words that came from elsewhere.

    A sentence stands in the database as JSON; whatever else stands there, such as words of before, is text as it is.
    """

    _pyi_private_set_type: Any  # for mypy: a row holds the sentence
    _pyi_private_get_type: Any

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """Migrations know it as the text that it is, and need nothing of the house."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Any:
        return self.to_python(value)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.startswith('{"say": '):
            return read_sentence(json.loads(value))
        return value

    def get_prep_value(self, value: Any) -> str | None:
        if isinstance(value, Sentence):
            return json.dumps(value.kept(), ensure_ascii=False)
        return super().get_prep_value(value)
