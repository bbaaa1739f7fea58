# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.roles import COORDINATION, MONITORING, holds
from core import asked
from core.entry import sent
from core.pages import form_page, page_of
from core.search import Folded
from core.series import from_json
from core.sheets import FORMATS, respond
from indicators import flows, permissions
from indicators.forms import FindingForm, KeyFigureForm
from indicators.models import ComparisonGroup, Finding, KeyFigure, Region, RegionLevel, Table
from indicators.output import notes_of, overview_sheet, rounding_note, series_sheet
from indicators.series import GROUP, series_for, snapshot, state_of_data

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request
    from core.series import Series
    from indicators.querysets import KeyFigureQuerySet, RegionQuerySet


def _visible(request: Request) -> KeyFigureQuerySet:
    return KeyFigure.objects.visible_to(request.user).select_related("indicator", "table", "data_holder")


def _state_key() -> str:
    """The Land of the municipality, or Germany."""
    key = settings.MUNICIPALITY_KEY[:2]
    return key if Region.objects.filter(key=key).exists() else "DG"


def _rows(
    key_figures: KeyFigureQuerySet, region_key: str, comparison_key: str | None
) -> list[tuple[KeyFigure, Series, Series | None]]:
    """``(key figure, own series, comparison series or None)`` in the order given."""
    figures = list(key_figures)
    keys = [region_key, *([comparison_key] if comparison_key and comparison_key != region_key else [])]
    found = series_for(figures, keys)
    return [
        (key_figure, found[key_figure.pk, region_key], found[key_figure.pk, keys[1]] if len(keys) > 1 else None)
        for key_figure in figures
    ]


def _by_topic(
    rows: Iterable[tuple[KeyFigure, Series, Series | None]],
) -> dict[str, list[tuple[KeyFigure, Series, Series | None]]]:
    topics = {}
    for row in rows:
        topics.setdefault(row[0].indicator.topic, []).append(row)
    return topics


def key_figure_list(request: Request) -> HttpResponse:
    """The catalogue by topic."""
    figures = _visible(request)
    text = asked.text(request.GET, "q")
    if text:
        figures = figures.matching(text)
    rows = _rows(figures.order_by("indicator__topic", "code"), settings.MUNICIPALITY_KEY, None)
    if kind := asked.choice(request.GET, "format", FORMATS):
        return respond(overview_sheet("kennzahlen", _("Key figures"), rows), kind)
    context = {
        "topics": _by_topic(rows),
        "text": text,
        "count": len(rows),
        "may_import": permissions.can_import(request.user),
        "may_change": permissions.can_change_catalogue(request.user),
    }
    return render(request, "indicators/list.html", context)


def overview(request: Request) -> HttpResponse:
    """Small multiples: every key figure that has values, and what changed since the period before."""
    region, comparison = settings.MUNICIPALITY_KEY, _state_key()
    rows = _rows(_visible(request).with_values().order_by("indicator__topic", "code"), region, comparison)
    rows = [row for row in rows if row[1].points]
    title = _("Overview: what has changed")
    if kind := asked.choice(request.GET, "format", FORMATS):
        return respond(overview_sheet("ueberblick", title, rows), kind)
    printed = asked.text(request.GET, "format") == "print"
    template = "indicators/sheet_overview.html" if printed else "indicators/overview.html"
    return render(request, template, {"topics": _by_topic(rows), "rows": rows, "title": title})


def region_detail(request: Request, key: str) -> HttpResponse:
    """The profile of a region: all key figures it has, beside the level above."""
    region = get_object_or_404(Region.objects.select_related("parent"), key=key)
    above = [one.key for one in _ancestors(region)]
    comparison = asked.text(request.GET, "comparison") or (above[0] if above else None)
    if comparison and not Region.objects.filter(key=comparison).exists():
        raise Http404
    rows = _rows(_visible(request).with_values().order_by("indicator__topic", "code"), key, comparison)
    rows = [row for row in rows if row[1].points]
    title = _("Profile of %(region)s") % {"region": region.name}
    if kind := asked.choice(request.GET, "format", FORMATS):
        return respond(overview_sheet(f"profil-{key}", title, rows), kind)
    context = {
        "region": region,
        "topics": _by_topic(rows),
        "rows": rows,
        "title": title,
        "comparison": Region.objects.filter(key=comparison).first() if comparison else None,
        "above": Region.objects.filter(key__in=above),
        "below": region.children.filter(is_current=True).order_by("key")[:60],
    }
    printed = asked.text(request.GET, "format") == "print"
    template = "indicators/sheet_overview.html" if printed else "indicators/region.html"
    return render(request, template, context)


def _ancestors(region: Region) -> list[Region]:
    found = []
    while len(found) < 6 and region.parent:
        region = region.parent
        found.append(region)
    return found


def region_list(request: Request) -> HttpResponse:
    text = asked.text(request.GET, "q")
    regions = Region.objects.matching(text) if text else Region.objects.filter(level=RegionLevel.STATE)
    context = {
        "page_obj": page_of(request, regions.select_related("parent").order_by("key")),
        "text": text,
        "count": Region.objects.count(),
        "may_change": permissions.can_change_catalogue(request.user),
    }
    return render(request, "indicators/region_list.html", context)


