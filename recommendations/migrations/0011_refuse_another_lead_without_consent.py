from django.db import migrations

from core import triggers
from recommendations.rules import rules

NEW = ("lead_moved", "transfer_settled", "transfer_undeleted")


def of_this_step(vendor):
    return [rule for rule in rules(vendor) if rule.name in NEW]


def install(apps, schema_editor):
    triggers.install(schema_editor.connection, of_this_step)


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection, of_this_step)


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0010_change_the_lead_with_both_departments")]
    operations = [migrations.RunPython(install, remove)]
