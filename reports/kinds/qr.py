# SPDX-License-Identifier: EUPL-1.2
"""An address as a code to scan, drawn as one path of strokes, with the address in words for those who do not see it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import segno
from django.utils.html import format_html
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

QUIET = 1  # light modules around the code; the white paper goes on from there


@lru_cache(maxsize=64)
def _path(address: str) -> tuple[int, str]:
    matrix = segno.make_qr(address, error="m", boost_error=False).matrix
    runs = []
    for row, modules in enumerate(matrix):
        start = None
        for column, dark in enumerate([*modules, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                runs.append(f"M{start + QUIET} {row + QUIET}.5h{column - start}")
                start = None
    return len(matrix) + 2 * QUIET, "".join(runs)


def code(address: str, millimetres: int = 17) -> SafeString:
    """The picture of an address."""
    size, path = _path(str(address))
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0}mm" height="{0}mm" viewBox="0 0 {1} {1}">'
        '<title>{2}</title><path d="{3}" stroke="#15191c"/></svg>',
        millimetres,
        size,
        _("QR code with the address %(address)s") % {"address": address},
        path,
    )
