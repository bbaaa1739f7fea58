# SPDX-License-Identifier: EUPL-1.2
"""From frozen content to HTML: what every kind shares, whatever it says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.sheets import csv_of

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from reports.content import Content
    from reports.kinds import Kind

CSV = "text/csv"
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "/": "-"})


@dataclass(frozen=True)
class Edition:
    """What is known of a document only when it is ordered: its version, day, checksum and verify address.

    ``starts`` are the pages on which the parts of a pack begin. Without an address it is a preview: there is
    nothing yet that a code could lead to.
    """

    version: int
    day: date
    sha256: str
    address: str
    starts: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """As it is printed: version and day, or that this is a preview."""
        words = {"version": self.version, "day": date_format(self.day, "d.m.Y")}
        if not self.address:
            return _("Preview of %(day)s, not ordered") % words
        return _("Version %(version)s of %(day)s") % words


def html_of(kind: Kind, content: Content, edition: Edition) -> SafeString:
    """A document as HTML, from its frozen content only, in the language it was ordered in."""
    with translation.override(content.get("language") or translation.get_language()):
        context = {
            **content,
            **kind.context(content),
            **asdict(edition),
            "edition": edition.words,
            "created": edition.day.isoformat(),
        }
        return render_to_string(kind.template, context)


def frame(
    content: Content,
    *,
    title: str,
    kind: str,
    head: str,
    rule: str,
    facts: Iterable[tuple[str, str]] = (),
    notice: str = "",
    closed: bool = False,
    page: str = "",
) -> dict[str, Any]:
    """What stands around a document: title, line of the head, mark, foot, and the facts beside the title."""
    return {
        "title": title,
        "kind": kind,
        "head": " · ".join(part for part in (content["unit"], head) if part),
        "notice": notice,
        "mark": pgettext("document", "non-public") if closed else pgettext("document", "public"),
        "closed": closed,
        "rule": rule,
        "facts": [(label, text) for label, text in facts if text],
        "page": page,
    }


def status(closed: bool, *, with_secret: bool = False) -> str:
    """The status as a fact: public, public with a non-public part, or non-public."""
    if closed:
        return _("non-public")
    return _("public, with a non-public part") if with_secret else pgettext("document", "public")


def csv_file(
    name: str, number: str | int, header: Sequence[str], rows: Iterable[Sequence[Any]]
) -> tuple[str, str, bytes]:
    """A table as a file that travels inside the document; no cell is taken for a formula."""
    words = f"{name}-{number}".lower().translate(UMLAUTS)
    return f"{slugify(words) or 'daten'}.csv", CSV, csv_of([header, *rows]).encode()
