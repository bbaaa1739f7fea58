# SPDX-License-Identifier: EUPL-1.2
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from core.lives import LIVES

PLACE = re.compile(r"(<!-- (picture|table) of (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def drawn(text: str) -> str:
    """The text of a document with its pictures and tables of lives as they are now."""

    def draw(found: re.Match[str]) -> str:
        life = LIVES[found[3]]
        return found[1] + (life.picture() if found[2] == "picture" else life.table()) + "\n" + found[4]

    return PLACE.sub(draw, text)


class Command(BaseCommand):
    help = "Draw the states of each thing anew in the documents, from the tables in the code."

    def handle(self, **options: Any) -> None:
        for path in sorted(Path(settings.BASE_DIR, "docs").rglob("*.md")):
            text = path.read_text()
            if (now := drawn(text)) != text:
                path.write_text(now)
                self.stdout.write(str(path.relative_to(settings.BASE_DIR)))
