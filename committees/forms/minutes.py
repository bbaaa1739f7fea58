# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.template.defaultfilters import linebreaksbr
from django.utils.translation import gettext_lazy as _

from committees.account import entries_of, opening_in
from committees.models import AgendaItem
from core.dates import short_day
from core.entry import Form

if TYPE_CHECKING:
    from django.http import QueryDict

    from committees.models import Minutes
    from committees.querysets import AgendaItemQuerySet


class MinutesForm(Form):
    """General texts, and one text for each agenda item; what the record says already stands beside each."""

    edits = True

    general = forms.CharField(
        label=_("General"), widget=forms.Textarea(attrs={"rows": 5}), required=False, max_length=20000
    )
    general_closed = forms.CharField(
        label=_("General, non-public part"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=20000
    )

    def __init__(self, data: QueryDict | None = None, *, minutes: Minutes) -> None:
        super().__init__(data, initial={"general": minutes.general, "general_closed": minutes.general_closed})
        self.fields["general"].help_text = linebreaksbr(opening_in(minutes))
        self.entries = entries_of(minutes)
        for entry in self.entries:
            rows = min(12, max(2, entry.text.count("\n") + 2))
            self.fields[f"item-{entry.agenda_item_id}"] = forms.CharField(
                label=f"{entry.agenda_item.number} {entry.agenda_item.title}",
                initial=entry.text,
                help_text=linebreaksbr(entry.told),
                required=False,
                max_length=20000,
                widget=forms.Textarea(attrs={"rows": rows}),
            )

    def fields_of(self, *, public: bool) -> list[forms.BoundField]:
        general = self["general"] if public else self["general_closed"]
        shown = [entry for entry in self.entries if entry.agenda_item.is_public == public]
        return [general, *(self[f"item-{entry.agenda_item_id}"] for entry in shown)]

    @property
    def public_fields(self) -> list[forms.BoundField]:
        return self.fields_of(public=True)

    @property
    def closed_fields(self) -> list[forms.BoundField]:
        return self.fields_of(public=False)

    def outcome(self) -> dict[str, Any]:
        """What the flow is given."""
        cleaned = self.cleaned_data
        return {
            "general": cleaned["general"],
            "general_closed": cleaned["general_closed"],
            "texts": {entry.agenda_item_id: cleaned[f"item-{entry.agenda_item_id}"] for entry in self.entries},
        }


class ApprovalForm(Form):
    item = forms.ModelChoiceField(
        AgendaItem.objects.none(),
        label=_("Agenda item of the next meeting"),
        help_text=_("Under this item the committee approved the minutes."),
    )
    objections = forms.CharField(
        label=_("Objections"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=4000,
        help_text=_("What was objected to, and what the committee said to it."),
    )

    def __init__(self, *args: Any, items: AgendaItemQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items
        self.fields["item"].label_from_instance = lambda item: f"{short_day(item.meeting.start)}, {item}"
        likely = [item for item in items if "niederschrift" in item.title.lower()]
        self.fields["item"].initial = likely[0] if likely else None
