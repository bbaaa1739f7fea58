import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('committees', '0006_conflicts_of_interest'),
    ]

    operations = [
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('submitted', 'submitted for approval'), ('approved', 'approved')], default='draft', max_length=10, verbose_name='state')),
                ('general', models.TextField(blank=True, verbose_name='general, public part')),
                ('general_closed', models.TextField(blank=True, verbose_name='general, non-public part')),
                ('submitted_at', models.DateTimeField(editable=False, null=True)),
                ('approved_at', models.DateTimeField(editable=False, null=True)),
                ('objections', models.TextField(blank=True, verbose_name='objections')),
            ],
            options={
                'verbose_name': 'minutes',
                'verbose_name_plural': 'minutes',
                'ordering': ['-meeting__start'],
            },
        ),
        migrations.CreateModel(
            name='MinutesEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True, verbose_name='text')),
            ],
            options={
                'verbose_name': 'entry in the minutes',
                'verbose_name_plural': 'entries in the minutes',
                'ordering': ['minutes', 'agenda_item__position'],
            },
        ),
        migrations.AddField(
            model_name='minutes',
            name='approved_in',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='minutes_approved', to='committees.agendaitem', verbose_name='approved under agenda item'),
        ),
        migrations.AddField(
            model_name='minutes',
            name='meeting',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='minutes', to='committees.meeting', verbose_name='meeting'),
        ),
        migrations.AddField(
            model_name='minutes',
            name='written_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='minutes_written', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='minutesentry',
            name='agenda_item',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='minutes_entry', to='committees.agendaitem'),
        ),
        migrations.AddField(
            model_name='minutesentry',
            name='minutes',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='committees.minutes'),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', False), ('approved_in__isnull', False), ('state', 'approved')), models.Q(models.Q(('state', 'approved'), _negated=True), ('approved_at', None), ('approved_in', None)), _connector='OR'), name='minutes_approval_complete'),
        ),
    ]
