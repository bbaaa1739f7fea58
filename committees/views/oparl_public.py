# SPDX-License-Identifier: EUPL-1.2
"""The open interface: OParl 1.1, read only, the guest's view. Without the setting none of its addresses exist."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees.models import PublicObject
from committees.oparl import files, listing, objects, publishing
from committees.oparl.addresses import SCHEMA, absolute
from committees.oparl.stamps import bury

if TYPE_CHECKING:
    from accounts.requests import Request
    from committees.oparl.files import FileKind

LISTS = {
    "organizations": "Organization",
    "persons": "Person",
    "meetings": "Meeting",
    "papers": "Paper",
    "agendaitems": "AgendaItem",
    "consultations": "Consultation",
    "locations": "Location",
    "legislativeterms": "LegislativeTerm",
    "memberships": "Membership",
    "files": "",
}
OBJECTS = {name.lower(): name for name in objects.KINDS if name != "System"}


def interface(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to everybody where the house switched it on, German, without cookies, for pages of any other host too."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.PUBLIC_OPARL:
            raise Http404
        with translation.override(settings.LANGUAGE_CODE):
            try:
                response = view(request, *args, **kwargs)
            except Http404:
                response = _error(404, _("There is no such object."))
            except listing.BadFilter as error:
                response = _error(400, str(error))
        response["Access-Control-Allow-Origin"] = "*"
        response["Content-Language"] = "de"
        response.headers.setdefault("Cache-Control", "public, no-cache")
        if request.method == "HEAD":
            response["Content-Length"], response.content = str(len(response.content)), b""
        return response

    return login_not_required(require_safe(answered))


def _error(status: int, message: str) -> HttpResponse:
    response = _json({"type": f"{SCHEMA}Error", "message": message, "debug": str(status)}, status=status)
    response._has_been_logged = True  # a client that asks for what is not there is no warning to us
    return response


def _json(content: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(body.encode(), content_type="application/json", status=status)


def _answer(request: Request, content: Mapping[str, Any], *, modified: Sequence[str]) -> HttpResponse:
    """JSON that a client may keep and ask about again."""
    response = _json(content)
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    last = int(max(datetime.fromisoformat(text) for text in modified).timestamp()) if modified else None
    return get_conditional_response(request, etag=etag, last_modified=last, response=_dated(response, etag, last))  # type: ignore[return-value]


def _dated(response: HttpResponse, etag: str, last: int | None) -> HttpResponse:
    response["ETag"] = etag
    if last:
        response["Last-Modified"] = http_date(last)
    return response


def _list(
    request: Request, address: str, kinds: Sequence[str], *, narrow: Callable[..., Any] | None = None
) -> HttpResponse:
    asked = listing.asked(request.GET)
    if asked.stamps:
        publishing.catch_up()
    data, following = listing.page(kinds, asked, narrow=narrow)
    content = listing.envelope(address, data, following, asked, listing.total(kinds, asked, narrow=narrow))
    return _answer(request, content, modified=[one["modified"] for one in data])


@interface
def system(request: Request) -> HttpResponse:
    content = objects.render("System", objects.fixed("System"))[1]
    content |= {"id": absolute("system")}
    return _answer(request, content, modified=[content["modified"]])


@interface
def bodies(request: Request) -> HttpResponse:
    return _list(request, absolute("bodies"), ["Body"])


@interface
def body_list(request: Request, pk: int, listing: str) -> HttpResponse:
    if pk != objects.BODY or listing not in LISTS:
        raise Http404
    kinds = [LISTS[listing]] if LISTS[listing] else [f"File:{key}" for key in files.kinds()]
    return _list(request, absolute("listing", pk, listing), kinds)


@interface
def organization_list(request: Request, pk: int, listing: str) -> HttpResponse:
    """The meetings or consultations of one body."""
    if listing not in ("meetings", "consultations") or not objects.kind_of("Organization").public().filter(pk=pk):
        raise Http404
    address = absolute("organization_listing", pk, listing)
    return _list(request, address, [LISTS[listing]], narrow=lambda rows: rows.filter(committee=pk))


@interface
def thing(request: Request, kind: str, pk: int) -> HttpResponse:
    """One object of any kind."""
    if kind not in OBJECTS:
        raise Http404
    return _object(request, OBJECTS[kind], pk)


@interface
def file(request: Request, key: str) -> HttpResponse:
    kind, pk = _file_key(key)
    return _object(request, f"File:{kind.key}", pk)


def _object(request: Request, kind: str, pk: int) -> HttpResponse:
    rows = objects.fixed(kind)
    if rows is not None:
        found = [row for row in rows if row[0] == pk]
    else:
        found = list(objects.kind_of(kind).public().filter(pk=pk))
    content = objects.render(kind, found).get(pk) if found else None
    if content is None:
        known = PublicObject.objects.filter(kind=kind, object_id=pk)
        bury(known)
        row = known.first()
        if row is None:
            raise Http404
        content = objects.tombstone(row)
    return _answer(request, content, modified=[content["modified"]])


@interface
def file_access(request: Request, key: str) -> HttpResponse:
    return _file(request, key, as_attachment=False)


@interface
def file_download(request: Request, key: str) -> HttpResponse:
    return _file(request, key, as_attachment=True)


def _file_key(key: str) -> tuple[FileKind, int]:
    name, _dash, number = key.rpartition("-")
    if name not in files.kinds() or not number.isascii() or not number.isdigit() or len(number) > 18:
        raise Http404
    return files.kinds()[name], int(number)


def _file(request: Request, key: str, *, as_attachment: bool) -> HttpResponse:
    kind, pk = _file_key(key)
    row = kind.public().filter(pk=pk).first()
    if row is None:
        if PublicObject.objects.filter(kind=f"File:{kind.key}", object_id=pk).exists():
            return _error(410, _("This file is not public any more."))
        raise Http404
    about = objects.render(f"File:{kind.key}", [row])[pk]
    content = kind.read(row)
    charset = "; charset=utf-8" if about["mimeType"].startswith("text/") else ""
    response = HttpResponse(content, content_type=about["mimeType"] + charset)
    response["Content-Length"] = str(len(content))
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    response["Content-Disposition"] = content_disposition_header(as_attachment, about["fileName"])  # type: ignore[assignment]
    last = int(datetime.fromisoformat(about["modified"]).timestamp())
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=etag, last_modified=last, response=_dated(response, etag, last))  # type: ignore[return-value]
