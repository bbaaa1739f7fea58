# SPDX-License-Identifier: EUPL-1.2
"""A document in the browser, from the template that also goes to paper.

SECURITY: the page carries the print stylesheet inline and has a policy of its own: no scripts, nothing from elsewhere,
an origin without rights.
"""

from base64 import b64encode
from functools import cache

from django.http import HttpResponse
from django.templatetags.static import static

from press.assets import FONT_FILES, PICTURE, SCREEN_SHEET, SHEET

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; img-src data:; sandbox; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'


@cache
def _sheets() -> str:
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in (SHEET, SCREEN_SHEET))


def page(html: str, picture: bytes = b"") -> HttpResponse:
    """The answer with a document's HTML; ``picture`` is the PNG that the press would hand out."""
    sheets = _sheets()
    for name in FONT_FILES:
        sheets = sheets.replace(f"asset:{name}", static(f"vendor/kern/fonts/{name}"))
    html = html.replace(f'src="{PICTURE}"', f'src="data:image/png;base64,{b64encode(picture).decode()}"')
    response = HttpResponse(html.replace("</head>", f"{VIEWPORT}<style>{sheets}</style></head>", 1))
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response
