"""Memberships that overlap stand one after the other and keep their former span; held meetings keep who sat in them."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

DAY = timedelta(days=1)


def carry_over(apps, schema_editor):
    Membership = apps.get_model("committees", "Membership")
    groups = {}
    for one in Membership.objects.order_by("start_on", "pk"):
        groups.setdefault((one.committee_id, one.person_id), []).append(one)
    for rows in groups.values():
        part_spans(rows)
    chairs = {}
    for one in Membership.objects.filter(role="chair").order_by("start_on", "pk"):
        chairs.setdefault(one.committee_id, []).append(one)
    for rows in chairs.values():
        part_chairs(rows)
    for meeting in apps.get_model("committees", "Meeting").objects.filter(state__in=["held", "closed"]):
        keep(apps, meeting)


def note(one):
    one.carried_over = one.carried_over or f"{one.role} {one.start_on}/{one.end_on or ''}"


def rest_of(one, **fields):
    """What is left of a membership after another one stood in the way."""
    rest = type(one)(**{field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields})
    rest.pk = rest.succeeds_id = None
    for name, value in fields.items():
        setattr(rest, name, value)
    return rest


def part_spans(rows):
    """The membership that began later holds for its days; the earlier one before it, and after it again."""
    at = 0
    while at + 1 < len(rows):
        one, later = rows[at], rows[at + 1]
        until = one.end_on
        if until is None or until >= later.start_on:
            note(one)
            one.end_on = later.start_on - DAY
            one.save()
            start = later.end_on and later.end_on + DAY
            while start and (same := next((row for row in rows if row.start_on == start), None)):
                start = same.end_on and same.end_on + DAY
            if start and (until is None or until >= start):
                rest = rest_of(one, start_on=start, end_on=until)
                rest.save()
                rows.append(rest)
                rows.sort(key=lambda row: row.start_on)
        at += 1


def part_chairs(rows):
    """Whoever took the chair later has it; the one before is a member from then on."""
    for one, later in zip(rows, rows[1:], strict=False):
        if one.end_on is not None and one.end_on < later.start_on:
            continue
        note(one)
        if one.start_on == later.start_on:
            one.role = "member"
        else:
            rest = rest_of(one, role="member", start_on=later.start_on)
            one.end_on = later.start_on - DAY
            rest.save()
        one.save()


def keep(apps, meeting):
    """Who sat on that day is what is registered now: nothing else is known of meetings of before."""
    on = timezone.localdate(meeting.start)
    found = meeting.committee.memberships.filter(start_on__lte=on).exclude(end_on__lt=on)
    apps.get_model("committees", "Seat").objects.bulk_create(
        apps.get_model("committees", "Seat")(
            meeting=meeting,
            membership=one,
            name=" ".join(part for part in (one.person.title, one.person.given_name, one.person.family_name) if part),
            role=one.role,
            voting_right=one.voting_right,
            on_behalf_of=one.on_behalf_of.name if one.on_behalf_of else "",
        )
        for one in found.select_related("person", "on_behalf_of")
    )
    meeting.seats_by_statute = meeting.committee.seats
    meeting.save(update_fields=["seats_by_statute"])


class Migration(migrations.Migration):
    dependencies = [("committees", "0038_keep_who_sat_on_the_day")]
    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
