"""Rules of the database are put up after every ``migrate`` (``core.triggers``); this step, which once did, does nothing."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("committees", "0022_oparl_imports")]
    operations = []
