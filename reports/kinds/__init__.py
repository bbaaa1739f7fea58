# SPDX-License-Identifier: EUPL-1.2
"""The kinds of documents, one module each: what a document says, and how it is set.

A kind turns its subject into plain data once, when the document is ordered; the page is made from that data alone.
All kinds stand in ``reports.kinds.registry``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reports.content import Content


def _nothing(content: Content) -> list[Any]:
    return []


def _for_ever(options: Mapping[str, Any]) -> None:
    return None


@dataclass(frozen=True)
class Kind:
    """One kind of document.

    ``build(subject, variant, options)`` gives the content: plain JSON, texts as typed, dates and names as printed;
    the public variant never holds non-public text. ``context(content)`` gives what the template needs on top of it.
    ``may_order(user, subject, variant)`` is a verdict. ``attachments(content)`` gives ``(name, media type, bytes)`` of
    the data that travels inside the file; ``parts(content)`` gives ``(kind code, content)`` of documents that are set
    one by one and joined, in order; ``outline(content)`` gives ``(title, positions of parts)``, the bookmarks under
    which they stand. ``lifetime(options)`` gives the time after which the file is removed, or None.

    ``asks`` names the options that the kind knows; whatever else an order says is dropped, so that nobody gets the
    same document made again and again by asking for something else.

    Beside the content and its context every template gets ``version``, ``ordered_on`` (as printed), ``created`` (ISO),
    ``sha256`` (of the content) and ``address`` (where one asks whether it is still current).
    """

    code: str
    label: Any
    subject: str  # "app.Model", or "" for documents about the whole house
    template: str
    variants: tuple[str, ...]
    build: Callable[..., dict]
    context: Callable[[dict], dict]
    may_order: Callable[..., Any]
    attachments: Callable[[dict], list] = _nothing
    parts: Callable[[dict], list] = _nothing
    outline: Callable[[dict], list] = _nothing
    lifetime: Callable[[dict], Any] = _for_ever
    asks: tuple[str, ...] = ()

    def known(self, options: Mapping[str, Any] | None) -> dict[str, Any]:
        """Of some options those that this kind knows, as plain short text."""
        return {
            name: value[:160] if isinstance(value, str) else value
            for name, value in (options or {}).items()
            if name in self.asks and "\0" not in str(value)
        }
