# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.models import AgendaItem, Membership
from core.entry import Form

if TYPE_CHECKING:
    from committees.querysets import AgendaItemQuerySet, MembershipQuerySet


class ConflictForm(Form):
    """On which item, for the secretary also who."""

    agenda_item = forms.ModelChoiceField(AgendaItem.objects.none(), label=_("Agenda item"))
    membership = forms.ModelChoiceField(Membership.objects.none(), label=_("Member"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("For example: works for an organisation that would get the money. Only the secretary reads it."),
    )

    def __init__(self, *args: Any, items: AgendaItemQuerySet, memberships: MembershipQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agenda_item"].queryset = items
        self.fields["membership"].queryset = memberships
        self.fields["membership"].label_from_instance = lambda membership: str(membership.person)
        own = list(memberships[:2])
        if len(own) == 1:
            self.fields["membership"].initial = own[0]
            self.fields["membership"].widget = forms.HiddenInput()


class PaperConflictForm(Form):
    """The own conflict on a whole paper."""

    reason = ConflictForm.base_fields["reason"]


class WithdrawalForm(Form):
    reason = forms.CharField(
        label=_("Why is the declaration withdrawn?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=300
    )
