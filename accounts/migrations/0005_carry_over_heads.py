from django.db import migrations
from django.utils import timezone

FORMER = "decide_for_department"


def carry_over(apps, schema_editor):
    """Whoever heads a department today holds a confirmed grant with the cause "existing"; the role's group goes."""
    Grant = apps.get_model("accounts", "Grant")
    for head, department in sorted(_heads(apps), key=lambda pair: (pair[1], pair[0].pk)):
        Grant.objects.create(
            department_id=department,
            person=head,
            cause="existing",
            valid_from=timezone.localdate(head.date_joined),
            proposed_at=head.date_joined,
            confirmed_at=head.date_joined,
        )
    apps.get_model("auth", "Group").objects.filter(name__startswith="department-", name__endswith="-heads").delete()
    apps.get_model("auth", "Permission").objects.filter(codename=FORMER).delete()


def _heads(apps):
    """Those who decided before: by the right held in a group or alone, on the department itself."""
    model, found = apps.get_model("accounts", "DepartmentGroupObjectPermission"), set()
    for right in model.objects.filter(permission__codename=FORMER).select_related("group"):
        found |= {(head, right.content_object_id) for head in right.group.user_set.all()}
    model = apps.get_model("accounts", "DepartmentUserObjectPermission")
    for right in model.objects.filter(permission__codename=FORMER).select_related("user"):
        found.add((right.user, right.content_object_id))
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_grants_and_ordered_deputies"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
