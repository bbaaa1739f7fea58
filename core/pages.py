# SPDX-License-Identifier: EUPL-1.2
"""Pages that many apps share: a list in pages, and one form on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render

from core import asked
from core.entry import status_of

if TYPE_CHECKING:
    from django.core.paginator import Page
    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse

    from core.sentences import Text

PER_PAGE = 25


def page_of(request: HttpRequest, queryset: Any, *, per_page: int = PER_PAGE) -> Page[Any]:
    """The page of a list that the address asks for; a wrong number gives the nearest page."""
    return Paginator(queryset, per_page).get_page(asked.text(request.GET, "page"))


def form_page(
    request: HttpRequest,
    form: BaseForm,
    *,
    title: Text,
    submit: Text = "",
    back: str = "",
    back_label: Text = "",
    intro: Text = "",
) -> HttpResponse:
    """One form on a page; with errors the answer is 422 and nothing typed is lost."""
    context = {"form": form, "title": title, "submit": submit, "back": back, "back_label": back_label, "intro": intro}
    return render(request, "components/form_page.html", context, status=status_of(form))
