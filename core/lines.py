# SPDX-License-Identifier: EUPL-1.2
import re


def lines_of(text):
    """The items of a text that has one per line, without the numbers or dashes people put before them."""
    stripped = (re.sub(r"^\s*(?:\d+[.)]|[-–•])\s+", "", line).strip() for line in text.splitlines())
    return [line for line in stripped if line]
