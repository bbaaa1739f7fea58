# SPDX-License-Identifier: EUPL-1.2
"""A delivered file, unpacked and decoded, that can be read as a stream of lines more than once."""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Self, TextIO

import python_calamine
from django.core.exceptions import ValidationError
from ftfy.badness import is_bad

from core.sentences import sentence as _

if TYPE_CHECKING:
    from django.core.files import File
    from python_calamine import CalamineWorkbook

    from core.sentences import Sentence

CHUNK = 1 << 20
HEAD_LINES = 400
EXCEL_RATIO = 12  # how many times its packed limit a workbook may grow: XML packs well
MOST_COLUMNS = 2_000
MOST_CELLS = 4_000_000  # in the rectangle from the first cell to the furthest one, which is set up as a whole
LONGEST_FIELD = 32_767  # signs, as in a cell of Excel
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
CELL = re.compile(rb"<(?:\w+:)?c\s[^<>]*>")
PLACE = re.compile(rb'\sr="([A-Z]{1,3})([0-9]{1,7})"')

csv.field_size_limit(LONGEST_FIELD)


class Rows:
    """The rows of a text; a row with too many columns or too long a field is refused, by its line."""

    def __init__(self, lines: Iterable[str], delimiter: str) -> None:
        self._reader = csv.reader(lines, delimiter=delimiter)

    @property
    def line_num(self) -> int:
        return self._reader.line_num

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> list[str]:
        try:
            row = next(self._reader)
        except csv.Error as error:
            raise ValidationError(
                _("Line %(line)s cannot be read: a field has more than %(most)s signs. Is a quotation mark missing?")
                % {"line": self.line_num, "most": LONGEST_FIELD}
            ) from error
        if len(row) > MOST_COLUMNS:
            raise too_many_columns(self.line_num)
        return row


class Source:
    """One table file: text (``lines``) or a workbook (``workbook``). ``limit`` is in bytes, unpacked.

    Raises ``ValidationError`` with what to do for anything that is neither; nothing is read beyond the limit.
    """

    def __init__(self, file: BinaryIO | File, name: str = "", *, limit: int) -> None:
        self.file, self.name, self.limit = file, name.rsplit("/", 1)[-1], limit
        self.member: Any = None
        self.workbook: Any = None
        self.sha256 = self._checksum()
        self.packing = self._packing()
        if self.packing == "xlsx":
            self.workbook, self.encoding, self.head = self._open_workbook(), "", []
        else:
            self.encoding, self.head = self._examine()

    def lines(self) -> TextIO:
        """The text from its first line, line ends made one, without a byte order mark."""
        stream = io.BufferedReader(_Raw(self._open()), CHUNK)
        return io.TextIOWrapper(stream, encoding=self.encoding, errors="replace", newline=None)

    def rows(self, delimiter: str = ";") -> Rows:
        """The rows of the text, from its first line."""
        return Rows(self.lines(), delimiter)

    def sheet(self, name: str) -> python_calamine.CalamineSheet:
        """A sheet of the workbook."""
        try:
            return self.workbook.get_sheet_by_name(name)
        except python_calamine.CalamineError as error:
            raise unopened() from error

    @property
    def first_line(self) -> str:
        return next((line.strip() for line in self.head if line.strip()), "")

    def _checksum(self) -> str:
        digest, size = hashlib.sha256(), 0
        self.file.seek(0)
        while chunk := self.file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            if size > self.limit:
                raise too_large(self.limit)
        return digest.hexdigest()

    def _packing(self) -> str:
        self.file.seek(0)
        start = self.file.read(8)
        if start.startswith(b"\x1f\x8b"):
            return "gzip"
        if not start.startswith(b"PK\x03\x04"):
            return ""
        try:
            self.file.seek(0)
            with zipfile.ZipFile(self.file) as archive:
                members = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError) as error:
            raise damaged() from error
        names = {member.filename for member in members}
        if "[Content_Types].xml" in names:
            if len(members) > 2000 or sum(member.file_size for member in members) > self.limit * EXCEL_RATIO:
                raise too_large(self.limit)
            self._check_members()
            self._check_ranges()
            return "xlsx"
        tables = [member for member in members if member.filename.lower().endswith((".csv", ".json"))]
        if len(members) != 1 or len(tables) != 1:
            raise ValidationError(_("This archive has more than one file. Please upload one table at a time."))
        self.member = tables[0].filename
        self.name = self.member.rsplit("/", 1)[-1]
        return "zip"

    def _check_members(self) -> None:
        """Read every member once: one that is longer than it says fails its checksum here, before it is believed."""
        try:
            self.file.seek(0)
            with zipfile.ZipFile(self.file) as archive:
                bad = archive.testzip()
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error) as error:
            raise damaged() from error
        if bad:
            raise damaged()

    def _check_ranges(self) -> None:
        """Refuse a sheet with a cell far outside of its table, before room is made for all cells between."""
        self.file.seek(0)
        with zipfile.ZipFile(self.file) as archive:
            for member in archive.infolist():
                if SHEET.fullmatch(member.filename):
                    with archive.open(member) as sheet:
                        _check_range(sheet)

    def _open(self) -> Any:
        self.file.seek(0)
        if self.packing == "gzip":
            return gzip.GzipFile(fileobj=self.file)
        if self.packing == "zip":
            return zipfile.ZipFile(self.file).open(self.member)
        return self.file

    def _open_workbook(self) -> CalamineWorkbook:
        self.file.seek(0)
        try:
            return python_calamine.load_workbook(io.BytesIO(self.file.read()))
        except Exception as error:  # calamine's errors have no common class
            raise unopened() from error

    def _examine(self) -> tuple[str, list[str]]:
        """One pass over the bytes: size, encoding, the first lines."""
        decoder = codecs.getincrementaldecoder("utf-8-sig")()
        encoding, start, size = "utf-8-sig", bytearray(), 0
        try:
            stream = self._open()
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if size > self.limit:
                    raise too_large(self.limit)
                if len(start) < CHUNK:
                    start += chunk
                if encoding == "utf-8-sig":
                    try:
                        decoder.decode(chunk)
                    except UnicodeDecodeError:
                        encoding = "cp1252"
        except (OSError, EOFError, zipfile.BadZipFile, RuntimeError, ValueError) as error:
            raise damaged() from error
        if b"\x00" in start[:4096] or start.startswith(b"%PDF"):
            raise ValidationError(
                _("This is not a table. Please download the table as CSV or XLSX and upload it unchanged.")
            )
        head = bytes(start).decode(encoding, "replace").splitlines()[:HEAD_LINES]
        if not any(line.strip() for line in head):
            raise ValidationError(_("The file is empty. Please download the table again."))
        _refuse_broken_umlauts(head)
        _refuse_other_formats(head, start)
        return encoding, head


