from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("recommendations", "0012_save_filters")]

    operations = [
        migrations.AddIndex(
            model_name='recommendation',
            index=models.Index(fields=['changed_at'], name='recommendation_changed'),
        ),
        migrations.AddIndex(
            model_name='recommendation',
            index=models.Index(fields=['status', 'changed_at'], name='recommendation_station'),
        ),
    ]
