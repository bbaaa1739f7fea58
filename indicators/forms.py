# SPDX-License-Identifier: EUPL-1.2
from django import forms
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Statistics file"),
        help_text=_("CSV as downloaded from the statistics portal: “flat file” or table. Please upload it unchanged."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.gz,.zip"}),
    )
