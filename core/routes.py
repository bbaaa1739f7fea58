# SPDX-License-Identifier: EUPL-1.2
"""Every address of the installation, for whoever checks rights from outside."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver

READ, WRITE = ("GET",), ("POST",)


@dataclass(frozen=True)
class Route:
    """One address: its name with the app's, the methods it answers, its parameters with their kinds."""

    name: str
    path: str
    methods: tuple[str, ...]
    parameters: dict[str, str]


def routes() -> list[Route]:
    """All named addresses, and those of the admin pages, in the order in which they are asked."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: Iterable[Any], names: str, path: str) -> Iterator[Route]:
    for pattern in patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Route(names + (pattern.name or ""), f"/{here}", _methods(pattern.callback), _parameters(pattern))
        else:
            namespace = f"{names}{pattern.namespace}:" if pattern.namespace else names
            yield from _walk(pattern.url_patterns, namespace, here)


def _methods(view: Any) -> tuple[str, ...]:
    """What ``require_http_methods`` left on the view says; without it a view answers both."""
    allowed = getattr(view, "view_class", None)
    if allowed:
        return tuple(name.upper() for name in allowed.http_method_names if hasattr(allowed, name))
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            if isinstance(cell.cell_contents, list) and set(cell.cell_contents) <= {"GET", "POST", "HEAD"}:
                return tuple(cell.cell_contents)
        view = getattr(view, "__wrapped__", None)
    return READ + WRITE


def _parameters(pattern: Any) -> dict[str, str]:
    return {name: type(converter).__name__ for name, converter in pattern.pattern.converters.items()}
