# SPDX-License-Identifier: EUPL-1.2
"""What somebody typed and could not save: kept for this person and this page, encrypted, until it is saved.

SECURITY: the key is made of ``SECRET_KEY``; what stands in a table or a backup is not readable without it.
"""

from __future__ import annotations

import base64
import logging
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import QueryDict
from django.utils import timezone

from core.models import Draft

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=7)
LARGEST = 400_000  # characters; more than any form of the house holds
MOST = 30  # drafts of one person
PATH = "draft-of"  # the name under which a page says which one it is
NEVER = (PATH, "csrfmiddlewaretoken", "next")


class Kept(QueryDict):
    """What was kept of a form, and since when."""

    kept_at: datetime | None = None


def _cipher() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(sha256(b"drafts" + settings.SECRET_KEY.encode()).digest()))


def keep(user_id: int | None, path: str, posted: QueryDict) -> bool:
    """Keep what somebody known typed, and nothing where nothing was typed. Whether it was kept."""
    typed = [
        (name, value)
        for name, values in posted.lists()
        if name not in NEVER and "password" not in name
        for value in values
    ]
    told = urlencode(typed)
    if not user_id or not any(value.strip() for name, value in typed if name != "seen") or len(told) > LARGEST:
        return False
    Draft.objects.update_or_create(
        user_id=user_id, path=path[:300], defaults={"content": _cipher().encrypt(told.encode()), "at": timezone.now()}
    )
    old = Draft.objects.filter(user_id=user_id).order_by("-at").values_list("pk", flat=True)[MOST:]
    Draft.objects.filter(pk__in=list(old)).delete()
    return True


def kept_for(request: HttpRequest) -> Kept | None:
    """What this person typed on this page and did not save, or None."""
    if not request.user.is_authenticated:
        return None
    draft = Draft.objects.filter(user=request.user, path=request.path, at__gt=timezone.now() - KEPT_FOR).first()
    if draft is None:
        return None
    try:
        told = _cipher().decrypt(bytes(draft.content)).decode()
    except InvalidToken:
        logger.warning("a draft was kept under another SECRET_KEY and cannot be read")
        return None
    kept: Any = Kept(told)
    kept.kept_at = draft.at
    return kept


def discard(user_id: int, path: str) -> None:
    """What was saved, or is not wanted any more, is not kept."""
    Draft.objects.filter(user_id=user_id, path=path[:300]).delete()


def sweep(*, now: datetime | None = None) -> int:
    """Nothing is kept for longer than a week."""
    return Draft.objects.filter(at__lte=(now or timezone.now()) - KEPT_FOR).delete()[0]
