# SPDX-License-Identifier: EUPL-1.2
"""Calendars to subscribe to, and single meetings to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees import flows
from committees.feeds import calendar as feeds
from committees.models import CalendarToken, Meeting
from committees.oparl import public
from core import asked

if TYPE_CHECKING:
    from accounts.requests import Request

TYPE = "text/calendar; charset=utf-8"


def my_calendar(request: Request) -> HttpResponse:
    """Make, renew and take back one's own calendar address; it is shown once, on the page that made it."""
    address = ""
    if request.method == "POST":
        if asked.text(request.POST, "do") == "revoke":
            flows.revoke_calendar(by=request.user)
            messages.success(request, _("The calendar address does not work any more."))
            return redirect("committees:my_calendar")
        token = flows.make_calendar(by=request.user)
        address = settings.BASE_URL + reverse("committees:calendar_feed", args=[token])
    context = {
        "address": address,
        "kept": CalendarToken.objects.filter(user=request.user).first(),
        "bodies": public.bodies().active() if settings.PUBLIC_OPARL else [],
        "base_url": settings.BASE_URL,
    }
    return render(request, "committees/my_calendar.html", context)


@login_not_required
def calendar_feed(request: Request, token: str) -> HttpResponse:
    """The calendar of whoever the secret belongs to; it is the log-in, so nothing is kept anywhere."""
    owner = flows.calendar_owner(token) if request.method in ("GET", "HEAD") else None
    if owner is None:
        response = HttpResponse(_("There is no calendar here."), content_type="text/plain; charset=utf-8", status=404)
    else:
        response = HttpResponse(feeds.of_person(owner), content_type=TYPE)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@login_not_required
@require_safe
def body_calendar(request: Request, pk: int) -> HttpResponse:
    """The public meetings of a body, for everybody, where the house opened its interface."""
    if not settings.PUBLIC_OPARL:
        raise Http404
    committee = get_object_or_404(public.bodies(), pk=pk)
    return HttpResponse(feeds.of_body(committee), content_type=TYPE)


@require_safe
def meeting_event(request: Request, pk: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("committee"), pk=pk)
    response = HttpResponse(feeds.of_meeting(meeting), content_type=TYPE)
    response["Content-Disposition"] = f'attachment; filename="sitzung-{meeting.pk}.ics"'
    return response
