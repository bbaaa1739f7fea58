# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from activity import chain, events, keeping
from activity.kinds import Kind, nobody
from activity.models import CALLED, Event, Notification
from activity.signals import event_recorded
from core import clock
from core.errors import DomainError
from core.sentences import Sentence, in_house_language, name_of

if TYPE_CHECKING:
    from accounts.models import User
    from core.entry import ModelForm
    from core.verdicts import Verdict

Given = ParamSpec("Given")
Made = TypeVar("Made")
AnyForm = TypeVar("AnyForm", bound="ModelForm")


def record(kind: Kind, subject: Any, *, by: User | None, keeps: Iterable[Model] = (), **data: Any) -> Event:
    """Write down what happened, in the transaction that made it happen. ``by`` is None for the system itself.

    ``data`` are codes, days, things and typed words under the keys that the kind declares, never words of the house.
    ``keeps`` names rows that the entry vouches for from now on (``activity.keeping``).
    """
    if not connection.in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction that made the change")
    written, called = kind.keep(data), name_of(subject)
    if isinstance(called, Sentence):
        written[CALLED] = called.kept()
    if keeps:
        written["kept"] = [keeping.voucher(row) for row in keeps]
    event = Event.objects.create(
        kind=kind.code,
        by=by,
        by_label=str(by or "system"),
        subject=subject,
        subject_label=in_house_language(subject)[:300],
        data=written,
        delivered_at=timezone.now() if kind.audience is nobody else None,  # nobody to tell: no worker to wake
    )
    clock.move_on()
    event_recorded.send(sender=Event, event=event)
    chain.seal_after_commit()
    return event


def logs_refusals(
    kind: Kind, *, about: Callable[[Any], Model | None] = lambda subject: subject
) -> Callable[[Callable[Given, Made]], Callable[Given, Made]]:
    """Decorate a flow ``([subject, …,] by=user)``: a refusal leaves an event behind, then goes on to the caller.

    ``about`` names what the event is about where that is not the subject itself; where there is nothing yet, the event
    is about whoever tried. The decorator stands outside ``transaction.atomic``, whose roll-back would take the entry
    with it.
    """

    def decorate(flow: Callable[Given, Made]) -> Callable[Given, Made]:
        @wraps(flow)
        def wrapper(*given: Given.args, **named: Given.kwargs) -> Made:
            try:
                return flow(*given, **named)
            except DomainError as refusal:
                by: Any = named.get("by")
                subject = (about(given[0]) if given else None) or by
                if subject:
                    with transaction.atomic():
                        record(kind, subject, by=by, reason=refusal.reason)
                raise

        return wrapper

    return decorate


def of_form(form: Any) -> Any:
    """What a form is about; nothing where it makes something new."""
    return form.instance if form.instance.pk else None


def nothing(given: object) -> None:
    """What a flow is given is no row: the refusal is about whoever tried."""
    return None


def without(**reasons: str) -> Callable[[Callable[Given, Made]], Callable[Given, Made]]:
    """Decorate a flow that leaves a beat out (``lock``, ``verdict``, ``record``, ``refusals``), and say why.

    A test reads it: a flow that leaves out another one, or none, is found.
    """

    def decorate(flow: Callable[Given, Made]) -> Callable[Given, Made]:
        flow.without = reasons  # type: ignore[attr-defined]
        return flow

    return decorate


def locked_form(form: AnyForm) -> AnyForm:
    """Wait for whoever else saves what this form is about, until the transaction ends."""
    if form.instance.pk:
        type(form.instance)._base_manager.select_for_update(of=("self",)).get(pk=form.instance.pk)
    return form


@logs_refusals(events.REFUSED, about=of_form)
@transaction.atomic
def save_recorded(form: ModelForm, *, by: User, may: Callable[[User], Verdict], created: Kind, changed: Kind) -> Any:
    """Save a plain ModelForm and write down that it was created or changed; ``may`` is the verdict on a person."""
    form = locked_form(form)
    may(by).enforce()
    is_new = form.instance.pk is None
    if not is_new:
        form.refuse_stale(type(form.instance)._base_manager.get(pk=form.instance.pk))
    saved = form.save()
    if is_new:
        record(created, saved, by=by)
    else:
        record(changed, saved, by=by, fields=form.changed_data)
    return saved


@transaction.atomic
def deliver(event_id: int) -> None:
    """Tell everyone whom an event concerns, except whoever caused it; a second delivery changes nothing."""
    event = Event.objects.select_for_update().get(pk=event_id)
    if event.delivered_at:
        return
    if event.definition and event.subject:
        audience = {user.pk for user in event.definition.audience(event.subject) if user and user.is_active}
        Notification.objects.bulk_create(
            [Notification(event=event, user_id=pk) for pk in audience - {event.by_id}], ignore_conflicts=True
        )
    event.delivered_at = timezone.now()
    event.save(update_fields=["delivered_at"])


@without(
    lock="one statement on one's own notices",
    verdict="it is cut to one's own notices",
    record="what somebody has read is nobody else's business",
    refusals="nothing is refused",
)
def read(notification: Notification, *, by: User) -> None:
    """A person has seen the notice."""
    Notification.objects.of(by).unread().filter(pk=notification.pk).update(read_at=timezone.now())


@without(
    lock="one statement on one's own notices",
    verdict="it is cut to one's own notices",
    record="what somebody has read is nobody else's business",
    refusals="nothing is refused",
)
def read_all(*, by: User) -> None:
    """A person has seen all notices so far."""
    Notification.objects.of(by).unread().update(read_at=timezone.now())
