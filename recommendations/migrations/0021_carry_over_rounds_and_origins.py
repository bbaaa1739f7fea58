import json

from django.db import migrations


def canonical_content(apps, schema_editor):
    """A decision's content is the text that its checksum was worked out from: written once more, in that form."""
    for decision in apps.get_model("recommendations", "Decision").objects.iterator():
        content = json.loads(decision.content)
        decision.content = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        decision.save(update_fields=["content"])


def rounds(apps, schema_editor):
    """Whoever was asked so far was asked in the first round; a statement saw the version that stood when it was given."""
    Recommendation = apps.get_model("recommendations", "Recommendation")
    Recommendation.objects.filter(statements__isnull=False).update(consultation_round=1)
    versions = _versions(apps)
    for statement in apps.get_model("recommendations", "Statement").objects.select_related("recommendation"):
        statement.version = _at(versions, statement.recommendation, statement.signed_at)
        if not statement.position and statement.recommendation.status != "consultation":
            statement.closed_at = statement.recommendation.submitted_at or statement.recommendation.changed_at
        statement.save(update_fields=["version", "closed_at"])


def origins(apps, schema_editor):
    """A wording that is part of a decision, and a version in which only the lead changed, were written by nobody."""
    Version = apps.get_model("recommendations", "Version")
    changed = apps.get_model("recommendations", "Decision").objects.filter(kind="changed")
    for decision in changed:
        Version.objects.filter(recommendation=decision.recommendation_id, number=decision.version).update(
            origin="decision"
        )
    for version in Version.objects.filter(recommendation__lead_transfers__state="agreed").distinct():
        before = Version.objects.filter(recommendation=version.recommendation_id, number=version.number - 1).first()
        if before and _text(before) == _text(version) and before.content != version.content:
            Version.objects.filter(pk=version.pk).update(origin="transfer")


def _text(version):
    return {key: value for key, value in version.content.items() if key not in ("version", "lead_department")}


def _versions(apps):
    found = {}
    for version in apps.get_model("recommendations", "Version").objects.order_by("number").defer("content"):
        found.setdefault(version.recommendation_id, []).append((version.at, version.number))
    return found


def _at(versions, recommendation, moment):
    earlier = [number for at, number in versions.get(recommendation.pk, []) if moment and at <= moment]
    return earlier[-1] if earlier else recommendation.version


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0020_rounds_and_origins"), ("accounts", "0005_carry_over_heads")]
    operations = [
        migrations.RunPython(step, migrations.RunPython.noop) for step in (canonical_content, rounds, origins)
    ]
