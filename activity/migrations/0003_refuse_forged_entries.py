from django.db import migrations

from activity.rules import rules
from core import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection, rules)


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection, rules)


class Migration(migrations.Migration):
    dependencies = [("activity", "0002_seal_the_log")]
    operations = [migrations.RunPython(install, remove)]
