import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.clock


NOT_RECORDED = "Vor der Einführung dieses Feldes nicht festgehalten."


def say_why_stopped(apps, schema_editor):
    """What was stopped before a reason was asked for keeps what was said about it, or that nothing was."""
    for measure in apps.get_model("recommendations", "Measure").objects.filter(status="stopped", stop_reason=""):
        measure.stop_reason = measure.delay_reason or measure.completion_note or NOT_RECORDED
        measure.save(update_fields=["stop_reason"])


class Migration(migrations.Migration):
    dependencies = [
        ('recommendations', '0013_find_by_state_and_change'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='measure',
            name='reminded_for',
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='measure',
            name='started_on',
            field=models.DateField(blank=True, null=True, verbose_name='started on'),
        ),
        migrations.AddField(
            model_name='measure',
            name='stop_reason',
            field=models.TextField(blank=True, verbose_name='reason for stopping'),
        ),
        migrations.AddField(
            model_name='measure',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name='version'),
        ),
        migrations.RunPython(say_why_stopped, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'stopped'), _negated=True), models.Q(('stop_reason', ''), _negated=True), _connector='OR'), name='measure_stopped_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('started_on', None), ('done_on', None), ('started_on__lte', models.F('done_on')), _connector='OR'), name='measure_started_before_done'),
        ),
        migrations.CreateModel(
            name='ChecklistItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=200, verbose_name='step')),
                ('done_at', models.DateTimeField(null=True)),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checklist', to='recommendations.measure')),
            ],
            options={
                'verbose_name': 'step of a measure',
                'verbose_name_plural': 'steps of a measure',
                'ordering': ['pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('done_by', None)), models.Q(('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='checklist_item_done_by_somebody'),
                ],
            },
        ),
        migrations.CreateModel(
            name='FormerPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('owner_label', models.CharField(blank=True, max_length=200, verbose_name='contact person')),
                ('starts_on', models.DateField(null=True, verbose_name='starts on')),
                ('due_on', models.DateField(verbose_name='due on')),
                ('budget', models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name='budget in euros')),
                ('reason', models.TextField(verbose_name='reason')),
                ('by_label', models.CharField(max_length=300)),
                ('at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_plans', to='recommendations.measure')),
            ],
            options={
                'verbose_name': 'former plan',
                'verbose_name_plural': 'former plans',
                'ordering': ['pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='former_plan_has_reason'),
                ],
            },
        ),
    ]
