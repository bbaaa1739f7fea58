# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_sendfile import sendfile

from committees.models import Paper
from committees.permissions import can_read_paper
from core import asked
from core.entry import sent
from core.errors import WrongState
from core.keys import number_of
from core.pages import form_page, page_of
from press import pdf
from press import preview as screen
from reports import flows, making, ordering, permissions, readers, visits
from reports.currency import overtaken
from reports.forms import WithdrawForm
from reports.kinds import house, registry
from reports.lifecycle import IS_LISTED
from reports.models import Document, State, Variant
from reports.naming import file_name, label_of

if TYPE_CHECKING:
    from django.http import HttpResponse, HttpResponseBase, QueryDict

    from accounts.models import User
    from accounts.requests import Request
    from committees.models import Meeting
    from core.sentences import Text
    from reports.kinds import Kind

logger = logging.getLogger(__name__)

SIMPLE = "django_sendfile.backends.simple"


def document_list(request: Request) -> HttpResponse:
    """Every document that this person may read, newest first; what came since the last visit is marked."""
    since = visits.since(request.user)
    documents = (
        Document.objects.visible_to(request.user)
        .filter(state__in=IS_LISTED)
        .current()
        .select_related("requested_by")
        .taken_home_by(request.user)
    )
    page_obj = page_of(request, documents)
    for document in page_obj:
        document.label = label_of(document)
        document.is_new = bool(since and document.finished_at and document.finished_at > since)
    context = {"page_obj": page_obj, "since": since, "offers": _offers(request.user, None)}
    return render(request, "reports/list.html", context)


def _offers(user: User, subject: Meeting | None) -> list[tuple[Kind, str, Text]]:
    """What this person may order about the subject: ``(kind, variant, its label)``."""
    about = subject._meta.label if subject else ""
    return [
        (kind, variant, Variant(variant).label)
        for kind in registry.KINDS
        if kind.subject == about
        for variant in kind.variants
        if ordering.can_order(user, kind, subject, variant)
    ]


def _readable_paper(request: Request, pk: int) -> Paper:
    return get_object_or_404(Paper.objects.visible_to(request.user), pk=pk)


def _subject(request: Request, label: str, number: str | int, variant: str = Variant.PUBLIC) -> Any:
    """The thing a document is about, if this person may read documents about it; otherwise it is not there."""
    if not label:
        return None
    try:
        model = apps.get_model(label)
        found = readers.subjects(request.user, model, variant)
    except (LookupError, ValueError):
        found = None
    key = number_of(number)
    if found is None or key is None:
        raise Http404
    return get_object_or_404(found, pk=key)


def paper_briefings(request: Request, pk: int) -> HttpResponse:
    """All documents of one paper that this person may read, and the buttons to order them."""
    can_read_paper(request.user, get_object_or_404(Paper.objects.known_to(request.user), pk=pk)).enforce()
    return _about(request, _readable_paper(request, pk))


def documents_about(request: Request, label: str, pk: int) -> HttpResponse:
    """All documents about one thing that this person may read, and the buttons to order them."""
    return _about(request, _subject(request, label.replace("-", ".", 1), pk))


def _about(request: Request, subject: Any) -> HttpResponse:
    documents = list(
        Document.objects.visible_to(request.user)
        .about(subject)
        .select_related("requested_by")
        .order_by("kind", "variant", "-version")
    )
    newest = set(Document.objects.newest().about(subject).values_list("pk", flat=True))
    for document in documents:
        document.is_newest, document.label = document.pk in newest, label_of(document)
    context = {"subject": subject, "documents": documents, "offers": _offers(request.user, subject)}
    return render(request, "reports/about.html", context)


def paper_downloads(request: Request, pk: int) -> HttpResponse:
    """A fragment for agendas: the newest briefing that this person may read, the fullest one first."""
    paper = _readable_paper(request, pk)
    newest = Document.objects.visible_to(request.user).newest().about(paper).filter(kind="briefing")
    return render(request, "reports/_downloads.html", {"paper": paper, "documents": newest.order_by("variant")})


@require_safe
def meeting_pack(request: Request, pk: int) -> HttpResponse:
    """A fragment for the page of a meeting: the fullest pack that this person may read, and whether it is new."""
    meeting = _subject(request, "committees.Meeting", pk)
    packs = Document.objects.visible_to(request.user).newest().about(meeting).filter(kind="pack")
    pack = packs.taken_home_by(request.user).order_by("variant").first()
    seen = visits.last(request.user)
    is_new = pack and not pack.is_taken and (seen is None or pack.finished_at > seen)  # type: ignore[operator]
    return render(request, "reports/_pack.html", {"meeting": meeting, "pack": pack, "is_new": is_new})


@require_POST
def briefing_order(request: Request, pk: int) -> HttpResponse:
    return _order(request, registry.get("briefing"), _readable_paper(request, pk))


@require_POST
def order(request: Request) -> HttpResponse:
    """Order a document: its kind, the number of its subject, the variant, and the options of the kind."""
    kind = _kind(request.POST)
    return _order(request, kind, _subject(request, kind.subject, asked.text(request.POST, "subject")))


def _kind(data: QueryDict) -> Kind:
    kind = next((kind for kind in registry.KINDS if kind.code == asked.text(data, "kind")), None)
    if kind is None:
        raise Http404
    return kind


