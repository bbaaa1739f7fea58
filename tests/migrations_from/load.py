# SPDX-License-Identifier: EUPL-1.2
"""Put a kept database back as it stood, into an empty one: its leaves, its rows, its rules (in ``manage.py shell``)."""

import json
import lzma

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor


def lines(path):
    with lzma.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def load(path):
    head, *tables = lines(path)
    executor = MigrationExecutor(connection)
    leaves = [tuple(leaf) for leaf in head["leaves"]]
    executor.migrate(leaves)
    apps = executor.loader.project_state(leaves).apps
    with transaction.atomic(), connection.cursor() as cursor:
        models = [apps.get_model(table["model"]) for table in tables]
        for model in reversed(models):  # what the migrations themselves have put there
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
        for model, table in zip(models, tables, strict=True):
            fill(model, table)
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in head["rules"][connection.vendor]:
            cursor.execute(statement)


def fill(model, table):
    """The rows of a table, with the keys they had."""
    columns = table["columns"]
    fields = [next(field for field in model._meta.concrete_fields if field.attname == column) for column in columns]
    for field in fields:
        field.auto_now = field.auto_now_add = False
    rows = [
        model(**{field.attname: field.to_python(value) for field, value in zip(fields, row, strict=True)})
        for row in table["rows"]
    ]
    model._base_manager.bulk_create(rows)
