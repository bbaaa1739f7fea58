# SPDX-License-Identifier: EUPL-1.2
"""Once a year the head confirms who decides what in the department."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from accounts import events, permissions
from accounts.models import DecisionSheet, Department
from accounts.sheets import content_of, this_year
from activity.flows import logs_refusals, record
from activity.models import Event
from core.canonical import checksum

if TYPE_CHECKING:
    from accounts.models import User


@logs_refusals(events.SHEET_REFUSED)
@transaction.atomic
def confirm_sheet(department: Department, *, by: User) -> DecisionSheet:
    """The head confirms the sheet of this year as it stands; it is kept under its checksum."""
    department = Department.objects.select_for_update().get(pk=department.pk)
    permissions.can_confirm_sheet(by, department).enforce()
    content = content_of(department)
    sheet = DecisionSheet.objects.create(
        department=department,
        year=this_year(),
        content=content,
        content_sha256=checksum(content),
        confirmed_by=by,
    )
    record(events.SHEET_CONFIRMED, sheet, by=by, keeps=[sheet])
    return sheet


def remind_sheets() -> int:
    """Tell the heads, once a year each, that the sheet of this year waits for them; how many departments it was."""
    count, year = 0, this_year()
    for department in Department.objects.with_a_head().exclude(sheets__year=year):
        with transaction.atomic():
            Department.objects.select_for_update().get(pk=department.pk)
            if not Event.objects.about(department).naming(year=year).filter(kind=events.SHEET_DUE.code).exists():
                record(events.SHEET_DUE, department, by=None, year=year)
                count += 1
    return count
