"""What was set by hand keeps its state, and says by what it is shown."""

from django.conf import settings
from django.db import migrations
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

LABELS = {  # as the log wrote them, in the languages that the software speaks
    "resolved": ("resolved", "beschlossen"),
    "implementing": ("implementing", "being implemented", "in umsetzung"),
    "implemented": ("implemented", "umgesetzt"),
    "partly": ("partly", "partly implemented", "teilweise umgesetzt"),
    "stopped": ("stopped", "eingestellt"),
    "evaluation": ("evaluation", "effect review", "wirkungskontrolle"),
    "closed": ("closed", "abgeschlossen"),
}
AGREED, UNFINISHED = ("unchanged", "changed"), ("planned", "running")


def unproven(one):
    """The states that a recommendation stands in or went through, and whose fact is not there."""
    after_resolution = ("resolved", "implementing", "implemented", "partly", "evaluation", "closed")
    stops = one.paper.consultations.filter(authoritative=True) if one.paper_id else None
    refused = stops is not None and stops.filter(result="rejected").exists()
    measures, reviews = one.measures, one.effect_reviews.filter(replaced_at=None)
    if one.status in after_resolution and stops is not None and not refused:
        if not stops.filter(result__in=AGREED).exists():
            yield "resolved"
    if one.status in after_resolution[1:] and not refused and not measures.filter(started_on__isnull=False).exists():
        yield "implementing"
    ended = one.status in ("implemented", "partly", "evaluation", "closed") and not refused
    if ended and (not measures.exists() or measures.filter(status__in=UNFINISHED).exists()):
        yield one.status if one.status == "partly" else "implemented"
    if one.status == "stopped" and not refused:
        yield "stopped"
    if one.status in ("evaluation", "closed") and not refused and not reviews.exists():
        yield "evaluation"
    if one.status == "closed" and not refused and not reviews.filter(answered_at__isnull=False).exists():
        yield "closed"


def carry_over(apps, schema_editor):
    Attestation = apps.get_model("recommendations", "StatusAttestation")
    Event = apps.get_model("activity", "Event")
    kind = apps.get_model("contenttypes", "ContentType").objects.filter(
        app_label="recommendations", model="recommendation"
    )
    approved = apps.get_model("recommendations", "Recommendation").objects.exclude(approval=None)
    with translation.override(settings.LANGUAGE_CODE):
        for one in approved.select_related("paper").iterator(chunk_size=500):
            for status in unproven(one):
                moves = Event.objects.filter(
                    kind="recommendation.advanced", subject_type__in=kind, subject_id=one.pk
                ).order_by("-pk")
                event = next((event for event in moves if str(event.data.get("status", "")).lower() in LABELS[status]), None)
                Attestation.objects.create(
                    recommendation=one,
                    status=status,
                    source=shown_by(event),
                    by_id=event.by_id if event else None,
                    by_label=event.by_label if event else "",
                )


def shown_by(event):
    if event is None:
        return gettext("the state that was stored before facts were asked for")
    day = date_format(timezone.localtime(event.at), "j. F Y")
    said = gettext("entry in the history of %(day)s by %(name)s") % {"day": day, "name": event.by_label}
    note = str(event.data.get("note") or "").strip()
    return f"{said}: {note}" if note else said


class Migration(migrations.Migration):
    dependencies = [
        ("recommendations", "0022_attest_states"),
        ("activity", "0003_refuse_forged_entries"),
        ("committees", "0028_name_the_lease"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
