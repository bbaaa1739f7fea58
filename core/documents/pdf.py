# SPDX-License-Identifier: EUPL-1.2
"""PDF files, built anew from what is known: pages as they are seen, fonts, pictures, structure, bookmarks, links.

Nothing is copied because it was there: what no list names does not come along, whatever somebody invents.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from core.documents import images
from core.documents.drawing import (
    EVERYWHERE,
    MOST_FORMS,
    Glyphs,
    Interpreter,
    Seen,
    State,
    common,
    decide,
    is_empty,
    numbers,
    upright,
)
from core.documents.verdict import Refused

WEB = ("http://", "https://", "mailto:")
MOST_PAGES = 5_000
DEEPEST = 60
COMMENTS = re.compile(rb"%[^\r\n]*")
DEVICES = {1: Name.DeviceGray, 3: Name.DeviceRGB, 4: Name.DeviceCMYK}
PLAIN_FONT = (
    *("/Type", "/Subtype", "/BaseFont", "/FirstChar", "/LastChar", "/Widths", "/FontMatrix", "/FontBBox"),
    *("/W", "/W2", "/DW", "/DW2"),
)
PLAIN_DESCRIPTOR = (
    *("/Type", "/FontName", "/FontStretch", "/FontWeight", "/Flags", "/FontBBox", "/ItalicAngle", "/Ascent"),
    *("/Descent", "/Leading", "/CapHeight", "/XHeight", "/StemV", "/StemH", "/AvgWidth", "/MaxWidth", "/MissingWidth"),
)
PLAIN_STATE = (
    *("/Type", "/LW", "/LC", "/LJ", "/ML", "/D", "/RI", "/OP", "/op", "/OPM", "/FL", "/SM", "/SA", "/BM", "/CA"),
    *("/ca", "/AIS", "/TK"),
)
PLAIN_SHADING = (
    *("/ShadingType", "/Background", "/BBox", "/AntiAlias", "/Domain", "/Matrix", "/Coords", "/Extend"),
    *("/BitsPerCoordinate", "/BitsPerComponent", "/BitsPerFlag", "/Decode", "/VerticesPerRow"),
)
PLAIN_FUNCTION = (
    *("/FunctionType", "/Domain", "/Range", "/Size", "/BitsPerSample", "/Order", "/Encode", "/Decode", "/C0", "/C1"),
    *("/N", "/Bounds"),
)
PLAIN_PICTURE = ("/Width", "/Height", "/BitsPerComponent", "/ImageMask", "/Decode", "/Interpolate", "/Matte")
PLAIN_ATTRIBUTES = (
    *("/O", "/Placement", "/WritingMode", "/BBox", "/Width", "/Height", "/ListNumbering", "/Headers", "/Scope"),
    *("/RowSpan", "/ColSpan", "/TextAlign", "/BlockAlign", "/InlineAlign"),
)
SPOKEN = ("/Alt", "/ActualText", "/E", "/Lang")


def clean(content: bytes, title: str) -> tuple[bytes, list[str], list[str]]:
    """The document under its new title, what was taken away, and what its readers should know."""
    try:
        source = pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError as error:
        raise Refused("password") from error
    except pikepdf.PdfError as error:
        raise Refused("damaged") from error
    try:
        with source, pikepdf.new() as target:
            copier = Copier(source, target)
            copier.copy(title)
            if content.count(b"%%EOF") > 1 and b"/Prev" in content:
                copier.removed.add("old_versions")
            out = io.BytesIO()
            target.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            return out.getvalue(), sorted(copier.removed), sorted(copier.remarks)
    except (pikepdf.PdfError, AttributeError, KeyError, IndexError, TypeError, ValueError, ArithmeticError) as error:
        raise Refused("damaged") from error


class Copier:
    """Copies one document; things that several pages share are copied once."""

    def __init__(self, source: pikepdf.Pdf, target: pikepdf.Pdf) -> None:
        self.source, self.target = source, target
        self.made: dict[tuple[Any, ...], Any] = {}
        self.removed: set[str] = set()
        self.remarks: set[str] = set()
        self.pages: dict[tuple[int, int], Any] = {}
        self.links: dict[tuple[int, int], Any] = {}
        self.painted: set[tuple[Any, int | None]] = set()
        self.streams: dict[Any, Any] = {}
        self.number = 0
        self.parents: dict[Any, dict[int, Any]] = {}
        self.links_of: list[tuple[Any, Any]] = []
        self.names: dict[str, Any] | None = None
        self.off = self._layers_off()

    def copy(self, title: str) -> None:
        if not 0 < len(self.source.pages) <= MOST_PAGES:
            raise Refused("damaged")
        self._note_what_goes()
        self._as_pictures_of_themselves()
        scans = texts = 0
        for page in self.source.pages:
            seen = self._page(page)
            scans, texts = scans + seen.is_scan, texts + seen.has_text
            if seen.lost:
                self.removed.add("unseen_text")
            if seen.has_layer:
                self.remarks.add("text_layer")
                scans -= 1
        if scans > texts:
            self.remarks.add("no_text")
        for page in self.source.pages:
            self._links(page)
        self._structure()
        self._catalogue()
        self._describe(title)

    def _note_what_goes(self) -> None:
        """Name what the copy will not have; it is left out because no list names it."""
        root, names = self.source.Root, self.source.Root.get("/Names", Dictionary())
        found = {
            "print_lock": self.source.is_encrypted,
            "properties": "/Info" in self.source.trailer or "/Metadata" in root,
            "scripts": "/AA" in root or "/JavaScript" in names or _acts(root.get("/OpenAction")),
            "files_inside": "/EmbeddedFiles" in names or "/Collection" in root or "/AF" in root,
            "layers": "/OCProperties" in root,
            "private_data": "/PieceInfo" in root
            or any("/PieceInfo" in page or "/Thumb" in page for page in self.source.pages),
            "signature": "/DSS" in root or "/Perms" in root,
        }
        self.removed |= {code for code, is_there in found.items() if is_there}

    def _as_pictures_of_themselves(self) -> None:
        """Fields of forms become what they show; notes, films and files that hang on a page go."""
        for page in self.source.pages:
            kept = []
            for one in page.get("/Annots", Array()):
                kind = one.get("/Subtype") if isinstance(one, Dictionary) else None
                if kind == Name.Widget:
                    self.removed.add("signature" if one.get("/FT") == Name.Sig else "fields")
                if kind in (Name.Widget, Name.Link):
                    if "/AA" in one or _acts(one.get("/A")):
                        self.removed.add("scripts")
                    kept.append(one)
                elif kind is not None:
                    self.removed.add("files_inside" if kind == Name.FileAttachment else "comments")
            if "/Annots" in page:
                page.obj["/Annots"] = Array(kept)
        if "/AcroForm" in self.source.Root:
            self.source.flatten_annotations("screen")

    # layers

    def _layers_off(self) -> set[tuple[int, int]]:
        layers = self.source.Root.get("/OCProperties", Dictionary())
        usual = layers.get("/D", Dictionary())
        off = {one.objgen for one in usual.get("/OFF", Array())}
        if usual.get("/BaseState") == Name.OFF:
            off |= {one.objgen for one in layers.get("/OCGs", Array())} - {
                one.objgen for one in usual.get("/ON", Array())
            }
        return off

    def is_off(self, layer: Any) -> bool:
        """Whether a layer, or what depends on layers, is not shown when the document is opened."""
        if not isinstance(layer, Dictionary):
            return False
        if layer.get("/Type") != Name.OCMD:
            return layer.is_indirect and layer.objgen in self.off
        if isinstance(layer.get("/VE"), Array):
            return not self._holds(layer.VE, 0)
        groups = layer.get("/OCGs", Array())
        states = [not self.is_off(one) for one in ([groups] if isinstance(groups, Dictionary) else groups)]
        wanted = {
            "/AllOn": all(states),
            "/AnyOff": not all(states),
            "/AllOff": not any(states),
        }.get(str(layer.get("/P", "")), any(states))
        return bool(states) and not wanted

    def _holds(self, expression: Any, depth: int) -> bool:
        if isinstance(expression, Dictionary):
            return not self.is_off(expression)
        if depth > DEEPEST:
            raise Refused("damaged")
        operator, *terms = expression
        states = [self._holds(one, depth + 1) for one in terms]
        return not states[0] if operator == Name.Not else all(states) if operator == Name.And else any(states)

    # pages and streams

    def _page(self, page: pikepdf.Page) -> Seen:
        media = upright(numbers(page.obj.get("/MediaBox", [0, 0, 595, 842])))
        box = common(upright(numbers(page.obj.get("/CropBox", media))), media)
        if is_empty(box):
            raise Refused("damaged")
        new = self.target.make_indirect(Dictionary(Type=Name.Page, MediaBox=Array([round(one, 3) for one in box])))
        self.pages[page.obj.objgen] = new
        for key in ("/Rotate", "/UserUnit", "/Tabs"):
            if key in page.obj:
                self._take(new, key, self._plain(page.obj[key], 0))
        if "/Group" in page.obj:
            new.Group = self._group(page.obj.Group)
        seen = Seen(box)
        drawing = Interpreter(
            self, seen, page.obj.get("/Resources", Dictionary()), State(clip=box), key=page.obj.objgen
        )
        drawing.run(page)
        self.painted |= decide(seen)
        new.Contents = Stream(self.target, pikepdf.unparse_content_stream(drawing.out))
        new.Resources = drawing.used
        self.target.pages.append(pikepdf.Page(new))
        self.pages[page.obj.objgen] = self.target.pages[-1].obj
        return seen

    def form(self, found: Any, seen: Seen, state: State, given: Any, depth: int) -> Any:
        place = tuple(round(one, 1) for one in (*state.matrix, *state.clip))
        key = ("form", found.objgen, place, state.fill_is_white, state.fill_alpha, id(seen))
        if found.is_indirect and key in self.made:
            return self.made[key]
        self.number += 1
        if self.number > MOST_FORMS:
            raise Refused("bomb")
        new = Stream(self.target, b"")
        new.Type, new.Subtype, new.BBox = Name.XObject, Name.Form, self._plain(found.BBox, 0)
        if "/Matrix" in found:
            new.Matrix = self._plain(found.Matrix, 0)
        if "/Group" in found:
            new.Group = self._group(found.Group)
        drawing = Interpreter(self, seen, found.get("/Resources", given), state, key=found.objgen, depth=depth)
        drawing.run(found)
        new.Resources = drawing.used
        seen.finish.append(lambda: new.write(pikepdf.unparse_content_stream(drawing.out)))
        self.made[key] = new
        self.streams.setdefault(found.objgen, new)
        return new

    def _apart(self, found: Any, depth: int, given: Any = None) -> tuple[bytes, Any]:
        """A stream that is drawn somewhere, such as a pattern or a glyph: nothing is known of where it is seen."""
        seen = Seen(EVERYWHERE)
        resources = found.get("/Resources", given if given is not None else Dictionary())
        drawing = Interpreter(self, seen, resources, State(), key=found.objgen, depth=depth)
        seen.painted.append((-1e9, -1e9, 1e9, 1e9))  # white on nothing cannot be told here
        drawing.run(found)
        decide(seen)
        return pikepdf.unparse_content_stream(drawing.out), drawing.used

    def next_number(self) -> int:
        self.number += 1
        return self.number

    # things with lists of their own

    def _once(self, kind: str, found: Any, make: Callable[[], Any]) -> Any:
        if not found.is_indirect:
            return make()
        key = (kind, found.objgen)
        if key not in self.made:
            self.made[key] = None  # whatever leads back to itself ends here
            self.made[key] = make()
        return self.made[key]

    def glyphs(self, font: Any) -> Glyphs:
        key = ("glyphs", font.objgen) if font.is_indirect else ("glyphs", font.unparse())
        if key not in self.made:
            self.made[key] = Glyphs(font)
        return self.made[key]

    def font(self, font: Any, depth: int = 0) -> Any:
        return self._once("font", font, lambda: self._font(font, depth))

    def _font(self, font: Any, depth: int) -> Any:
        new = self.target.make_indirect(self._list(font, PLAIN_FONT))
        if isinstance(encoding := font.get("/Encoding"), (Name, Dictionary)):
            self._take(new, "/Encoding", self._plain(encoding, 0))
        elif isinstance(encoding, Stream):
            new.Encoding = self._map(encoding)
        if isinstance(font.get("/ToUnicode"), Stream):
            new.ToUnicode = self._map(font.ToUnicode)
        if isinstance(font.get("/FontDescriptor"), Dictionary):
            new.FontDescriptor = self._descriptor(font.FontDescriptor)
        if isinstance(font.get("/CIDSystemInfo"), Dictionary):
            new.CIDSystemInfo = self._collection(font.CIDSystemInfo)
        if isinstance(font.get("/DescendantFonts"), Array):
            new.DescendantFonts = Array([self.font(one, depth) for one in font.DescendantFonts])
        if isinstance(font.get("/CIDToGIDMap"), Stream):
            new.CIDToGIDMap = Stream(self.target, font.CIDToGIDMap.read_bytes()[: 2 * 65536])
        elif isinstance(font.get("/CIDToGIDMap"), Name):
            new.CIDToGIDMap = font.CIDToGIDMap
        if isinstance(font.get("/CharProcs"), Dictionary):
            glyphs, used = Dictionary(), Dictionary()
            for name, glyph in font.CharProcs.items():
                content, resources = self._apart(glyph, depth + 1, font.get("/Resources"))
                glyphs[name] = Stream(self.target, content)
                for kind, things in resources.items():
                    used[kind] = Dictionary({**dict(used.get(kind, Dictionary()).items()), **dict(things.items())})
            new.CharProcs, new.Resources = glyphs, used
        return new

    def _descriptor(self, found: Any) -> Any:
        new = self._list(found, PLAIN_DESCRIPTOR)
        for key in ("/FontFile", "/FontFile2", "/FontFile3"):
            if isinstance(found.get(key), Stream):
                program = found[key]
                new[key] = self._once("file", program, partial(self._program, program))
        if isinstance(found.get("/CIDSet"), Stream):
            new.CIDSet = Stream(self.target, found.CIDSet.read_bytes()[:8192])
        return new

    def _program(self, found: Any) -> Any:
        new = Stream(self.target, found.read_bytes())
        for key in ("/Length1", "/Length2", "/Length3", "/Subtype"):
            if key in found:
                self._take(new, key, self._plain(found[key], 0))
        return new

    @staticmethod
    def _collection(found: Any) -> Any:
        return Dictionary(
            Registry=String(str(found.get("/Registry", "Adobe"))[:40]),
            Ordering=String(str(found.get("/Ordering", "Identity"))[:40]),
            Supplement=int(found.get("/Supplement", 0)),
        )

    def _map(self, found: Any) -> Any:
        def make() -> Any:
            new = Stream(self.target, COMMENTS.sub(b"", found.read_bytes()))
            for key in ("/CMapName", "/WMode", "/Type"):
                if key in found:
                    self._take(new, key, self._plain(found[key], 0))
            if isinstance(found.get("/CIDSystemInfo"), Dictionary):
                new.CIDSystemInfo = self._collection(found.CIDSystemInfo)
            if isinstance(found.get("/UseCMap"), Name):
                new.UseCMap = found.UseCMap
            return new

        return self._once("map", found, make)

    def state(self, found: Any, depth: int) -> Any:
        def make() -> Any:
            new = self._list(found, PLAIN_STATE)
            mask = found.get("/SMask")
            if isinstance(mask, Name):
                new.SMask = mask
            elif isinstance(mask, Dictionary) and isinstance(mask.get("/G"), Stream):
                new.SMask = self._list(mask, ("/Type", "/S", "/BC"))
                group = self._drawn_apart(mask.G, depth)
                group.Group = self._group(mask.G.get("/Group", Dictionary()))
                new.SMask.G = group
            if isinstance(found.get("/Font"), Array):
                new.Font = Array([self.font(found.Font[0], depth), found.Font[1]])
            return self.target.make_indirect(new)

        return self._once("state", found, make)

    def _drawn_apart(self, found: Any, depth: int) -> Any:
        content, used = self._apart(found, depth)
        new = Stream(self.target, content)
        new.Type, new.Subtype, new.BBox, new.Resources = Name.XObject, Name.Form, self._plain(found.BBox, 0), used
        if "/Matrix" in found:
            new.Matrix = self._plain(found.Matrix, 0)
        return new

    def _group(self, found: Any) -> Any:
        new = self._list(found, ("/Type", "/S", "/I", "/K"))
        if "/CS" in found:
            new.CS = self.colour(found.CS)
        return new

    def pattern(self, found: Any, depth: int) -> Any:
        def make() -> Any:
            if not isinstance(found, Stream):
                new = self._list(found, ("/Type", "/PatternType", "/Matrix"))
                new.Shading = self.shading(found.Shading)
                if isinstance(found.get("/ExtGState"), Dictionary):
                    new.ExtGState = self.state(found.ExtGState, depth)
                return new
            content, used = self._apart(found, depth)
            new = Stream(self.target, content)
            for key in ("/Type", "/PatternType", "/PaintType", "/TilingType", "/BBox", "/XStep", "/YStep", "/Matrix"):
                if key in found:
                    self._take(new, key, self._plain(found[key], 0))
            new.Resources = used
            return new

        return self._once("pattern", found, make)

    def shading(self, found: Any) -> Any:
        def make() -> Any:
            new = Stream(self.target, found.read_bytes()) if isinstance(found, Stream) else Dictionary()
            for key in PLAIN_SHADING:
                if key in found:
                    self._take(new, key, self._plain(found[key], 0))
            new.ColorSpace = self.colour(found.ColorSpace)
            if "/Function" in found:
                new.Function = self.function(found.Function)
            return new

        return self._once("shading", found, make)

    def function(self, found: Any, depth: int = 0) -> Any:
        if depth > DEEPEST:
            raise Refused("damaged")
        if isinstance(found, Array):
            return Array([self.function(one, depth + 1) for one in found])
        if isinstance(found, Name):
            return found
        new: Any = Dictionary()
        if isinstance(found, Stream):
            data = found.read_bytes()
            new = Stream(self.target, COMMENTS.sub(b"", data) if found.get("/FunctionType") == 4 else data)
        for key in PLAIN_FUNCTION:
            if key in found:
                self._take(new, key, self._plain(found[key], 0))
        if isinstance(found.get("/Functions"), Array):
            new.Functions = Array([self.function(one, depth + 1) for one in found.Functions])
        return new

    # colours

    def family(self, space: Any) -> str:
        """The device that a colour space is about; its profile, which names its maker, does not come along."""
        if isinstance(space, Name):
            return str(space)
        kind = str(space[0])
        if kind == "/ICCBased":
            return str(DEVICES[int(space[1].N)])
        if kind in ("/CalRGB", "/CalGray"):
            return {"/CalRGB": "/DeviceRGB", "/CalGray": "/DeviceGray"}[kind]
        return kind

    def colour(self, space: Any, depth: int = 0) -> Any:
        if isinstance(space, Name):
            return space
        if depth > 8 or not isinstance(space, Array):
            raise Refused("damaged")
        kind, rest = str(space[0]), list(space)[1:]
        if kind == "/ICCBased":
            profile = rest[0].read_bytes()[:128]
            if profile[16:20] == b"Lab ":
                return Array([Name.Lab, Dictionary(WhitePoint=[0.9642, 1, 0.8249], Range=[-128, 127, -128, 127])])
            return DEVICES[int(rest[0].N)]
        if kind == "/Indexed":
            base, most, table = rest
            data = table.read_bytes() if isinstance(table, Stream) else bytes(table)
            length = (int(most) + 1) * self._components(base)
            return Array([Name.Indexed, self.colour(base, depth + 1), int(most), String(data[:length])])
        if kind in ("/Separation", "/DeviceN"):
            names, other, tint = rest[:3]
            return Array([space[0], self._plain(names, 0), self.colour(other, depth + 1), self.function(tint)])
        if kind == "/Pattern":
            return Array([Name.Pattern, *(self.colour(one, depth + 1) for one in rest[:1])])
        if kind in ("/CalRGB", "/CalGray", "/Lab"):
            return Array([space[0], self._list(rest[0], ("/WhitePoint", "/BlackPoint", "/Gamma", "/Matrix", "/Range"))])
        return Name(kind)

    def _components(self, space: Any) -> int:
        if isinstance(space, Name):
            return {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}.get(str(space), 1)
        kind = str(space[0])
        if kind == "/ICCBased":
            return int(space[1].N)
        return {"/CalRGB": 3, "/Lab": 3, "/DeviceN": len(space[1]) if kind == "/DeviceN" else 1}.get(kind, 1)

    # pictures

    def image(self, found: Any) -> Any:
        return self._once("image", found, lambda: self._image(found))

    def inline_image(self, image: Any, given: Any) -> Any:
        found = Stream(self.source, image._data._inline_image_raw_bytes())
        for key, value in image.obj.items():
            found[key] = value
        space = found.get("/ColorSpace")
        if isinstance(space, Name) and str(space) in given.get("/ColorSpace", Dictionary()):
            found.ColorSpace = given.ColorSpace[str(space)]
        return self._image(found)

    def _image(self, found: Any) -> Any:
        """A picture with its pixels alone: JPEG without its notes, everything else packed anew."""
        filters = found.get("/Filter", Array())
        names = [str(one) for one in (filters if isinstance(filters, Array) else [filters])]
        last = names[-1] if names else ""
        new = Stream(self.target, b"")
        if last in ("/DCTDecode", "/DCT"):
            new.write(images.bare_jpeg(self._unpacked(found, names[:-1])), filter=Name.DCTDecode)
        elif last == "/JPXDecode":
            data, size, space = images.pixels_of_jpeg2000(self._unpacked(found, names[:-1]))
            new.write(data)
            new.Width, new.Height = size
            new.BitsPerComponent, new.ColorSpace = 8, Name(space)
        elif last in ("/CCITTFaxDecode", "/CCF", "/JBIG2Decode"):
            parameters = found.get("/DecodeParms", Dictionary())
            kept = parameters[-1] if isinstance(parameters, Array) else parameters
            about = self._list(
                kept, ("/K", "/Columns", "/Rows", "/BlackIs1", "/EncodedByteAlign", "/EndOfLine", "/EndOfBlock")
            )
            if isinstance(kept, Dictionary) and isinstance(kept.get("/JBIG2Globals"), Stream):
                about.JBIG2Globals = Stream(self.target, kept.JBIG2Globals.read_bytes())
            name = Name.JBIG2Decode if last == "/JBIG2Decode" else Name.CCITTFaxDecode
            new.write(self._unpacked(found, names[:-1]), filter=name, decode_parms=about)
        else:
            new.write(self._samples(found))
        new.Type, new.Subtype = Name.XObject, Name.Image
        for key in PLAIN_PICTURE:
            if key in found and key not in new:
                self._take(new, key, self._plain(found[key], 0))
        if "/ColorSpace" in found and "/ColorSpace" not in new:
            new.ColorSpace = self.colour(found.ColorSpace)
        for key in ("/SMask", "/Mask"):
            if isinstance(found.get(key), Stream):
                new[key] = self.image(found[key])
            elif isinstance(found.get(key), Array):
                new[key] = self._plain(found[key], 0)
        return new

    def _unpacked(self, found: Any, filters: list[str]) -> bytes:
        """The bytes as the last of the filters has them."""
        if not filters:
            return found.read_raw_bytes()
        parameters = found.get("/DecodeParms")
        outer = Stream(self.source, found.read_raw_bytes())
        outer.Filter = Array([Name(one) for one in filters])
        if isinstance(parameters, Array):
            outer.DecodeParms = Array(list(parameters)[: len(filters)])
        return outer.read_bytes()

    def _samples(self, found: Any) -> bytes:
        bits = 1 if found.get("/ImageMask") else int(found.get("/BitsPerComponent", 8))
        count = 1 if found.get("/ImageMask") else self._components(found.get("/ColorSpace", Name.DeviceGray))
        width, height = int(found.Width), int(found.Height)
        if width * height > images.MOST_PIXELS:
            raise Refused("pixels")
        return found.read_bytes()[: (width * count * bits + 7) // 8 * height]

    # links, structure, bookmarks

    def _links(self, page: pikepdf.Page) -> None:
        kept = []
        new_page = self.pages[page.obj.objgen]
        for one in page.obj.get("/Annots", Array()):
            if not isinstance(one, Dictionary) or one.get("/Subtype") != Name.Link or int(one.get("/F", 0)) & 0x22:
                continue
            box = upright(numbers(one.Rect))
            if is_empty(common(box, numbers(new_page.MediaBox))):
                continue
            new = self._list(one, ("/Type", "/Subtype", "/Rect", "/Border", "/BS", "/C", "/H", "/F", "/QuadPoints"))
            target = self._target(one)
            if target is None:
                continue
            new[target[0]] = target[1]
            if isinstance(one.get("/Contents"), String):
                new.Contents = String(str(one.Contents))
            new = self.target.make_indirect(new)
            if one.is_indirect:
                self.links[one.objgen] = new
            kept.append(new)
        if kept:
            new_page.Annots = Array(kept)

    def _target(self, one: Any) -> tuple[str, Any] | None:
        action = one.get("/A")
        if isinstance(action, Dictionary) and action.get("/S") == Name.URI:
            address = str(action.get("/URI", ""))
            if address.lower().startswith(WEB):
                return "/A", Dictionary(S=Name.URI, URI=String(address))
            return None
        place = one.get("/Dest")
        if isinstance(action, Dictionary) and action.get("/S") == Name.GoTo:
            place = action.get("/D")
        found = self._place(place)
        return None if found is None else ("/Dest", found)

    def _place(self, place: Any, depth: int = 0) -> Any:
        """A place in the document as the page itself; names of places do not come along."""
        if depth > 3:
            return None
        if isinstance(place, Name):
            return self._place(self.source.Root.get("/Dests", Dictionary()).get(str(place)), depth + 1)
        if isinstance(place, String):
            return self._place(self._named(str(place)), depth + 1)
        if isinstance(place, Dictionary):
            return self._place(place.get("/D"), depth + 1)
        if isinstance(place, Array) and len(place) and isinstance(place[0], Dictionary):
            page = self.pages.get(place[0].objgen)
            if page is not None:
                return Array([page, *(self._plain(one, 0) for one in list(place)[1:6])])
        return None

    def _named(self, name: str) -> Any:
        if self.names is None:
            tree = self.source.Root.get("/Names", Dictionary()).get("/Dests")
            self.names = dict(pikepdf.NameTree(tree).items()) if isinstance(tree, Dictionary) else {}
        return self.names.get(name)

    def _structure(self) -> None:
        tree = self.source.Root.get("/StructTreeRoot")
        if not isinstance(tree, Dictionary):
            return
        new = self.target.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        kids = self._kids(tree.get("/K"), new, None, 0)
        if not kids:
            return
        new.K = Array(kids)
        if isinstance(tree.get("/RoleMap"), Dictionary):
            new.RoleMap = self._plain(tree.RoleMap, 0)
        if isinstance(tree.get("/ClassMap"), Dictionary):
            new.ClassMap = Dictionary({name: self._attributes(one) for name, one in tree.ClassMap.items()})
        rows: list[Any] = []
        number = 0
        for owner, elements in self.parents.items():
            stream = self.pages.get(owner) or self.streams.get(owner)
            if stream is None:
                continue
            row = Array([elements.get(place, None) for place in range(max(elements) + 1)])
            stream.StructParents = number
            rows.extend([number, self.target.make_indirect(row)])
            number += 1
        for link, element in self.links_of:
            link.StructParent = number
            rows.extend([number, element])
            number += 1
        new.ParentTree = Dictionary(Nums=Array(rows))
        new.ParentTreeNextKey = number
        self.target.Root.StructTreeRoot = new
        self.target.Root.MarkInfo = Dictionary(Marked=True)

    def _kids(self, kids: Any, parent: Any, page: Any, depth: int) -> list[Any]:
        if depth > DEEPEST * 4:
            raise Refused("damaged")
        found = []
        for one in kids if isinstance(kids, Array) else [] if kids is None else [kids]:
            kid = self._kid(one, parent, page, depth)
            if kid is not None:
                found.append(kid)
        return found

    def _kid(self, one: Any, parent: Any, page: Any, depth: int) -> Any:
        if isinstance(one, int):
            return self._marked(page, one, parent)
        if not isinstance(one, Dictionary):
            return None
        page = one.get("/Pg", page)
        if one.get("/Type") == Name.MCR:
            number = int(one.get("/MCID", -1))
            owner = one.get("/Stm", page)
            if owner is None or self._marked(owner, number, parent) is None:
                return None
            new = Dictionary(Type=Name.MCR, MCID=number)
            if page is not None and page.objgen in self.pages:
                new.Pg = self.pages[page.objgen]
            if "/Stm" in one:
                new.Stm = self.streams[one.Stm.objgen]
            return new
        if one.get("/Type") == Name.OBJR:
            link = self.links.get(one.Obj.objgen) if "/Obj" in one and one.Obj.is_indirect else None
            if link is None:
                return None
            self.links_of.append((link, parent))
            new = Dictionary(Type=Name.OBJR, Obj=link)
            if page is not None and page.objgen in self.pages:
                new.Pg = self.pages[page.objgen]
            return new
        return self._element(one, parent, page, depth) if "/S" in one else None

    def _marked(self, owner: Any, number: int, parent: Any) -> int | None:
        """The number of a stretch of content that is still there; whoever answers for it is written down."""
        if owner is None or (owner.objgen, number) not in self.painted or not 0 <= number < 100_000:
            return None
        self.parents.setdefault(owner.objgen, {})[number] = parent
        return number

    def _element(self, one: Any, parent: Any, page: Any, depth: int) -> Any:
        new = self.target.make_indirect(Dictionary(Type=Name.StructElem, S=one.S, P=parent))
        kids = self._kids(one.get("/K"), new, page, depth + 1)
        if page is not None and page.objgen in self.pages:
            new.Pg = self.pages[page.objgen]
        if kids:
            new.K = Array(kids)
        if isinstance(one.get("/Lang"), String):
            new.Lang = String(str(one.Lang)[:40])
        for key in ("/Alt", "/ActualText", "/E") if kids else ():  # nothing is said of what is not there
            if isinstance(one.get(key), String):
                new[key] = String(str(one[key]))
        if isinstance(one.get("/ID"), String):
            new.ID = String(bytes(one.ID)[:60])
        if "/A" in one:
            new.A = self._attributes(one.A)
        if isinstance(one.get("/C"), Name | Array):
            self._take(new, "/C", self._plain(one.C, 0))
        return new

    def _attributes(self, found: Any) -> Any:
        if isinstance(found, Array):
            return Array([self._attributes(one) for one in found if isinstance(one, Dictionary)])
        new = self._list(found, PLAIN_ATTRIBUTES)
        if isinstance(found, Dictionary) and isinstance(found.get("/Headers"), Array):
            new.Headers = Array([String(bytes(one)[:60]) for one in found.Headers if isinstance(one, String)])
        return new

    def _catalogue(self) -> None:
        old, new = self.source.Root, self.target.Root
        if isinstance(old.get("/Lang"), String):
            new.Lang = String(str(old.Lang)[:40])
        if isinstance(old.get("/PageLabels"), Dictionary):
            labels = pikepdf.NumberTree(old.PageLabels).items()
            rows: list[Any] = []
            for number, label in labels:
                one = self._list(label, ("/S", "/St"))
                if isinstance(label.get("/P"), String):
                    one.P = String(str(label.P)[:40])
                rows.extend([number, one])
            new.PageLabels = Dictionary(Nums=Array(rows))
        new.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        with self.target.open_outline() as outline, self.source.open_outline() as known:
            outline.root.extend(self._bookmarks(known.root, 0))

    def _bookmarks(self, items: Iterable[pikepdf.OutlineItem], depth: int) -> list[pikepdf.OutlineItem]:
        found = []
        for one in items if depth < DEEPEST else ():
            place = self._place(one.destination) if one.destination is not None else None
            if place is None and one.action is not None and one.action.get("/S") == Name.GoTo:
                place = self._place(one.action.get("/D"))
            new = pikepdf.OutlineItem(one.title, place)
            new.children.extend(self._bookmarks(one.children, depth + 1))
            if place is not None or new.children:
                found.append(new)
        return found

    def _describe(self, title: str) -> None:
        """New properties: the title, which assistive programs read out, and the standard the document says it keeps."""
        accessible = ""
        try:
            with self.source.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
                accessible = str(meta.get("pdfuaid:part", ""))
        except Exception:  # metadata that cannot be read are thrown away all the more
            accessible = ""
        with self.target.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
            meta["dc:title"] = title
            if accessible in ("1", "2") and "/StructTreeRoot" in self.target.Root:
                meta["pdfuaid:part"] = accessible

    # plain values

    def _list(self, found: Any, keys: Iterable[str]) -> Any:
        new = Dictionary()
        if isinstance(found, (Dictionary, Stream)):
            for key in keys:
                if key in found:
                    self._take(new, key, self._plain(found[key], 0))
        return new

    @staticmethod
    def _take(new: Any, key: str, value: Any) -> None:
        if value is not None:
            new[key] = value

    def _plain(self, value: Any, depth: int) -> Any:
        """Numbers, names and lists of them; a text, a stream or whatever else says something does not come along."""
        if isinstance(value, bool | int | float | Name) or type(value).__name__ == "Decimal":
            return value
        if depth > 8:
            return None
        if isinstance(value, Array):
            return Array([one for one in (self._plain(each, depth + 1) for each in value) if one is not None])
        if isinstance(value, Dictionary) and not isinstance(value, Stream):
            kept = {key: self._plain(each, depth + 1) for key, each in value.items()}
            return Dictionary({key: each for key, each in kept.items() if each is not None})
        return None


def _acts(action: Any) -> bool:
    return isinstance(action, Dictionary) and action.get("/S") not in (Name.GoTo, Name.URI)
