import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('committees', '0005_decision_numbers'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConflictOfInterest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason for the conflict of interest')),
                ('declared_at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True)),
                ('withdrawal_reason', models.CharField(blank=True, max_length=300, verbose_name='reason for withdrawing')),
            ],
            options={
                'verbose_name': 'conflict of interest',
                'verbose_name_plural': 'conflicts of interest',
                'ordering': ['-declared_at'],
            },
        ),
        migrations.AddField(
            model_name='conflictofinterest',
            name='agenda_item',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='committees.agendaitem', verbose_name='agenda item'),
        ),
        migrations.AddField(
            model_name='conflictofinterest',
            name='declared_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts_declared', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='conflictofinterest',
            name='membership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='committees.membership', verbose_name='membership'),
        ),
        migrations.AddField(
            model_name='conflictofinterest',
            name='paper',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='committees.paper', verbose_name='paper'),
        ),
        migrations.AddField(
            model_name='conflictofinterest',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='conflicts_withdrawn', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='conflictofinterest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agenda_item__isnull', False), ('paper', None)), models.Q(('agenda_item', None), ('paper__isnull', False)), _connector='OR'), name='conflict_on_item_or_paper'),
        ),
        migrations.AddConstraint(
            model_name='conflictofinterest',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('membership', 'agenda_item'), name='conflict_item_once'),
        ),
        migrations.AddConstraint(
            model_name='conflictofinterest',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('membership', 'paper'), name='conflict_paper_once'),
        ),
        migrations.AddConstraint(
            model_name='conflictofinterest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawal_reason', ''), _negated=True)), _connector='OR'), name='conflict_withdrawn_with_reason'),
        ),
    ]
