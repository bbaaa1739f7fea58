# SPDX-License-Identifier: EUPL-1.2
"""What the tests of the kinds of documents share: setting one, and looking into the file."""

import datetime
import io
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from django.utils import translation

from press import joining, pdf
from reports.content import typed_text
from reports.kinds import house, registry, setting
from tests.verapdf import verapdf

EDITION = setting.Edition(
    2, datetime.date(2026, 3, 5), "9f2c71d04ab8e6f3" * 4, "https://lindenfurt.example/verify/4f7k/"
)


@dataclass(frozen=True)
class Set:
    """One document that was set: its content, its HTML, the file."""

    kind: str
    content: dict
    html: str
    body: bytes
    pages: int
    attached: tuple[str, ...] = ()

    @property
    def document(self):
        return pikepdf.open(io.BytesIO(self.body))

    @property
    def text(self):
        command = ["pdftotext", "-layout", "-", "-"]
        return subprocess.run(command, input=self.body, capture_output=True, check=True).stdout.decode()

    def page(self, number):
        return self.text.split("\f")[number - 1]

    @property
    def everything(self):
        """Every stream of the file, inflated, and every string in it."""
        pieces = []
        with self.document as document:
            for thing in document.objects:
                if isinstance(thing, pikepdf.Stream):
                    pieces.append(bytes(thing.read_bytes()))
                    pieces.append(str(dict(thing.items())).encode())
                else:
                    pieces.append(str(thing).encode())
        return b"\n".join(pieces)


def build(code, subject, variant, **options):
    """The content, after a trip through JSON: it has to survive being stored."""
    with translation.override("de"):
        content = registry.get(code).build(subject, variant, options)
    stored = json.loads(json.dumps(content, ensure_ascii=False))
    assert stored == content, "the content is no plain JSON"
    return stored


def set_content(code, content):
    kind = registry.get(code)
    with translation.override("de"):
        html = setting.html_of(kind, content, EDITION)
        attachments = kind.attachments(content)
        about = {"attachments": attachments, "created": EDITION.day.isoformat(), "picture": house.picture()}
        body, pages = pdf.render(html, typed_text(content), **about)
    return Set(code, content, html, body, pages, tuple(name for name, _media_type, _data in attachments))


def set_kind(code, subject, variant, **options):
    """A document, part by part where it has parts."""
    content = build(code, subject, variant, **options)
    parts = registry.get(code).parts(content) or [(code, content)]
    return [set_content(*part) for part in parts]


def joined(code, content, parts, folder):
    """The parts of a pack as one file, with its bookmarks; the cover comes first."""
    paths = []
    for number, one in enumerate(parts):
        paths.append(folder / f"part-{number:03d}.pdf")
        paths[-1].write_bytes(one.body)
    target = folder / "joined.pdf"
    with translation.override("de"):
        outline = registry.get(code).outline(content)
        pages = joining.join(paths, target, title="Mappe", outline=outline)
    attached = tuple(name for one in parts for name in one.attached)
    return Set(code, content, "", target.read_bytes(), pages, attached)


def conforms(documents, folder):
    """veraPDF's verdict on all of them as they are made: PDF/UA-1, and PDF/A-2a, or 3a where data travels inside."""
    paths: dict[str, list[Path]] = {}
    for number, one in enumerate(documents):
        path = folder / f"{number:03d}-{one.kind}.pdf"
        path.write_bytes(one.body)
        paths.setdefault("ua1,3a" if one.attached else "ua1,2a", []).append(path)
    for flavours, group in paths.items():
        result = verapdf(*group, flavours=flavours)
        assert result.returncode == 0, result.stdout + result.stderr[-2000:]


def readable(one):
    """What every document has for whoever does not see it."""
    with one.document as document:
        assert document.Root.Lang == one.content["language"]
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert str(document.docinfo["/Title"]).strip()
        with document.open_outline() as outline:
            titles = [item.title for item in outline.root]
        assert len(titles) == 1, titles  # one h1, everything else below it
        assert set(document.attachments) == set(one.attached)
        alternatives = figures(document)
    assert all(alternatives), "a picture without words"
    return alternatives


def figures(document):
    """The alternative texts of all pictures in the order of the tags."""
    found = []

    def visit(element):
        if isinstance(element, pikepdf.Dictionary):
            if element.get("/S") == pikepdf.Name.Figure:
                found.append(str(element.get("/Alt", "")))
            kids = element.get("/K")
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                visit(kid)

    visit(document.Root.StructTreeRoot)
    return found
