# SPDX-License-Identifier: EUPL-1.2
"""Imports from other council information systems, for the coordination."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from committees import flows, permissions
from committees.forms import ImportForm, SourceForm
from committees.models import Choice, ForeignObject, ImportRun, Proposal, RunState, Source
from committees.oparl import labels
from committees.oparl.addresses import absolute
from core import asked
from core.entry import sent
from core.errors import WrongState
from core.keys import number_of
from core.pages import form_page, page_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request

SHOWN = 50
CHOICES = {
    Proposal.NEW: (Choice.NEW, Choice.OURS),
    Proposal.GRANT: (Choice.OURS, Choice.NEW),
    Proposal.MATCH: (Choice.OURS, Choice.THEIRS, Choice.NEW),
    Proposal.CHANGE: (Choice.THEIRS, Choice.OURS),
    Proposal.CONFLICT: (Choice.OURS, Choice.THEIRS),
    Proposal.DELETED: (Choice.OURS, Choice.THEIRS),
}


def oparl_list(request: Request) -> HttpResponse:
    permissions.can_import_oparl(request.user).enforce()
    runs = ImportRun.objects.visible_to(request.user).select_related("source", "ordered_by")
    address = absolute("system") if settings.PUBLIC_OPARL else ""
    context = {"page_obj": page_of(request, runs), "sources": Source.objects.all(), "address": address}
    return render(request, "committees/oparl_list.html", context)


def oparl_source(request: Request, pk: int | None = None) -> HttpResponse:
    permissions.can_import_oparl(request.user).enforce()
    source = get_object_or_404(Source, pk=pk) if pk else None
    form = SourceForm(sent(request), instance=source)
    if request.method == "POST" and form.is_valid():
        flows.save_source(form, by=request.user)
        messages.success(request, _("The council information system is saved."))
        return redirect("committees:oparl_list")
    title = _("Change council information system") if source else _("New council information system")
    back = reverse("committees:oparl_list")
    return form_page(request, form, title=title, back=back, back_label=_("Imports from council information systems"))


def oparl_create(request: Request) -> HttpResponse:
    permissions.can_import_oparl(request.user).enforce()
    form = ImportForm(sent(request), request.FILES or None, initial={"source": asked.number(request.GET, "source")})
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = flows.order_import(
                form.cleaned_data["source"],
                by=request.user,
                file=file,
                file_name=file.name if file else "",
                from_start=form.cleaned_data["from_start"],
            )
        except (WrongState, ValidationError) as error:
            form.add_error(None, str(error) if isinstance(error, WrongState) else error)
        else:
            return redirect(run)
    return form_page(
        request,
        form,
        title=_("Import from a council information system"),
        submit=_("Read"),
        back=reverse("committees:oparl_list"),
        back_label=_("Imports from council information systems"),
        intro=_("It is only read at first. You check what would change before anything is taken over."),
    )


def _visible(request: Request, pk: int) -> ImportRun:
    permissions.can_import_oparl(request.user).enforce()
    return get_object_or_404(ImportRun.objects.visible_to(request.user).select_related("source"), pk=pk)


def oparl_preview(request: Request, pk: int) -> HttpResponse:
    """Progress, and then what is proposed, object by object; decisions are noted without taking anything over."""
    run = _visible(request, pk)
    if request.method == "POST":
        _note(request, run)
        return redirect(f"{run.get_absolute_url()}?{request.GET.urlencode()}")
    if request.headers.get("HX-Request"):
        return render(request, "committees/_oparl_progress.html", {"run": run})
    is_open = run.state == RunState.READY
    rows = ForeignObject.objects.filter(source=run.source).open() if is_open else ForeignObject.objects.none()
    shown = asked.text(request.GET, "show")
    if shown not in Proposal.values or not shown:
        shown = ""
    listed = rows.filter(proposal=shown) if shown else rows.to_decide()
    page = page_of(request, listed.select_related("content_type").order_by("proposal", "pk"), per_page=SHOWN)
    for row in page:
        row.about = labels.about(row)
        row.choices = labels.choices(row, CHOICES[Proposal(row.proposal)])
    counts = run.summary.get("proposed", {})
    context = {
        "run": run,
        "page_obj": page,
        "shown": shown,
        "found": [(labels.kind(name), count) for name, count in run.summary.get("found", {}).items()],
        "proposed": [(code, Proposal(code).label, count) for code, count in counts.items()] if is_open else [],
        "problems": run.problems,
    }
    return render(request, "committees/oparl_preview.html", context)


def _note(request: Request, run: ImportRun) -> None:
    choices = {
        key: value
        for name, value in request.POST.items()
        if name.startswith("row-") and (key := number_of(name[4:])) is not None and value in Choice.values
    }
    try:
        flows.choose(run, by=request.user, choices=choices)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your decisions are noted. Nothing is taken over yet."))


@require_POST
def oparl_confirm(request: Request, pk: int) -> HttpResponse:
    run = _visible(request, pk)
    return _do(request, run, flows.confirm, _("The import is being taken over."))


@require_POST
def oparl_discard(request: Request, pk: int) -> HttpResponse:
    run = _visible(request, pk)
    return _do(request, run, flows.discard, _("The import is discarded. Nothing was taken over."))


@require_POST
def oparl_retry(request: Request, pk: int) -> HttpResponse:
    run = _visible(request, pk)
    return _do(request, run, flows.retry_import, _("The import is started again."))


def _do(request: Request, run: ImportRun, flow: Callable[..., Any], done: str) -> HttpResponse:
    try:
        flow(run, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(run)
