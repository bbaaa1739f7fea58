# SPDX-License-Identifier: EUPL-1.2
"""The message that a pack is ready or was replaced: to whoever may read it at that moment, a link and nothing more."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import MailRhythm, User
from reports import events
from reports.models import Document, DueMail, State

logger = logging.getLogger(__name__)

MORNING = 7  # o'clock


def recipients(document):
    """Those who are told of it and may read it now, except whoever ordered it and sees it on the screen."""
    told = sorted(events.readers(document) - {document.requested_by}, key=lambda user: user.pk)
    return [user for user in told if user.email and Document.objects.visible_to(user).filter(pk=document.pk).exists()]


def send_ready(document_id):
    """Tell the readers of a pack, once: whoever marks the row first sends. Some want one mail a day for all packs."""
    ready = Document.objects.filter(pk=document_id, state=State.READY, withdrawn_at=None)
    with transaction.atomic():
        if not ready.packs().filter(mailed_at=None).update(mailed_at=timezone.now()):
            return
        document = ready.get()
        told = recipients(document)
        DueMail.objects.bulk_create(
            [DueMail(user=user, document=document) for user in told if user.mail_rhythm == MailRhythm.DAILY],
            ignore_conflicts=True,
        )
    _send([_message(document, user) for user in told if user.mail_rhythm == MailRhythm.AT_ONCE])


def send_digests(*, now=None):
    """In the morning, one mail a day to each who wants it so: the packs that became ready since the last one."""
    now = now or timezone.now()
    if timezone.localtime(now).hour < MORNING:
        return
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    waiting = DueMail.objects.filter(sent_at=None)
    had_one = DueMail.objects.filter(sent_at__gte=midnight).values("user")
    for user in User.objects.filter(pk__in=waiting.values("user"), is_active=True).exclude(pk__in=had_one):
        ids = list(waiting.filter(user=user).values_list("document", flat=True))
        if not DueMail.objects.filter(user=user, document__in=ids, sent_at=None).update(sent_at=now):
            continue  # another worker was quicker
        # what was withdrawn, replaced or closed to this person since is not mentioned
        documents = Document.objects.visible_to(user).newest().filter(pk__in=ids).order_by("pk")
        if documents:
            _send([_digest(documents, user)])


def _send(messages):
    try:
        with get_connection() as connection:
            for message in messages:
                message.connection = connection
                message.send()
    except OSError:
        # the notice on the screen stands; a message sent twice to forty people would be worse than none
        logger.exception("not everybody got the message that documents are ready")


def _message(document, user):
    """SECURITY: title and content stay in the house; mail passes through many hands."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        replaced = document.version > 1
        subject = _("A new version of a meeting pack is ready") if replaced else _("A meeting pack is ready")
        context = {"user": user, "address": _address(document), "replaced": replaced, "document": document}
        body = render_to_string("reports/mail_ready.txt", context)
        return EmailMessage(f"{subject} ({settings.UNIT_NAME})", body, settings.DEFAULT_FROM_EMAIL, [user.email])


def _digest(documents, user):
    with translation.override(user.language or settings.LANGUAGE_CODE):
        subject = ngettext("%(count)s meeting pack is ready", "%(count)s meeting packs are ready", len(documents))
        subject = subject % {"count": len(documents)}
        minutes = sum(document.reading_minutes for document in documents)
        addresses = [_address(document) for document in documents]
        context = {"user": user, "addresses": addresses, "minutes": minutes}
        body = render_to_string("reports/mail_digest.txt", context)
        return EmailMessage(f"{subject} ({settings.UNIT_NAME})", body, settings.DEFAULT_FROM_EMAIL, [user.email])


def _address(document):
    return f"{settings.BASE_URL}{document.get_absolute_url()}"
