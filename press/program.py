# SPDX-License-Identifier: EUPL-1.2
"""The one module that knows WeasyPrint, and a program: ``python -m press.program`` sets what its standard input asks.

It runs in a process of its own without network, environment or Django (``core.enclosure``). HTML in, one file out that
is accessible (PDF/UA-1) and archivable (PDF/A-2a, or 3a with data inside).

SECURITY: the fetcher hands out the fonts and the house's one picture, which comes with the order, and nothing else,
from neither network nor disk. Text that people typed
arrives here escaped by the templates. What nests or spans beyond reason is refused before it is set; pages, memory and
time have limits.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import hashlib
import io
import json
import logging
import os
import resource
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import pydyf
from weasyprint import CSS, HTML, Attachment
from weasyprint.logger import PROGRESS_LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from press.assets import FONT_FILES, FONTS, PICTURE, SHEET

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_PAGES = 60
MAX_DEPTH = 60
MAX_SPAN = 60
MAX_ELEMENTS = 30_000
MAX_MEMORY = 560 * 1024 * 1024
MAX_FILE = 1024 * 1024  # the fonts, which Pango reads from a file

# PDF/A accepts the PDF/UA mark in the metadata only together with a description of its schema.
UA_DECLARATION = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
  <pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
WARM_UP = (
    '<html lang="de"><head><title>Probe</title></head><body data-page="Seite" data-of="von"><main><h1>Probe</h1>'
    '<section><h2>Bildungsmonitoring</h2><table><caption>Zahlen</caption><thead><tr><th scope="col">Jahr</th>'
    '<th scope="col" class="num">Anteil</th></tr></thead><tbody><tr><th scope="row">2024</th><td class="num">8,8</td>'
    "</tr></tbody></table><p>Schulentwicklungsplanung und Kindertagesbetreuung werden gemeinsam fortgeschrieben.</p>"
    "</section></main></body></html>"
)


class Refused(Exception):
    """What was sent cannot be set; ``reason`` is a word that ``press.pdf`` turns into a sentence."""

    def __init__(self, reason: str, **about: Any) -> None:
        super().__init__(reason)
        self.reason, self.about = reason, about


class OurFiles(URLFetcher):
    """Answers ``asset:<font file>`` and ``asset:logo`` from memory and refuses everything else."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("asset",), allow_redirects=False)
        self.files = {f"asset:{name}": (FONTS / name).read_bytes() for name in FONT_FILES}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        if url not in self.files:
            raise ValueError(f"not on the list: {url[:60]}")
        kind = "image/png" if url == PICTURE else "font/woff2"
        return URLFetcherResponse(url, body=self.files[url], headers={"Content-Type": kind})


