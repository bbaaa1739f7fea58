# SPDX-License-Identifier: EUPL-1.2
"""Codes go in, words come out: what the house stores is the same in whatever language its people work."""

import re

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.test import override_settings
from django.utils import translation

from demo import lindenfurt
from demo.matrix import Matrix
from tests import worlds

# The second world is built a minute later, and what is sealed or vouched for under a checksum bears that minute.
CHANCE = re.compile(r"\d\d:\d\d(:\d\d(\.\d+)?)?|[0-9a-f]{64}")
TEXTS = (models.CharField, models.TextField, models.JSONField)
BY_CHANCE = {
    "accounts.User.password",
    "reports.Document.code",
    "reports.Part.code",
    "sessions.Session.session_key",
    "sessions.Session.session_data",
}


def matrix():
    people = Matrix()
    people.tag = "same"
    people.build()


def town():
    with override_settings(DEMO=True):
        lindenfurt.build()


def stored():
    """``{column: [(id, text)]}`` of every text that the database holds."""
    found = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            name = f"{model._meta.label}.{field.name}"
            if isinstance(field, TEXTS) and name not in BY_CHANCE:
                rows = model._base_manager.order_by("pk").values_list("pk", field.attname)
                found[name] = [(pk, CHANCE.sub("", str(text))) for pk, text in rows]
    return found


def built(build, language):
    """What a world stores that is built by people who work in this language."""
    with worlds.undone(), transaction.atomic(), translation.override(language):
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
                cursor.execute(statement)
        build()
        connection.run_on_commit = []
        return stored()


@pytest.fixture(scope="class", params=[matrix, town])
def in_both_languages(request, stage):
    """The same world twice; built before the transaction of the test, as the worlds that tests share."""
    stage.leave()
    with stage.blocker.unblock():
        return built(request.param, "de"), built(request.param, "en")


@pytest.mark.django_db
def test_what_is_stored_does_not_depend_on_the_language_of_whoever_works(in_both_languages):
    german, english = in_both_languages
    differing = {
        name: next(pair for pair in zip(german[name], english[name], strict=True) if pair[0] != pair[1])
        for name in german
        if german[name] != english[name]
    }
    assert not differing, differing
    assert german["activity.Event.data"], "something was stored at all"
