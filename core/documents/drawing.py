# SPDX-License-Identifier: EUPL-1.2
"""What a page of a PDF draws, operator by operator: only known operators come along, and only what can be seen.

Off the page, on a layer that is off, without a colour, white on nothing, or below an opaque area: such text is taken
out, and a gap of the same width stays. The text that a program laid behind a scanned page stays: it says what is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, String

from core.documents.verdict import Refused

if TYPE_CHECKING:
    from core.documents.pdf import Copier

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]

DEEPEST = 16
MOST_FORMS = 5_000
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
EVERYWHERE: Box = (-inf, -inf, inf, inf)
# what is taken over as it stands: numbers and names alone
PLAIN = {
    *("w", "J", "j", "M", "ri", "i", "q", "Q", "cm", "m", "l", "c", "v", "y", "h", "re", "W", "W*"),
    *("BT", "ET", "Tc", "Tw", "Tz", "TL", "Tr", "Ts", "Td", "TD", "Tm", "T*", "d0", "d1"),
    *("G", "g", "RG", "rg", "K", "k", "n", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*"),
}
FILLS = {"f", "F", "f*", "B", "B*", "b", "b*"}
STROKES = {"S", "s", "B", "B*", "b", "b*"}
ROUGH, ROUGH_WIDEST = 0.5, 0.75  # widths of a glyph whose font does not say them, in its size
SMALLEST = 0.4  # points in height; nobody reads less
WHITE = 0.97
SPOKEN = ("/ActualText", "/Alt", "/E", "/Lang")
OF_MARKS = ("/MCID", "/Type", "/Subtype", "/Attached", "/BBox")


def times(first: Matrix, second: Matrix) -> Matrix:
    """First the one matrix, then the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def around(matrix: Matrix, left: float, bottom: float, right: float, top: float) -> Box:
    """The upright box around a box that a matrix turns."""
    points = [at(matrix, x, y) for x in (left, right) for y in (bottom, top)]
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def common(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def is_empty(box: Box) -> bool:
    return box[0] >= box[2] or box[1] >= box[3]


def holds(outer: Box, inner: Box, tolerance: float = 1.0) -> bool:
    return (
        outer[0] - tolerance <= inner[0]
        and outer[1] - tolerance <= inner[1]
        and outer[2] + tolerance >= inner[2]
        and outer[3] + tolerance >= inner[3]
    )


def numbers(values: Iterable[Any]) -> Any:
    return tuple(float(one) for one in values)


@dataclass
class State:
    """The part of the graphics state that decides whether something is seen."""

    matrix: Matrix = IDENTITY
    clip: Box = EVERYWHERE
    clip_is_box: bool = True
    font: Glyphs | None = None
    size: float = 0.0
    spacing: float = 0.0
    words: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    fill_is_white: bool = False
    stroke_is_white: bool = False
    fill_space: str = "/DeviceGray"
    stroke_space: str = "/DeviceGray"
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    is_plain: bool = True  # neither blended nor masked
    width: float = 1.0


@dataclass
class Mark:
    """A stretch of marked content."""

    at: int
    out: list[Any]
    key: object
    is_hidden: bool = False
    mcid: int | None = None
    is_painted: bool = False


@dataclass
class Text:
    """Text that was shown, until it is known what lies over it."""

    out: list[Any]
    at: int
    order: int
    parts: list[Any]  # strings and numbers, as TJ has them
    state: State
    font: Glyphs
    matrix: Matrix  # from the text to the page
    marks: tuple[Mark, ...]
    hidden: bool = False
    behind: bool = False  # drawn without a colour, as text behind a scan is


@dataclass
class Seen:
    """What one page shows: what was painted where, and what is still to be decided."""

    box: Box
    order: int = 0
    painted: list[Box] = field(default_factory=list)
    covers: list[tuple[int, Box]] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    finish: list[Callable[[], None]] = field(default_factory=list)
    has_text: bool = False
    has_layer: bool = False
    lost: bool = False  # whether text was taken out that nobody sees

    def paint(self, box: Box, *, white: bool = False, cover: bool = False) -> None:
        self.order += 1
        box = common(box, self.box)
        if is_empty(box):
            return
        if not white and len(self.painted) < 20_000:
            self.painted.append(box)
        if cover and len(self.covers) < 20_000:
            self.covers.append((self.order, box))

    @property
    def is_scan(self) -> bool:
        """Whether pictures are all there is, and they fill a good part of the page."""
        width, height = self.box[2] - self.box[0], self.box[3] - self.box[1]
        area = sum((one[2] - one[0]) * (one[3] - one[1]) for one in self.pictures)
        return not self.has_text and area > 0.4 * width * height


class Interpreter:
    """Draws one stream anew. ``copier`` copies what a stream uses; ``seen`` is shared with the streams within."""

    def __init__(
        self, copier: Copier, seen: Seen, resources: Any, state: State, *, key: object, depth: int = 0
    ) -> None:
        self.copier, self.seen, self.given, self.depth, self.key = copier, seen, resources, depth, key
        self.state = state
        self.stack: list[State] = []
        self.out: list[Any] = []
        self.used: Any = Dictionary()
        self.marks: list[Mark] = []
        self.subpaths: list[tuple[Box, bool]] = []
        self.points: list[tuple[float, float] | None] = []
        self.clips = False
        self.text: Matrix = IDENTITY
        self.line: Matrix = IDENTITY
        if depth > DEEPEST:
            raise Refused("damaged")

    def run(self, stream: Any) -> list[Any]:
        for instruction in pikepdf.parse_content_stream(stream):
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                self._inline(instruction)
                continue
            operator, operands = str(instruction.operator), list(instruction.operands)
            handler = HANDLERS.get(operator)
            try:
                if handler:
                    handler(self, operator, operands)
                elif operator in PLAIN and all(_is_plain(one) for one in operands):
                    self._plain(operator, operands)
            except (ValueError, IndexError, TypeError, ArithmeticError) as error:
                raise Refused("damaged") from error
        for _mark in list(self.marks):
            self._end_mark("EMC", [])
        return self.out

    def _emit(self, operator: str, operands: Iterable[Any] = ()) -> None:
        self.out.append((list(operands), Operator(operator)))

    @property
    def is_hidden(self) -> bool:
        return any(mark.is_hidden for mark in self.marks)

    # the state

    def _plain(self, operator: str, operands: list[Any]) -> None:
        state = self.state
        if operator == "q":
            self.stack.append(copy(state))
            if len(self.stack) > 500:
                raise Refused("damaged")
        elif operator == "Q":
            if not self.stack:
                return
            self.state = self.stack.pop()
        elif operator == "cm":
            state.matrix = times(numbers(operands), state.matrix)
        elif operator in ("m", "l", "c", "v", "y", "h", "re"):
            self._path(operator, numbers(operands))
        elif operator in ("W", "W*"):
            self.clips = True
        elif operator in FILLS or operator in STROKES or operator == "n":
            self._paint(operator)
            return
        elif operator in ("BT", "ET"):
            self.text = self.line = IDENTITY
        elif operator in ("g", "rg", "k", "G", "RG", "K"):
            self._colour(operator, numbers(operands))
        elif operator == "w":
            state.width = float(operands[0])
        elif operator.startswith("T"):
            self._text_state(operator, numbers(operands))
        self._emit(operator, operands)

    def _text_state(self, operator: str, values: Any) -> None:
        state = self.state
        match operator:
            case "Tc":
                state.spacing = values[0]
            case "Tw":
                state.words = values[0]
            case "Tz":
                state.scale = values[0] / 100
            case "TL":
                state.leading = values[0]
            case "Ts":
                state.rise = values[0]
            case "Tr":
                state.mode = int(values[0])
            case "Tm":
                self.text = self.line = values[:6]
            case "Td" | "TD":
                if operator == "TD":
                    state.leading = -values[1]
                self.text = self.line = times((1, 0, 0, 1, values[0], values[1]), self.line)
            case "T*":
                self.text = self.line = times((1, 0, 0, 1, 0, -state.leading), self.line)

    def _colour(self, operator: str, values: Any) -> None:
        is_fill = operator.islower()
        space = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}[len(values)]
        self._set_colour(is_fill, space, _is_white(space, values))

    def _set_colour(self, is_fill: bool, space: str, white: bool) -> None:
        if is_fill:
            self.state.fill_space, self.state.fill_is_white = space, white
        else:
            self.state.stroke_space, self.state.stroke_is_white = space, white

    def _space(self, operator: str, operands: list[Any]) -> None:
        (name,) = operands
        family = str(name)
        if family not in ("/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/Pattern"):
            found = self._resource("/ColorSpace", name)
            if found is None:
                return
            family = self.copier.family(found)
            self._use("/ColorSpace", name, self.copier.colour(found))
        self._set_colour(operator == "cs", family, False)
        self._emit(operator, operands)

    def _set(self, operator: str, operands: list[Any]) -> None:
        is_fill = operator in ("sc", "scn")
        space = self.state.fill_space if is_fill else self.state.stroke_space
        if operands and isinstance(operands[-1], Name):
            pattern = self._resource("/Pattern", operands[-1])
            if pattern is None or not all(_is_plain(one) for one in operands):
                return
            self._use("/Pattern", operands[-1], self.copier.pattern(pattern, self.depth + 1))
            self._set_colour(is_fill, space, False)
        elif all(_is_number(one) for one in operands):
            self._set_colour(is_fill, space, _is_white(space, numbers(operands)))
        else:
            return
        self._emit(operator, operands)

    def _graphics(self, operator: str, operands: list[Any]) -> None:
        (name,) = operands
        found = self._resource("/ExtGState", name)
        if not isinstance(found, Dictionary):
            return
        state = self.state
        state.fill_alpha = float(found.get("/ca", state.fill_alpha))
        state.stroke_alpha = float(found.get("/CA", state.stroke_alpha))
        state.width = float(found.get("/LW", state.width))
        if "/BM" in found or "/SMask" in found:
            blend = found.get("/BM", Name.Normal)
            state.is_plain = blend in (Name.Normal, Name.Compatible) and found.get("/SMask", Name.None_) == Name(
                "/None"
            )
        if "/Font" in found:
            state.font, state.size = self.copier.glyphs(found.Font[0]), float(found.Font[1])
        self._use("/ExtGState", name, self.copier.state(found, self.depth + 1))
        self._emit(operator, operands)

    def _dash(self, operator: str, operands: list[Any]) -> None:
        if len(operands) == 2 and isinstance(operands[0], Array) and all(_is_number(one) for one in operands[0]):
            self._emit(operator, operands)

    # paths

    def _path(self, operator: str, values: Any) -> None:
        matrix = self.state.matrix
        upright = (matrix[1] == matrix[2] == 0) or (matrix[0] == matrix[3] == 0)
        if operator == "re":
            self._end_subpath()
            x, y, width, height = values
            self.subpaths.append((around(matrix, x, y, x + width, y + height), upright))
        elif operator == "m":
            self._end_subpath()
            self.points = [at(matrix, *values[:2])]
        elif operator == "h":
            self._end_subpath()
        else:
            pairs = [at(matrix, *values[place : place + 2]) for place in range(0, len(values) - 1, 2)]
            self.points += pairs if operator == "l" else [*pairs, None]

    def _end_subpath(self) -> None:
        points = [one for one in self.points if one]
        if len(points) > 1:
            xs, ys = zip(*points, strict=True)
            corners = points[:-1] if points[0] == points[-1] else points
            is_box = None not in self.points and len(corners) == 4 and len({*xs}) == 2 and len({*ys}) == 2
            self.subpaths.append(((min(xs), min(ys), max(xs), max(ys)), is_box))
        self.points = []

    def _paint(self, operator: str) -> None:
        self._end_subpath()
        state, paths = self.state, self.subpaths
        if self.is_hidden:
            operator = "n"
        spread = abs(state.width) * max(map(abs, state.matrix[:4])) / 2
        whole = len(paths) < 60 and not any(
            one is not other and holds(one[0], other[0]) for one in paths for other in paths
        )
        for box, is_box in paths:
            if operator in FILLS:
                opaque = state.fill_alpha > 0.99 and state.is_plain and state.fill_space != "/Pattern"
                cover = is_box and opaque and whole and state.clip_is_box
                self.seen.paint(common(box, state.clip), white=state.fill_is_white, cover=cover)
            if operator in STROKES:
                box = (box[0] - spread, box[1] - spread, box[2] + spread, box[3] + spread)
                self.seen.paint(common(box, state.clip), white=state.stroke_is_white)
        if operator != "n" and paths:
            self._painted()
        if self.clips and paths:
            boxes = [box for box, _is_box in paths]
            hull = (
                min(b[0] for b in boxes),
                min(b[1] for b in boxes),
                max(b[2] for b in boxes),
                max(b[3] for b in boxes),
            )
            state.clip = common(state.clip, hull)
            state.clip_is_box = state.clip_is_box and len(paths) == 1 and paths[0][1]
        self.subpaths, self.clips = [], False
        self._emit(operator)

    def _shade(self, operator: str, operands: list[Any]) -> None:
        (name,) = operands
        found = self._resource("/Shading", name)
        if found is None or self.is_hidden:
            return
        self._use("/Shading", name, self.copier.shading(found))
        self.seen.paint(common(self.state.clip, self.seen.box))
        self._painted()
        self._emit(operator, operands)

    # text

    def _font(self, operator: str, operands: list[Any]) -> None:
        name, size = operands
        found = self._resource("/Font", name)
        if found is None:
            self.state.font = None
            return
        self.state.font, self.state.size = self.copier.glyphs(found), float(size)
        self._use("/Font", name, self.copier.font(found, self.depth + 1))
        self._emit(operator, operands)

    def _show(self, operator: str, operands: list[Any]) -> None:
        if operator == '"':
            self._plain("Tw", operands[:1])
            self._plain("Tc", operands[1:2])
        if operator in ("'", '"'):
            self._plain("T*", [])
        parts = list(operands[0]) if operator == "TJ" else [operands[-1]]
        parts = [one for one in parts if isinstance(one, String) or _is_number(one)]
        state, font = copy(self.state), self.state.font
        if font is None or not parts:
            return
        matrix = times(self.text, state.matrix)
        text = Text(self.out, len(self.out), self.seen.order, parts, state, font, matrix, tuple(self.marks))
        self._emit("TJ", [Array(parts)])
        _glyphs, end = font.laid_out(parts, state)
        self.text = times((1, 0, 0, 1, end, 0), self.text)
        box = text_box(text, 0, max(end, font.widest_of(parts, state)))
        text.behind = state.mode == 3
        on_nothing = self._is_white(state) and not any(not is_empty(common(box, one)) for one in self.seen.painted)
        text.hidden = (
            self.is_hidden
            or is_empty(common(common(box, state.clip), self.seen.box))
            or self._is_transparent(state)
            or on_nothing
            or _height(text) < SMALLEST
        )
        self.seen.texts.append(text)

    @staticmethod
    def _is_white(state: State) -> bool:
        return {0: state.fill_is_white, 4: state.fill_is_white, 1: state.stroke_is_white, 5: state.stroke_is_white}.get(
            state.mode, state.fill_is_white and state.stroke_is_white
        )

    @staticmethod
    def _is_transparent(state: State) -> bool:
        fill, stroke = state.fill_alpha < 0.02, state.stroke_alpha < 0.02
        return {0: fill, 4: fill, 1: stroke, 5: stroke}.get(state.mode, fill and stroke)

    # what is drawn as a whole

    def _do(self, operator: str, operands: list[Any]) -> None:
        (name,) = operands
        found = self._resource("/XObject", name)
        if not isinstance(found, pikepdf.Stream) or self.is_hidden or self.copier.is_off(found.get("/OC")):
            return
        kind = found.get("/Subtype")
        if kind == Name.Image:
            self._picture(name, self.copier.image(found))
        elif kind == Name.Form:
            drawn = self._form(found)
            if drawn is not None:
                self._use("/XObject", name, drawn)
                self._painted()
                self._emit(operator, operands)

    def _picture(self, name: Any, image: Any) -> None:
        box = common(around(self.state.matrix, 0, 0, 1, 1), self.state.clip)
        if image is None or is_empty(common(box, self.seen.box)):
            return
        self.seen.paint(box)
        self.seen.pictures.append(common(box, self.seen.box))
        self._use("/XObject", name, image)
        self._painted()
        self._emit("Do", [name])

    def _inline(self, instruction: Any) -> None:
        if self.is_hidden:
            return
        image = instruction.iimage
        name = Name(f"/Inline{len(self.used.get('/XObject', {}))}x{self.copier.next_number()}")
        self._picture(name, self.copier.inline_image(image, self.given))

    def _form(self, found: Any) -> Any:
        """A form as it is seen here: the same form elsewhere may show another part of itself."""
        state = copy(self.state)
        state.matrix = times(numbers(found.get("/Matrix", IDENTITY)), state.matrix)
        state.clip = common(state.clip, around(state.matrix, *upright(numbers(found.BBox))))
        if is_empty(common(state.clip, self.seen.box)):
            return None
        return self.copier.form(found, self.seen, state, self.given, self.depth + 1)

    # marked content

    def _mark(self, operator: str, operands: list[Any]) -> None:
        tag = operands[0] if operands and isinstance(operands[0], Name) else Name.Span
        mark = Mark(len(self.out), self.out, self.key)
        properties = operands[1] if operator == "BDC" and len(operands) > 1 else None
        if isinstance(properties, Name):
            properties = self._resource("/Properties", properties)
        if tag == Name.OC:
            mark.is_hidden = self.copier.is_off(properties)
            tag, properties = Name.Span, None
        kept = _known_marks(properties)
        if "/MCID" in kept:
            mark.mcid = int(kept.MCID)
        self.marks.append(mark)
        self.seen.marks.append(mark)
        if len(kept):
            self._emit("BDC", [tag, kept])
        else:
            self._emit("BMC", [tag])

    def _end_mark(self, _operator: str, _operands: list[Any]) -> None:
        if self.marks:
            self.marks.pop()
            self._emit("EMC")

    def _painted(self) -> None:
        for mark in self.marks:
            mark.is_painted = True

    # resources

    def _resource(self, kind: str, name: Any) -> Any:
        found = self.given.get(kind)
        return found.get(str(name)) if isinstance(found, Dictionary) and isinstance(name, Name) else None

    def _use(self, kind: str, name: Any, thing: Any) -> None:
        if kind not in self.used:
            self.used[kind] = Dictionary()
        if thing is not None:
            self.used[kind][str(name)] = thing


