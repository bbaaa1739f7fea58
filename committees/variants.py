# SPDX-License-Identifier: EUPL-1.2
"""The public and the non-public variant of a paper, from one source. What is not in a variant is not in its data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from committees.models import Consultation, Paper


class Level(StrEnum):
    """Who the variant is for: everybody, a reader of the paper, or the bodies and offices that decide."""

    PUBLIC = "public"
    READER = "reader"
    FULL = "full"


@dataclass(frozen=True)
class Variant:
    level: Level
    title: str
    resolution: str
    non_public_text: str
    annexes: tuple
    hidden_annexes: tuple[int, ...]
    attachments: tuple
    hidden_attachments: int
    wordings: dict[int, str]

    @property
    def is_public(self) -> bool:
        return self.level == Level.PUBLIC

    @property
    def is_full(self) -> bool:
        return self.level == Level.FULL

    @property
    def has_files(self) -> bool:
        return bool(self.annexes or self.hidden_annexes or self.attachments or self.hidden_attachments)


def variant_of(paper: Paper, level: Level, *, consultations: Iterable[Consultation] = ()) -> Variant:
    """The paper as it may be shown at this level."""
    level, full = Level(level), level == Level.FULL
    shown = full or paper.is_public or level == Level.READER
    annexes, attachments = list(paper.annexes.all()), list(paper.attachments.all())
    open_annexes = [one for one in annexes if full or (one.is_public and shown)]
    open_attachments = [one for one in attachments if full or (one.is_public and shown)]
    return Variant(
        level=level,
        title=paper.title if shown else _("Non-public paper"),
        resolution=paper.proposed_resolution if shown else "",
        non_public_text=paper.non_public_text if full else "",
        annexes=tuple(open_annexes),
        hidden_annexes=tuple(one.position for one in annexes if one not in open_annexes),
        attachments=tuple(open_attachments),
        hidden_attachments=len(attachments) - len(open_attachments),
        wordings={one.pk: one.resolution_text for one in consultations if shown and _is_open(one, level)},
    )


def _is_open(consultation: Consultation, level: Level) -> bool:
    return level != Level.PUBLIC or consultation.agenda_item is None or consultation.agenda_item.is_public
