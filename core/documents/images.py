# SPDX-License-Identifier: EUPL-1.2
"""Pictures, drawn anew: what is not a pixel does not come along, neither place nor camera nor comment."""

import io

from PIL import Image, ImageCms, ImageOps

from core.documents.verdict import Refused

MOST_PIXELS = 50_000_000
# ending -> the format that Pillow knows, and the ending of the copy: what every browser shows stays what it is
FORMATS = {
    "png": ("PNG", "png"),
    "jpg": ("JPEG", "jpg"),
    "gif": ("GIF", "png"),
    "bmp": ("BMP", "png"),
    "tif": ("TIFF", "png"),
    "webp": ("WEBP", "png"),
    "avif": ("AVIF", "png"),
}
KEPT = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")


def clean(content: bytes, extension: str) -> tuple[str, bytes, list[str]]:
    """The ending of the copy, the picture without metadata, and what was taken away."""
    name, kept_as = FORMATS[extension]
    try:
        with Image.open(io.BytesIO(content), formats=[name]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused("pixels")
            if getattr(picture, "n_frames", 1) > 1:
                raise Refused("several_pictures")
            removed = _about(picture)
            picture.load()
            drawn = _in_common_colours(ImageOps.exif_transpose(picture))
    except Refused:
        raise
    except Exception as error:  # Pillow's plugins raise whatever they meet
        raise Refused("damaged") from error
    if drawn.mode not in KEPT or (kept_as == "jpg" and drawn.mode not in ("L", "RGB")):
        drawn = drawn.convert("RGB")
    return kept_as, saved(drawn, kept_as), removed


def saved(picture: Image.Image, extension: str) -> bytes:
    """The pixels as a file that says nothing else."""
    for key in list(picture.info):
        if key != "transparency":
            del picture.info[key]
    out = io.BytesIO()
    if extension == "jpg":
        picture.save(out, "JPEG", quality=90, optimize=True, exif=b"", icc_profile=None)
    else:
        picture.save(out, "PNG", optimize=False, exif=b"", icc_profile=None)
    return out.getvalue()


def _in_common_colours(picture: Image.Image) -> Image.Image:
    """In the colours that are meant where no profile is given; a profile names its maker and does not come along."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return picture
    try:
        known = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGB" if picture.mode == "CMYK" else picture.mode
        if mode == "L":
            return picture
        return ImageCms.profileToProfile(picture, known, ImageCms.createProfile("sRGB"), outputMode=mode) or picture
    except (ImageCms.PyCMSError, OSError):
        return picture


def _about(picture: Image.Image) -> list[str]:
    removed = []
    if picture.getexif():
        removed.append("exif")
    if {"comment", "xmp", "photoshop", "XML:com.adobe.xmp"} & set(picture.info) or getattr(picture, "text", None):
        removed.append("comments")
    return removed
