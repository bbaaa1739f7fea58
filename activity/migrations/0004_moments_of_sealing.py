from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activity", "0003_refuse_forged_entries")]

    operations = [
        migrations.AddField(model_name="seal", name="at", field=models.DateTimeField(null=True)),
    ]
