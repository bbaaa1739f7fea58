# SPDX-License-Identifier: EUPL-1.2
"""Joining files into one that is as accessible and archivable as each of them.

Pages are copied by reference and written as they are; what is rebuilt is what a file has once: structure tree and its
numbering, bookmarks, names of places and of attachments, page labels, and the metadata that declare the standards. The
bookmarks of the parts hang below those of the agenda; the pages are numbered through (``press.numbering``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias
from xml.sax.saxutils import escape

import pikepdf
from django.utils.translation import gettext as _
from pikepdf import Array, Dictionary, Name, String

from press.numbering import Numbers

TITLE = re.compile(rb"(<dc:title><rdf:Alt><rdf:li[^>]*>).*?(</rdf:li>)", re.S)
LEVEL = re.compile(rb'pdfaid:part="[23]"')

Outline: TypeAlias = Sequence[tuple[str, Sequence[int]]]  # titles, and which sources stand below each


class _Joint:
    """One file in the making."""

    def __init__(self) -> None:
        self.file = pikepdf.new()
        self.top = self.file.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
        self.numbers = Array()
        self.next_number = 0
        self.bookmarks: list[list[pikepdf.Object]] = []  # of each source, in order
        self.places: dict[str, pikepdf.Object] = {}
        self.attachments: dict[str, pikepdf.Object] = {}

    def add(self, source: pikepdf.Pdf) -> None:
        """All pages of one source, with everything that hangs on them."""
        before = len(self.file.pages)
        self.file.pages.extend(source.pages)
        root = self.file.copy_foreign(source.Root.StructTreeRoot)
        self._number(before, root.ParentTree.Nums)
        for element in root.K:
            element.P = self.top
            self.top.K.append(element)
        self.bookmarks.append([])
        if Name.Outlines in source.Root:
            self._bookmark(self.file.copy_foreign(source.Root.Outlines))
        if Name.Names in source.Root:
            self._name(self.file.copy_foreign(self.source_names(source)))

    @staticmethod
    def source_names(source: pikepdf.Pdf) -> pikepdf.Object:
        names = source.Root.Names
        return names if names.is_indirect else source.make_indirect(names)

    def _number(self, before: int, numbers: pikepdf.Object) -> None:
        """Pages and links point into one table; each source goes on where the one before ended."""
        base, highest = self.next_number, -1
        for page in self.file.pages[before:]:
            for owner, key in [(page.obj, Name.StructParents)] + [
                (annotation, Name.StructParent) for annotation in page.obj.get(Name.Annots, [])
            ]:
                if key in owner:
                    owner[key] = int(owner[key]) + base
        for index in range(0, len(numbers), 2):
            highest = max(highest, int(numbers[index]))
            self.numbers.append(int(numbers[index]) + base)
            self.numbers.append(numbers[index + 1])
        self.next_number = base + highest + 1

    def _bookmark(self, outlines: pikepdf.Object) -> None:
        item = outlines.get(Name.First)
        while item is not None:
            self.bookmarks[-1].append(item)
            item = item.get(Name.Next)

    def _name(self, names: pikepdf.Object) -> None:
        for tree, found in ((Name.Dests, self.places), (Name.EmbeddedFiles, self.attachments)):
            listed = names[tree].Names if tree in names else []
            for index in range(0, len(listed), 2):
                found[self._free(str(listed[index]), found)] = listed[index + 1]

    @staticmethod
    def _free(name: str, taken: Container[str]) -> str:
        """The name, or the same with a number where two sources use it."""
        number, free = 1, name
        while free in taken:
            number += 1
            free = f"{number} {name}"
        return free

    def finish(self, first: pikepdf.Pdf, title: str, outline: Outline) -> None:
        """Everything a file has once."""
        root = self.file.Root
        root.Lang = String(str(first.Root.Lang))
        root.MarkInfo = Dictionary(Marked=True)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        root.OutputIntents = self.file.copy_foreign(first.make_indirect(first.Root.OutputIntents))
        root.StructTreeRoot = self.file.make_indirect(
            Dictionary(
                Type=Name.StructTreeRoot,
                K=Array([self.top]),
                ParentTree=self.file.make_indirect(Dictionary(Nums=self.numbers)),
            )
        )
        self.top.P = root.StructTreeRoot
        root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
        root.PageMode = Name.UseOutlines
        self._hang_bookmarks(root, outline)
        self._number_pages()
        self._hang_names(root)
        self._declare(first, title)

    def _number_pages(self) -> None:
        numbers, pages = Numbers(self.file), len(self.file.pages)
        for number, page in enumerate(self.file.pages, start=1):
            numbers.print(page, _("Pack: page %(page)s of %(pages)s") % {"page": number, "pages": pages})

    def _hang_bookmarks(self, root: pikepdf.Object, outline: Outline) -> None:
        """The sources one after the other; those that the outline names stand below its titles."""
        if not any(self.bookmarks):
            return
        grouped = {index for _title, indexes in outline for index in indexes}
        top = [item for index, items in enumerate(self.bookmarks) if index not in grouped for item in items]
        hung = set()
        for title, indexes in outline:
            below = []
            for index in indexes:
                below += self._once(index, hung)
            place = below[0].Dest if below else Array([self.file.pages[0].obj, Name.Fit])
            group = self.file.make_indirect(Dictionary(Title=String(title), Dest=place))
            if below:
                _hang(below, group)
            top.append(group)
        outlines = self.file.make_indirect(Dictionary(Type=Name.Outlines))
        _hang(top, outlines)
        outlines.Count = len(top)
        root.Outlines = outlines

    def _once(self, index: int, hung: set[int]) -> list[pikepdf.Object]:
        """The bookmarks of a source; where they hang already, others to the same places."""
        if index not in hung:
            hung.add(index)
            return self.bookmarks[index]
        return [self.file.make_indirect(Dictionary(Title=one.Title, Dest=one.Dest)) for one in self.bookmarks[index]]

    def _hang_names(self, root: pikepdf.Object) -> None:
        names = Dictionary()
        for key, found in ((Name.Dests, self.places), (Name.EmbeddedFiles, self.attachments)):
            if found:
                listed = Array()
                for name in sorted(found, key=str.encode):
                    listed.append(String(name))
                    listed.append(found[name])
                names[key] = self.file.make_indirect(Dictionary(Names=listed))
        if names.keys():
            root.Names = names
        if self.attachments:
            root.AF = Array(self.attachments.values())

    def _declare(self, first: pikepdf.Pdf, title: str) -> None:
        metadata = first.Root.Metadata.read_bytes()
        text = escape(title).encode()
        metadata = TITLE.sub(lambda found: found[1] + text + found[2], metadata)
        metadata = LEVEL.sub(b'pdfaid:part="3"' if self.attachments else b'pdfaid:part="2"', metadata)
        stream = pikepdf.Stream(self.file, metadata)
        stream.Type, stream.Subtype = Name.Metadata, Name.XML
        self.file.Root.Metadata = stream
        for key, value in first.docinfo.items():
            self.file.docinfo[key] = value
        self.file.docinfo[Name.Title] = String(title)


def _hang(items: Sequence[pikepdf.Object], parent: pikepdf.Object) -> None:
    """Make the bookmarks the children of a parent, and closed: forty papers fit on one screen."""
    for item in items:
        item.Parent = parent
        for neighbour in (Name.Prev, Name.Next):
            if neighbour in item:
                del item[neighbour]
        if Name.Count in item:
            item.Count = -abs(int(item.Count))
    for one, other in pairwise(items):
        one.Next, other.Prev = other, one
    parent.First, parent.Last, parent.Count = items[0], items[-1], -len(items)


def join(
    sources: list[Path],
    target: Path,
    *,
    title: str,
    outline: Outline = (),
    on_part: Callable[[int], object] = lambda done: None,
) -> int:
    """Join the sources, in order, into the target; gives its number of pages.

    ``outline`` gives titles of bookmarks and which sources, counted from 0, stand below each; a title without one
    leads to the first page.
    """
    joint = _Joint()
    with pikepdf.open(sources[0]) as first, joint.file:
        for done, path in enumerate(sources):
            on_part(done)
            # Not closed: the streams are read when the target is written. Let go, a source keeps its file open and no
            # object in memory; held, two hundred papers would weigh twice.
            joint.add(pikepdf.open(path))
        joint.finish(first, title, outline)
        joint.file.save(target, deterministic_id=True, compress_streams=False)
        return len(joint.file.pages)
