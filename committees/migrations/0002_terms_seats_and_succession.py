import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('committees', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='LegislativeTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True, verbose_name='name')),
                ('start_on', models.DateField(verbose_name='from')),
                ('end_on', models.DateField(blank=True, null=True, verbose_name='until')),
            ],
            options={
                'verbose_name': 'legislative term',
                'verbose_name_plural': 'legislative terms',
                'ordering': ['-start_on'],
            },
        ),
        migrations.AddField(
            model_name='committee',
            name='may_propose_since',
            field=models.DateField(blank=True, null=True, verbose_name='mandate holds since'),
        ),
        migrations.AddField(
            model_name='committee',
            name='may_propose_source',
            field=models.CharField(blank=True, help_text='For example the resolution or the rules of procedure that give the office this right.', max_length=200, verbose_name='where the mandate is written'),
        ),
        migrations.AddField(
            model_name='committee',
            name='seats',
            field=models.PositiveSmallIntegerField(blank=True, help_text='By statute. Votes are checked against it where attendance was not recorded.', null=True, verbose_name='voting seats'),
        ),
        migrations.AddField(
            model_name='membership',
            name='succeeds',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successor', to='committees.membership', verbose_name='succeeds'),
        ),
        migrations.AlterField(
            model_name='committee',
            name='kind',
            field=models.CharField(choices=[('council', 'council'), ('committee', 'council committee'), ('youth_welfare', 'youth welfare committee'), ('steering_group', 'steering group'), ('advisory_board', 'advisory board'), ('conference', 'conference'), ('working_group', 'working group')], default='committee', max_length=16, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='legislativeterm',
            constraint=models.CheckConstraint(condition=models.Q(('end_on', None), ('end_on__gte', models.F('start_on')), _connector='OR'), name='term_ends_after_start'),
        ),
        migrations.AddField(
            model_name='membership',
            name='term',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='committees.legislativeterm', verbose_name='legislative term'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('succeeds', models.F('pk')), _negated=True), name='membership_succeeds_another'),
        ),
    ]
