# SPDX-License-Identifier: EUPL-1.2
"""Fields of models that hold sentences of the house."""

import json

from django.db import models

from core.sentences import Sentence, read_sentence


class SentenceField(models.TextField):
    """Why something failed, and the like: a sentence that is said when it is read, or words that came from elsewhere.

    A sentence stands in the database as JSON; whatever else stands there, such as words of before, is text as it is.
    """

    def deconstruct(self):
        """Migrations know it as the text that it is, and need nothing of the house."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def from_db_value(self, value, expression, connection):
        return self.to_python(value)

    def to_python(self, value):
        if isinstance(value, str) and value.startswith('{"say": '):
            return read_sentence(json.loads(value))
        return value

    def get_prep_value(self, value):
        if isinstance(value, Sentence):
            return json.dumps(value.kept(), ensure_ascii=False)
        return super().get_prep_value(value)
