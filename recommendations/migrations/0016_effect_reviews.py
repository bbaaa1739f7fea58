import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.clock


class Migration(migrations.Migration):
    dependencies = [
        ('indicators', '0002_items_releases_and_findings'),
        ('recommendations', '0015_replan_measures_with_checklists'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EffectReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region_key', models.CharField(blank=True, max_length=14, verbose_name='region key')),
                ('region_name', models.CharField(blank=True, max_length=200, verbose_name='region')),
                ('comparison_key', models.CharField(blank=True, max_length=40)),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('unit', models.CharField(blank=True, max_length=40, verbose_name='unit')),
                ('decimals', models.PositiveSmallIntegerField(default=1, verbose_name='decimals')),
                ('baseline_value', models.DecimalField(decimal_places=10, max_digits=30, null=True, verbose_name='baseline')),
                ('baseline_sign', models.CharField(blank=True, max_length=3)),
                ('baseline_quality', models.CharField(blank=True, max_length=4)),
                ('baseline_period', models.CharField(blank=True, max_length=40)),
                ('direction', models.CharField(blank=True, choices=[('at_least', 'at least'), ('at_most', 'at most')], max_length=8)),
                ('target_value', models.DecimalField(decimal_places=10, max_digits=30, null=True, verbose_name='target')),
                ('no_figure_reason', models.TextField(blank=True, verbose_name='why no figure can show it')),
                ('review_on', models.DateField(verbose_name='review on')),
                ('set_by_label', models.CharField(blank=True, max_length=300)),
                ('set_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('reminded_at', models.DateTimeField(null=True)),
                ('proposed_effect', models.CharField(blank=True, choices=[('unknown', 'unknown'), ('too_early', 'too early to tell'), ('improved', 'improved'), ('unchanged', 'unchanged'), ('worse', 'worse')], max_length=10)),
                ('proposed_note', models.TextField(blank=True)),
                ('proposed_at', models.DateTimeField(null=True)),
                ('effect', models.CharField(blank=True, choices=[('unknown', 'unknown'), ('too_early', 'too early to tell'), ('improved', 'improved'), ('unchanged', 'unchanged'), ('worse', 'worse')], max_length=10)),
                ('paragraph', models.TextField(blank=True, verbose_name="the department's paragraph")),
                ('signature', models.CharField(blank=True, max_length=300)),
                ('answered_at', models.DateTimeField(null=True)),
                ('now_value', models.DecimalField(decimal_places=10, max_digits=30, null=True)),
                ('now_sign', models.CharField(blank=True, max_length=3)),
                ('now_quality', models.CharField(blank=True, max_length=4)),
                ('now_period', models.CharField(blank=True, max_length=40)),
                ('replaced_at', models.DateTimeField(null=True)),
                ('replaced_reason', models.TextField(blank=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('key_figure', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='effect_reviews', to='indicators.keyfigure', verbose_name='key figure')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recommendation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='effect_reviews', to='recommendations.recommendation')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'effect review',
                'verbose_name_plural': 'effect reviews',
                'ordering': ['pk'],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('answered_at', None), ('replaced_at', None)), fields=('recommendation',), name='effect_review_open_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('key_figure__isnull', False), ('no_figure_reason', '')), models.Q(('key_figure', None), ('target_value', None), models.Q(('no_figure_reason', ''), _negated=True)), _connector='OR'), name='effect_review_figure_or_reason'),
                    models.CheckConstraint(condition=models.Q(models.Q(('direction', ''), ('target_value', None)), models.Q(('target_value__isnull', False), models.Q(('direction', ''), _negated=True)), _connector='OR'), name='effect_review_target_has_direction'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('effect', '')), models.Q(('answered_at__isnull', False), models.Q(('effect', ''), _negated=True), models.Q(('paragraph', ''), _negated=True)), _connector='OR'), name='effect_review_answer_complete'),
                    models.CheckConstraint(condition=models.Q(models.Q(('replaced_at', None), ('replaced_reason', '')), models.Q(('answered_at', None), ('replaced_at__isnull', False), models.Q(('replaced_reason', ''), _negated=True)), _connector='OR'), name='effect_review_replaced_has_reason'),
                ],
            },
        ),
    ]
