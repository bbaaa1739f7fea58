import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("committees", "0025_keep_results_without_paper")]

    operations = [
        migrations.AddField(
            model_name="attendance",
            name="from_item",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="committees.agendaitem",
                verbose_name="there from item",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="until_item",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="committees.agendaitem",
                verbose_name="there until item",
            ),
        ),
    ]