def key_figure_detail(request: Request, pk: int) -> HttpResponse:
    key_figure = get_object_or_404(_visible(request), pk=pk)
    covered = Region.objects.with_values_in(key_figure.table)
    region = _region(covered, asked.text(request.GET, "region")) or _region(covered, settings.MUNICIPALITY_KEY)
    region = region or covered.first()
    choices = _comparisons(covered, region)  # type: ignore[arg-type]
    wanted = asked.text(request.GET, "comparison")
    comparison = wanted if wanted in {key for key, _label in choices} else ""
    keys = [one for one in (region.key if region else None, comparison) if one]
    below = list(covered.filter(parent=region).order_by("key")[:40]) if region else []
    found = series_for([key_figure], [*keys, *(one.key for one in below)])
    series = [found[key_figure.pk, key] for key in keys]
    parts = [found[key_figure.pk, one.key] for one in below]
    parts = [part for part in parts if part.latest]
    if kind := asked.choice(request.GET, "format", FORMATS):
        return respond(series_sheet(key_figure, [*series, *parts]), kind)
    context = {
        "key_figure": key_figure,
        "regions": covered.order_by("key") if covered.count() <= 600 else None,
        "region": region,
        "choices": choices,
        "comparison": comparison,
        "series": series,
        "latest": series[0].latest if series else None,
        "parts": parts,
        "parts_chart": [part for part in parts if part.latest.value is not None],
        "as_of": state_of_data(key_figure),
        "rounding": rounding_note(key_figure.table),
        "notes": notes_of(key_figure, [*series, *parts]),
        "findings": key_figure.findings.visible_to(request.user).select_related("author")[:10],
        "drafts": holds(request.user, COORDINATION),
        "may_note": permissions.can_note_finding(request.user),
        "may_change": permissions.can_change_catalogue(request.user),
        "monitors": holds(request.user, MONITORING),
    }
    printed = asked.text(request.GET, "format") == "print"
    template = "indicators/sheet_figure.html" if printed else "indicators/detail.html"
    return render(request, template, context)


def _region(covered: RegionQuerySet, key: str) -> Region | None:
    return covered.filter(key=key).first() if key else None


def _comparisons(covered: RegionQuerySet, region: Region) -> list[tuple[str, str]]:
    """What the region can be compared with: levels above, groups, its neighbours on the same level."""
    if region is None:
        return []
    above = [one for one in _ancestors(region) if covered.filter(key=one.key).exists()]
    if region.key != "DG" and (germany := covered.filter(key="DG").first()) and germany not in above:
        above.append(germany)
    groups = [(f"{GROUP}{group.pk}", group.name) for group in ComparisonGroup.objects.all()]
    beside = covered.filter(level=region.level, is_current=True).exclude(key=region.key).order_by(Folded("name"))[:600]
    return [(one.key, one.name) for one in above] + groups + [(one.key, one.name) for one in beside]


def finding_list(request: Request) -> HttpResponse:
    findings = Finding.objects.visible_to(request.user).select_related("key_figure", "author")
    return render(request, "indicators/finding_list.html", {"page_obj": page_of(request, findings)})


def finding_detail(request: Request, pk: int) -> HttpResponse:
    finding = get_object_or_404(
        Finding.objects.visible_to(request.user).select_related("key_figure__table", "author"), pk=pk
    )
    context = {
        "finding": finding,
        "series": from_json(finding.series),
        "drafts": holds(request.user, COORDINATION),
        "imports": finding.imports.all(),
    }
    return render(request, "indicators/finding_detail.html", context)


def finding_create(request: Request, pk: int) -> HttpResponse:
    """A finding on the figure that the address names: ``?region=…&comparison=…``."""
    permissions.can_note_finding(request.user).enforce()
    key_figure = get_object_or_404(_visible(request), pk=pk)
    region = get_object_or_404(Region, key=asked.text(request.GET, "region"))
    pinned = snapshot(key_figure, region_key=region.key, comparison_key=asked.text(request.GET, "comparison") or None)
    if pinned is None:
        raise Http404
    form = FindingForm(sent(request), initial={"text": pinned.sentence})
    if request.method == "POST" and form.is_valid():
        finding = flows.note_finding(pinned, by=request.user, text=form.cleaned_data["text"])
        messages.success(request, _("The finding is noted, with the values as they are now."))
        return redirect("indicators:finding_detail", finding.pk)
    return form_page(
        request,
        form,
        title=_("Note a finding"),
        submit=_("Note the finding"),
        back=key_figure.get_absolute_url(),
        back_label=key_figure.name,
        intro=pinned.sentence,
    )


def key_figure_create(request: Request) -> HttpResponse:
    permissions.can_change_catalogue(request.user).enforce()
    table = Table.objects.filter(pk=asked.number(request.GET, "table")).first()  # type: ignore[misc]
    form = KeyFigureForm(sent(request), table=table, initial={"table": table})
    return _save_key_figure(request, form, _("New key figure"))


def key_figure_edit(request: Request, pk: int) -> HttpResponse:
    permissions.can_change_catalogue(request.user).enforce()
    key_figure = get_object_or_404(_visible(request), pk=pk)
    form = KeyFigureForm(sent(request), instance=key_figure)
    return _save_key_figure(request, form, key_figure.name)


def _save_key_figure(request: Request, form: KeyFigureForm, title: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            key_figure = flows.save_key_figure(form, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The key figure is saved."))
            return redirect(key_figure)
    return form_page(
        request, form, title=title, submit=_("Save the key figure"), back="/indicators/", back_label=_("Key figures")
    )
