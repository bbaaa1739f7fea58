# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The town of Lindenfurt, the matrix of rights, and the command that serves them. Nothing imports it."""

    name = "demo"
