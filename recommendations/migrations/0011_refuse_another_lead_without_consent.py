"""Rules of the database are put up after every ``migrate`` (``core.triggers``); this step, which once did, does nothing."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0010_change_the_lead_with_both_departments")]
    operations = []
