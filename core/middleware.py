# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404
from django.utils import translation
from django.utils.cache import patch_cache_control

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class LanguageMiddleware:
    """German first: another language only by the person's own choice, never by the browser's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = (
            request.user.language
            if request.user.is_authenticated
            else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        )
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class NoStoreMiddleware:
    """What a logged-in person sees stays in no cache, neither a proxy's nor the browser's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response


class PlainAddressMiddleware:
    """An address with control characters leads nowhere; no database needs to see them to say so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in request.path_info):
            raise Http404
        return self.get_response(request)
