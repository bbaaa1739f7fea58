# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.entry import Form, ModelForm
from core.forms import DateInput
from indicators import genesis
from indicators.models import ComparisonGroup, Item, KeyFigure, Mapping, PeriodKind, Protection, Region, Table

ROLES = [
    ("ignore", _("is not needed")),
    ("region_key", _("official key of the region")),
    ("region_name", _("name of the region")),
    ("period", _("time")),
    ("category", _("category")),
    ("unit", _("unit")),
    ("value", _("value")),
]


class UploadForm(Form):
    file = forms.FileField(
        label=_("Statistics file"),
        help_text=_(
            "As downloaded from the statistics portal: “flat file”, table CSV, XLSX or a “Statistischer Bericht”. "
            "Own tables as CSV or XLSX. Please upload it unchanged."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.gz,.zip,.xlsx"}),
    )


class RegisterForm(Form):
    file = forms.FileField(
        label=_("Register of regions"),
        required=False,
        help_text=_(
            "CSV with the columns key, name, level, parent, territory_on, is_current. "
            "Without a file the register shipped with the application is loaded."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv"}),
    )


class MappingForm(Form):
    """What each column of an own table means; one field per column, after those for the table as a whole."""

    name = forms.CharField(
        label=_("Source"),
        max_length=150,
        help_text=_("The mapping is kept under this name and used again when a file with the same columns comes."),
    )
    table_code = forms.RegexField(
        r"^[0-9A-Za-zÄÖÜäöü_.-]{2,40}$", label=_("Table code"), help_text=_("A short name of your own, such as SEU.")
    )
    title = forms.CharField(label=_("Title of the table"), max_length=300)
    publisher = forms.CharField(label=_("Who delivers it"), max_length=200, required=False)
    period_kind = forms.ChoiceField(label=_("What the time means"), choices=PeriodKind.choices)
    period = forms.CharField(
        label=_("Time of the whole table"),
        max_length=20,
        required=False,
        help_text=_("If no column has it, such as 2024, 2023/24 or 01.03.2024."),
    )
    region = forms.CharField(
        label=_("Region key of the whole table"), max_length=14, required=False, help_text=_("If no column has it.")
    )
    unit = forms.CharField(label=_("Unit"), max_length=60, initial="Anzahl")
    decimal = forms.ChoiceField(
        label=_("Numbers are written like"), choices=[(",", "1.234,5"), (".", "1,234.5")], initial=","
    )
    add_repeats = forms.BooleanField(
        label=_("Add up rows that name the same value twice"),
        required=False,
        help_text=_("For tables with several rows per school, for instance one for each track."),
    )

    def __init__(self, *args: Any, columns: Sequence[str], samples: Iterable[list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        for index, column in enumerate(columns):
            values = [row[index] for row in samples if index < len(row) and row[index]][:3]
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=_("Column “%(name)s”") % {"name": column},
                choices=ROLES,
                initial=_likely_role(column),
                help_text=_("for instance %(values)s") % {"values": ", ".join(values)} if values else "",
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        roles = [cleaned.get(f"column_{index}") for index in range(len(self.columns))]
        if "value" not in roles:
            raise forms.ValidationError(_("At least one column must have values."))
        for role in ("region_key", "region_name", "period", "unit"):
            if roles.count(role) > 1:
                raise forms.ValidationError(_("Time, unit, key and name of the region can be one column each."))
        if "period" not in roles and not cleaned.get("period"):
            self.add_error("period", _("Please give the time, or say which column has it."))
        if not {"region_key", "region_name"} & set(roles) and not cleaned.get("region"):
            self.add_error("region", _("Please give the region, or say which column has it."))
        return cleaned

    @property
    def definition(self) -> dict[str, str]:
        """The answer in the form of ``readers.Mapping``."""
        names = (
            "table_code",
            "title",
            "publisher",
            "period_kind",
            "period",
            "region",
            "unit",
            "decimal",
            "add_repeats",
        )
        roles = {name: self.cleaned_data[f"column_{index}"] for index, name in enumerate(self.columns)}
        return {**{name: self.cleaned_data[name] for name in names}, "roles": roles}

    @classmethod
    def initial_of(cls, mapping: Mapping) -> dict[str, Any]:
        """A saved mapping as the form shows it."""
        roles = mapping.definition["roles"]
        columns = {f"column_{index}": roles.get(name, "ignore") for index, name in enumerate(mapping.columns)}
        return {"name": mapping.name, **mapping.definition, **columns}


def _likely_role(column: str) -> str:
    """A guess from the heading, for the form to start with."""
    name = column.lower()
    guesses = {
        "region_key": ("ags", "schlüssel", "regionalschlüssel", "gemeindeschlüssel"),
        "region_name": ("bezirk", "stadtbezirk", "stadtteil", "gebiet", "region", "gemeinde", "kreis", "ort"),
        "period": ("jahr", "schuljahr", "stichtag", "zeit", "datum", "semester", "kindergartenjahr"),
        "unit": ("einheit", "masseinheit", "maßeinheit"),
    }
    found = next((role for role, names in guesses.items() if name in names), "")
    return found or ("value" if any(word in name for word in ("anzahl", "zahl", "kinder", "personen")) else "ignore")


class TableForm(ModelForm):
    class Meta:
        model = Table
        fields = [
            *("title", "publisher", "licence", "period_kind", "holder", "next_delivery_on", "delivery_every"),
            "protection",
        ]
        widgets = {"next_delivery_on": DateInput()}
        help_texts = {
            "next_delivery_on": _("Education monitoring is told when the day has come."),
        }

    protection = forms.ChoiceField(
        label=_("Protection"),
        choices=Protection.choices,
        help_text=_(
            "Rounding to multiples of 5 is the safest. “Shown as delivered” is only for tables that their producer "
            "has published."
        ),
    )


class GroupForm(ModelForm):
    keys = forms.CharField(
        label=_("Members"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Official keys of districts or municipalities, separated by commas or line breaks, such as 08212."),
    )

    class Meta:
        model = ComparisonGroup
        fields = ["name", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["keys"] = ", ".join(self.instance.members.values_list("key", flat=True))

    def clean_keys(self) -> list[Region]:
        keys = [key for key in self.cleaned_data["keys"].replace(",", " ").split() if key]
        found = {region.key: region for region in Region.objects.filter(key__in=keys)}
        unknown = [key for key in keys if key not in found]
        if unknown:
            raise forms.ValidationError(_("These keys are not known: %(keys)s") % {"keys": ", ".join(unknown[:10])})
        if len(found) < 2:
            raise forms.ValidationError(_("A group needs at least two members."))
        inside = [key for key in found if any(key != other and key.startswith(other) for other in found)]
        if inside:
            raise forms.ValidationError(
                _("%(keys)s lies within another member and would be counted twice.") % {"keys": ", ".join(inside)}
            )
        return list(found.values())

    def save(self, commit: bool = True) -> ComparisonGroup:
        group = super().save(commit)
        group.members.set(self.cleaned_data["keys"])
        return group


class KeyFigureForm(ModelForm):
    """A key figure whose numerator and denominator are chosen among the items that were delivered."""

    numerator_items = forms.ModelMultipleChoiceField(
        Item.objects.none(),
        label=_("Numerator: sum of"),
        widget=forms.SelectMultiple(attrs={"size": 8}),
        required=False,
    )
    denominator_items = forms.ModelMultipleChoiceField(
        Item.objects.none(),
        label=_("Denominator: sum of"),
        widget=forms.SelectMultiple(attrs={"size": 8}),
        required=False,
    )

    class Meta:
        model = KeyFigure
        fields = [
            *("code", "name", "indicator", "definition", "table", "numerator_items", "denominator_items"),
            *("numerator_label", "denominator_label", "is_share", "factor", "unit", "decimals", "population"),
            *("period_label", "source_label", "data_holder", "reading_example", "caveats"),
        ]

    def __init__(self, *args: Any, table: Table | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        table = table or (self.instance.table if self.instance.table_id else None)
        items = Item.objects.filter(table=table).order_by("label")[:2000] if table else Item.objects.none()
        for name in ("definition", "reading_example", "caveats"):
            self.fields[name].widget.attrs["rows"] = 3
        for side in ("numerator", "denominator"):
            field = self.fields[f"{side}_items"]
            field.queryset = Item.objects.filter(pk__in=[item.pk for item in items])
            field.help_text = _("Leave as it is to keep the present definition.") if self.instance.pk else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.instance.pk and not cleaned.get("numerator_items"):
            self.add_error("numerator_items", _("A key figure needs a numerator."))
        return cleaned

    def save(self, commit: bool = True) -> KeyFigure:
        for side in ("numerator", "denominator"):
            if items := self.cleaned_data[f"{side}_items"]:
                setattr(self.instance, side, [{"any": [_name_of(item)]} for item in items])
        return super().save(commit)


def _name_of(item: Item) -> dict[str, str]:
    return {"table": item.table.code, "measure": item.measure, "unit": item.unit, "dimensions": item.dimensions}


class FindingForm(Form):
    text = forms.CharField(
        label=_("Finding"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("One sentence about these values, without a cause they do not show."),
    )


class RetrievalForm(Form):
    instance = forms.ChoiceField(label=_("Web service"))
    table_code = forms.RegexField(
        r"^[0-9A-Za-z.-]{5,40}$", label=_("Table code"), help_text=_("As in the portal, such as 21111-02-06-4.")
    )
    start_year = forms.IntegerField(
        label=_("From year"),
        min_value=1950,
        max_value=2100,
        required=False,
        help_text=_("Without it the service sends the newest period only."),
    )
    region_keys = forms.RegexField(
        r"^[0-9*, ]{0,200}$",
        label=_("Region keys"),
        required=False,
        help_text=_("Such as 08* for all of Baden-Württemberg; leave empty for all."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instance"].choices = genesis.offered()
