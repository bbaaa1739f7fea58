# SPDX-License-Identifier: EUPL-1.2
"""How often one address may try something within a while. What counts log-ins is allauth's; this is for open pages."""

from __future__ import annotations

import ipaddress
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.shortcuts import render
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True)
class Limit:
    """At most so many in so many seconds from one address; of IPv6 a whole household counts as one."""

    name: str
    most: int
    seconds: int

    def _key(self, request: HttpRequest) -> str:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request))
        if address.version == 6:
            address = ipaddress.ip_network(f"{address}/64", strict=False).network_address
        window = int(time.time() / self.seconds)
        # the cache needs to know that it is the same address, not which one
        return f"throttle:{self.name}:{window}:{salted_hmac(self.name, str(address)).hexdigest()}"

    def is_spent(self, request: HttpRequest) -> bool:
        return cache.get(self._key(request), 0) >= self.most

    def count(self, request: HttpRequest) -> None:
        key = self._key(request)
        cache.add(key, 0, self.seconds)
        try:
            cache.incr(key)
        except ValueError:  # it has run out just now
            cache.set(key, 1, self.seconds)


def refuse(request: HttpRequest) -> HttpResponse:
    answer = render(request, "429.html", status=429)
    answer["Retry-After"] = "600"
    return answer
