# SPDX-License-Identifier: EUPL-1.2
"""Asks a foreign OParl server. What it answers is hostile until shown otherwise.

Only hosts from the settings, the same host through every redirect and page, no address of the internal network unless
allowed, bounded in size and time. The address that was checked is the one that is connected to.
"""

from __future__ import annotations

import socket
import time
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urljoin, urlsplit

import httpx
from django.conf import settings

from core import outside
from core.sentences import sentence as _

if TYPE_CHECKING:
    from core.sentences import Sentence

MAX_BYTES = 32 * 1024 * 1024
MAX_SECONDS = 40
HEADERS = 256 * 1024
REDIRECTS = 3
TRIES = 3
PAUSE = 0.5
TIMEOUT = httpx.Timeout(20, connect=10)
PORTS = {"http": 80, "https": 443}


class ServerError(Exception):
    """The server could not be asked or said no, with a message for people and the status of its answer, if any."""

    def __init__(self, message: Sentence, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Answer:
    status: int
    content: bytes


def configured(address: str) -> bool:
    """Whether the administrator named this address's host in the settings."""
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return False
    if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.password:
        return False
    allowed = {host.strip().lower() for host in settings.OPARL_HOSTS}
    usual = port == PORTS[parts.scheme]
    return f"{parts.hostname}:{port}" in allowed or (usual and parts.hostname in allowed)


def _absolute(address: str, target: str) -> str:
    try:
        return urljoin(address, target)
    except ValueError as error:
        raise ServerError(_("This is no address.")) from error


def _read(response: httpx.Response, until: float) -> bytes:
    """The body, unpacked only as far as we read: a few bytes can hold gigabytes, packed once or several times."""
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("identity", "gzip", "x-gzip", "deflate"):
        raise ServerError(_("The answer is packed in a way that we do not read."))
    unpack = None if packing == "identity" else zlib.decompressobj(zlib.MAX_WBITS | 32)
    content = bytearray()
    for chunk in response.iter_raw():
        try:
            content += unpack.decompress(chunk, MAX_BYTES + 1 - len(content)) if unpack else chunk
        except zlib.error as error:
            raise ServerError(_("The answer is damaged.")) from error
        if len(content) > MAX_BYTES:
            raise ServerError(_("The answer is larger than we read."))
        if time.monotonic() > until:
            raise ServerError(_("The answer takes longer than we wait."))
    return bytes(content)


class Client:
    """One server: ``Client(address_of_its_system)``. Nothing but this host is ever asked."""

    def __init__(self, address: str) -> None:
        self.host = (urlsplit(address).hostname or "").lower()
        self.port = urlsplit(address).port
        self._patience = outside.Patience()
        self._http = outside.client(self._patience, TIMEOUT)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: Any) -> None:
        self._http.close()

    def get(self, address: str) -> Answer:
        """The answer with 200 or 404; passing trouble is tried again, everything else is an error."""
        for attempt in range(1, TRIES + 1):
            try:
                answer = self._follow(address)
            except (httpx.InvalidURL, ValueError) as error:
                raise ServerError(_("This is no address.")) from error
            except httpx.HTTPError as error:
                if attempt == TRIES:
                    raise ServerError(_("The server does not answer.")) from error
            else:
                if answer.status in (200, 404):
                    return answer
                if (answer.status < 500 and answer.status != 429) or attempt == TRIES:
                    raise ServerError(
                        _("The server answered with status %(status)s.") % {"status": answer.status}, answer.status
                    )
            time.sleep(PAUSE * attempt)
        raise ServerError(_("The server does not answer."))

    def _follow(self, address: str) -> Answer:
        until = time.monotonic() + MAX_SECONDS
        self._patience.begin(MAX_SECONDS, MAX_BYTES + HEADERS)
        for _hop in range(REDIRECTS + 1):
            answer, target = self._once(address, until)
            if target is None:
                return answer
            address = _absolute(address, target)
        raise ServerError(_("The server sends from one address to the next."))

    def _once(self, address: str, until: float) -> tuple[Any, str | None]:
        if not configured(address) or (urlsplit(address).hostname or "").lower() != self.host:
            raise ServerError(_("This address is not on the server that was allowed."))
        parts = urlsplit(address)
        checked = self._resolve(parts.hostname, parts.port or PORTS[parts.scheme])
        url = httpx.URL(address)
        request = self._http.build_request(
            "GET",
            url.copy_with(host=checked),
            headers={
                "Host": url.netloc.decode(),
                "Accept": "application/json",
                "Accept-Encoding": "gzip",
                "User-Agent": "Bildungsbuero-OParl",
            },
            extensions={"sni_hostname": parts.hostname},
        )
        response = self._http.send(request, stream=True)
        try:
            if response.has_redirect_location:
                return None, response.headers["location"]
            return Answer(response.status_code, _read(response, until)), None
        finally:
            response.close()

    def _resolve(self, host: str | None, port: int) -> Any:
        try:
            found = {entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
        except OSError as error:
            raise ServerError(_("The name of the server is not known.")) from error
        for one in found:
            if not settings.OPARL_PRIVATE and not outside.is_public(one):
                raise ServerError(_("The server is in the internal network; the settings do not allow that."))
        return sorted(found)[0]
