# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from core.entry import Form

if TYPE_CHECKING:
    pass


class KernRenderer(TemplatesSetting):
    """Every form of the house looks like KERN: fields, hints, errors and the summary at the top."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class NumberField(forms.DecimalField):
    """A number as people here type it: “420.000,50”, “420 000,5”, “420000.5” or “1.500 €”."""

    GLUE = re.compile(r"[\s'’€]")

    def __init__(self, *, unit: str = "", **kwargs: Any) -> None:
        super().__init__(localize=True, **kwargs)
        self.unit = unit

    def to_python(self, value: Any) -> Any:
        return super().to_python(self._plain(value) if isinstance(value, str) else value)

    def _plain(self, typed: str) -> str:
        text = self.GLUE.sub("", typed).replace("\N{MINUS SIGN}", "-")
        point, thousands = re.escape(get_format("DECIMAL_SEPARATOR")), re.escape(get_format("THOUSAND_SEPARATOR"))
        if re.fullmatch(rf"-?\d{{1,3}}(?:{thousands}\d{{3}})+(?:{point}\d*)?", text):
            text = re.sub(thousands, "", text)
        return text


class DateInput(forms.DateInput):
    """A day, picked with the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class FeedbackForm(Form):
    message = forms.CharField(
        label=_("What keeps you from using this page?"), widget=forms.Textarea(attrs={"rows": 6}), max_length=4000
    )
    page = forms.CharField(label=_("On which page?"), max_length=300, required=False)
    contact = forms.CharField(
        label=_("How can we reach you?"),
        max_length=200,
        required=False,
        help_text=_("E-mail address or telephone number, if you want an answer."),
    )
