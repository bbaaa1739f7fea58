from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0091_due_mail")]
    operations = [
        operation
        for model in ("document", "part")
        for operation in (
            migrations.AddField(model, "forgiven", models.PositiveSmallIntegerField(default=0)),
            migrations.AlterField(model, "error", models.TextField(blank=True, verbose_name="error")),
            migrations.RemoveField(model, "steps"),
        )
    ]
