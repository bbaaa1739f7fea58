from django.db import migrations

from core import triggers
from recommendations.content import frozen
from recommendations.rules import rules


def keep_present_versions(apps, schema_editor):
    """What stood before versions were kept gets its present version, so that the next one can be compared with it."""
    Version = apps.get_model("recommendations", "Version")
    for one in apps.get_model("recommendations", "Recommendation").objects.select_related("last_changed_by"):
        Version.objects.create(
            recommendation=one,
            number=one.version,
            content=frozen(one),
            by=one.last_changed_by,
            by_label=one.last_changed_by.name,
            at=one.changed_at,
        )


def install(apps, schema_editor):
    triggers.install(schema_editor.connection, rules)


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection, rules)


class Migration(migrations.Migration):
    dependencies = [
        ("recommendations", "0003_versions_and_changed_approvals"),
        ("activity", "0003_refuse_forged_entries"),
    ]
    operations = [
        migrations.RunPython(keep_present_versions, migrations.RunPython.noop),
        migrations.RunPython(install, remove),
    ]
