# SPDX-License-Identifier: EUPL-1.2
"""The one module that knows WeasyPrint: HTML in, one file out that is accessible (PDF/UA-1) and archivable (PDF/A-2a).

SECURITY: the fetcher hands out the fonts and nothing else, from neither network nor disk. Text that people typed
arrives here escaped by the templates; characters without a glyph are refused by name before rendering.
"""

from functools import cache
from pathlib import Path

import pydyf
from django.conf import settings
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from core.errors import DomainError

VARIANT = "pdf/a-2a"  # WeasyPrint declares one standard; the second one is declared by hand
MAX_PAGES = 60
FONTS = Path(settings.BASE_DIR) / "static" / "vendor" / "kern" / "fonts"
SHEET = Path(settings.BASE_DIR) / "static" / "print" / "print.css"
FONT_FILES = ("FiraSans-Regular.woff2", "FiraSans-SemiBold.woff2")

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


class Unprintable(DomainError):
    """The content cannot be set; the message says what its author can do."""


class FontsOnly(URLFetcher):
    """Answers ``asset:<font file>`` from memory and refuses everything else."""

    def __init__(self):
        super().__init__(allowed_protocols=("asset",), allow_redirects=False)
        self.files = {f"asset:{name}": (FONTS / name).read_bytes() for name in FONT_FILES}

    def fetch(self, url, headers=None):
        if url not in self.files:
            raise ValueError(f"not on the list: {url[:60]}")
        return URLFetcherResponse(url, body=self.files[url], headers={"Content-Type": "font/woff2"})


class Press:
    """Stylesheet and fonts, read once per process: reading them anew costs as much as the pages."""

    def __init__(self):
        self.fetcher = FontsOnly()
        self.fonts = FontConfiguration()
        self.sheet = CSS(
            string=SHEET.read_text(encoding="utf-8"),
            base_url="asset:",
            url_fetcher=self.fetcher,
            font_config=self.fonts,
        )

    def document(self, html):
        source = HTML(string=html, base_url="asset:", url_fetcher=self.fetcher)
        return source.render(stylesheets=[self.sheet], font_config=self.fonts, pdf_variant=VARIANT)


@cache
def press():
    return Press()


@cache
def _glyphs():
    return frozenset(TTFont(FONTS / FONT_FILES[0]).getBestCmap())


def unprintable(text):
    """The characters of a text for which the font has no glyph."""
    return sorted({character for character in text if ord(character) > 31 and ord(character) not in _glyphs()})


def render(html, text):
    """Set a document; gives ``(pdf, number of pages)``. ``text`` is what people typed, for the check of its characters.

    Raises ``Unprintable`` for characters without a glyph and for documents that are too long.
    """
    if missing := unprintable(text):
        raise Unprintable(
            _("The font has no glyph for: %(characters)s. Please replace these characters in the text.")
            % {"characters": " ".join(f"{character} (U+{ord(character):04X})" for character in missing[:8])}
        )
    document = press().document(html)
    pages = len(document.pages)
    if pages > MAX_PAGES:
        raise Unprintable(
            _("The briefing has %(pages)s pages, at most %(most)s are possible. Please shorten texts and annexes.")
            % {"pages": pages, "most": MAX_PAGES}
        )
    _declare_ua(document.metadata)
    return document.write_pdf(pdf_variant=VARIANT, finisher=_finish), pages


def _declare_ua(metadata):
    write_rdf = metadata.generate_rdf_metadata

    def write_rdf_with_ua(*args):
        before, end, after = write_rdf(*args).rpartition(b"</rdf:RDF>")
        if not end:
            raise ValueError("metadata without an end tag")
        return before + UA_DECLARATION + end + after

    metadata.generate_rdf_metadata = write_rdf_with_ua


def _finish(document, pdf):
    """Give header cells a scope, make running heads artifacts, leave the metadata readable for archives."""

    def resolve(reference):
        return pdf.objects[int(reference.split()[0])]

    def visit(element):
        if element["S"] == "/TH":
            group = resolve(resolve(element["P"])["P"])
            element["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"
        for kid in element["K"]:
            if isinstance(kid, int):
                tagged.add((resolve(element["Pg"]).number, kid))
            elif resolve(kid).get("Type") == "/StructElem":
                visit(resolve(kid))

    tagged: set[tuple[int, int]] = set()  # (page, mark) of everything that hangs in the structure tree
    root = resolve(pdf.catalog["StructTreeRoot"])
    visit(resolve(root["K"][0]))
    numbers = resolve(root["ParentTree"])["Nums"]
    parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page in [item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/Page"]:
        stream = resolve(page["Contents"]).stream
        for index, token in enumerate(stream):
            if token == b"BDC" and isinstance(stream[index - 1], dict) and "MCID" in stream[index - 1]:
                mark = stream[index - 1]["MCID"]
                if (page.number, mark) not in tagged:
                    stream[index - 2 : index] = "/Artifact", pydyf.Dictionary({"Type": "/Pagination"})
                    parents[page["StructParents"]][mark] = "null"
    resolve(pdf.catalog["Metadata"]).compress = False
