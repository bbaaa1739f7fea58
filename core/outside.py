# SPDX-License-Identifier: EUPL-1.2
"""Asking foreign servers: which addresses are public, and how long and how much we listen, header and body together."""

from __future__ import annotations

import ipaddress
import time
from typing import TYPE_CHECKING, Any

import httpcore
import httpx

if TYPE_CHECKING:
    from collections.abc import Iterable

# Of IPv6 only what is given out to hosts, without the blocks that carry IPv4 addresses inside (Teredo, 6to4) or are
# meant for documents; NAT64 lies outside it. Of IPv4 what the library calls global although no host is there.
HOSTS = ipaddress.ip_network("2000::/3")
BLOCKS = "2001::/23 2001:db8::/32 2002::/16 3fff::/20 192.0.0.0/24 192.88.99.0/24 224.0.0.0/4"
NO_HOSTS = [ipaddress.ip_network(block) for block in BLOCKS.split()]


def is_public(address: str) -> bool:
    """Whether an IP address belongs to a host of the open internet, not to a network behind or beside us."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if found.version == 6 and found not in HOSTS:
        return False
    return found.is_global and not any(found in block for block in NO_HOSTS if block.version == found.version)


class Patience:
    """How much longer and how many more bytes one answer may take; begun anew for each question."""

    def __init__(self) -> None:
        self.until, self.left = float("inf"), 0

    def begin(self, seconds: float, size: int) -> None:
        self.until, self.left = time.monotonic() + seconds, size

    def time_for(self, timeout: float | None) -> float:
        remaining = self.until - time.monotonic()
        if remaining <= 0:
            raise httpcore.ReadTimeout("the answer takes longer than we wait")
        return min(remaining, timeout or remaining)

    def count(self, data: bytes) -> bytes:
        self.left -= len(data)
        if self.left < 0:
            raise httpcore.ReadError("the answer is larger than we read")
        return data


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, patience: Patience) -> None:
        self._inner, self._patience = inner, patience

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._patience.count(self._inner.read(max_bytes, self._patience.time_for(timeout)))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._patience.time_for(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> _Stream:
        tls = self._inner.start_tls(ssl_context, server_hostname, self._patience.time_for(timeout))
        return _Stream(tls, self._patience)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    def __init__(self, patience: Patience) -> None:
        self._inner, self._patience = httpcore.SyncBackend(), patience

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> _Stream:
        stream = self._inner.connect_tcp(host, port, self._patience.time_for(timeout), local_address, socket_options)
        return _Stream(stream, self._patience)


def client(patience: Patience, timeout: httpx.Timeout) -> httpx.Client:
    """A client that follows nothing, knows no proxy, and listens no longer than its patience.

    The library bounds each read, not their sum: a server that sends a header one byte a second is listened to for
    ever. It has no switch for that, so the pool under its transport is replaced by one over a patient network.
    """
    transport = httpx.HTTPTransport(trust_env=False)
    transport._pool = httpcore.ConnectionPool(
        ssl_context=httpx.create_ssl_context(trust_env=False), max_connections=4, network_backend=_Backend(patience)
    )
    return httpx.Client(transport=transport, timeout=timeout, follow_redirects=False, trust_env=False)
