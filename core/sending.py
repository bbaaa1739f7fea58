# SPDX-License-Identifier: EUPL-1.2
"""Forms on their way in: what was typed is not lost where it cannot be saved, and a form sent twice makes one thing."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from core import drafts
from core.errors import WrongState
from core.models import Sending

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse, QueryDict

    from accounts.models import User

SALT = "core.sending.writer"
PATIENCE, SLOWEST = 20, timedelta(seconds=90)  # to wait for the first of two, and what no form takes
REMEMBERED = timedelta(days=1)
SAVED, REFUSED = (301, 302, 303), (409, 413, 422, 429)


class Sent(HttpRequest):
    """A request as the two below write on it."""

    user: User
    is_no_draft: bool
    sending: str | None
    htmx: Any


class KeepTypedMiddleware:
    """What was sent and not saved is kept as a draft; what was saved is kept no longer.

    After a session has ended the browser still names its last person by a signed cookie, so that the text waits for
    this person alone. A stranger without such a cookie can have nothing kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and not getattr(request, "is_no_draft", False):
            self._keep_or_discard(request, response)
        user = request.user
        if user.is_authenticated and _writer(request) != user.pk:
            response.set_signed_cookie(
                settings.WRITER_COOKIE_NAME,
                str(user.pk),
                salt=SALT,
                max_age=drafts.KEPT_FOR,
                secure=settings.HTTPS,
                httponly=True,
                samesite="Lax",
            )
        return response

    def process_exception(self, request: Sent, error: Exception) -> HttpResponse | None:
        """What the state forbids is said, and what was typed stays; no page of ours has to think of it."""
        if not isinstance(error, WrongState) or request.method != "POST":
            return None
        request.is_no_draft = True
        drafts.keep(request.user.pk, request.path, request.POST)
        messages.error(request, str(error))
        page = request.headers.get("Referer", "")
        here = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
        return HttpResponseRedirect(page if here else resolve_url("core:home"))

    def _keep_or_discard(self, request: HttpRequest, response: HttpResponse) -> None:
        if request.user.is_authenticated:
            if response.status_code in SAVED:
                drafts.discard(request.user.pk, request.path)
            elif response.status_code in REFUSED or response.status_code >= 500:
                drafts.keep(request.user.pk, request.path, request.POST)
        elif _leads_to_login(response) and drafts.keep(_writer(request), request.path, request.POST):
            words = _("Your session is over. What you typed is kept: log in, and it stands in the form again.")
            messages.warning(request, words)


def _writer(request: HttpRequest) -> int:
    """Who used this browser last, as far as this installation wrote it there itself."""
    try:
        return int(request.get_signed_cookie(settings.WRITER_COOKIE_NAME, "0", salt=SALT, max_age=drafts.KEPT_FOR) or 0)
    except signing.BadSignature:
        return 0


def _leads_to_login(response: Any) -> bool:
    return response.status_code == 302 and response.url.startswith(resolve_url(settings.LOGIN_URL))


def sign_again(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's own mark is too old, as after logging in anew in another tab: what was typed is kept."""
    person = request.user.pk if request.user.is_authenticated else _writer(request)
    kept = drafts.keep(person, request.path, request.POST)
    return render(request, "403_csrf.html", {"kept": kept, "again": request.get_full_path()}, status=403)


class SendOnceMiddleware:
    """A form sent twice, by a double click or by going back, makes one thing: the second gets the first one's answer.

    Each form that is shown carries a token of its own against forgery. The same token with the same entries, from the
    same person to the same address, is the same sending.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Sent) -> HttpResponse:
        request.sending = None
        response = self.get_response(request)
        if request.sending:
            if response.status_code in SAVED:
                Sending.objects.filter(key=request.sending).update(location=response.url[:500])
            else:
                Sending.objects.filter(key=request.sending).delete()
        return response

    def process_view(
        self, request: Sent, view: Callable[..., HttpResponse], arguments: Sequence[Any], named: Mapping[str, Any]
    ) -> HttpResponse | None:
        """Behind the checks for forgery and login, before the view."""
        if request.method != "POST" or not request.user.is_authenticated or request.htmx:
            return None
        if "csrfmiddlewaretoken" not in request.POST:
            return None
        key = _key(request.user.pk, request.get_full_path(), request.POST, request.FILES)
        begun = time.monotonic()
        while time.monotonic() < begun + PATIENCE:
            if _is_first(key):
                request.sending = key
                return None
            if location := Sending.objects.filter(key=key).values_list("location", flat=True).first():
                messages.info(request, _("You had sent this form already. It was saved once."))
                return HttpResponseRedirect(location)
            time.sleep(0.1)
        messages.warning(request, _("This form is still being saved. Please look in a minute."))
        return HttpResponseRedirect(resolve_url("core:home"))


def _key(person: int, path: str, posted: QueryDict, files: Any) -> str:
    told = [person, path, *sorted(posted.lists())]
    told += [(name, one.name, one.size) for name, several in files.lists() for one in several]
    return sha256(repr(told).encode("utf-8", "replace")).hexdigest()


def _is_first(key: str) -> bool:
    """Whether nobody sends this already; what a process left unfinished when it ended may be sent again."""
    try:
        with transaction.atomic():
            Sending.objects.create(key=key)
            return True
    except IntegrityError:
        now = timezone.now()
        left = Sending.objects.filter(key=key, location="", at__lt=now - SLOWEST)
        return bool(left.update(at=now))


def sweep(*, now: datetime | None = None) -> None:
    """Sendings are remembered for a day, drafts for a week."""
    now = now or timezone.now()
    Sending.objects.filter(at__lt=now - REMEMBERED).delete()
    drafts.sweep(now=now)
