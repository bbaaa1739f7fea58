import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('committees', '0002_terms_seats_and_succession'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgendaTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
            ],
            options={
                'verbose_name': 'agenda template',
                'verbose_name_plural': 'agenda templates',
                'ordering': ['committee', 'name'],
            },
        ),
        migrations.CreateModel(
            name='AgendaTemplateItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('number', models.CharField(max_length=12, verbose_name='number')),
                ('title', models.CharField(max_length=250, verbose_name='title')),
                ('is_public', models.BooleanField(default=True, verbose_name='public')),
                ('non_public_reason', models.CharField(blank=True, max_length=200, verbose_name='reason for excluding the public')),
                ('is_heading', models.BooleanField(default=False, verbose_name='only a heading')),
            ],
            options={
                'verbose_name': 'item of an agenda template',
                'verbose_name_plural': 'items of an agenda template',
                'ordering': ['template', 'position'],
            },
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='is_heading',
            field=models.BooleanField(default=False, help_text='A heading has no paper and no result; items follow below it.', verbose_name='only a heading'),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='is_urgent',
            field=models.BooleanField(default=False, verbose_name='urgent item'),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='urgent_accepted',
            field=models.BooleanField(blank=True, null=True, verbose_name='the committee took it on'),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='urgent_reason',
            field=models.TextField(blank=True, verbose_name='why it cannot wait'),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='urgent_requested_by',
            field=models.CharField(blank=True, max_length=200, verbose_name='who asked for it'),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='urgent_vote',
            field=models.CharField(blank=True, max_length=120, verbose_name='vote on the urgency'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='cancelled_reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='reason for cancelling'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='end',
            field=models.DateTimeField(blank=True, null=True, verbose_name='end'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='invited_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='invited on'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='number',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Counted within the term, as the invitation shows it.', null=True, verbose_name='number of the meeting'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(('is_urgent', False), models.Q(models.Q(('urgent_reason', ''), _negated=True), models.Q(('urgent_requested_by', ''), _negated=True)), _connector='OR'), name='agenda_item_urgent_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('end', None), ('end__gt', models.F('start')), _connector='OR'), name='meeting_ends_after_start'),
        ),
        migrations.AddField(
            model_name='agendatemplate',
            name='committee',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda_templates', to='committees.committee', verbose_name='committee'),
        ),
        migrations.AddField(
            model_name='agendatemplateitem',
            name='template',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='committees.agendatemplate'),
        ),
        migrations.AddConstraint(
            model_name='agendatemplate',
            constraint=models.UniqueConstraint(fields=('committee', 'name'), name='agenda_template_once'),
        ),
        migrations.AddConstraint(
            model_name='agendatemplateitem',
            constraint=models.UniqueConstraint(fields=('template', 'position'), name='agenda_template_item_position'),
        ),
        migrations.AddConstraint(
            model_name='agendatemplateitem',
            constraint=models.CheckConstraint(condition=models.Q(('is_public', True), models.Q(('non_public_reason', ''), _negated=True), _connector='OR'), name='agenda_template_item_non_public_has_reason'),
        ),
    ]
