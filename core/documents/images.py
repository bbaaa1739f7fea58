# SPDX-License-Identifier: EUPL-1.2
"""Pictures, drawn anew: what is not a pixel does not come along, neither place nor camera nor comment."""

import io

from PIL import Image, ImageOps

from core.documents.verdict import Refused

MOST_PIXELS = 50_000_000
FORMATS = {"png": "PNG", "jpg": "JPEG"}
KEPT = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")


def clean(content: bytes, extension: str) -> tuple[bytes, list[str]]:
    """The picture without metadata, and what was taken away."""
    try:
        with Image.open(io.BytesIO(content), formats=[FORMATS[extension]]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused("pixels")
            removed = _about(picture)
            picture.load()
            drawn = ImageOps.exif_transpose(picture)
    except Refused:
        raise
    except Exception as error:  # Pillow's plugins raise whatever they meet
        raise Refused("damaged") from error
    for key in list(drawn.info):
        if key != "transparency":
            del drawn.info[key]
    if drawn.mode not in KEPT or (extension == "jpg" and drawn.mode not in ("L", "RGB")):
        drawn = drawn.convert("RGB")
    out = io.BytesIO()
    if extension == "jpg":
        drawn.save(out, "JPEG", quality=90, optimize=True, exif=b"", icc_profile=None)
    else:
        drawn.save(out, "PNG", optimize=False, exif=b"", icc_profile=None)
    return out.getvalue(), removed


def _about(picture: Image.Image) -> list[str]:
    removed = []
    if picture.getexif():
        removed.append("exif")
    if {"comment", "xmp", "photoshop", "XML:com.adobe.xmp"} & set(picture.info) or getattr(picture, "text", None):
        removed.append("comments")
    return removed
