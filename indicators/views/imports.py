# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core import asked
from core.entry import sent, status_of
from core.errors import WrongState
from core.pages import form_page, page_of
from indicators import flows, genesis, permissions
from indicators.forms import MappingForm, RetrievalForm, UploadForm
from indicators.history import changes_of, history_of
from indicators.models import Import, Item, Retrieval, Table
from indicators.readers.source import too_large

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request

LAYOUTS = {
    "genesis-flat-long": gettext_lazy("flat file CSV"),
    "genesis-flat-wide": gettext_lazy("flat file CSV in the old layout"),
    "genesis-table-csv": gettext_lazy("table CSV"),
    "genesis-xlsx": gettext_lazy("XLSX of the portal"),
    "genesis-xlsx-edited": gettext_lazy("XLSX of the portal, edited"),
    "statistical-report": gettext_lazy("“Statistischer Bericht”"),
}


def import_list(request: Request) -> HttpResponse:
    permissions.can_import(request.user).enforce()
    imports = Import.objects.visible_to(request.user).select_related("created_by")
    if code := asked.text(request.GET, "table"):
        imports = imports.filter(table_code=code)
    context = {
        "page_obj": page_of(request, imports),
        "table_code": code,
        "retrievals": Retrieval.objects.visible_to(request.user)[:5],
        "offered": genesis.offered(),
    }
    return render(request, "indicators/import_list.html", context)


def import_create(request: Request) -> HttpResponse:
    permissions.can_import(request.user).enforce()
    form = UploadForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > settings.IMPORT_MAX_BYTES:
                raise too_large(settings.IMPORT_MAX_BYTES)
            kept = flows.upload(file, file.name, by=request.user)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return redirect(kept)
    return render(request, "indicators/import_create.html", {"form": form}, status=status_of(form))


def _visible(request: Request, pk: int) -> Import:
    permissions.can_import(request.user).enforce()
    return get_object_or_404(Import.objects.visible_to(request.user).select_related("mapping"), pk=pk)


def import_preview(request: Request, pk: int) -> HttpResponse:
    kept = _visible(request, pk)
    if kept.life.needs_mapping:
        return redirect("indicators:import_explain", kept.pk)
    context = {
        "kept": kept,
        "summary": kept.summary,
        "layout": LAYOUTS.get(kept.summary.get("layout"), _("own table")),
        "may_store": permissions.can_store(request.user, kept),
        "may_explain": permissions.can_explain(request.user, kept),
    }
    if kept.life.is_stored:
        context["waits"] = Table.objects.protected().filter(code=kept.table_code).exists()
        context["may_undo"] = permissions.can_undo(request.user, kept, standing=flows.what_stands_on(kept))
    return render(request, "indicators/import_preview.html", context)


def import_explain(request: Request, pk: int) -> HttpResponse:
    """Say what the columns of an own table mean."""
    kept = _visible(request, pk)
    if not (verdict := permissions.can_explain(request.user, kept)):
        messages.error(request, str(verdict.reason))
        return redirect(kept)
    columns = kept.summary.get("columns") or kept.mapping.columns
    initial = MappingForm.initial_of(kept.mapping) if kept.mapping else {"title": kept.file_name.rsplit(".", 1)[0]}
    form = MappingForm(sent(request), columns=columns, samples=kept.summary.get("samples", ()), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            flows.explain(kept, by=request.user, name=form.cleaned_data["name"], definition=form.definition)
        except (ValidationError, WrongState) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        else:
            return redirect(kept)
    return form_page(
        request,
        form,
        title=_("What do the columns mean?"),
        submit=_("Check the preview"),
        back=kept.get_absolute_url() if not kept.life.needs_mapping else "/indicators/imports/",
        back_label=_("Imports"),
        intro=_("This table is in no layout that the application knows. Say once what its columns mean."),
    )


def import_changes(request: Request, pk: int) -> HttpResponse:
    """What a delivery changed: every value before and after."""
    kept = _visible(request, pk)
    context = {"kept": kept, "page_obj": page_of(request, changes_of(kept), per_page=100)}
    return render(request, "indicators/import_changes.html", context)


def value_history(request: Request, pk: int) -> HttpResponse:
    """All that was ever delivered for one item in one region."""
    permissions.can_import(request.user).enforce()
    item = get_object_or_404(Item.objects.select_related("table"), pk=pk)
    region = asked.text(request.GET, "region") or settings.MUNICIPALITY_KEY
    return render(
        request, "indicators/value_history.html", {"item": item, "region": region, "rows": history_of(item, region)}
    )


@require_POST
def import_confirm(request: Request, pk: int) -> HttpResponse:
    return _do(request, pk, flows.confirm, _("The values are taken over."))


@require_POST
def import_discard(request: Request, pk: int) -> HttpResponse:
    return _do(request, pk, flows.discard, _("The delivery is discarded. Nothing was stored."))


@require_POST
def import_repair(request: Request, pk: int) -> HttpResponse:
    return _do(request, pk, flows.repair_keys, _("The region keys are mended. Please check the preview."))


@require_POST
def import_undo(request: Request, pk: int) -> HttpResponse:
    return _do(request, pk, flows.undo, _("The delivery is undone. Every value is as it was before."))


def _do(request: Request, pk: int, flow: Callable[..., Any], done: str) -> HttpResponse:
    kept = _visible(request, pk)
    try:
        flow(kept, by=request.user)
    except (WrongState, ValidationError) as error:
        messages.error(request, str(error) if isinstance(error, WrongState) else " ".join(error.messages))
    else:
        messages.success(request, done)
    return redirect(kept)


def retrieval_create(request: Request) -> HttpResponse:
    """Order a table from a web service."""
    permissions.can_import(request.user).enforce()
    form = RetrievalForm(sent(request))
    if request.method == "POST" and form.is_valid():
        retrieval = flows.order_retrieval(by=request.user, **form.cleaned_data)
        return redirect(retrieval)
    return form_page(
        request,
        form,
        title=_("Fetch a table"),
        submit=_("Fetch the table"),
        back="/indicators/imports/",
        back_label=_("Imports"),
        intro=_("The table is fetched in the background. Nothing is stored before you have seen the preview."),
    )


def retrieval_detail(request: Request, pk: int) -> HttpResponse:
    permissions.can_import(request.user).enforce()
    retrieval = get_object_or_404(Retrieval.objects.visible_to(request.user).select_related("delivery"), pk=pk)
    label = dict(genesis.offered()).get(retrieval.instance, retrieval.instance)
    template = "indicators/_retrieval.html" if request.htmx else "indicators/retrieval.html"
    return render(request, template, {"retrieval": retrieval, "label": label})


@require_POST
def retrieval_retry(request: Request, pk: int) -> HttpResponse:
    permissions.can_import(request.user).enforce()
    retrieval = get_object_or_404(Retrieval.objects.visible_to(request.user), pk=pk)
    flows.retry_retrieval(retrieval, by=request.user)
    return redirect(retrieval)
