from django.db import migrations
from django.utils import timezone


def carry_over(apps, schema_editor):
    """The log tells since when a paper is on an agenda, and who put it there."""
    Event = apps.get_model("activity", "Event")
    kind = apps.get_model("contenttypes", "ContentType").objects.filter(app_label="committees", model="paper")
    stops = apps.get_model("committees", "Consultation").objects.exclude(agenda_item=None).exclude(paper=None)
    for stop in stops.select_related("committee").iterator(chunk_size=500):
        told = Event.objects.filter(kind="paper.scheduled", subject_type__in=kind, subject_id=stop.paper_id)
        names = (stop.committee.name, stop.committee.code, stop.committee_id)
        event = next((one for one in told.order_by("-pk") if one.data.get("committee") in names), None)
        if event:
            stop.placed_on, stop.placed_by_label = timezone.localdate(event.at), event.by_label
            stop.save(update_fields=["placed_on", "placed_by_label"])


class Migration(migrations.Migration):
    dependencies = [
        ("committees", "0032_when_stops_were_placed"),
        ("activity", "0003_refuse_forged_entries"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