HANDLERS: dict[str, Callable[[Interpreter, str, list[Any]], None]] = {
    **dict.fromkeys(("cs", "CS"), Interpreter._space),
    **dict.fromkeys(("sc", "SC", "scn", "SCN"), Interpreter._set),
    **dict.fromkeys(("Tj", "TJ", "'", '"'), Interpreter._show),
    **dict.fromkeys(("BMC", "BDC"), Interpreter._mark),
    "gs": Interpreter._graphics,
    "d": Interpreter._dash,
    "sh": Interpreter._shade,
    "Tf": Interpreter._font,
    "Do": Interpreter._do,
    "EMC": Interpreter._end_mark,
}


def upright(box: Box) -> Box:
    return min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])


def _is_number(one: Any) -> bool:
    return isinstance(one, (int, float)) or type(one).__name__ == "Decimal"


def _is_plain(one: Any) -> bool:
    return _is_number(one) or isinstance(one, Name)


def _is_white(space: str, values: Any) -> bool:
    if space in ("/DeviceCMYK", "/Separation", "/DeviceN"):
        return all(one < 1 - WHITE for one in values)
    return space in ("/DeviceGray", "/DeviceRGB") and all(one > WHITE for one in values)


def _known_marks(properties: Any) -> Any:
    kept = Dictionary()
    if isinstance(properties, Dictionary):
        for key in OF_MARKS:
            if key in properties and (_is_plain(properties[key]) or isinstance(properties[key], Array)):
                kept[key] = properties[key]
        for key in SPOKEN:
            if isinstance(properties.get(key), String):
                kept[key] = String(str(properties[key]))
    return kept


