from django.db import migrations

from core import triggers
from recommendations.rules import rules


def install(apps, schema_editor):
    triggers.install(schema_editor.connection, rules)


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0008_measures_with_contact_days_and_budget")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