class PageCount(logging.Handler):
    """Hears from WeasyPrint which page it lays out; tells the caller, and ends what grows too long."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.tell: Callable[[int], object] | None = None

    def emit(self, record: logging.LogRecord) -> None:
        given: Any = record.args
        if "Page %d" not in record.msg or not given:
            return
        page = int(given[0])
        if page > MAX_PAGES:
            raise Refused("pages", most=MAX_PAGES)
        if self.tell:
            self.tell(page)


class Press:
    """Stylesheet and fonts, read once per process: reading them anew costs as much as the pages."""

    def __init__(self) -> None:
        self.fetcher = OurFiles()
        self.fonts = FontConfiguration()
        self.sheet = CSS(
            string=SHEET.read_text(encoding="utf-8"),
            base_url="asset:",
            url_fetcher=self.fetcher,
            font_config=self.fonts,
        )
        self.count = PageCount()
        PROGRESS_LOGGER.addHandler(self.count)
        PROGRESS_LOGGER.setLevel(logging.INFO)
        PROGRESS_LOGGER.propagate = False

    def set(
        self,
        html: str,
        attachments: Iterable[tuple[str, bytes]] = (),
        created: str | None = None,
        tell: Callable[[int], object] | None = None,
        logo: bytes = b"",
    ) -> tuple[bytes, int]:
        """Set a document; gives ``(pdf, number of pages)``. Attachments are ``(name, bytes)``, the logo is a PNG."""
        self.fetcher.files.pop(PICTURE, None)
        if logo:
            self.fetcher.files[PICTURE] = logo
        variant = "pdf/a-3a" if attachments else "pdf/a-2a"  # the second standard is declared by hand
        self.count.tell = tell
        source = HTML(string=html, base_url="asset:", url_fetcher=self.fetcher)
        check(source.etree_element)
        document = source.render(stylesheets=[self.sheet], font_config=self.fonts, pdf_variant=variant)
        day = datetime.fromisoformat(created or "2000-01-01").replace(tzinfo=UTC)
        document.metadata.attachments = [
            Attachment(
                file_obj=io.BytesIO(body),
                url_fetcher=self.fetcher,
                name=name,
                description=name,
                created=day,
                modified=day,
                relationship="Data",
            )
            for name, body in attachments
        ]
        _declare_ua(document.metadata)
        mark = hashlib.sha256(html.encode()).hexdigest()[:12]

        def finish(made: object, pdf: pydyf.PDF) -> None:
            _finish(pdf, mark)

        return document.write_pdf(pdf_variant=variant, finisher=finish), len(document.pages)


@cache
def press() -> Press:
    return Press()


def check(root: Element) -> None:
    """Refuse what nests or spans beyond reason, or is simply too much, before any of it is laid out."""
    count, level, depth = 0, [root], 0
    while level:
        depth += 1
        count += len(level)
        if depth > MAX_DEPTH:
            raise Refused("nesting", most=MAX_DEPTH)
        if count > MAX_ELEMENTS:
            raise Refused("elements", most=MAX_ELEMENTS)
        for element in level:
            for name in ("colspan", "rowspan", "span"):
                value = (element.get(name) or "").strip()
                if value.isdigit() and int(value[:9]) > MAX_SPAN:
                    raise Refused("span", most=MAX_SPAN)
        level = [kid for element in level for kid in element]


def _declare_ua(metadata: Any) -> None:
    write_rdf = metadata.generate_rdf_metadata

    def write_rdf_with_ua(*args: Any) -> bytes:
        before, end, after = write_rdf(*args).rpartition(b"</rdf:RDF>")
        if not end:
            raise ValueError("metadata without an end tag")
        return before + UA_DECLARATION + end + after

    metadata.generate_rdf_metadata = write_rdf_with_ua


def _finish(pdf: pydyf.PDF, mark: str) -> None:
    """Give header cells a scope, make running heads artifacts, leave the metadata readable for archives.

    Names of cells and places get a mark of their document, so that they stay apart where files are joined.
    """

    def resolve(reference: bytes) -> Any:
        return pdf.objects[int(reference.split()[0])]

    def marked(name: object) -> pydyf.String:
        return pydyf.String(f"{mark}-{name.string if isinstance(name, pydyf.String) else name}")

    def visit(element: dict[str, Any]) -> None:
        if element["S"] == "/TH":
            group = resolve(resolve(element["P"])["P"])
            element["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"
        if "ID" in element:
            element["ID"] = marked(element["ID"])
        if "Headers" in element.get("A", {}):
            element["A"]["Headers"] = pydyf.Array(marked(one) for one in element["A"]["Headers"])
        for kid in element["K"]:
            if isinstance(kid, int):
                tagged.add((resolve(element["Pg"]).number, kid))
            elif resolve(kid).get("Type") == "/StructElem":
                visit(resolve(kid))

    tagged: set[tuple[int, int]] = set()  # (page, mark) of everything that hangs in the structure tree
    root = resolve(pdf.catalog["StructTreeRoot"])
    visit(resolve(root["K"][0]))
    numbers = resolve(root["ParentTree"])["Nums"]
    parents: dict[int, Any] = dict(zip(numbers[::2], numbers[1::2], strict=True))
    pages: list[Any] = [item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/Page"]
    for page in pages:
        stream = resolve(page["Contents"]).stream
        for index, token in enumerate(stream):
            if token == b"BDC" and isinstance(stream[index - 1], dict) and "MCID" in stream[index - 1]:
                number = stream[index - 1]["MCID"]
                if (page.number, number) not in tagged:
                    stream[index - 2 : index] = "/Artifact", pydyf.Dictionary({"Type": "/Pagination"})
                    parents[page["StructParents"]][number] = "null"
    if "Dests" in pdf.catalog.get("Names", {}):
        names = pdf.catalog["Names"]["Dests"]["Names"]
        names[::2] = [marked(name) for name in names[::2]]
    for item in pdf.objects:
        if isinstance(item, dict) and isinstance(item.get("Dest"), pydyf.String):
            item["Dest"] = marked(item["Dest"])
    resolve(pdf.catalog["Metadata"]).compress = False


def _serve(source: BinaryIO, target: BinaryIO) -> None:
    """Answer one request after the other until the input ends. A line of JSON, then bytes, both ways."""

    def say(body: bytes = b"", **answer: Any) -> None:
        target.write(json.dumps({**answer, "size": len(body)}).encode() + b"\n" + body)
        target.flush()

    press().set(WARM_UP)
    # What is warm stays: no look for garbage goes through it again. Setting a page leaves hardly any garbage behind, so
    # it is looked for between two documents, while nobody waits; looking within one costs up to a fifth of its time.
    gc.collect()
    gc.freeze()
    gc.disable()
    say(ready=True)
    while line := source.readline():
        order = json.loads(line)
        html = source.read(order["html"]).decode()
        logo = source.read(order["logo"])
        attachments = [(name, source.read(size)) for name, size in order["attachments"]]
        try:
            body, pages = press().set(html, attachments, order["created"], lambda page: say(page=page), logo)
        except Refused as refusal:
            say(refused=refusal.reason, **refusal.about)
        except (MemoryError, RecursionError) as error:
            with contextlib.suppress(MemoryError):
                say(refused="memory" if isinstance(error, MemoryError) else "nesting", most=MAX_DEPTH, end=True)
            os._exit(1)  # what is left of memory is nothing to work with
        except BaseException as error:  # WeasyPrint's fatal errors are no Exceptions
            say(refused="layout", error=f"{type(error).__name__}: {error}"[:300])
        else:
            say(body, pages=pages, memory=_memory())
        html = attachments = body = None  # type: ignore[assignment]  # a name that nobody reads again
        gc.collect()


def _memory() -> int:
    """Resident memory of this process in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def limit() -> None:
    """Die with whoever started it, and never grow beyond the limits."""
    ctypes.CDLL(None).prctl(1, 9)  # PR_SET_PDEATHSIG, SIGKILL
    resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_FILE, MAX_FILE))


def main() -> None:
    """Be the press, and keep the answers apart from anything printed."""
    limit()
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with contextlib.suppress(BrokenPipeError):
        _serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