def text_box(text: Text, start: float, end: float) -> Box:
    """The box on the page of a stretch of text, from one place on its line to another."""
    size, rise = text.state.size, text.state.rise
    low, high = sorted((rise - 0.2 * size, rise + 0.8 * size))
    return around(text.matrix, min(start, end) - 0.01 * abs(size), low, max(start, end) + 0.01 * abs(size), high)


def _height(text: Text) -> float:
    _a, _b, c, d, _e, _f = text.matrix
    return abs(text.state.size) * (c * c + d * d) ** 0.5


def decide(seen: Seen) -> set[tuple[Any, int | None]]:
    """Take out what cannot be seen, now that the whole page is known; say what was spoken of things not shown."""
    seen.has_text = any(not text.hidden and not text.behind for text in seen.texts)
    for text in seen.texts:
        over = [box for order, box in seen.covers if order > text.order]
        is_layer = text.behind and not text.hidden and seen.is_scan
        seen.has_layer = seen.has_layer or is_layer
        if text.hidden or (text.behind and not is_layer):
            kept = _without(text, seen, [], everything=True)
        else:
            kept = _without(text, seen, over)
        seen.lost = seen.lost or kept is not text.parts
        text.out[text.at] = ([Array(kept)], Operator("TJ"))
        if any(isinstance(one, String) for one in kept):
            for mark in text.marks:
                mark.is_painted = True
    for mark in seen.marks:
        if not mark.is_painted:
            operands, _operator = mark.out[mark.at]
            for key in SPOKEN if len(operands) > 1 else ():
                if key in operands[1]:
                    del operands[1][key]
    for finish in seen.finish:
        finish()
    return {(mark.key, mark.mcid) for mark in seen.marks if mark.is_painted and mark.mcid is not None}


