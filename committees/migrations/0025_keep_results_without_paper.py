from django.db import migrations

from committees.rules import rules
from core import triggers


def install(apps, schema_editor):
    """SQLite builds a table anew to change a column, and loses its triggers by that."""
    triggers.install(schema_editor.connection, rules)


class Migration(migrations.Migration):
    dependencies = [("committees", "0024_result_without_paper")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
