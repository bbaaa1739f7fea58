# SPDX-License-Identifier: EUPL-1.2
"""Write down a database as it stands, for the tests of later migrations.

To be run in a checkout of that state: ``manage.py shell --no-imports < dump.py | xz -9 > X.jsonl.xz``.
The first line holds the leaves of the migrations and the rules of that state in the SQL of both databases; each
further line holds the rows of one table. Log-ins are not kept.
"""

import importlib
import json
import sys

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader


def statements(vendor):
    found = [f"{config.name}.rules" for config in apps.get_app_configs()]
    modules = [importlib.import_module(name) for name in found if importlib.util.find_spec(name)]
    return [line for module in modules for rule in module.rules(vendor) for line in rule.statements(vendor)]


leaves = sorted(MigrationLoader(connection).graph.leaf_nodes())
rules = {vendor: statements(vendor) for vendor in ("sqlite", "postgresql")}
sys.stdout.write(json.dumps({"leaves": leaves, "rules": rules}, ensure_ascii=False) + "\n")
for model in apps.get_models(include_auto_created=True):
    table, columns = model._meta.db_table, [field.attname for field in model._meta.concrete_fields]
    if model._meta.proxy or not model._meta.managed or table == "django_session":
        continue
    rows = [list(row) for row in model._base_manager.order_by("pk").values_list(*columns)]
    if "password" in columns:
        for row in rows:
            row[columns.index("password")] = "!"
    if rows:
        line = {"model": model._meta.label, "columns": columns, "rows": rows}
        sys.stdout.write(json.dumps(line, default=str, ensure_ascii=False) + "\n")