def _without(text: Text, seen: Seen, covers: list[Box], *, everything: bool = False) -> list[Any]:
    """The text with gaps in place of glyphs that are covered or off the page."""
    font, state = text.font, text.state
    glyphs, end = font.laid_out(text.parts, state)
    whole = text_box(text, 0, end)
    page = common(seen.box, state.clip)
    over = [box for box in covers if not is_empty(common(box, whole))]
    if not everything and not over and holds(page, whole, 0):
        return text.parts
    if not font.is_exact and not everything:
        everything = any(holds(box, _core(text, 0, end)) for box in over)
        if not everything:
            return text.parts
    kept: list[Any] = []
    gap = 0.0
    before: int | None = None
    for code, start, stop in glyphs:
        if code is None:
            gap += start
            continue
        box = _core(text, start, stop)
        if everything or is_empty(common(box, page)) or any(holds(one, box) for one in over):
            if state.size:
                gap -= (stop - start) / state.scale / state.size * 1000 if state.scale else 0
            continue
        if gap:
            kept.append(round(gap, 2))
            gap, before = 0.0, None
        if before is None:
            kept.append(b"")
            before = len(kept) - 1
        kept[before] += code
    if gap:
        kept.append(round(gap, 2))
    return [String(one) if isinstance(one, bytes) else one for one in kept]


