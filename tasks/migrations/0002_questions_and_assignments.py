import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('committees', '0008_questions_and_assignments'),
        ('recommendations', '0009_keep_authors_under_an_approval'),
        ('tasks', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='task',
            name='assignment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='committees.assignment', verbose_name='assignment'),
        ),
        migrations.AddField(
            model_name='task',
            name='question',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='committees.question', verbose_name='question'),
        ),
        migrations.AlterField(
            model_name='task',
            name='kind',
            field=models.CharField(choices=[('revise', 'Revise the recommendation'), ('make_paper', 'Make a paper of the recommendation'), ('answer', "Answer a committee's question"), ('assignment', "Carry out a committee's assignment"), ('own', 'Own task')], default='own', max_length=12),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'answer'), ('question__isnull', False)), models.Q(('assignment__isnull', False), ('kind', 'assignment')), models.Q(models.Q(('kind__in', ('answer', 'assignment')), _negated=True), ('assignment', None), ('question', None)), _connector='OR'), name='task_names_its_question_or_assignment'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.UniqueConstraint(condition=models.Q(('done_at', None), ('question__isnull', False)), fields=('question',), name='task_once_per_question'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.UniqueConstraint(condition=models.Q(('assignment__isnull', False), ('done_at', None)), fields=('assignment',), name='task_once_per_assignment'),
        ),
    ]
