from django.db import migrations
from django.utils import timezone


def keep_present_papers(apps, schema_editor):
    """Every paper that a recommendation points to, with the approval it was made of."""
    Kept = apps.get_model("recommendations", "PaperOfRecommendation")
    Decision = apps.get_model("recommendations", "Decision")
    for one in apps.get_model("recommendations", "Recommendation").objects.exclude(paper=None):
        approvals = Decision.objects.filter(recommendation=one, kind__in=["approve", "changed"]).order_by("-pk")
        approval = one.approval or approvals.first()
        if approval:
            Kept.objects.get_or_create(
                paper_id=one.paper_id, defaults={"recommendation": one, "approval": approval, "made_at": approval.at}
            )


def set_reviews(apps, schema_editor):
    """What the office had noted about target and effect becomes a review on the first pinned figure.

    The target stays what it was, free text on the recommendation: a number cannot be read out of it safely.
    """
    Review = apps.get_model("recommendations", "EffectReview")
    followed = ["implementing", "implemented", "partly", "stopped", "evaluation", "closed"]
    approved = apps.get_model("recommendations", "Recommendation").objects.filter(status__in=followed)
    for one in approved.exclude(effect_review_on=None, effect_note=""):
        evidence = one.evidence.order_by("pk").first()
        if evidence is None or Review.objects.filter(recommendation=one).exists():
            continue
        answered = bool(one.effect_note)
        Review.objects.create(
            recommendation=one,
            key_figure_id=evidence.key_figure_id,
            region_key=evidence.region_key,
            region_name=evidence.region_name,
            name=evidence.name,
            unit=evidence.unit,
            decimals=evidence.decimals,
            baseline_value=evidence.value,
            baseline_sign=evidence.sign,
            baseline_quality=evidence.quality,
            baseline_period=evidence.period,
            review_on=one.effect_review_on or timezone.localdate(one.changed_at),
            effect=one.effect if answered else "",
            paragraph=one.effect_note,
            answered_at=one.changed_at if answered else None,
        )


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0018_keep_every_paper")]
    operations = [
        migrations.RunPython(keep_present_papers, migrations.RunPython.noop),
        migrations.RunPython(set_reviews, migrations.RunPython.noop),
    ]
