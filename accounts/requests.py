# SPDX-License-Identifier: EUPL-1.2
from django.http import HttpRequest

from accounts.models import User


class Request(HttpRequest):
    """A request to a page behind the log-in, as views name it: whoever asks is one of our people."""

    user: User
