import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('committees', '0003_urgent_items_headings_and_templates'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=150, verbose_name='name')),
                ('role', models.CharField(choices=[('member', 'member'), ('chair', 'chair of the meeting'), ('secretary', 'secretary of the meeting'), ('guest', 'guest')], default='member', max_length=10, verbose_name='role')),
                ('status', models.CharField(choices=[('present', 'present'), ('excused', 'excused'), ('absent', 'absent')], default='present', max_length=8, verbose_name='attendance')),
                ('arrived_at', models.TimeField(blank=True, null=True, verbose_name='came at')),
                ('left_at', models.TimeField(blank=True, null=True, verbose_name='left at')),
            ],
            options={
                'verbose_name': 'attendance',
                'verbose_name_plural': 'attendances',
                'ordering': ['meeting', 'membership__person__family_name', 'name'],
            },
        ),
        migrations.AddField(
            model_name='attendance',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='committees.meeting', verbose_name='meeting'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='membership',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='committees.membership', verbose_name='membership'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('meeting', 'membership'), name='attendance_once'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(condition=models.Q(('role', 'chair')), fields=('meeting',), name='attendance_one_chair'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('membership__isnull', False), ('name', '')), models.Q(('membership', None), models.Q(('name', ''), _negated=True)), _connector='OR'), name='attendance_of_member_or_named'),
        ),
    ]
