from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("committees", "0026_attendance_between_items")]

    operations = [
        migrations.AddIndex(
            model_name="publicobject",
            index=models.Index(fields=["kind", "object_id", "modified_at"], name="public_object_passed_over"),
        ),
    ]
