"""Rules of the database are put up after every ``migrate`` (``core.triggers``); this step, which once did, does nothing."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0008_measures_with_contact_days_and_budget")]
    operations = []
