# SPDX-License-Identifier: EUPL-1.2
"""What people do with documents: order, start again, cancel, withdraw, take home. Making them is ``reports.making``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone, translation

from activity.events import REFUSED
from activity.flows import logs_refusals, nothing, record, without
from core.canonical import checksum
from core.errors import WrongState
from reports import events, ordering, permissions
from reports.kinds import registry
from reports.lifecycle import DOCUMENT, NOT_MADE
from reports.models import Document, Download, Part, Slot, Variant

if TYPE_CHECKING:
    from accounts.models import User
    from committees.models import Paper
    from reports.kinds import Kind


def series_of(kind: Kind, subject: Any, variant: Variant, options: Mapping[str, Any]) -> str:
    """What all versions of the same request have in common."""
    about = [subject._meta.label, subject.pk] if subject else ["", None]
    request = json.dumps([kind.code, *about, str(variant), options], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(request.encode()).hexdigest()


@without(refusals="ordering notes them")
def order_briefing(paper: Paper, *, by: User, variant: str = Variant.PUBLIC) -> Document:
    """Order the briefing of a paper as it stands now."""
    return order("briefing", paper, by=by, variant=variant)


@logs_refusals(REFUSED, about=nothing)
@transaction.atomic
def order(
    kind_code: str,
    subject: Any,
    *,
    by: User,
    variant: str = Variant.PUBLIC,
    options: Mapping[str, Any] | None = None,
) -> Document:
    """Order a document about the subject as it stands now; identical requests share one result.

    What failed stays failed until somebody starts it again; what was cancelled or has expired is made anew.
    """
    kind, variant = registry.get(kind_code), Variant(variant)
    options = kind.known(options)
    if subject is not None:
        # two orders at once wait for each other here, so that they find each other's row
        subject = type(subject).objects.select_for_update(of=("self",)).get(pk=subject.pk)
    ordering.can_order(by, kind, subject, variant).enforce()
    if variant not in kind.variants:
        raise WrongState(f"{kind.code} has no variant {variant}")
    with translation.override(settings.LANGUAGE_CODE):
        content = kind.build(subject, variant, options)
        title = str(subject or kind.label)[:400]
        # the part of the pack's own kind is its cover, set last: it says on which page the others begin
        parts = [part for part in kind.parts(content) if part[0] != kind.code]
    series, digest = series_of(kind, subject, variant, options), checksum(content)
    versions = Document.objects.filter(series=series)
    lifetime = kind.lifetime(options)
    expires_at = timezone.now() + lifetime if lifetime else None
    same = versions.filter(content_sha256=digest, withdrawn_at=None).first()
    if same:
        if same.life.starts_anew:
            _start_again(same, content=content, expires_at=expires_at)
            record(events.ORDERED, same, by=by)
        return same
    try:
        with transaction.atomic():
            document = Document.objects.create(
                kind=kind.code,
                subject=subject,
                title=title,
                options=options,
                variant=variant,
                series=series,
                version=(versions.aggregate(last=Max("version"))["last"] or 0) + 1,
                content=content,
                content_sha256=digest,
                requested_by=by,
                expires_at=expires_at,
            )
    except IntegrityError:  # without a subject nobody waits for anybody: the same order came in just now
        return versions.get(content_sha256=digest, withdrawn_at=None)
    _place(parts, document)
    record(events.ORDERED, document, by=by)
    return document


def draft(kind: Kind, subject: Any, variant: str, options: Mapping[str, str]) -> Document:
    """The document as it would be ordered now, not stored: for looking at it in the browser."""
    with translation.override(settings.LANGUAGE_CODE):
        content = kind.build(subject, variant, kind.known(options))
    return Document(
        kind=kind.code, subject=subject, variant=variant, version=0, content=content, requested_at=timezone.now()
    )


def _place(parts: Iterable[tuple[str, dict[str, Any]]], document: Document) -> None:
    """Give each part its place; a part that was made before is not made again."""
    keys = [checksum([code, content]) for code, content in parts]
    Part.objects.bulk_create(
        [
            Part(key=key, kind=code, content=content, version=document.version)
            for key, (code, content) in zip(keys, parts, strict=True)
        ],
        ignore_conflicts=True,
    )
    found = dict(Part.objects.filter(key__in=keys).values_list("key", "pk"))
    Slot.objects.bulk_create(
        Slot(document=document, part_id=found[key], position=position) for position, key in enumerate(keys)
    )
    _revive(document)


def _revive(document: Document) -> None:
    """Parts that failed, or whose pack was cancelled, are tried again with their pack."""
    Part.objects.filter(slots__document=document, state__in=NOT_MADE).start_again()


def _start_again(document: Document, **changes: Any) -> None:
    Document.objects.filter(pk=document.pk).start_again(**changes)
    _revive(document)
    document.refresh_from_db()


@logs_refusals(REFUSED)
@transaction.atomic
def retry(document: Document, *, by: User) -> Document:
    """Start a document again that failed or was cancelled."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    ordering.can_retry(by, document).enforce()
    _start_again(document)
    record(events.RETRIED, document, by=by)
    return document


@logs_refusals(REFUSED)
@transaction.atomic
def cancel(document: Document, *, by: User) -> Document:
    """Stop the making of a document; a worker that has begun notices at its next step."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    ordering.can_cancel(by, document).enforce()
    DOCUMENT.take("cancel", document)
    document.leased_until = None
    document.save(update_fields=["state", "leased_until"])
    record(events.CANCELLED, document, by=by)
    return document


@logs_refusals(REFUSED)
@transaction.atomic
def withdraw(document: Document, *, by: User, reason: str) -> Document:
    """Take back a document that is out: the page behind its code says so, and nobody downloads it any more."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    permissions.can_withdraw(by, document).enforce()
    document.withdrawn_at, document.withdrawn_by, document.withdrawn_reason = timezone.now(), by, reason
    document.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    record(events.WITHDRAWN, document, by=by, reason=reason)
    return document


@without(
    lock="nothing is changed",
    verdict="the page has just fetched it as one that may be read",
    refusals="what may not be read is not there",
)
@transaction.atomic
def download(document: Document, *, by: User) -> None:
    """Note that somebody takes a document home; the right to read it was asked when it was fetched, just now."""
    Download.objects.create(document=document, user=by)
    record(events.DOWNLOADED, document, by=by)
