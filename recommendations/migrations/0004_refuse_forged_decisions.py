from django.db import migrations

TEXT_FIELDS = (
    "title",
    "claim",
    "proposed_resolution",
    "summary",
    "rationale",
    "alternatives",
    "financial_impact",
    "impact_assessment",
    "participation",
    "effect_target",
)
EVIDENCE_FIELDS = (
    "name",
    "value",
    "sign",
    "quality",
    "unit",
    "period",
    "region_key",
    "region_name",
    "comparison",
    "series",
    "table_code",
    "source_label",
    "as_of",
)


def frozen(recommendation):
    """Text, evidence and lead department as plain data, in the form that decisions were kept in then."""
    department = recommendation.lead_department
    return {
        "version": recommendation.version,
        "lead_department": department and {"code": department.code, "name": department.name},
        "responsible_level": recommendation.responsible_level,
        "effect_review_on": recommendation.effect_review_on and recommendation.effect_review_on.isoformat(),
        **{field: getattr(recommendation, field) for field in TEXT_FIELDS},
        "evidence": [
            {field: plain(getattr(evidence, field)) for field in EVIDENCE_FIELDS}
            for evidence in recommendation.evidence.order_by("pk")
        ],
    }


def plain(value):
    if value is None or isinstance(value, (str, list, dict, int)):
        return value
    return format(value.normalize(), "f")


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


class Migration(migrations.Migration):
    dependencies = [
        ("recommendations", "0003_versions_and_changed_approvals"),
        ("activity", "0003_refuse_forged_entries"),
    ]
    operations = [migrations.RunPython(keep_present_versions, migrations.RunPython.noop)]
