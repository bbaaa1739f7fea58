# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.models import Source
from committees.oparl.client import configured
from core.entry import Form, ModelForm


class SourceForm(ModelForm):
    class Meta:
        model = Source
        fields = ["name", "prefix", "address", "lead_department"]

    def clean_address(self) -> str:
        address = self.cleaned_data["address"].strip()
        if address and not configured(address):
            hosts = ", ".join(settings.OPARL_HOSTS) or "–"
            raise forms.ValidationError(
                _("Only these servers may be asked: %(hosts)s. The administration sets them in OPARL_HOSTS.")
                % {"hosts": hosts}
            )
        return address


class ImportForm(Form):
    """Fetch from a system, or read the files that came from it."""

    needed = {"file": _("needed if the system has no address")}

    source = forms.ModelChoiceField(Source.objects.all(), label=_("Council information system"))
    file = forms.FileField(
        label=pgettext_lazy("upload", "File"),
        required=False,
        validators=[FileExtensionValidator(["json", "zip"])],
        help_text=_("JSON, or a ZIP archive of JSON files. Without a file the system is asked at its address."),
    )
    from_start = forms.BooleanField(
        label=_("Read everything again, not only what changed since the last import"), required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        source, file = cleaned.get("source"), cleaned.get("file")
        if source and not file and not source.address:
            self.add_error("file", _("This system has no address. Please choose a file."))
        if file and file.size > settings.IMPORT_MAX_BYTES:
            self.add_error("file", _("The file is larger than we read."))
        return cleaned
