# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from committees.flows import Presence, expected
from committees.models import AttendanceRole, AttendanceStatus, Membership
from core.entry import Form

if TYPE_CHECKING:
    from django.http import QueryDict

    from committees.models import AgendaItem, Attendance, Meeting

SMALL_HOURS = time(6)  # a meeting may end after midnight; none begins before six


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class AttendanceRow(Form):
    """One member; ``items`` are those of the agenda with which somebody may come and go, by their key as text."""

    status = forms.ChoiceField(label=_("Attendance"), choices=AttendanceStatus.choices)
    arrived_at = forms.TimeField(label=_("Came at"), required=False, widget=TimeInput)
    from_item = forms.ChoiceField(label=_("There from item"), required=False)
    left_at = forms.TimeField(label=_("Left at"), required=False, widget=TimeInput)
    until_item = forms.ChoiceField(label=_("There until item"), required=False)

    def __init__(self, *args: Any, attendance: Attendance, items: Mapping[str, AgendaItem], **kwargs: Any) -> None:
        self.membership, self.items = attendance.membership, items
        initial = {name: getattr(attendance, name) for name in ("status", "arrived_at", "left_at")}
        initial |= {"from_item": attendance.from_item_id, "until_item": attendance.until_item_id}
        super().__init__(*args, initial=initial, prefix=f"member-{self.membership.pk}", **kwargs)
        named = [(key, Truncator(f"{item.number} {item.title}").chars(48)) for key, item in items.items()]
        self.fields["from_item"].choices = [("", _("the first")), *named]
        self.fields["until_item"].choices = [("", _("the last")), *named]

    @property
    def is_partial(self) -> bool:
        """Whether something is said here of coming later or leaving earlier."""
        names = ("arrived_at", "from_item", "left_at", "until_item")
        return any(self[name].value() or self[name].errors for name in names)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        arrived_at, left_at = cleaned.get("arrived_at"), cleaned.get("left_at")
        if arrived_at and left_at and _in_the_evening(left_at) <= _in_the_evening(arrived_at):
            self.add_error("left_at", _("This time lies before the arrival."))
        for clock, item in (("arrived_at", "from_item"), ("left_at", "until_item")):
            cleaned[item] = self.items.get(cleaned.get(item, ""))
            if cleaned.get(clock) and not cleaned[item] and self.items and item not in self.errors:
                self.add_error(item, _("Please choose the item as well: it says on what this member may vote."))
        first, last = cleaned.get("from_item"), cleaned.get("until_item")
        if first and last and last.position < first.position:
            self.add_error("until_item", _("This item lies before the arrival."))
        return cleaned

    def outcome(self) -> Presence:
        status = self.cleaned_data["status"]
        if status != AttendanceStatus.PRESENT:
            return Presence(self.membership, status)  # type: ignore[arg-type]
        return Presence(self.membership, **self.cleaned_data)  # type: ignore[arg-type]


def _in_the_evening(clock: time) -> tuple[bool, time]:
    """Times in their order over an evening that may go past midnight."""
    return clock < SMALL_HOURS, clock


class AttendanceForm(Form):
    """Who led and recorded the meeting, and who else was there; ``rows`` hold the members."""

    chair = forms.ModelChoiceField(Membership.objects.none(), label=_("Chair of the meeting"), required=False)
    minute_taker = forms.CharField(label=_("Secretary of the meeting"), max_length=150, required=False)
    guests = forms.CharField(
        label=_("Guests"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One name per line, with the organisation where it matters."),
    )
    end = forms.TimeField(label=_("End of the meeting"), required=False, widget=TimeInput)

    edits = True

    def __init__(
        self,
        data: QueryDict | dict[str, str] | None = None,
        *,
        meeting: Meeting,
        initial: Mapping[str, str] | None = None,
    ) -> None:
        recorded = list(meeting.attendances.select_related("membership__person"))
        members = [one for one in recorded if one.membership_id] + expected(meeting)
        named = {role: [one.name for one in recorded if one.name and one.role == role] for role in AttendanceRole}
        leads = [one.membership for one in members if one.role == AttendanceRole.CHAIR] or [
            one.membership for one in members if one.membership.role == "chair"
        ]
        about = {
            "chair": leads[0] if leads else None,
            "minute_taker": ", ".join(named[AttendanceRole.SECRETARY]),
            "guests": "\n".join(named[AttendanceRole.GUEST]),
            "end": timezone.localtime(meeting.end).time() if meeting.end else None,
        }
        super().__init__(data, initial={**(initial or {}), **{name: value for name, value in about.items() if value}})
        self.fields["chair"].queryset = Membership.objects.filter(
            pk__in=[one.membership.pk for one in members]
        ).select_related("person", "committee")
        self.fields["chair"].label_from_instance = lambda membership: str(membership.person)
        self.meeting = meeting
        agenda = meeting.agenda_items.filter(is_heading=False).order_by("position")
        items = {str(item.pk): item for item in agenda}
        self.rows = [AttendanceRow(data, attendance=one, items=items) for one in members]

    @property
    def parts(self) -> list[Any]:
        return [self, *self.rows]

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(row.is_valid() for row in self.rows)])

    def clean_end(self) -> datetime | None:
        """The end as a moment: on the day of the meeting, or in the small hours after it."""
        if (clock := self.cleaned_data["end"]) is None:
            return None
        day = timezone.localdate(self.meeting.start)
        if clock < SMALL_HOURS:
            day += timedelta(days=1)
        end = timezone.make_aware(datetime.combine(day, clock))
        if end <= self.meeting.start:
            raise forms.ValidationError(_("The meeting ends after it began."))
        return end

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chair = cleaned.get("chair")
        absent = [row for row in self.rows if row.membership == chair and row["status"].value() != "present"]
        if absent:
            self.add_error("chair", _("Whoever leads the meeting is present."))
        return cleaned

    def outcome(self) -> dict[str, Any]:
        """What the flow is given."""
        return {
            "rows": [row.outcome() for row in self.rows],
            "chair": self.cleaned_data["chair"],
            "minute_taker": self.cleaned_data["minute_taker"],
            "guests": self.cleaned_data["guests"].splitlines(),
            "end": self.cleaned_data["end"],
        }