def _variant(kind: Kind, data: QueryDict) -> str:
    return asked.choice(data, "variant", kind.variants, kind.variants[0])


def _options(data: QueryDict) -> dict[Any, Any]:
    """What the form of a kind asks beside the variant: fields whose names begin with ``option-``."""
    return {name.removeprefix("option-"): value for name, value in data.items() if name.startswith("option-")}


def _order(request: Request, kind: Kind, subject: Any) -> HttpResponse:
    document = flows.order(
        kind.code, subject, by=request.user, variant=_variant(kind, request.POST), options=_options(request.POST)
    )
    if document.life.is_ready:
        messages.info(request, _("Nothing has changed since this version."))
    return redirect(document)


@require_safe
def preview_order(request: Request) -> HttpResponse:
    """A document as it would be ordered now, in the browser; nothing is kept."""
    kind = _kind(request.GET)
    variant = _variant(kind, request.GET)
    subject = _subject(request, kind.subject, asked.text(request.GET, "subject"), variant)
    ordering.can_order(request.user, kind, subject, variant).enforce()
    return _on_screen(flows.draft(kind, subject, variant, _options(request.GET)), is_preview=True)


def _visible(request: Request, pk: int) -> Document:
    return get_object_or_404(Document.objects.visible_to(request.user).select_related("requested_by"), pk=pk)


def _on_screen(document: Document, *, is_preview: bool) -> HttpResponse:
    return screen.page(making.html_of(document, is_preview=is_preview), house.picture())


@require_safe
def preview(request: Request, pk: int) -> HttpResponse:
    """A document in the browser, from what was frozen when it was ordered."""
    document = _visible(request, pk)
    if document.life.is_expired or document.withdrawn_at:
        raise Http404
    try:
        # the page behind its code is there once the document is
        return _on_screen(document, is_preview=not document.life.is_ready)
    except pdf.Unprintable as error:
        messages.error(request, str(error))
        return redirect(document)


def document_detail(request: Request, pk: int) -> HttpResponse:
    document = _visible(request, pk)
    done, total = document.parts_done()
    context: dict[str, Any] = {
        "document": document,
        "label": label_of(document),
        "parts_done": done,
        "parts_total": total,
        "may_retry": ordering.can_retry(request.user, document),
        "may_cancel": ordering.can_cancel(request.user, document),
        "may_withdraw": permissions.can_withdraw(request.user, document),
    }
    if request.headers.get("HX-Request"):
        return render(request, "reports/_progress.html", context)
    context |= {
        "newer": Document.objects.newest().filter(series=document.series, version__gt=document.version).first(),
        "overtaken": overtaken(document),
        "downloads": document.downloads.select_related("user")[:50]
        if permissions.can_read_downloads(request.user, document)
        else None,
    }
    return render(request, "reports/detail.html", context)


def _do(request: Request, pk: int, flow: Callable[..., Any]) -> HttpResponse:
    document = _visible(request, pk)
    try:
        flow(document, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    return redirect(document)


@require_POST
def document_retry(request: Request, pk: int) -> HttpResponse:
    return _do(request, pk, flows.retry)


@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    return _do(request, pk, flows.cancel)


def withdraw(request: Request, pk: int) -> HttpResponse:
    """The office takes a document back; the reason stands on the page behind its code."""
    document = _visible(request, pk)
    verdict = permissions.can_withdraw(request.user, document)
    if verdict.error is WrongState:
        messages.error(request, str(verdict.reason))
        return redirect(document)
    verdict.enforce()
    form = WithdrawForm(sent(request))
    if request.method == "POST" and form.is_valid():
        return _do(request, pk, lambda found, by: flows.withdraw(found, by=by, reason=form.cleaned_data["reason"]))
    return form_page(
        request,
        form,
        title=_("Withdraw the document"),
        intro=str(document),
        submit=_("Withdraw"),
        back=document.get_absolute_url(),
        back_label=document.title,
    )


@require_safe
def document_download(request: Request, pk: int) -> HttpResponseBase:
    document = get_object_or_404(Document.objects.visible_to(request.user).filter(state=State.READY), pk=pk)
    if document.withdrawn_at:
        messages.error(request, _("This document was withdrawn: %(reason)s") % {"reason": document.withdrawn_reason})
        return redirect(document)
    try:
        response = _file(request, document)
    except OSError:
        logger.exception("document %s cannot be read", pk)
        messages.error(request, _("The file cannot be read at the moment. Please try again in a few minutes."))
        return redirect(document)
    if request.method == "GET":
        flows.download(document, by=request.user)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    return response


def _file(request: Request, document: Document) -> HttpResponseBase:
    """The file: handed to the web server where that sends files itself, else read and sent from here."""
    kind, name = "application/pdf", file_name(document)
    if settings.SENDFILE_BACKEND != SIMPLE and not settings.PRIVATE_STORAGE_URL:
        path = default_storage.path(document.file.name)  # type: ignore[arg-type]
        return sendfile(request, path, attachment=True, attachment_filename=name, mimetype=kind)
    file = document.file.open("rb")
    file.seek(0)  # fetches it from a store, so that one that is away is noticed before the answer begins
    return FileResponse(file, content_type=kind, as_attachment=True, filename=name)
