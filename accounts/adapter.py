# SPDX-License-Identifier: EUPL-1.2
"""Logging in: closed to strangers, slow for whoever guesses, and never locked by somebody else's mistakes."""

from __future__ import annotations

import ipaddress
import logging
from smtplib import SMTPException
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)

KNOWN_FOR = 90 * 24 * 3600  # seconds since the last login on a device
SIGNER = TimestampSigner(salt="accounts.known-device")


def _mark(email: str) -> str:
    """What a device remembers of an account: enough to know it again, nothing to read out of it."""
    return salted_hmac("accounts.known-device", email.lower()).hexdigest()[:32]


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Accounts are made by the administration; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failures count for an account together with the place they come from.

        The place is the device where this account has logged in before, otherwise the address (of IPv6 the
        household). So a head at the own desk is never made to wait by what somebody tries elsewhere, nor an office
        by one colleague.
        """
        email = credentials.get("email", "").lower()
        return salted_hmac("accounts.attempts", f"{email} {self._place(request, email)}").hexdigest()

    def _place(self, request: HttpRequest, email: str) -> str:
        if knows(request, email):
            return f"device {request.COOKIES[settings.DEVICE_COOKIE_NAME]}"
        address = ipaddress.ip_address(self.get_client_ip(request))
        if address.version == 6:
            return str(ipaddress.ip_network(f"{address}/64", strict=False))
        return str(address)

    def post_login(self, request: HttpRequest, user: Any, **about: Any) -> HttpResponse:
        """Remember the device, so that this account is known on it next time."""
        response = super().post_login(request, user, **about)
        response.set_cookie(
            settings.DEVICE_COOKIE_NAME,
            SIGNER.sign(_mark(user.email)),
            max_age=KNOWN_FOR,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
        return response

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of a mail leads to this installation, whatever host the request named."""
        path = urlsplit(super().get_reset_password_from_key_url(key)).path
        return f"{settings.BASE_URL}{path}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that fails in the middle of it costs the mail, not the page."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            logger.exception("a mail about an account could not be sent")


def knows(request: HttpRequest, email: str) -> bool:
    """Whether this account has logged in on this device before."""
    try:
        return SIGNER.unsign(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), max_age=KNOWN_FOR) == _mark(email)
    except BadSignature:
        return False
