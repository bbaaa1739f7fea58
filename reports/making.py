# SPDX-License-Identifier: EUPL-1.2
"""Making the files of documents. However often a worker is woken, one file; whatever goes wrong, a state to read."""

from __future__ import annotations

import hashlib
import logging
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone, translation

from activity.flows import record
from core.canonical import checksum
from core.sentences import sentence as _
from core.work import Lease, ending_in_a_state, fail, give_up, keep
from press import joining, pdf
from press.pdf import Unprintable
from reports import events, ordering
from reports.content import typed_text
from reports.kinds import house, registry, setting
from reports.lifecycle import IS_OPEN
from reports.models import Document, Part, State

if TYPE_CHECKING:
    from datetime import datetime

    from django.utils.safestring import SafeString

    from reports.models import Printed

logger = logging.getLogger(__name__)

AT_ONCE = 20  # how many parts the sweep rings for; their makers ring on


def make(document_id: int) -> None:
    """Make a document in this process: its parts one after the other, then itself."""
    for part_id in waiting_parts(document_id):
        make_part(part_id)
    make_document(document_id)


def waiting_parts(document_id: int) -> list[int]:
    """The parts of a document that are still to be made, in order; none where it is no pack."""
    return list(
        Part.objects.filter(slots__document=document_id, state__in=IS_OPEN)
        .order_by("slots__position")
        .values_list("pk", flat=True)
    )


def make_document(document_id: int) -> None:
    """Make the file of an ordered document, once; a pack is joined from its parts."""
    if not Document.objects.complete().filter(pk=document_id).exists():
        return
    if document := Document.objects.claim(document_id):
        _work(document, _tell_of_failure, _make_document)


def make_part(part_id: int) -> list[int]:
    """Make one part of a pack, once; gives the ids of the packs that are complete with it."""
    if part := Part.objects.wanted().claim(part_id):
        _work(part, _fail_packs_of, _make_part)
    packs_of_it = Document.objects.filter(slots__part=part_id, state=State.QUEUED)
    return list(packs_of_it.complete().values_list("pk", flat=True).distinct())


def _work(made: Printed, failed: Callable[..., Any], make: Callable[..., Any]) -> None:
    """Carry out a claimed order; whatever happens ends in a state that a person can read."""
    too_long = _("Making it took too long. Please shorten texts and annexes and start again.")
    with ending_in_a_state(made, lambda reason: fail(made, reason, failed), expected=(Unprintable,), too_long=too_long):
        make(made, Lease(made))


def _make_document(document: Document, lease: Lease) -> None:
    if not ordering.can_reorder(document.requested_by, document):
        raise Unprintable(_("Whoever ordered it may not read it any more."))
    parts = [slot.part for slot in document.slots.select_related("part")]
    if parts:
        stored, pages = _join(document, parts, lease)
    else:
        body, pages = _set(document, lease)
        stored = _store(ContentFile(body), "documents")
    with transaction.atomic():
        _finish(document, stored, pages)
        record(events.READY, document, by=None)


def _join(document: Document, parts: Sequence[Part], lease: Lease) -> tuple[dict[str, Any], int]:
    """Cover and parts in one file; the cover is set last, because it says on which page each part begins."""
    kind = registry.get(document.kind)
    with tempfile.TemporaryDirectory(prefix="bildungsbuero-") as folder:
        sources = [_local(part.file.name, Path(folder)) for part in parts]
        if any(code == kind.code for code, _content in kind.parts(document.content)):
            cover = Path(folder) / "cover.pdf"
            cover.write_bytes(_cover(document, parts, lease))
            sources.insert(0, cover)
        target = Path(folder) / "joined.pdf"
        before = len(sources) - len(parts) - 1
        with translation.override(document.content.get("language") or settings.LANGUAGE_CODE):
            outline = [
                (title, [position + before for position in positions])
                for title, positions in kind.outline(document.content)
            ]
            pages = joining.join(sources, target, title=document.title, outline=outline, on_part=lambda done: lease())
        lease(step=len(parts))
        with target.open("rb") as file:
            return _store(File(file), "documents"), pages


def _cover(document: Document, parts: Sequence[Part], lease: Lease) -> bytes:
    first = 2
    while True:
        starts = tuple(first + sum(part.pages for part in parts[:position]) for position in range(len(parts)))
        body, pages = _set(document, lease, starts=starts)
        if pages + 1 <= first:  # numbers of one more digit may take a page more, never less
            return body
        first = pages + 1


