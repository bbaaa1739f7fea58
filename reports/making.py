# SPDX-License-Identifier: EUPL-1.2
"""Making the files of documents. However often a worker is woken, one file; whatever goes wrong, a state to read."""

import contextlib
import hashlib
import logging
import shutil
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from activity.flows import record
from press import joining, pdf
from reports import events, ordering
from reports.content import checksum, typed_text
from reports.kinds import house, registry, setting
from reports.models import Document, Part, State

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)  # renewed every two seconds while the press works
AT_ONCE = 20  # how many parts the sweep rings for; their makers ring on


class Taken(Exception):
    """The order was cancelled, or another worker took it over."""


class Lease:
    """The hold of one worker on one row: renewed while it works, gone once somebody cancels or takes over."""

    def __init__(self, rows, work):
        self.rows, self.work, self.renewed = rows, work, 0.0

    def __call__(self, step=None, steps=None):
        """Renew it, and note how far the work is."""
        now = time.monotonic()
        if now - self.renewed < (1 if step is None else 0.5):
            return
        changes = {"leased_until": timezone.now() + LEASE}
        changes |= {} if step is None else {"step": step}
        changes |= {} if steps is None else {"steps": steps}
        try:
            held = self.rows.held(self.work).update(**changes)
        except DatabaseError:
            # a database that restarts must not cost the page that is nearly done; the lease lasts a while
            if connection.in_atomic_block:
                raise
            connection.close()
            return
        if not held:
            raise Taken
        self.renewed = now


def make(document_id):
    """Make a document in this process: its parts one after the other, then itself."""
    for part_id in waiting_parts(document_id):
        make_part(part_id)
    make_document(document_id)


def waiting_parts(document_id):
    """The parts of a document that are still to be made, in order; none where it is no pack."""
    return list(
        Part.objects.filter(slots__document=document_id, state__in=[State.QUEUED, State.RUNNING])
        .order_by("slots__position")
        .values_list("pk", flat=True)
    )


def make_document(document_id):
    """Make the file of an ordered document, once; a pack is joined from its parts."""
    if not Document.objects.complete().filter(pk=document_id).exists():
        return
    document = Document.objects.claim(document_id, until=timezone.now() + LEASE)
    if document:
        with _ending_in_a_state(document, lambda reason: fail(document, reason)):
            _make_document(document, Lease(Document.objects, document))


def make_part(part_id):
    """Make one part of a pack, once; gives the ids of the packs that are complete with it."""
    part = Part.objects.wanted().claim(part_id, until=timezone.now() + LEASE)
    if part:
        with _ending_in_a_state(part, lambda reason: _fail_part(part, reason)):
            _make_part(part, Lease(Part.objects, part))
    packs_of_it = Document.objects.filter(slots__part=part_id, state=State.QUEUED)
    return list(packs_of_it.complete().values_list("pk", flat=True).distinct())


@contextlib.contextmanager
def _ending_in_a_state(work, failed):
    """Whatever happens inside ends in a state that a person can read, or in a lease that runs out."""
    try:
        yield
    except Taken:
        logger.info("%s %s was cancelled or taken over", type(work).__name__, work.pk)
    except pdf.Unprintable as error:
        failed(str(error))
    except SoftTimeLimitExceeded:
        failed(_("Making it took too long. Please shorten texts and annexes and start again."))
    except DatabaseError:
        # nothing can be written down now; the sweep finds the row when its lease has run out
        logger.exception("%s %s lost the database", type(work).__name__, work.pk)
        if connection.in_atomic_block:
            raise
        connection.close()
    except OSError:
        logger.exception("%s %s could not be stored", type(work).__name__, work.pk)
        failed(_("The file could not be stored. Please tell the administration: the disk may be full."))
    except Exception:
        logger.exception("%s %s failed", type(work).__name__, work.pk)
        failed(_("Something unexpected happened. Please start again; if it happens again, tell the administration."))
    except BaseException:
        # without this the row would stay “running” until its lease runs out
        logger.exception("%s %s was ended", type(work).__name__, work.pk)
        failed(_("Making it was interrupted. Please start again."))
        raise


def _make_document(document, lease):
    if not ordering.can_reorder(document.requested_by, document):
        raise pdf.Unprintable(_("Whoever ordered it may not read it any more."))
    parts = [slot.part for slot in document.slots.select_related("part")]
    if parts:
        stored, pages = _join(document, parts, lease)
    else:
        body, pages = _set(document, lease)
        stored = _store(ContentFile(body), "documents")
    with transaction.atomic():
        if _finish(Document.objects, document, stored, pages):
            record(events.READY, document, by=None)


