from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("committees", "0027_pass_over_unchanged_objects")]
    operations = [
        migrations.RenameField("importrun", "due_at", "leased_until"),
        migrations.AddField("importrun", "forgiven", models.PositiveSmallIntegerField(default=0)),
        migrations.AlterField("importrun", "error", models.TextField(blank=True, verbose_name="error")),
    ]
