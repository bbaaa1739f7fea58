# SPDX-License-Identifier: EUPL-1.2
"""What people see when the house itself fails."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template import loader
from django.views.defaults import server_error

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase


def failed(request: HttpRequest) -> HttpResponseBase:
    """A database that is away is no mistake in a page: it says so, also to machines (503); all else is 500."""
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return server_error(request)
    answer = HttpResponse(loader.get_template("503.html").render(), status=503)
    answer["Retry-After"] = "30"
    return answer
