# SPDX-License-Identifier: EUPL-1.2
"""The message that a pack is ready or was replaced: to whoever may read it at that moment, a link and nothing more."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from reports import events
from reports.models import Document, State

logger = logging.getLogger(__name__)


def recipients(document):
    """Those who are told of it and may read it now, except whoever ordered it and sees it on the screen."""
    told = sorted(events.readers(document) - {document.requested_by}, key=lambda user: user.pk)
    return [user for user in told if user.email and Document.objects.visible_to(user).filter(pk=document.pk).exists()]


def send_ready(document_id):
    """Tell the readers of a pack, once: whoever marks the row first sends."""
    ready = Document.objects.filter(pk=document_id, state=State.READY, withdrawn_at=None)
    if not ready.packs().filter(mailed_at=None).update(mailed_at=timezone.now()):
        return
    document = ready.get()
    messages = [_message(document, user) for user in recipients(document)]
    try:
        with get_connection() as connection:
            for message in messages:
                message.connection = connection
                message.send()
    except OSError:
        # the notice on the screen stands; a message sent twice to forty people would be worse than none
        logger.exception("not everybody got the message about document %s", document_id)


def _message(document, user):
    """SECURITY: title and content stay in the house; mail passes through many hands."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        replaced = document.version > 1
        subject = _("A new version of a meeting pack is ready") if replaced else _("A meeting pack is ready")
        address = f"{settings.BASE_URL}{document.get_absolute_url()}"
        context = {"user": user, "address": address, "replaced": replaced, "document": document}
        body = render_to_string("reports/mail_ready.txt", context)
        return EmailMessage(f"{subject} ({settings.UNIT_NAME})", body, settings.DEFAULT_FROM_EMAIL, [user.email])
