# SPDX-License-Identifier: EUPL-1.2
"""The numbers of a pack, printed on pages that are set already.

A part belongs to its content and not to its pack, so its own foot says "page 1 of 3" and stays true in every pack. The
number in the pack, which the cover's agenda and the viewer's page field mean, is printed one line below when the parts
are joined. It is an artifact, so it is not read aloud between two sentences: who listens has page labels and bookmarks.
"""

import io
from functools import cache

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Page, Pdf, Stream

from press.assets import FONT

FONT_NAME = Name("/PackNumbers")
SIZE = 7.6
MM = 72 / 25.4
FROM_RIGHT, FROM_BOTTOM = 17 * MM, 36.3  # the second line of the corner in which the stylesheet puts page numbers
ENCODING = "cp1252"
TEXT = (
    b"\nQ q /Artifact <</Type /Pagination /Subtype /Footer>> BDC "
    b"BT .27 .3 .32 rg /PackNumbers %.1f Tf %.2f %.2f Td <%s> Tj ET EMC Q\n"
)


class Numbers:
    """The font in one file, and lines of text on its pages."""

    def __init__(self, file: Pdf) -> None:
        self.file = file
        self.font = file.make_indirect(_font(file))
        self.before = file.make_stream(b"q\n")

    def print(self, page: Page, text: str) -> None:
        """Put the text below the page's own number."""
        fonts = page.Resources.get(Name.Font)
        if fonts is None:
            fonts = page.Resources.Font = Dictionary()
        fonts[FONT_NAME] = self.font
        codes = text.encode(ENCODING, "replace")
        widths = _program()[1]
        left = float(page.MediaBox[2]) - FROM_RIGHT - sum(widths[code - 32] for code in codes) * SIZE / 1000
        line = TEXT % (SIZE, left, FROM_BOTTOM, codes.hex().encode())
        contents = page.Contents
        streams = list(contents) if isinstance(contents, Array) else [contents]
        page.Contents = Array([self.before, *streams, self.file.make_stream(line)])


@cache
def _program() -> tuple[bytes, list[int], int, list[int], int, int]:
    """The house's font, reduced to what the encoding has; its widths in thousandths, and its measures."""
    font = TTFont(FONT)
    options = Options(hinting=False, layout_features=[], name_IDs=[], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord(character) for character in _characters().values()])
    subsetter.subset(font)
    font.flavor = None
    scale = 1000 / font["head"].unitsPerEm
    names, metrics = font.getBestCmap(), font["hmtx"]
    missing = round(metrics[".notdef"][0] * scale)
    widths = [missing] * 224
    for code, character in _characters().items():
        if ord(character) in names:
            widths[code - 32] = round(metrics[names[ord(character)]][0] * scale)
    head, lines = font["head"], font["hhea"]
    box = [round(value * scale) for value in (head.xMin, head.yMin, head.xMax, head.yMax)]
    out = io.BytesIO()
    font.save(out)
    return out.getvalue(), widths, missing, box, round(lines.ascent * scale), round(lines.descent * scale)


@cache
def _characters() -> dict[int, str]:
    """The characters of the encoding by their codes."""
    found = {code: bytes([code]).decode(ENCODING, "ignore") for code in range(32, 256)}
    return {code: character for code, character in found.items() if character}


def _font(file: Pdf) -> Dictionary:
    program, widths, missing, box, ascent, descent = _program()
    name = Name("/BILDNG+FiraSans-Regular")
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=32,
        FontBBox=Array(box),
        ItalicAngle=0,
        Ascent=ascent,
        Descent=descent,
        CapHeight=689,
        StemV=80,
        MissingWidth=missing,
        FontFile2=Stream(file, program, Length1=len(program)),
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=name,
        FirstChar=32,
        LastChar=255,
        Widths=Array(widths),
        Encoding=Name.WinAnsiEncoding,
        FontDescriptor=file.make_indirect(descriptor),
    )
