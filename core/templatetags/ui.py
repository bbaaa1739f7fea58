# SPDX-License-Identifier: EUPL-1.2
"""How things look: shapes, dates, figures, charts. A tag never queries and never decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import template
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core import charts, dates, due, figures, tables
from core.lives import LIVES
from core.sentences import words
from core.shapes import BADGES, SHAPES
from core.typed import shown

if TYPE_CHECKING:
    from datetime import date

    from django.forms.boundfield import BoundField
    from django.utils.safestring import SafeString

    from core.sentences import Text
    from core.series import Series

register = template.Library()
BLANK = BLANK_CHOICE_DASH[0][1]
COUNTED = 6000  # what may be longer than this needs no counter

register.filter("day", dates.day)
register.filter("shortday", dates.short_day)
register.filter("longday", dates.long_day)
register.filter("relative", dates.relative)
register.filter("moment", dates.moment)
register.filter("number", figures.number)
register.filter("signed", figures.signed)
register.filter("nbsp", figures.nbsp)
register.filter("typed", shown.typed)
register.filter("typed_lines", shown.typed_lines)
register.filter("resolution", shown.resolution)
register.filter("inline", shown.inline)
register.filter("words", words)


@register.filter
def attributes(attrs: Any) -> SafeString:
    """What a component was given beside its own words, as attributes: escaped, and without what is empty or false."""
    return flatatt({name: value for name, value in attrs.attrs_dict().items() if value not in (None, "", False)})


@register.simple_tag
def table_head(cells: str, *, cards: object = False) -> SafeString:
    return tables.dress_head(cells, bool(cards))


@register.simple_tag
def table_rows(rows: str, head: str, *, cards: object = False) -> SafeString:
    return tables.dress_rows(rows, head, bool(cards))


@register.filter
def ticked(items: Iterable[Any]) -> int:
    """How many items of a checklist are done."""
    return sum(bool(item.done_at) for item in items)


@register.simple_tag
def shape(name: str, tone: str = "") -> SafeString:
    return format_html(
        '<span class="shape shape--{}{}" aria-hidden="true"></span>', name, f" shape--{tone}" if tone else ""
    )


def drawn(kind: str, code: str) -> tuple[str, str]:
    """Shape and tone of a state, from its row, or of another code."""
    if kind in LIVES:
        row = LIVES[kind][code]
        return row.shape, row.tone
    return SHAPES[kind][code or ""]


@register.simple_tag
def sign(kind: str, code: str) -> SafeString:
    """The shape of a state alone, where its word stands elsewhere."""
    return shape(*SHAPES[kind][code])


@register.simple_tag
def status(kind: str, code: str, label: Text) -> SafeString:
    """A state as shape and word."""
    name, tone = drawn(kind, code)
    return format_html('<span class="status" data-state="{}">{}{}</span>', code, shape(name, tone), label)


@register.simple_tag
def badge(kind: str, code: str, label: Text) -> SafeString:
    """A state as KERN badge, for the head of a page."""
    name, tone = drawn(kind, code)
    return format_html(
        '<span class="kern-badge kern-badge--{} kern-badge--small" data-state="{}">{}'
        '<span class="kern-label kern-label--small">{}</span></span>',
        BADGES[tone],
        code,
        shape(name),
        label,
    )


@register.simple_tag
def deadline(day: date, fact: due.Fact = due.NOTHING) -> SafeString:
    """A day to keep, and where it stands: how far it is, or when and by whom it was done."""
    name, tone = SHAPES["deadline"][due.standing(day, fact)]
    return format_html(
        '<span class="status" data-due="{}">{}{}</span> <span class="muted">{}</span>',
        due.standing(day, fact),
        shape(name, tone),
        dates.short_day(day),
        due.word(day, fact),
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    return format_html('<span class="kern-icon kern-icon--{}" aria-hidden="true"></span>', name)


@register.simple_tag
def figure(value: Decimal | None, sign: str = "", quality: str = "", decimals: int = 1, unit: str = "") -> str:
    """A number with its unit, or its sign with the meaning for those who do not see it."""
    text = figures.figure(value, sign, quality, decimals, unit)
    if value is None and sign in figures.PRINTED:
        return format_html(
            '<span aria-hidden="true" class="hid">{}</span><span class="kern-sr-only">{}</span>',
            text,
            figures.PRINTED[sign][1],
        )
    return text


@register.simple_tag
def point(point: Any, decimals: int = 1, unit: str = "") -> str:
    """What a point of a series, a piece of evidence or anything with value, sign and quality shows."""
    return figure(point.value, point.sign, point.quality, decimals, unit)


@register.simple_tag
def delivered(triple: Sequence[Any]) -> str:
    """A value as a delivery has it, from ``[number as text or None, sign, quality]``."""
    text, sign, quality = triple
    if text is None:
        return figure(None, sign, quality)
    value = Decimal(text).normalize()
    return figure(value, sign, quality, max(0, -int(value.as_tuple().exponent)))


@register.inclusion_tag("components/chart.html")
def chart(series: Sequence[Series], title: str, unit: str = "", decimals: int = 1) -> dict[str, Any]:
    """Series as lines, with every value in words."""
    return {"chart": charts.line_chart(series, title=title, decimals=decimals, unit=unit)}


def _table(series: Sequence[Series], **context: Any) -> dict[str, Any]:
    periods = sorted({point.period for one in series for point in one.points}, key=charts.order_of(series))
    by_period = [{point.period: point for point in one.points} for one in series]
    return {
        "series": series,
        "rows": [(period, [values.get(period) for values in by_period]) for period in periods],
        **context,
    }


def _legend(series: Iterable[Series]) -> list[tuple[str, Text]]:
    points = [point for one in series for point in one.points]
    signs = {point.sign for point in points if point.sign}
    qualities = {point.quality for point in points if point.quality in figures.SHOWN_QUALITIES}
    return [figures.PRINTED[sign] for sign in sorted(signs) if sign in figures.PRINTED] + [
        (quality, figures.QUALITIES[quality]) for quality in sorted(qualities)
    ]


@register.inclusion_tag("components/sparkline.html")
def sparkline(series: Series, title: str, unit: str = "", decimals: int = 1) -> dict[str, Any]:
    """A small line of one series, with all its values in words."""
    return {"chart": charts.sparkline(series, title=title, decimals=decimals, unit=unit)}


@register.simple_tag
def change(value: Decimal | None, decimals: int = 1) -> str:
    """“+0,4”, “−0,4” or “±0”: how a value moved, as shown."""
    return figures.signed(value, decimals)


@register.inclusion_tag("components/series_table.html")
def series_table(
    series: Sequence[Series],
    caption: str = "",
    unit: str = "",
    decimals: int = 1,
    period_label: str = "",
    numerator: str = "",
    denominator: str = "",
) -> dict[str, Any]:
    """The numbers of a chart as a table, with the legend of every sign that occurs.

    With the names of numerator and denominator, the counts of the first series stand before its values.
    """
    counts = bool(denominator) and any(point.denominator is not None for one in series[:1] for point in one.points)
    return _table(
        series,
        caption=caption or _("The same values as numbers"),
        counts=counts,
        numerator=numerator,
        denominator=denominator,
        period_label=period_label or _("Period"),
        decimals=decimals,
        unit=unit,
        legend=_legend(series),
    )


@register.inclusion_tag("components/series_table.html")
def figure_table(key_figure: Any, series: Sequence[Series]) -> dict[str, Any]:
    """The numbers of a key figure, with its counts where it has some."""
    return series_table(
        series,
        unit=key_figure.unit,
        decimals=key_figure.decimals,
        period_label=key_figure.period_label,
        numerator=key_figure.numerator_label,
        denominator=key_figure.denominator_label,
    )


@register.simple_tag
def sign_legend(series: Iterable[Series]) -> str:
    """The legend of signs in one line."""
    return ", ".join(f"{sign} {meaning}" for sign, meaning in _legend(series))


@register.filter
def option_hint(option: Any) -> str:
    """The sentence under one option of a choice, where the widget's ``hints`` has one for its value."""
    return (option.parent_widget.attrs.get("hints") or {}).get(str(option.data["value"]), "")


