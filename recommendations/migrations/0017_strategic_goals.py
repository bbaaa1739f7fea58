import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('recommendations', '0016_effect_reviews'),
    ]

    operations = [
        migrations.CreateModel(
            name='StrategicGoal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(blank=True, help_text='Such as 1.2', max_length=12, verbose_name='number')),
                ('name', models.CharField(max_length=200, verbose_name='goal')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Smaller numbers stand first among goals of the same parent.', verbose_name='position')),
                ('adopted_by', models.CharField(blank=True, help_text='Body and day, such as: Stadtrat, 12. März 2025', max_length=160, verbose_name='adopted by')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='recommendations.strategicgoal', verbose_name='part of')),
                ('recommendations', models.ManyToManyField(blank=True, related_name='goals', to='recommendations.recommendation', verbose_name='recommendations')),
            ],
            options={
                'verbose_name': 'strategic goal',
                'verbose_name_plural': 'strategic goals',
                'ordering': ['position', 'pk'],
            },
        ),
    ]
