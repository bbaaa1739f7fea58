# SPDX-License-Identifier: EUPL-1.2
import csv

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.roles import COORDINATION, holds
from core.errors import WrongState
from core.pages import page_of
from indicators import flows, permissions
from indicators.forms import UploadForm
from indicators.models import Import, KeyFigure, Observation, Region
from indicators.series import series_of, state_of_data


def key_figure_list(request):
    figures = KeyFigure.objects.visible_to(request.user).select_related("indicator", "table")
    text = request.GET.get("q", "").strip()
    if text:
        figures = figures.matching(text)
    topics = {}
    for key_figure in figures.order_by("indicator__topic", "code"):
        latest = series_of(key_figure, settings.MUNICIPALITY_KEY).latest
        topics.setdefault(key_figure.indicator.topic, []).append((key_figure, latest))
    context = {"topics": topics, "text": text, "may_import": permissions.can_import(request.user)}
    return render(request, "indicators/list.html", context)


def key_figure_detail(request, pk):
    key_figure = get_object_or_404(
        KeyFigure.objects.visible_to(request.user).select_related("indicator", "table", "data_holder"), pk=pk
    )
    regions = _regions_with_values(key_figure)
    region = _chosen(regions, request.GET.get("region")) or _chosen(regions, settings.MUNICIPALITY_KEY)
    region = region or regions.first()
    comparison = _chosen(regions, request.GET.get("comparison"))
    series = [series_of(key_figure, one.key) for one in (region, comparison) if one]
    if request.GET.get("format") == "csv":
        return _as_csv(key_figure, series)
    context = {
        "key_figure": key_figure,
        "regions": regions,
        "region": region,
        "comparison": comparison,
        "series": series,
        "latest": series[0].latest if series else None,
        "as_of": state_of_data(key_figure),
        "drafts": holds(request.user, COORDINATION),
    }
    return render(request, "indicators/detail.html", context)


def _regions_with_values(key_figure):
    measure = key_figure.numerator.get("measure", "")
    keys = Observation.objects.filter(table=key_figure.table_id, measure=measure).values("region_key").distinct()
    return Region.objects.filter(key__in=keys)


def _chosen(regions, key):
    return regions.filter(key=key).first() if key else None


def _as_csv(key_figure, series):
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(key_figure.code)}.csv"'
    writer = csv.writer(response, delimiter=";")
    writer.writerow([_("key figure"), _("region"), _("period"), _("value"), _("sign"), _("quality"), _("unit")])
    for one in series:
        for point in one.points:
            value = "" if point.value is None else f"{point.value:.{key_figure.decimals}f}".replace(".", ",")
            sign = f"'{point.sign}" if point.sign == "-" else point.sign  # a leading minus would be a formula
            cells = [key_figure.name, one.name, point.period]
            writer.writerow([*(_harmless(cell) for cell in cells), value, sign, point.quality, key_figure.unit])
    return response


def _harmless(text):
    """Text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def import_list(request):
    permissions.can_import(request.user).enforce()
    imports = Import.objects.visible_to(request.user).select_related("created_by")
    return render(request, "indicators/import_list.html", {"page_obj": page_of(request, imports)})


def import_create(request):
    permissions.can_import(request.user).enforce()
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > settings.IMPORT_MAX_BYTES:
                limit = settings.IMPORT_MAX_BYTES // 2**20
                raise ValidationError(_("The file is too large. At most %(size)s MB are read.") % {"size": limit})
            kept = flows.upload(file.read(), file.name, by=request.user)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return redirect("indicators:import_preview", kept.pk)
    return render(request, "indicators/import_create.html", {"form": form}, status=422 if form.errors else 200)


def import_preview(request, pk):
    permissions.can_import(request.user).enforce()
    kept = get_object_or_404(Import.objects.visible_to(request.user), pk=pk)
    may_store = permissions.can_store(request.user, kept)
    return render(
        request, "indicators/import_preview.html", {"kept": kept, "summary": kept.summary, "may_store": may_store}
    )


@require_POST
def import_confirm(request, pk):
    return _close(request, pk, flows.confirm, _("The values are taken over."))


@require_POST
def import_discard(request, pk):
    return _close(request, pk, flows.discard, _("The delivery is discarded. Nothing was stored."))


def _close(request, pk, flow, done):
    kept = get_object_or_404(Import.objects.visible_to(request.user), pk=pk)
    try:
        flow(kept, by=request.user)
    except (WrongState, ValidationError) as error:
        messages.error(request, str(error) if isinstance(error, WrongState) else " ".join(error.messages))
    else:
        messages.success(request, done)
    return redirect("indicators:import_preview", pk)
