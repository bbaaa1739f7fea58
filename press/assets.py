# SPDX-License-Identifier: EUPL-1.2
"""What the press hands out to a page: two fonts, one stylesheet, and one picture under an address of its own."""

from pathlib import Path

_STATIC = Path(__file__).resolve().parent.parent / "static"
FONTS = _STATIC / "vendor" / "kern" / "fonts"
FONT_FILES = ("FiraSans-Regular.woff2", "FiraSans-SemiBold.woff2")
FONT = FONTS / FONT_FILES[0]
SHEET = _STATIC / "print" / "print.css"
SCREEN_SHEET = _STATIC / "print" / "preview.css"
PICTURE = "asset:logo"
