from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("committees", "0035_carry_minutes_over")]

    operations = [
        migrations.AlterField("minutes", "tells_record", models.BooleanField(default=True, editable=False)),
        migrations.AlterField("minutesentry", "tells_record", models.BooleanField(default=True, editable=False)),
    ]
