from django.db import migrations, models


class Migration(migrations.Migration):
    """Minutes that exist have the record in their text; from now on they tell it by themselves."""

    dependencies = [("committees", "0033_carry_over_when_stops_were_placed")]

    operations = [
        migrations.AddField("minutes", "opening", models.JSONField(editable=False, null=True)),
        migrations.AddField("minutes", "tells_record", models.BooleanField(default=False, editable=False)),
        migrations.AddField("minutesentry", "account", models.JSONField(editable=False, null=True)),
        migrations.AddField("minutesentry", "tells_record", models.BooleanField(default=False, editable=False)),
    ]
