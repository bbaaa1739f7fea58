from django.db import migrations, models


class Migration(migrations.Migration):
    """A finding to which nobody wrote a sentence says its figure; those of before keep theirs."""

    dependencies = [("indicators", "0003_name_the_lease")]

    operations = [
        migrations.AlterField("finding", "text", models.TextField(blank=True, verbose_name="finding")),
    ]
