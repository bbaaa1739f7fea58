from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("indicators", "0002_items_releases_and_findings")]
    operations = [
        migrations.RenameField("retrieval", "due_at", "leased_until"),
        migrations.AlterField("retrieval", "leased_until", models.DateTimeField(null=True)),
        migrations.AddField("retrieval", "forgiven", models.PositiveSmallIntegerField(default=0)),
    ]