def _local(name: str | None, folder: Path) -> Path:
    """The file on this machine: where it lies, or a copy from the store."""
    try:
        return Path(default_storage.path(name))  # type: ignore[arg-type]
    except NotImplementedError:
        copy = folder / Path(name).name  # type: ignore[arg-type]
        with default_storage.open(name) as stored, copy.open("wb") as file:  # type: ignore[arg-type]
            shutil.copyfileobj(stored, file)
        return copy


def _make_part(part: Part, lease: Lease) -> None:
    body, pages = _set(part, lease)
    _finish(part, _store(ContentFile(body), "parts"), pages)


def _set(work: Any, lease: Lease, starts: tuple[int, ...] = ()) -> tuple[bytes, int]:
    kind = registry.get(work.kind)
    with translation.override(work.content.get("language") or settings.LANGUAGE_CODE):
        created = timezone.localdate(work.requested_at).isoformat()
        return pdf.render(
            html_of(work, starts),
            typed_text(work.content),
            attachments=kind.attachments(work.content),
            created=created,
            picture=house.picture(),
            on_beat=lease,
        )


def html_of(work: Any, starts: tuple[int, ...] = (), *, is_preview: bool = False) -> SafeString:
    """The document or part as HTML, from its frozen content only. ``starts``: where the parts of a pack begin.

    Raises ``Unprintable`` where the content was frozen for templates of before and lacks what today's need.
    """
    address = "" if is_preview else f"{settings.BASE_URL}/verify/{work.code}/"
    day = timezone.localdate(work.requested_at)
    edition = setting.Edition(work.version, day, checksum(work.content), address, starts)
    with translation.override(settings.LANGUAGE_CODE):
        try:
            return setting.html_of(registry.get(work.kind), work.content, edition)
        except KeyError as missing:
            logger.exception("%s %s lacks what its template needs", type(work).__name__, work.pk)
            raise Unprintable(
                _("This was ordered in an earlier version of the application. Please order the document anew.")
            ) from missing


def _store(content: File, folder: str) -> dict[str, Any]:
    """Keep a file under the checksum of what it holds; gives its name, checksum and size."""
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    name = f"{folder}/{digest.hexdigest()}.pdf"
    content.seek(0)
    if not default_storage.exists(name):
        default_storage.save(name, content)
    return {"file": name, "file_sha256": digest.hexdigest(), "size": content.size}


def _finish(work: Printed, stored: Mapping[str, Any], pages: int) -> None:
    """The work is done, if it is still ours."""
    keep(work, state=State.READY, finished_at=timezone.now(), leased_until=None, pages=pages, **stored)
    work.refresh_from_db()


def _tell_of_failure(document: Document) -> None:
    """A document could not be made; whoever ordered it is told why."""
    record(events.FAILED, document, by=None, reason=document.error)


def _fail_packs_of(part: Part) -> None:
    """A pack with a part that cannot be made cannot be made."""
    for document in Document.objects.filter(slots__part=part, state=State.QUEUED).distinct():
        position = document.slots.filter(part=part).values_list("position", flat=True)[0] + 1
        error = _("Part %(position)s: %(reason)s") % {"position": position, "reason": part.error}
        if Document.objects.filter(pk=document.pk, state=State.QUEUED).update(state=State.FAILED, error=error):
            record(events.FAILED, document, by=None, reason=error)


def sweep(*, now: datetime | None = None) -> tuple[list[Any], list[Any]]:
    """Give up what was tried too often, remove what has expired; the ids of parts and documents that wait."""
    now = now or timezone.now()
    give_up(Part.objects.wanted(), _fail_packs_of, now=now)
    for part in Part.objects.wanted().filter(state=State.FAILED):
        with transaction.atomic():
            _fail_packs_of(part)
    give_up(Document.objects.all(), _tell_of_failure, now=now)
    for document in Document.objects.filter(state=State.READY, expires_at__lt=now):
        _expire(document)
    return Part.objects.wanted().waiting(now=now)[:AT_ONCE], Document.objects.complete().waiting(now=now)


def unmailed() -> list[int]:
    """Packs whose readers were not told by mail yet."""
    return list(
        Document.objects.filter(state=State.READY, mailed_at=None).packs().values_list("pk", flat=True)[:AT_ONCE]
    )


def _expire(document: Document) -> None:
    """Remove the file of a document whose time is over, and what was frozen for it."""
    with transaction.atomic():
        name = document.file.name
        gone = Document.objects.filter(pk=document.pk, state=State.READY).update(
            state=State.EXPIRED, file="", content={}, size=0
        )
        if gone:
            record(events.EXPIRED, document, by=None)
    if gone and not Document.objects.filter(file=name).exists():
        default_storage.delete(name)  # type: ignore[arg-type]
