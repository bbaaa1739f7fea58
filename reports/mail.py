# SPDX-License-Identifier: EUPL-1.2
"""The message that a pack is ready or was replaced: to whoever may read it at that moment, a link and nothing more."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import MailRhythm
from core.work import MOST_TRIES, ending_in_a_state, fail, give_up, keep
from reports import events
from reports.lifecycle import MailState, State
from reports.models import Document, DueMail

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

    from accounts.models import User
    from core.sentences import Sentence
    from core.work import WorkQuerySet
    from reports.querysets import DocumentQuerySet

logger = logging.getLogger(__name__)

MORNING = 7  # o'clock
WAITS = (timedelta(minutes=5), timedelta(hours=1))


def recipients(document: Document) -> list[User]:
    """Those who are told of it and may read it now, except whoever ordered it and sees it on the screen."""
    told = sorted(events.readers(document) - {document.requested_by}, key=lambda user: user.pk)
    return [user for user in told if user.email and Document.objects.visible_to(user).filter(pk=document.pk).exists()]


def send_ready(document_id: int) -> None:
    """Tell the readers of a pack, once: whoever marks the row first writes down who is to be told."""
    ready = Document.objects.filter(pk=document_id, state=State.READY, withdrawn_at=None)
    with transaction.atomic():
        if not ready.packs().filter(mailed_at=None).update(mailed_at=timezone.now()):
            return
        document = ready.get()
        told = [DueMail(user=user, document=document) for user in recipients(document)]
        DueMail.objects.bulk_create(told, ignore_conflicts=True)
    for due_id in _at_once().filter(document=document).waiting():
        send(due_id)


def waiting() -> list[int]:
    """The mails for which a worker is rung: those that the mail server did not take at first."""
    give_up(DueMail.objects.all(), _nothing_follows)
    return _at_once().waiting()


def send(due_id: int) -> None:
    """Tell one person of one document, if the person may still read it and it is still the newest."""
    if due := DueMail.objects.claim(due_id):
        _send([due], _message)


def send_digests(*, now: datetime | None = None) -> None:
    """In the morning, one mail a day to each who wants it so: the packs that became ready since the last one."""
    now = now or timezone.now()
    if timezone.localtime(now).hour < MORNING:
        return
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    due = DueMail.objects.filter(user__mail_rhythm=MailRhythm.DAILY, user__is_active=True)
    had_one = DueMail.objects.filter(sent_at__gte=midnight).values("user")
    for user in set(due.claimable(now=now).exclude(user__in=had_one).values_list("user", flat=True)):
        claimed = [DueMail.objects.claim(due_id, now=now) for due_id in due.filter(user=user).waiting(now=now)]
        if dues := [one for one in claimed if one]:
            _send(dues, _digest, now=now)


def _at_once() -> WorkQuerySet:
    return DueMail.objects.filter(user__mail_rhythm=MailRhythm.AT_ONCE, user__is_active=True)


def _send(dues: Sequence[DueMail], write: Callable[..., Any], *, now: datetime | None = None) -> None:
    """One message to one person about these documents; what is closed to the person since is not mentioned.

    A mail server that does not answer is asked again later; a message sent twice would be worse than one that is late.
    """
    user, now = dues[0].user, now or timezone.now()
    with ending_in_a_state(dues[0], lambda reason: _fail(dues, reason), expected=()):
        ids = [due.document_id for due in dues]
        documents = Document.objects.visible_to(user).newest().filter(pk__in=ids).order_by("pk")
        try:
            if documents:
                write(documents, user).send()
        except OSError:
            logger.exception("the mail server did not take a message")
            return _later(dues, now)
        for due in dues:
            keep(due, state=MailState.SENT, sent_at=now, leased_until=None)
    return None


def _later(dues: Sequence[DueMail], now: datetime) -> None:
    if dues[0].tries >= MOST_TRIES:
        return _fail(dues, _("The mail server did not take the message."))
    for due in dues:
        keep(due, state=MailState.QUEUED, leased_until=now + WAITS[due.tries - 1])
    return None


def _fail(dues: Sequence[DueMail], reason: str | Sentence) -> None:
    for due in dues:
        fail(due, reason, _nothing_follows)


def _nothing_follows(due: Model) -> None:
    """The notice on the screen stands, whatever became of the mail."""


def _message(documents: DocumentQuerySet, user: User) -> EmailMessage:
    """SECURITY: title and content stay in the house; mail passes through many hands."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        (document,) = documents
        replaced = document.version > 1
        subject = _("A new version of a meeting pack is ready") if replaced else _("A meeting pack is ready")
        context = {"user": user, "address": _address(document), "replaced": replaced, "document": document}
        body = render_to_string("reports/mail_ready.txt", context)
        return EmailMessage(f"{subject} ({settings.UNIT_NAME})", body, settings.DEFAULT_FROM_EMAIL, [user.email])


def _digest(documents: DocumentQuerySet, user: User) -> EmailMessage:
    with translation.override(user.language or settings.LANGUAGE_CODE):
        subject = ngettext("%(count)s meeting pack is ready", "%(count)s meeting packs are ready", len(documents))
        subject = subject % {"count": len(documents)}
        minutes = sum(document.reading_minutes for document in documents)
        addresses = [_address(document) for document in documents]
        context = {"user": user, "addresses": addresses, "minutes": minutes}
        body = render_to_string("reports/mail_digest.txt", context)
        return EmailMessage(f"{subject} ({settings.UNIT_NAME})", body, settings.DEFAULT_FROM_EMAIL, [user.email])


def _address(document: Document) -> str:
    return f"{settings.BASE_URL}{document.get_absolute_url()}"
