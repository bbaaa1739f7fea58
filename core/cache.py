# SPDX-License-Identifier: EUPL-1.2
"""A cache in Redis that never costs a page: while Redis is away, each process remembers for itself.

What counts attempts to log in goes on counting, per process instead of for all of them.
"""

import logging
import time
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

PATIENCE = 1  # seconds for a connection and for an answer
PAUSE = 10  # seconds until Redis is asked again


class PatientCache(RedisCache):
    """Redis, or this process's own memory for some seconds after Redis did not answer."""

    away_until = 0.0

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE, **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})
        self._here = LocMemCache("while-redis-is-away", params)

    def _ask(self, name: str, *arguments: Any, **more: Any) -> Any:
        # for all threads: instances belong to one thread each
        if time.monotonic() >= PatientCache.away_until:
            try:
                return getattr(super(), name)(*arguments, **more)
            except RedisError as error:
                PatientCache.away_until = time.monotonic() + PAUSE
                logger.warning("Redis does not answer, the cache stays in this process for now: %s", error)
        return getattr(self._here, name)(*arguments, **more)

    def add(self, key: str, value: object, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._ask("add", key, value, timeout, version)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._ask("get", key, default, version)

    def set(self, key: str, value: object, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        return self._ask("set", key, value, timeout, version)

    def touch(self, key: str, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._ask("touch", key, timeout, version)

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._ask("delete", key, version)

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        return self._ask("get_many", keys, version)

    def set_many(
        self, data: Mapping[str, Any], timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> list[str]:
        return self._ask("set_many", data, timeout, version)

    def delete_many(self, keys: Iterable[str], version: int | None = None) -> None:
        return self._ask("delete_many", keys, version)

    def has_key(self, key: str, version: int | None = None) -> bool:
        return self._ask("has_key", key, version)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        return self._ask("incr", key, delta, version)

    def clear(self) -> None:
        return self._ask("clear")
