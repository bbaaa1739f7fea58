# SPDX-License-Identifier: EUPL-1.2
"""What the look at a file may end with."""


class Refused(Exception):
    """The file is not taken. ``code`` names the reason; ``intake`` has the sentence for it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