def _core(text: Text, start: float, stop: float) -> Box:
    """The middle of a glyph: what has to be seen for it to be read."""
    size, rise = text.state.size, text.state.rise
    low, high = sorted((rise + 0.1 * size, rise + 0.5 * size))
    left, right = sorted((start, stop))
    inset = (right - left) * 0.1 - 0.01 * abs(
        size
    )  # a glyph without a width, such as a stroke through the next one, is one
    return around(text.matrix, left + inset, low, right - inset, high)


class Glyphs:
    """How wide the glyphs of a font are."""

    def __init__(self, font: Any) -> None:
        self.kind = str(font.get("/Subtype", ""))
        self.length, self.default, self.is_exact = 1, ROUGH, False
        self.widths: dict[int, float] = {}
        self.factor = 0.001
        if self.kind == "/Type0":
            self._composite(font)
        elif isinstance(font.get("/Widths"), Array):
            first = int(font.get("/FirstChar", 0))
            if self.kind == "/Type3":
                self.factor = abs(float(font.get("/FontMatrix", IDENTITY)[0]))
            self.widths = {first + n: float(one) * self.factor for n, one in enumerate(font.Widths) if _is_number(one)}
            self.default, self.is_exact = 0.0, True

    def _composite(self, font: Any) -> None:
        encoding = font.get("/Encoding")
        self.length = 2
        inner = font.DescendantFonts[0]
        self.default = float(inner.get("/DW", 1000)) * self.factor
        self.is_exact = encoding == Name("/Identity-H")
        values: list[Any] = list(inner.get("/W", []))
        place = 0
        while place + 1 < len(values):
            first, second = int(values[place]), values[place + 1]
            if isinstance(second, Array):
                for number, wide in enumerate(second):
                    self.widths[first + number] = float(wide) * self.factor
                place += 2
            else:
                width = float(values[place + 2]) * self.factor
                for number in range(first, min(int(second), first + 65535) + 1):
                    self.widths[number] = width
                place += 3

    def laid_out(self, parts: list[Any], state: State) -> tuple[list[tuple[bytes | None, float, float]], float]:
        """``(code, start, stop)`` of each glyph along its line, ``(None, number, 0)`` of each gap; and the end."""
        x = 0.0
        found: list[tuple[bytes | None, float, float]] = []
        for part in parts:
            if not isinstance(part, String):
                found.append((None, float(part), 0.0))
                x -= float(part) / 1000 * state.size * state.scale
                continue
            data = bytes(part)
            for place in range(0, len(data), self.length):
                code = data[place : place + self.length]
                number = int.from_bytes(code)
                width = self.widths.get(number, self.default) * state.size + state.spacing
                if self.length == 1 and number == 32:
                    width += state.words
                found.append((code, x, x + width * state.scale))
                x += width * state.scale
        return found, x

    def widest_of(self, parts: list[Any], state: State) -> float:
        if self.is_exact:
            return 0.0
        count = sum(len(bytes(one)) for one in parts if isinstance(one, String)) / self.length
        return count * (ROUGH_WIDEST * abs(state.size) + state.spacing) * abs(state.scale)
