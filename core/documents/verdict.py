# SPDX-License-Identifier: EUPL-1.2
"""What the look at a file may end with."""

from typing import Any

from django.core.exceptions import ValidationError

from core.sentences import sentence as _

REFUSALS = {
    "kind": _(
        "Files of this kind are not taken. Possible are PDF, pictures, Word, Excel and PowerPoint in their present "
        "formats, OpenDocument, CSV and TXT."
    ),
    "double_name": _("The file's name ends twice, as programs do that hide. Please rename it and upload it again."),
    "not_what_it_says": _(
        "The content of the file is not what its name says. Please save it anew and upload it again."
    ),
    "empty": _("The file is empty."),
    "damaged": _("The file is damaged or cannot be read. Please save it anew and upload it again."),
    "password": _("The file is protected by a password. Please save it without one and upload it again."),
    "macros": _("The file holds macros. Please save it without them, or as PDF."),
    "old_office": _("This is an old Office format. Please save the file as DOCX, XLSX, PPTX or PDF."),
    "heic": _(
        "Pictures of the kind HEIC are not taken. On an iPhone choose “Settings, Camera, Formats, Most Compatible”, "
        "or open the picture and save it as JPEG."
    ),
    "embedded": _("Another file or object is embedded in the file. Please remove it, or save the file as PDF."),
    "comments": _("There are comments in the file. Please delete them, or save the file as PDF without them."),
    "tracked_changes": _("There are tracked changes in the file. Please accept or reject all of them first."),
    "hidden": _("Parts of the file are hidden: %(places)s. Please show or delete them first."),
    "old_drawing": _(
        "The file holds a drawing in an old format (%(names)s) that may say more than it shows. Please put a picture "
        "in its place, or save the file as PDF."
    ),
    "bomb": _("The file grows beyond all measure when it is opened. It is not taken."),
    "pixels": _("The picture has too many pixels. Please make it smaller."),
    "signet_svg": _("The signet cannot be read as SVG."),
    "signet_box": _("The signet needs a viewBox."),
    "signet_pixels": _("The signet has too many pixels: 2000 × 2000 are plenty."),
    "signet_kind": _("The signet has to be an SVG or a PNG file."),
    "several_pictures": _("The file holds several pictures. Please save it as PDF, or each picture by itself."),
}


# what the copy for readers does not have, as its owner is told
REMOVED = {
    "properties": _("author, program and other properties"),
    "exif": _("place, camera and time of pictures"),
    "comments": _("comments and notes"),
    "old_versions": _("earlier versions"),
    "files_inside": _("files inside the file"),
    "scripts": _("scripts and actions"),
    "private_data": _("data of the program that made it"),
    "signature": _("signatures, which hold for the original alone"),
    "print_lock": _("the lock on printing and copying"),
    "layers": _("layers that can be switched"),
    "fields": _("fields to fill in (what they show stays)"),
    "unseen_text": _("text that cannot be seen on the page"),
    "links_outside": _("links to other files"),
    "data_behind": _("data behind charts and tables"),
    "notes": _("notes of speakers"),
}
# what the owner and the readers of a file that was taken should know, at the file and wherever it is named
REMARKS = {
    "no_text": _(
        "Shows pictures of pages without text: blind people cannot read it. Please have its text recognised (OCR), or "
        "upload the file from which it was printed."
    ),
    "text_layer": _(
        "The text of its pages was recognised by a program and may hold errors; it is not seen, but read aloud."
    ),
}
MOST_PLACES = 12


class Refused(ValidationError):
    """The file is not taken; ``code`` names the reason, the sentence says what its owner can do."""

    def __init__(self, code: str, **about: Any) -> None:
        said: Any = REFUSALS[code] % about if about else REFUSALS[code]  # said when it is read
        super().__init__(said, code=code)


def hidden(places: list[Any]) -> Refused:
    """The refusal of a file with hidden parts, which names them."""
    return Refused("hidden", places=places[:MOST_PLACES])
