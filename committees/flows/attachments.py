# SPDX-License-Identifier: EUPL-1.2
"""Files of papers: taken in, handed out, taken away."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max, Q

from activity.flows import logs_refusals, record, without
from committees import events, permissions
from committees.flows.papers import locked
from committees.models import Attachment
from core.errors import WrongState
from core.sentences import sentence as _

if TYPE_CHECKING:
    from django.core.files import File

    from accounts.models import User
    from committees.models import Annex, Paper
    from core.documents import intake

FOLDER = "attachments"


def _store(content: bytes, sha256: str) -> str:
    """Keep bytes under a name that is made of nothing but themselves; the same bytes are kept once."""
    name = f"{FOLDER}/{sha256[:2]}/{sha256}"
    if not default_storage.exists(name):
        return default_storage.save(name, ContentFile(content))
    return name


@logs_refusals(events.REFUSED)
@transaction.atomic
def attach(
    paper: Paper,
    *,
    by: User,
    document: intake.Document,
    title: str,
    annex: Annex | None = None,
    is_public: bool = True,
    non_public_reason: str = "",
) -> Attachment:
    """Add a file to a paper or to one of its annexes. ``document`` went through ``core.documents.intake``."""
    paper = locked(paper)
    permissions.can_add_annex(by, paper).enforce()
    if annex and annex.paper_id != paper.pk:
        raise WrongState(_("This annex belongs to another paper."))
    if annex and is_public and not annex.is_public:
        raise WrongState(_("The annex is non-public; so is its file."))
    position = (paper.attachments.aggregate(last=Max("position"))["last"] or 0) + 1
    attachment = Attachment.objects.create(
        paper=paper,
        annex=annex,
        position=position,
        title=title,
        is_public=is_public,
        non_public_reason=non_public_reason,
        extension=document.extension,
        content_type=document.content_type,
        original=_store(document.original, document.original_sha256),
        original_sha256=document.original_sha256,
        published=_store(document.clean, document.clean_sha256),
        published_sha256=document.clean_sha256,
        size=len(document.clean),
        removed=list(document.removed),
        remarks=list(document.remarks),
        uploaded_by=by,
    )
    record(events.ATTACHED, paper, by=by, number=position, reference=paper.reference)
    return attachment


@logs_refusals(events.REFUSED, about=attrgetter("paper"))
@transaction.atomic
def detach(attachment: Attachment, *, by: User, reason: str) -> None:
    """Take a file away from a paper, with a reason; its bytes go once nobody else has the same."""
    paper = locked(attachment.paper)
    permissions.can_detach(by, attachment).enforce()
    record(events.DETACHED, paper, by=by, number=attachment.position, reference=paper.reference, note=reason)
    names = {attachment.original.name, attachment.published.name}
    attachment.delete()
    for name in names:
        if not Attachment.objects.filter(Q(original=name) | Q(published=name)).exists():
            transaction.on_commit(lambda name=name: default_storage.delete(name), robust=True)  # type: ignore[misc]


@logs_refusals(events.REFUSED, about=attrgetter("paper"))
@without(lock="nothing is changed")
@transaction.atomic
def hand_out(attachment: Attachment, *, by: User, original: bool = False) -> File:
    """Open a file for a person who may have it, and write down that it was taken."""
    if original:
        permissions.can_read_original(by, attachment).enforce()
    kind = events.ORIGINAL_DOWNLOADED if original else events.ATTACHMENT_DOWNLOADED
    record(kind, attachment, by=by, number=attachment.position, reference=attachment.paper.reference)
    return (attachment.original if original else attachment.published).open("rb")
