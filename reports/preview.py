# SPDX-License-Identifier: EUPL-1.2
"""A document in the browser, from the template that also goes to paper.

SECURITY: the page carries the print stylesheet inline and has a policy of its own: no scripts, nothing from elsewhere,
an origin without rights.
"""

from base64 import b64encode
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.templatetags.static import static

from reports.kinds import house

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; img-src data:; sandbox; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'
FOLDER = Path(settings.BASE_DIR) / "static" / "print"


@cache
def _sheets():
    return "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in ("print.css", "preview.css"))


def page(html):
    """The answer with a document's HTML."""
    sheets = _sheets()
    for name in ("FiraSans-Regular.woff2", "FiraSans-SemiBold.woff2"):
        sheets = sheets.replace(f"asset:{name}", static(f"vendor/kern/fonts/{name}"))
    html = html.replace(f'src="{house.PICTURE}"', f'src="data:image/png;base64,{b64encode(house.picture()).decode()}"')
    response = HttpResponse(html.replace("</head>", f"{VIEWPORT}<style>{sheets}</style></head>", 1))
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response
