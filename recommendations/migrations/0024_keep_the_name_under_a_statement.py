from django.db import migrations

RECORDED_BY = ("eingetragen von ", "recorded by ")


def keep_the_name(apps, schema_editor):
    """The answer of a body outside keeps who recorded it; that it was recorded is said when it is read."""
    for one in apps.get_model("recommendations", "Statement").objects.filter(department=None).exclude(signature=""):
        for words in RECORDED_BY:
            one.signature = one.signature.removeprefix(words)
        one.save(update_fields=["signature"])


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0023_carry_over_states_set_by_hand")]

    operations = [migrations.RunPython(keep_the_name, migrations.RunPython.noop)]
