"""Meetings keep the states that were set by hand, and say by what they are shown."""

from django.conf import settings
from django.db import migrations
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext



def carry_over(apps, schema_editor):
    Attestation = apps.get_model("committees", "MeetingAttestation")
    Minutes = apps.get_model("committees", "Minutes")
    meetings = apps.get_model("committees", "Meeting").objects.filter(state__in=["invited", "held", "closed"])
    with translation.override(settings.LANGUAGE_CODE):
        for meeting in meetings.iterator(chunk_size=500):
            Attestation.objects.create(meeting=meeting, state="invited", source=invited_by(meeting))
            if meeting.state == "closed" and not Minutes.objects.filter(meeting=meeting, state="approved").exists():
                source = gettext("the state that was stored before facts were asked for")
                Attestation.objects.create(meeting=meeting, state="closed", source=source)


def invited_by(meeting):
    if meeting.invited_at is None:
        return gettext("the state that was stored before facts were asked for")
    day = date_format(timezone.localtime(meeting.invited_at), "j. F Y")
    return gettext("noted as sent out on %(day)s; to whom was not kept") % {"day": day}


class Migration(migrations.Migration):
    dependencies = [("committees", "0030_invitations")]
    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
