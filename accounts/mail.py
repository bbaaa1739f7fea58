# SPDX-License-Identifier: EUPL-1.2
"""The link by which a person sets the own password: the administration sends it and never sees a password."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from accounts.models import User

logger = logging.getLogger(__name__)


def send_link(user: User) -> None:
    """Invite somebody who has no password yet, or let them set another one. A failing server costs the mail alone."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        is_invitation = not user.has_usable_password()
        subject = _("Your account") if is_invitation else _("Set a new password")
        hours = settings.PASSWORD_RESET_TIMEOUT // 3600
        context = {"user": user, "address": link_for(user), "is_invitation": is_invitation, "hours": hours}
        body = render_to_string("accounts/mail_link.txt", context)
        message = EmailMessage(f"{subject} ({settings.UNIT_NAME})", body, settings.DEFAULT_FROM_EMAIL, [user.email])
    try:
        message.send()
    except OSError:
        logger.exception("a mail about an account could not be sent")


def link_for(user: User) -> str:
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return f"{settings.BASE_URL}{reverse('account_reset_password_from_key', kwargs=key)}"
