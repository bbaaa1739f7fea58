# SPDX-License-Identifier: EUPL-1.2
"""Joining the parts of a pack."""

import contextlib


@contextlib.contextmanager
def joined(parts, *, title, document, on_part):
    yield None, 0
