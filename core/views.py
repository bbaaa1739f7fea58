# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import asked, drafts, readiness
from core.entry import sent, status_of
from core.forms import FeedbackForm
from core.hooks import Hook
from core.models import Feedback
from core.throttle import Limit

if TYPE_CHECKING:
    from django.http import HttpRequest

    from core.sending import Sent

STRANGERS = Limit("feedback", most=20, seconds=3600)  # reports without a login
REPORTED: Hook[Callable[[Feedback], object]] = Hook(
    "core.views.REPORTED", "what follows when somebody reports a barrier"
)
FIRST_ENTRY: Hook[Callable[[Any], str]] = Hook("core.views.FIRST_ENTRY", "the address where a person's work waits")


def home(request: HttpRequest) -> HttpResponse:
    """Everybody starts where their role's work waits."""
    return redirect(FIRST_ENTRY.only(request.user))


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is alive."""
    return JsonResponse({"status": "ok"})


@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:
    """Every part works; no details beyond that, the page is open."""
    parts = readiness.parts()
    ready = all(parts.values())
    named = {name: "ok" if works else "failed" for name, works in parts.items()}
    return JsonResponse(
        {"status": "ok" if ready else "failed", **named, **readiness.notes()}, status=200 if ready else 503
    )


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language; a person's choice is kept with the account."""
    chosen = asked.text(request.POST, "language")
    target = asked.text(request.POST, "next", longest=2000)
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = reverse("core:home")
    response = HttpResponseRedirect(target)
    if chosen in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            request.user.language = chosen
            request.user.save(update_fields=["language"])
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 24 * 3600,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
    return response


@require_POST
def draft_keep(request: Sent) -> HttpResponse:
    """What is being typed on a page is kept every few seconds, for this person and this page."""
    request.is_no_draft = True
    path = asked.text(request.POST, drafts.PATH, longest=300)
    kept = path.startswith("/") and drafts.keep(request.user.pk, path, request.POST)
    return HttpResponse(status=204 if kept else 422)


@require_POST
def draft_discard(request: Sent) -> HttpResponse:
    """Begin with what is saved."""
    request.is_no_draft = True
    path = asked.text(request.POST, drafts.PATH, longest=300)
    drafts.discard(request.user.pk, path)
    here = path.startswith("/") and url_has_allowed_host_and_scheme(
        path, {request.get_host()}, require_https=request.is_secure()
    )
    return redirect(path if here else "core:home")  # whatever is no path would be taken for the name of a page


@login_not_required
def page(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, f"core/{name}.html")


@login_not_required
def feedback(request: HttpRequest) -> HttpResponse:
    """Report a barrier: from every page, with or without a login."""
    form = FeedbackForm(sent(request), initial={"page": asked.text(request.GET, "page")})
    if request.method == "POST" and not request.user.is_authenticated:  # each report becomes a task of the office
        if STRANGERS.is_spent(request):
            form.add_error(None, _("Many reports came from your address just now. Please send this one in an hour."))
        STRANGERS.count(request)
    if request.method == "POST" and form.is_valid():
        sender = request.user if request.user.is_authenticated else None
        with transaction.atomic():
            report = Feedback.objects.create(sender=sender, **form.cleaned_data)
            for follow in REPORTED:
                follow(report)
        messages.success(request, _("Your report has arrived. The office answers within one month."))
        return redirect("core:feedback")
    return render(request, "core/feedback.html", {"form": form}, status=status_of(form))
