from django.db import migrations

from committees.rules import rules
from core import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection, rules)


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection, rules)


class Migration(migrations.Migration):
    dependencies = [("committees", "0022_oparl_imports")]
    operations = [migrations.RunPython(install, remove)]
