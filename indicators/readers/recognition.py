# SPDX-License-Identifier: EUPL-1.2
"""Which layout a file has: by its content, never by its name."""

import gzip
import io
import zipfile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from ftfy.badness import is_bad

from indicators.readers import classic, flat


def read(data, file_name="", *, table_code=""):
    """Read a delivered file. ``table_code`` names the table where neither the content nor the file name does."""
    text = _decoded(_unpacked(data))
    first_line = text.lstrip().split("\n", 1)[0].strip()
    _refuse_other_formats(text, first_line)
    for reader in (flat, classic):
        if reader.recognises(first_line):
            delivery = reader.read(text, file_name, table_code=table_code)
            if not delivery.cells:
                raise ValidationError(
                    _("The file has no values. Please download the table again, with the years you need.")
                )
            return delivery
    raise ValidationError(
        _("This layout is not known. Please download the table as “flat file CSV” or as “CSV” and upload it unchanged.")
    )


def _unpacked(data):
    limit = settings.IMPORT_MAX_BYTES
    if len(data) > limit:
        raise ValidationError(_("The file is too large. At most %(size)s MB are read.") % {"size": limit // 2**20})
    if data.startswith(b"\x1f\x8b"):
        try:
            data = gzip.GzipFile(fileobj=io.BytesIO(data)).read(limit + 1)
        except (OSError, EOFError) as error:
            raise ValidationError(_("The packed file is damaged. Please download it again.")) from error
    elif data.startswith(b"PK\x03\x04"):
        data = _only_csv_of(data, limit)
    if len(data) > limit:
        raise ValidationError(_("The file is too large. At most %(size)s MB are read.") % {"size": limit // 2**20})
    return data


def _only_csv_of(data, limit):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if member.filename.lower().endswith(".csv")]
            if len(members) != 1 or len(archive.infolist()) != 1:
                raise ValidationError(
                    _("This is an Excel file or an archive. Please upload the table as CSV, one file at a time.")
                )
            with archive.open(members[0]) as member:
                return member.read(limit + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise ValidationError(_("The packed file is damaged. Please download it again.")) from error


def _decoded(data):
    if b"\x00" in data[:4096] or data.startswith(b"%PDF"):
        raise ValidationError(_("This is not a CSV file. Please download the table as CSV and upload it unchanged."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if not text.strip():
        raise ValidationError(_("The file is empty. Please download the table again."))
    sample = next((line for line in text.splitlines()[:400] if "Ã" in line and is_bad(line)), "")
    if sample:
        raise ValidationError(
            _("The umlauts in this file are broken (“%(sample)s”). Please upload the file as it was downloaded.")
            % {"sample": sample.strip()[:40]}
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse_other_formats(text, first_line):
    start = text.lstrip()[:200].lower()
    if start.startswith(("<!doctype html", "<html")):
        raise ValidationError(
            _("This is a web page, perhaps the login page. Please log in and download the table again.")
        )
    if start.startswith(("<?xml", "<genml")):
        raise ValidationError(_("This is an XML file. Please download the table as CSV."))
    if start.startswith("{"):
        raise ValidationError(
            _("The web service answered with a message in place of a table. Please try the download again.")
        )
    if first_line.startswith(("Statistik_Code;", "statistics_code;")) and ";value;" not in f"{first_line};":
        raise ValidationError(
            _("This is the old flat file layout. Please download the table again in the present one.")
        )
    if first_line.lower().startswith("statistics_code,"):
        raise ValidationError(
            _("The columns are separated by commas. Please upload the file as it was downloaded, with semicolons.")
        )
