# SPDX-License-Identifier: EUPL-1.2
"""The fictional town of Lindenfurt. Everything in this package is invented."""

from demo.lindenfurt.people import PASSWORD, USERS
from demo.lindenfurt.town import build


def logins() -> list[tuple[str, ...]]:
    """One login for each role: ``(role, name, e-mail, password)``."""
    return [(user.role, user.name, user.email, PASSWORD) for user in USERS if user.role]
