# SPDX-License-Identifier: EUPL-1.2
"""What stands on every document: the municipality, its office, its signet and its colour."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.checks import Error, register
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import foreign
from press.assets import PICTURE

if TYPE_CHECKING:
    pass
    from django.utils.safestring import SafeString

ACCENT = "#0b4f5e"  # the colour of the stylesheet
PAPER = (255, 255, 255)
LEAST_CONTRAST = 4.5
LARGEST_SIGNET = 60_000
LARGEST_PICTURE = 1024 * 1024


def house(variant: str) -> dict[str, Any]:
    """The part of every content that says who publishes it, in which language and for whom."""
    return {
        "municipality": settings.MUNICIPALITY_NAME,
        "unit": settings.UNIT_NAME,
        "unit_position": settings.UNIT_POSITION,
        "demo": settings.DEMO,
        "language": (get_language() or settings.LANGUAGE_CODE).split("-")[0],
        "variant": str(variant),
    }


def contrast(colour: str) -> float:
    """How much a colour stands out on white paper (WCAG 2.2)."""

    def luminance(parts: Iterable[float]) -> float:
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    return 1.05 / (luminance(parts) + 0.05)


def accent() -> str:
    """The colour of the house: ``ACCENT_COLOUR`` where it is a colour that can be read on white, else ours."""
    colour = str(getattr(settings, "ACCENT_COLOUR", "") or ACCENT).lower()
    return colour if re.fullmatch(r"#[0-9a-f]{6}", colour) and contrast(colour) >= LEAST_CONTRAST else ACCENT


def tint() -> str:
    """The accent, thinned until it serves as a ground for text."""
    colour = accent()
    if colour == ACCENT:
        return "#e8eff0"
    parts = [int(colour[index : index + 2], 16) for index in (1, 3, 5)]
    return "#" + "".join(f"{round(part + (white - part) * 0.9):02x}" for part, white in zip(parts, PAPER, strict=True))


@cache
def _signet(path: Path, changed: int) -> tuple[str, float, SafeString]:
    """The signet as shapes of an SVG; raises ``ValidationError`` with what is wrong."""
    if path.stat().st_size > LARGEST_SIGNET:
        raise ValidationError(_("The signet is too large for every page: at most 60 kB."))
    drawn = foreign.answer("core.documents.signets:drawn", path.read_bytes())
    return drawn["box"], drawn["ratio"], _shapes(drawn["shapes"])


def _shapes(shapes: Iterable[tuple[str, Any, Any]]) -> SafeString:
    return format_html_join(
        "",
        "<{0}{1}>{2}</{0}>",
        ((tag, format_html_join("", ' {}="{}"', attributes), _shapes(inner)) for tag, attributes, inner in shapes),
    )


@cache
def _picture(path: Path, changed: int) -> tuple[bytes, float]:
    """A PNG as opaque pixels and nothing else, and its ratio; raises ``ValidationError`` with what is wrong."""
    if path.stat().st_size > LARGEST_PICTURE:
        raise ValidationError(_("The signet is too large: at most 1 MB as PNG."))
    about, picture = foreign.parts("core.documents.signets:painted", path.read_bytes())
    return picture, about["ratio"]


def _logo() -> Path | None:
    """The configured file, or None."""
    path = Path(getattr(settings, "MUNICIPALITY_LOGO", "") or "")
    return path if path.is_file() else None


def _is_drawn(path: Path) -> bool:
    return path.suffix.lower() == ".svg"


def picture() -> bytes:
    """The signet as PNG, which the press hands out at ``PICTURE``; nothing where it is drawn or there is none."""
    path = _logo()
    return b"" if path is None or _is_drawn(path) else _picture(path, path.stat().st_mtime_ns)[0]


def signet() -> str:
    """The municipality's signet 12 mm high, with its name for those who do not see it; SVG is taken over as shapes."""
    path = _logo()
    if path is None:
        return ""
    name = _("Signet: %(name)s") % {"name": settings.MUNICIPALITY_NAME}
    if not _is_drawn(path):
        ratio = _picture(path, path.stat().st_mtime_ns)[1]
        width = min(36.0, 12 * ratio)
        size = f"width:{width:.1f}mm;height:{width / ratio:.1f}mm"
        return format_html('<img class="signet" src="{}" alt="{}" style="{}">', PICTURE, name, size)
    box, ratio, shapes = _signet(path, path.stat().st_mtime_ns)
    width = min(36.0, 12 * ratio)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="signet" width="{}mm" height="{}mm" viewBox="{}">'
        "<title>{}</title>{}</svg>",
        f"{width:.1f}",
        f"{width / ratio:.1f}",
        box,
        name,
        shapes,
    )


@register
def the_house_can_be_printed(app_configs: object, **kwargs: Any) -> list[Error]:
    """A colour that cannot be read, or a signet that cannot be set, is named when the software starts."""
    found = []
    wanted = str(getattr(settings, "ACCENT_COLOUR", "") or "").lower()
    if wanted and wanted != accent():
        found.append(
            Error("ACCENT_COLOUR has to be #rrggbb with a contrast of at least 4.5:1 on white.", id="reports.E001")
        )
    path = str(getattr(settings, "MUNICIPALITY_LOGO", "") or "")
    if path:
        try:
            if not Path(path).is_file():
                raise ValidationError("there is no such file")
            signet()
        except (OSError, ValidationError) as error:
            said = error.messages[0] if isinstance(error, ValidationError) else error
            found.append(Error(f"MUNICIPALITY_LOGO: {said}", id="reports.E002"))
    return found
