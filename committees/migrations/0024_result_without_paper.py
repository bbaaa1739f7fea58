import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("committees", "0023_keep_results_and_minutes")]

    operations = [
        migrations.AlterField(
            model_name="consultation",
            name="paper",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="consultations",
                to="committees.paper",
                verbose_name="paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("paper", None)), fields=("agenda_item",), name="consultation_without_paper_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("paper__isnull", False),
                    models.Q(
                        ("agenda_item__isnull", False),
                        ("authoritative", False),
                        models.Q(("result", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="consultation_without_paper_is_a_result",
            ),
        ),
    ]
