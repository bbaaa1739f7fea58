# SPDX-License-Identifier: EUPL-1.2
from django.forms.renderers import TemplatesSetting


class KernRenderer(TemplatesSetting):
    """Every form of the house looks like KERN: fields, hints, errors and the summary at the top."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
