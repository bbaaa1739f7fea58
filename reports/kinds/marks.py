# SPDX-License-Identifier: EUPL-1.2
"""Marks on printed pages that a machine reads."""

import io

import segno


def qr_svg(url, *, title, size="20mm"):
    """The address as a QR code, an inline SVG whose first child is its title: the alternative text in the file."""
    code = segno.make(url, error="m", micro=False)
    out = io.BytesIO()
    code.save(
        out, kind="svg", xmldecl=False, svgns=True, border=0, omitsize=True, title=str(title), dark="#15191c", nl=False
    )
    return out.getvalue().decode().replace("<svg ", f'<svg width="{size}" height="{size}" role="img" ', 1)
