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
# pictures within documents, by their endings
SAME = {"png": "png", "jpg": "jpg", "jpeg": "jpg", "gif": "gif", "bmp": "bmp", "tif": "tif", "tiff": "tif"}
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


def bare_jpeg(data: bytes) -> bytes:
    """A JPEG with what draws it and nothing else, its pixels untouched; what stands after its end is gone."""
    kept, place = bytearray(b"\xff\xd8"), data.find(b"\xff\xd8") + 2
    while place + 4 <= len(data):
        if data[place] != 0xFF:
            raise Refused("damaged")
        marker = data[place + 1]
        if marker == 0xFF:  # fill bytes
            place += 1
            continue
        if marker == 0xD9:
            break
        if marker == 0x01 or 0xD0 <= marker <= 0xD7:
            place += 2
            continue
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4])
        if marker == 0xEE and data[place + 4 : place + 9] == b"Adobe":  # how colours are to be read
            kept += b"\xff\xee\x00\x0e" + data[place + 4 : place + 16]
        elif marker == 0xDA:
            end = _end_of_scan(data, end)
            kept += data[place:end]
        elif 0xC0 <= marker <= 0xCF or marker in (0xDB, 0xDC, 0xDD):
            kept += data[place:end]
        place = end
    return bytes(kept + b"\xff\xd9")


def _end_of_scan(data: bytes, place: int) -> int:
    while (place := data.find(b"\xff", place)) >= 0:
        following = data[place + 1 : place + 2]
        if following and (following == b"\x00" or b"\xd0" <= following <= b"\xd7"):
            place += 2
        elif following == b"\xff":
            place += 1
        else:
            return place
    return len(data)


def pixels_of_jpeg2000(data: bytes) -> tuple[bytes, tuple[int, int], str]:
    """The samples of a JPEG 2000, its size, and the colours they are in."""
    with Image.open(io.BytesIO(data), formats=["JPEG2000"]) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise Refused("pixels")
        drawn = picture.convert("L" if picture.mode in ("1", "L", "LA", "I;16", "I") else "RGB")
    return drawn.tobytes(), drawn.size, "/DeviceGray" if drawn.mode == "L" else "/DeviceRGB"


def redrawn(data: bytes, kind: str) -> tuple[bytes, list[str]]:
    """A picture within a document, drawn anew in its own format, and what was taken away."""
    if kind == "jpg":
        return clean(data, "jpg")[1:]
    try:
        with Image.open(io.BytesIO(data), formats=[FORMATS[kind][0]]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused("pixels")
            removed = _about(picture)
            picture.load()
            drawn = picture.copy()
    except Refused:
        raise
    except Exception as error:  # Pillow's plugins raise whatever they meet
        raise Refused("damaged") from error
    if kind == "png":
        return saved(drawn, "png"), removed
    drawn.info = {key: value for key, value in drawn.info.items() if key == "transparency"}
    out = io.BytesIO()
    drawn.save(out, FORMATS[kind][0])
    return out.getvalue(), removed


def media_type(kind: str | None) -> str:
    return {"jpg": "jpeg", "tif": "tiff"}.get(kind or "png", kind or "png")
