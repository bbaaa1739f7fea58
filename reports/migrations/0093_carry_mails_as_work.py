from django.db import migrations, models


def mark_sent(apps, schema_editor):
    apps.get_model("reports", "DueMail").objects.filter(sent_at__isnull=False).update(state="sent")


class Migration(migrations.Migration):
    dependencies = [("reports", "0092_fence_across_new_starts")]
    operations = [
        migrations.AddField("duemail", "attempts", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("duemail", "forgiven", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("duemail", "leased_until", models.DateTimeField(null=True)),
        migrations.AddField("duemail", "error", models.TextField(blank=True, default="", verbose_name="error"), False),
        migrations.AddField(
            "duemail",
            "state",
            models.CharField(
                choices=[("queued", "waiting"), ("running", "running"), ("sent", "sent"), ("failed", "failed")],
                default="queued",
                max_length=8,
                verbose_name="state",
            ),
        ),
        migrations.RunPython(mark_sent, migrations.RunPython.noop),
    ]
