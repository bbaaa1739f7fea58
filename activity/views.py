# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from activity import flows, permissions
from activity.models import Event, Notification
from core import asked
from core.pages import page_of
from core.search import matching

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.requests import Request


def notification_list(request: Request) -> HttpResponse:
    notices = Notification.objects.of(request.user)
    return render(request, "activity/notification_list.html", {"page_obj": page_of(request, notices)})


@require_POST
def notification_open(request: Request, pk: int) -> HttpResponse:
    """Read a notice and go to what it is about; whether the person may still see that is asked there."""
    notice = get_object_or_404(Notification.objects.of(request.user), pk=pk)
    flows.read(notice, by=request.user)
    subject: Any = notice.event.subject
    target = subject.get_absolute_url() if hasattr(subject, "get_absolute_url") else None
    return redirect(target or "activity:notification_list")


@require_POST
def notification_read_all(request: Request) -> HttpResponse:
    flows.read_all(by=request.user)
    return redirect("activity:notification_list")


def log(request: Request) -> HttpResponse:
    permissions.can_read_log(request.user).enforce()
    events = Event.objects.select_related("by").order_by("-pk")
    if name := asked.text(request.GET, "q"):
        events = events.filter(matching(name, "by_label"))
    if asked.flag(request.GET, "refused"):
        events = events.refused()
    return render(request, "activity/log.html", {"page_obj": page_of(request, events, per_page=50)})