def _join(document, parts, lease):
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


def _cover(document, parts, lease):
    first = 2
    while True:
        starts = tuple(first + sum(part.pages for part in parts[:position]) for position in range(len(parts)))
        body, pages = _set(document, lease, starts=starts)
        if pages + 1 <= first:  # numbers of one more digit may take a page more, never less
            return body
        first = pages + 1


def _local(name, folder):
    """The file on this machine: where it lies, or a copy from the store."""
    try:
        return Path(default_storage.path(name))
    except NotImplementedError:
        copy = folder / Path(name).name
        with default_storage.open(name) as stored, copy.open("wb") as file:
            shutil.copyfileobj(stored, file)
        return copy


def _make_part(part, lease):
    body, pages = _set(part, lease)
    _finish(Part.objects, part, _store(ContentFile(body), "parts"), pages)


def _set(work, lease, starts=()):
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


def html_of(work, starts=(), *, is_preview=False):
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
            raise pdf.Unprintable(
                _("This was ordered in an earlier version of the application. Please order the document anew.")
            ) from missing


def _store(content, folder):
    """Keep a file under the checksum of what it holds; gives its name, checksum and size."""
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    name = f"{folder}/{digest.hexdigest()}.pdf"
    content.seek(0)
    if not default_storage.exists(name):
        default_storage.save(name, content)
    return {"file": name, "file_sha256": digest.hexdigest(), "size": content.size}


def _finish(rows, work, stored, pages):
    """The work is done, if it is still ours."""
    finished = rows.held(work).update(
        state=State.READY, finished_at=timezone.now(), leased_until=None, pages=pages, **stored
    )
    if finished:
        work.refresh_from_db()
    return finished


@transaction.atomic
def fail(document, reason):
    """A document could not be made; whoever ordered it is told why."""
    if Document.objects.held(document).update(state=State.FAILED, error=reason, leased_until=None):
        record(events.FAILED, document, by=None, reason=reason)


@transaction.atomic
def _fail_part(part, reason):
    if Part.objects.held(part).update(state=State.FAILED, error=reason, leased_until=None):
        _fail_packs_of(part, reason)


def _fail_packs_of(part, reason):
    """A pack with a part that cannot be made cannot be made."""
    for document in Document.objects.filter(slots__part=part, state=State.QUEUED).distinct():
        position = document.slots.filter(part=part).values_list("position", flat=True)[0] + 1
        error = _("Part %(position)s: %(reason)s") % {"position": position, "reason": reason}
        if Document.objects.filter(pk=document.pk, state=State.QUEUED).update(state=State.FAILED, error=error):
            record(events.FAILED, document, by=None, reason=error)


def sweep(*, now=None):
    """Give up what was tried too often, remove what has expired; the ids of parts and documents that wait."""
    now = now or timezone.now()
    reason = _("The worker broke off three times. Please tell the administration, then start again.")
    for part in Part.objects.wanted().exhausted(now=now):
        with transaction.atomic():
            if Part.objects.exhausted(now=now).filter(pk=part.pk).update(state=State.FAILED, error=reason):
                _fail_packs_of(part, reason)
    for part in Part.objects.wanted().filter(state=State.FAILED):
        with transaction.atomic():
            _fail_packs_of(part, part.error)
    for document in Document.objects.exhausted(now=now):
        with transaction.atomic():
            if Document.objects.exhausted(now=now).filter(pk=document.pk).update(state=State.FAILED, error=reason):
                record(events.FAILED, document, by=None, reason=reason)
    for document in Document.objects.filter(state=State.READY, expires_at__lt=now):
        _expire(document)
    parts = Part.objects.wanted().claimable(now=now).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    documents = Document.objects.claimable(now=now).complete().order_by("pk").values_list("pk", flat=True)
    return list(parts), list(documents)


def unmailed():
    """Packs whose readers were not told by mail yet."""
    return list(
        Document.objects.filter(state=State.READY, mailed_at=None).packs().values_list("pk", flat=True)[:AT_ONCE]
    )


def _expire(document):
    """Remove the file of a document whose time is over, and what was frozen for it."""
    with transaction.atomic():
        name = document.file.name
        gone = Document.objects.filter(pk=document.pk, state=State.READY).update(
            state=State.EXPIRED, file="", content={}, size=0
        )
        if gone:
            record(events.EXPIRED, document, by=None)
    if gone and not Document.objects.filter(file=name).exists():
        default_storage.delete(name)
