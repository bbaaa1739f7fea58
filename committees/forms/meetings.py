# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import (
    AgendaItem,
    Meeting,
)
from core.dates import full_day
from core.entry import Form, ModelForm
from core.forms import DateInput, DateTimeInput

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

    from core.verdicts import Verdict


class MeetingForm(ModelForm):
    """A meeting; a new one may start with the usual items of a template or of an earlier meeting."""

    agenda = forms.ChoiceField(
        label=_("Agenda to begin with"),
        required=False,
        help_text=_("Items with papers are not taken over: papers are put on an agenda one by one."),
    )

    class Meta:
        model = Meeting
        fields = ["number", "start", "location", "submission_deadline"]
        widgets = {"start": DateTimeInput, "submission_deadline": DateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        committee = self.instance.committee
        if self.instance.pk:
            del self.fields["agenda"]
            return
        templates = [(f"template-{one.pk}", one.name) for one in committee.agenda_templates.all()]
        earlier = committee.meetings.exclude(agenda_items=None).order_by("-start")[:6]
        copies = [(f"meeting-{one.pk}", full_day(one.start)) for one in earlier]
        self.fields["agenda"].choices = [("", _("empty"))]
        if templates:
            self.fields["agenda"].choices += [(_("Templates"), templates)]
        if copies:
            self.fields["agenda"].choices += [(_("Copy of the meeting on"), copies)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        start, former = cleaned.get("start"), self.initial.get("start")
        moved = start and former and timezone.localdate(start) != timezone.localdate(former)
        if moved and self.instance.life.was_held:
            self.add_error("start", _("The meeting was held on that day; it cannot be moved any more."))
        return cleaned

    @property
    def former_start(self) -> datetime | None:
        """When a meeting began before it was moved; nothing where it was not."""
        return self.initial.get("start") if self.instance.pk and "start" in self.changed_data else None

    def items(self) -> list[Model]:
        """The items the new agenda begins with."""
        kind, _separator, key = self.cleaned_data.get("agenda", "").partition("-")
        committee = self.instance.committee
        if kind == "template":
            return list(committee.agenda_templates.get(pk=key).items.all())
        if kind == "meeting":
            return list(committee.meetings.get(pk=key).agenda_items.without_paper().filter(is_urgent=False))
        return []


if TYPE_CHECKING:
    _Base = Form  # what the mixin is mixed into
else:
    _Base = object


class _NeedsReason(_Base):
    """What is not public needs a reason; the reason is printed, the content is not."""

    needed = {"non_public_reason": _("needed if it is not public")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("is_public") and not cleaned.get("non_public_reason", "").strip():
            self.add_error("non_public_reason", _("Please write down why the public is excluded."))
        if cleaned.get("is_public"):
            cleaned["non_public_reason"] = ""
        return cleaned


class AgendaItemForm(_NeedsReason, ModelForm):
    class Meta:
        model = AgendaItem
        fields = ["number", "title", "is_heading", "is_public", "non_public_reason"]
        help_texts = {"number": _("Such as 4.1 below item 4. With the invitation all are counted through.")}

    def __init__(self, *args: Any, may_number: Verdict, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_number:
            del self.fields["number"]


class UrgentItemForm(_NeedsReason, ModelForm):
    """An item that comes after the invitation (Eilantrag)."""

    class Meta:
        model = AgendaItem
        fields = ["title", "urgent_requested_by", "urgent_reason", "is_public", "non_public_reason"]
        widgets = {"urgent_reason": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["urgent_requested_by"].required = self.fields["urgent_reason"].required = True


class UrgencyForm(Form):
    accepted = forms.ChoiceField(
        label=_("Did the committee take the item on?"), choices=[("yes", _("Yes")), ("no", _("No"))]
    )
    vote = forms.CharField(
        label=_("Vote"), max_length=120, required=False, help_text=_("For example: unanimous, or yes 8, no 3.")
    )


class CancelForm(Form):
    reason = forms.CharField(
        label=_("Why is the meeting cancelled?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
        help_text=_("All members read this reason."),
    )


class TemplateForm(Form):
    name = forms.CharField(
        label=_("Name of the template"),
        max_length=100,
        help_text=_("A template of the same name is replaced. Items with papers are left out."),
    )
