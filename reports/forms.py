# SPDX-License-Identifier: EUPL-1.2
from django import forms
from django.utils.translation import gettext_lazy as _

from core.entry import Form


class WithdrawForm(Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Stands on the page behind the code of the document, which is open to everybody."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
