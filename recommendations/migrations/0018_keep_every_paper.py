import django.db.models.deletion
from django.db import migrations, models

import core.clock


class Migration(migrations.Migration):
    dependencies = [
        ('committees', '0001_initial'),
        ('recommendations', '0017_strategic_goals'),
    ]

    operations = [
        migrations.CreateModel(
            name='PaperOfRecommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('approval', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='recommendations.decision', verbose_name='approval')),
                ('paper', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='origin', to='committees.paper', verbose_name='paper')),
                ('recommendation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='recommendations.recommendation')),
            ],
            options={
                'verbose_name': 'paper of a recommendation',
                'verbose_name_plural': 'papers of recommendations',
                'ordering': ['pk'],
            },
        ),
    ]
