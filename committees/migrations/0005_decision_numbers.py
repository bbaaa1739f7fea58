import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('committees', '0004_attendance'),
    ]

    operations = [
        migrations.CreateModel(
            name='DecisionNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name='consultation',
            name='decision_number',
            field=models.CharField(blank=True, editable=False, max_length=30, verbose_name='decision number'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='referred_to',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='committees.committee', verbose_name='referred to'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='votes_biased',
            field=models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name='biased'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.UniqueConstraint(condition=models.Q(('decision_number', ''), _negated=True), fields=('decision_number',), name='decision_number_once'),
        ),
        migrations.AddField(
            model_name='decisionnumber',
            name='committee',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decision_numbers', to='committees.committee'),
        ),
        migrations.AddConstraint(
            model_name='decisionnumber',
            constraint=models.UniqueConstraint(fields=('committee', 'year'), name='decision_number_counter_once'),
        ),
    ]