class _Raw(io.RawIOBase):
    """A stream that belongs to somebody else: closing it leaves theirs open."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _check_range(sheet: IO[bytes]) -> None:
    rows, columns, rest = 0, 0, b""
    while chunk := sheet.read(CHUNK):
        chunk = rest + chunk
        for cell in CELL.finditer(chunk):
            found = None if cell[0].endswith(b"/>") else PLACE.search(cell[0])
            if found:
                rows = max(rows, int(found[2]))
                columns = max(columns, _column(found[1]))
                if rows * columns > MOST_CELLS or columns > MOST_COLUMNS:
                    raise ValidationError(
                        _(
                            "A sheet reaches as far as cell %(cell)s; so large a range is not read. Please delete the "
                            "stray cell (Ctrl and End lead to it) and save the file again."
                        )
                        % {"cell": (found[1] + found[2]).decode()}
                    )
        rest = chunk[max(chunk.rfind(b"<"), len(chunk) - CHUNK) :]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def unopened() -> ValidationError:
    return ValidationError(_("This Excel file cannot be opened. Please save it again as .xlsx, without a password."))


def too_many_columns(line: int) -> ValidationError:
    return ValidationError(
        _("Line %(line)s has more than %(most)s columns; so many are not read.") % {"line": line, "most": MOST_COLUMNS}
    )


def too_large(limit: int) -> ValidationError:
    return ValidationError(_("The file is too large. At most %(size)s MB are read.") % {"size": max(limit // 2**20, 1)})


def damaged() -> ValidationError:
    return ValidationError(_("The packed file is damaged. Please download it again."))


def _refuse_broken_umlauts(head: Iterable[str]) -> None:
    sample = next((line for line in head if "Ã" in line and is_bad(line)), "")
    if sample:
        raise ValidationError(
            _("The umlauts in this file are broken (“%(sample)s”). Please upload the file as it was downloaded.")
            % {"sample": sample.strip()[:40]}
        )


def _refuse_other_formats(head: Iterable[str], start: bytearray) -> None:
    text = "\n".join(head).lstrip()
    beginning = text[:200].lower()
    if beginning.startswith(("<!doctype html", "<html")):
        raise ValidationError(
            _("This is a web page, perhaps the login page. Please log in and download the table again.")
        )
    if beginning.startswith(("<?xml", "<genml")):
        raise ValidationError(_("This is an XML file. Please download the table as CSV or XLSX."))
    if beginning.startswith(("{", "[")):
        raise ValidationError(said_by_service(bytes(start)))
    if beginning.startswith("* der benutzer"):
        raise ValidationError(
            _("This is a cube file. Please download the table instead, as “flat file CSV”, and upload it unchanged.")
        )


def said_by_service(data: bytes) -> Any:
    """The sentence for a JSON answer of the web service that came in place of a table."""
    try:
        envelope = json.loads(data)
        status = envelope["Status"]
        code, content = (
            (status["Code"], status["Content"]) if isinstance(status, dict) else (envelope.get("Code"), status)
        )
    except (ValueError, TypeError, KeyError):
        return _("This is a JSON file, not a table. Please download the table as CSV or XLSX.")
    return service_message(code, content)


def service_message(code: Any, content: Any) -> Sentence:
    """What a status code of the GENESIS web service means, and what to do."""
    known = {
        2: _("The web service does not know this login. Please check user name and password."),
        6: _("Too many requests run at once. Please try again in a few minutes."),
        15: _("The web service refuses this login. Please check whether the account may fetch tables."),
        22: _("The web service changed a parameter. Please check the selection."),
        50: _("There is nothing newer than what was fetched last."),
        90: _("The web service does not know this table. Please check the table code."),
        98: _("The table is too large to be fetched at once. Please fetch it as a job in the background."),
        99: _("The web service prepares the table in the background. Please fetch the result later."),
        104: _("There is no table for this selection, or it is not ready yet. Please check code and period."),
        -1: _("The web service found no data for this selection. Please check code and period."),
        0: _("This is an answer of the web service without a table. Please download the table itself."),
    }
    meaning = known.get(code, _("The web service answered with a message in place of a table."))
    said = " ".join(str(content or "").split())[:200]
    return _("%(meaning)s (code %(code)s: %(said)s)") % {"meaning": meaning, "code": code, "said": said}
