# SPDX-License-Identifier: EUPL-1.2
"""Files of papers. Whether somebody may have one is asked when it is taken, every time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees import flows, permissions
from committees.forms import AttachmentForm, DetachForm
from committees.models import Attachment, Paper
from core.downloads import attachment as as_download
from core.entry import sent
from core.errors import WrongState
from core.pages import form_page
from core.sentences import sentence

if TYPE_CHECKING:
    from django.http import HttpResponse, HttpResponseBase

    from accounts.requests import Request


def attachment_create(request: Request, paper_pk: int) -> HttpResponse:
    paper = get_object_or_404(Paper.objects.fully_visible_to(request.user), pk=paper_pk)
    permissions.can_add_annex(request.user, paper).enforce()
    form = AttachmentForm(sent(request), request.FILES or None, paper=paper)
    if request.method == "POST" and form.is_valid():
        chosen = {name: value for name, value in form.cleaned_data.items() if name != "file"}
        try:
            attachment = flows.attach(paper, by=request.user, document=form.document, **chosen)
        except WrongState as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The file is taken in. Readers get a copy without traces of its making."))
            if attachment.lacking:
                what = sentence("Taken out of the copy: %(what)s.") % {"what": attachment.lacking}
                messages.info(request, what)
            for remark in attachment.remarked:
                messages.warning(request, remark)
        return redirect(paper)
    return form_page(
        request,
        form,
        title=_("Add a file"),
        submit=_("Take in the file"),
        back=paper.get_absolute_url(),
        back_label=paper.reference,
    )


def _visible(request: Request, pk: int) -> Attachment:
    return get_object_or_404(Attachment.objects.visible_to(request.user).select_related("paper"), pk=pk)


def _send(request: Request, attachment: Attachment, *, original: bool) -> HttpResponseBase:
    if request.method == "HEAD":
        file = (attachment.original if original else attachment.published).open("rb")
    else:
        file = flows.hand_out(attachment, by=request.user, original=original)  # type: ignore[assignment]
    return as_download(file, name=attachment.download_name, content_type=attachment.content_type)


@require_safe
def attachment_download(request: Request, pk: int) -> HttpResponseBase:
    return _send(request, _visible(request, pk), original=False)


@require_safe
def attachment_original(request: Request, pk: int) -> HttpResponseBase:
    attachment = _visible(request, pk)
    permissions.can_read_original(request.user, attachment).enforce()
    return _send(request, attachment, original=True)


def attachment_delete(request: Request, pk: int) -> HttpResponse:
    attachment = _visible(request, pk)
    paper = attachment.paper
    try:
        permissions.can_detach(request.user, attachment).enforce()
        form = DetachForm(sent(request))
        if request.method == "POST" and form.is_valid():
            flows.detach(attachment, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("The file is taken away."))
            return redirect(paper)
    except WrongState as error:
        messages.error(request, str(error))
        return redirect(paper)
    title = _("Take away file %(number)s") % {"number": attachment.position}
    return form_page(
        request,
        form,
        title=title,
        submit=_("Take away the file"),
        back=paper.get_absolute_url(),
        back_label=paper.reference,
    )
