# SPDX-License-Identifier: EUPL-1.2
"""What every page shows around its content: the house's name, the navigation of the person's role."""

from django.conf import settings


def shell(request):
    return {"municipality": settings.MUNICIPALITY_NAME, "unit": settings.UNIT_NAME, "demo": settings.DEMO}