@register.filter
def at(mapping: Mapping[Any, Any], key: object) -> Any:
    """What a mapping has under a key."""
    return mapping.get(key, "")


@register.filter
def widget_kind(field: BoundField) -> str:
    """Which mark-up a form field needs; ``text`` counts its characters."""
    kinds = {
        "CheckboxInput": "checkbox",
        "CheckboxSelectMultiple": "choices",
        "RadioSelect": "choices",
        "Select": "select",
        "NullBooleanSelect": "select",
        "SelectMultiple": "select",
    }
    if (
        type(field.field.widget).__name__ == "Textarea"
        and (getattr(field.field, "max_length", None) or COUNTED + 1) <= COUNTED
    ):
        return "text"
    return kinds.get(type(field.field.widget).__name__, "input")


@register.simple_tag
def needed(field: BoundField) -> str:
    """What stands behind a label: when the field is needed, or that it never is; nothing where it always is."""
    if field.field.required:
        return ""
    words = getattr(field.form, "needed", {}).get(field.name, "")
    return format_html('<span class="kern-label__optional">({})</span>', words or _("optional"))


@register.simple_tag
def described_by(field: BoundField) -> str:
    """Ties a control to its error and its hint, whichever there are."""
    names = _told(field)
    return format_html('aria-describedby="{}"', names) if names else ""


def _told(field: BoundField) -> str:
    told = [
        ("error", field.errors),
        ("hint", field.help_text),
        ("unit", getattr(field.field, "unit", "")),
        ("count", widget_kind(field) == "text"),
    ]
    return " ".join(f"{field.auto_id}-{name}" for name, is_there in told if is_there)


@register.simple_tag
def control(field: BoundField, css: str = "") -> SafeString:
    """The widget with KERN's class, tied to what is told about it."""
    attributes: dict[str, str | bool] = {"class": css}
    if names := _told(field):
        attributes["aria-describedby"] = names
    if field.errors:
        attributes["aria-invalid"] = "true"
    _put_the_blank_into_words(field.field)
    return field.as_widget(attrs=attributes)


def _put_the_blank_into_words(field: Any) -> None:
    """A row of dashes says nothing, least of all read aloud: the empty choice says what it means."""
    words = _("please choose") if field.required else _("nothing chosen")
    if hasattr(field, "empty_label"):
        field.empty_label = words if field.empty_label == BLANK else field.empty_label
    elif choices := getattr(field.widget, "choices", None):
        field.widget.choices = [(value, words if label == BLANK else label) for value, label in choices]
