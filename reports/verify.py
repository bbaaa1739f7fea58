# SPDX-License-Identifier: EUPL-1.2
"""What the code on a printed page leads to: whether the page is still current. Open to everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import throttle
from reports.currency import overtaken
from reports.lifecycle import WAS_MADE
from reports.models import Document, Part
from reports.naming import named

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request

GUESSES = throttle.Limit("verify", most=100, seconds=600)


@login_not_required
@require_safe
def verify_document(request: Request, code: str) -> HttpResponse:
    """Whether a printed document is still current; says nothing about what stands in it.

    Whoever asks for many codes that do not exist waits, even for those that do.
    """
    if GUESSES.is_spent(request):
        return throttle.refuse(request)
    try:
        document = _document(_as_printed(code))
    except Http404:
        GUESSES.count(request)
        raise
    newest = Document.objects.newest().filter(series=document.series).first()
    context = {
        "document": document,
        "named": named(document),
        "newest": newest,
        "is_newest": newest is not None and newest.pk == document.pk,
        "overtaken": overtaken(document),
    }
    return render(request, "reports/verify.html", context)


def _as_printed(code: str) -> str:
    """The code as it is kept, however it was typed: in capitals, without hyphens. Codes of eight signs had none."""
    plain = code.lower().replace("-", "").replace("_", "")
    return "-".join((plain[:4], plain[4:8], plain[8:])) if len(plain) == 12 else plain


def _document(code: str) -> Document:
    """The document with this code; for a part of a pack the newest pack that holds it."""
    out = Document.objects.filter(state__in=WAS_MADE)
    document = out.filter(code=code).first()
    if document is None and (part := Part.objects.filter(code=code).first()):
        document = out.filter(slots__part=part).order_by("-version").first()
    if document is None:
        raise Http404
    return document
