"""Rules of the database are put up after every ``migrate`` (``core.triggers``); this step, which once did, does nothing."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("activity", "0002_seal_the_log")]
    operations = []
