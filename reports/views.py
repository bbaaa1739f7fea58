# SPDX-License-Identifier: EUPL-1.2
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committees.models import Paper
from committees.permissions import can_read_paper
from core.errors import WrongState
from core.pages import page_of
from reports import flows, permissions
from reports.currency import overtaken
from reports.models import Briefing, State, Variant


def briefing_list(request):
    briefings = Briefing.objects.visible_to(request.user).select_related("paper", "requested_by")
    return render(request, "reports/list.html", {"page_obj": page_of(request, briefings)})


def _readable_paper(request, pk):
    return get_object_or_404(Paper.objects.visible_to(request.user), pk=pk)


def paper_briefings(request, pk):
    """All briefings of one paper that this person may read, and the buttons to order them."""
    can_read_paper(request.user, get_object_or_404(Paper.objects.known_to(request.user), pk=pk)).enforce()
    paper = _readable_paper(request, pk)
    briefings = list(Briefing.objects.visible_to(request.user).filter(paper=paper).order_by("variant", "-version"))
    newest = set(Briefing.objects.newest().filter(paper=paper).values_list("pk", flat=True))
    for briefing in briefings:
        briefing.is_newest = briefing.pk in newest
    variants = [(variant, variant.label) for variant in Variant if permissions.can_order(request.user, paper, variant)]
    return render(
        request, "reports/paper_briefings.html", {"paper": paper, "briefings": briefings, "variants": variants}
    )


def paper_downloads(request, pk):
    """A fragment for agendas: the newest briefing that this person may read, the fullest one first."""
    paper = _readable_paper(request, pk)
    newest = Briefing.objects.visible_to(request.user).newest().filter(paper=paper).order_by("variant")
    return render(request, "reports/_downloads.html", {"paper": paper, "briefings": newest})


@require_POST
def briefing_order(request, pk):
    paper = _readable_paper(request, pk)
    variant = request.POST.get("variant")
    briefing = flows.order_briefing(
        paper, by=request.user, variant=variant if variant in Variant.values else Variant.PUBLIC
    )
    if briefing.state == State.READY:
        messages.info(request, _("Nothing has changed since this version."))
    return redirect(briefing)


def _visible(request, pk):
    return get_object_or_404(Briefing.objects.visible_to(request.user).select_related("paper", "requested_by"), pk=pk)


def briefing_detail(request, pk):
    briefing = _visible(request, pk)
    context = {
        "briefing": briefing,
        "may_retry": permissions.can_retry(request.user, briefing),
        "newer": Briefing.objects.newest()
        .filter(paper=briefing.paper, variant=briefing.variant, version__gt=briefing.version)
        .first(),
        "overtaken": overtaken(briefing),
        "downloads": briefing.downloads.select_related("user")[:50]
        if permissions.can_read_downloads(request.user, briefing.paper)
        else None,
    }
    template = "reports/_progress.html" if request.headers.get("HX-Request") else "reports/briefing_detail.html"
    return render(request, template, context)


@require_POST
def briefing_retry(request, pk):
    briefing = _visible(request, pk)
    try:
        flows.retry(briefing, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    return redirect(briefing)


@require_safe
def briefing_download(request, pk):
    briefing = get_object_or_404(Briefing.objects.visible_to(request.user).filter(state=State.READY), pk=pk)
    if request.method == "GET":
        flows.download(briefing, by=request.user)
    name = f"{slugify(briefing.paper.reference.replace('/', '-'))}-v{briefing.version}.pdf"
    response = FileResponse(briefing.file.open("rb"), content_type="application/pdf", as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    return response


@login_not_required
def briefing_verify(request, code):
    """Whether a printed briefing is still current; says nothing about what stands in it."""
    briefing = get_object_or_404(Briefing.objects.filter(state=State.READY).select_related("paper"), code=code)
    newest = Briefing.objects.newest().filter(paper=briefing.paper, variant=briefing.variant).first()
    context = {"briefing": briefing, "newest": newest, "overtaken": overtaken(briefing)}
    return render(request, "reports/verify.html", context)
