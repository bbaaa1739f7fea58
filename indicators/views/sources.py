# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from core import asked
from core.entry import sent, status_of
from core.errors import WrongState
from core.keys import numbers_of
from core.pages import form_page, page_of
from indicators import flows, permissions
from indicators.forms import GroupForm, RegisterForm, TableForm
from indicators.lifecycle import ReleaseState
from indicators.models import ComparisonGroup, Import, ImportState, Mapping, Region, Release, Table
from indicators.publishable import propose, waiting_in

if TYPE_CHECKING:
    from django.http import HttpResponse, QueryDict

    from accounts.requests import Request

WHY_HIDDEN = {
    "primary": gettext_lazy("too small itself"),
    "secondary": gettext_lazy("would give another one away"),
    "unfit": gettext_lazy("no count, so it cannot be protected"),
}


def source_list(request: Request) -> HttpResponse:
    """Tables with their holders, the calendar of deliveries, and how they are protected."""
    tables = Table.objects.visible_to(request.user).annotate(figures=Count("key_figures"))
    context = {
        "page_obj": page_of(request, tables.order_by("next_delivery_on", "code"), per_page=50),
        "mappings": Mapping.objects.all(),
        "may_change": permissions.can_change_catalogue(request.user),
    }
    return render(request, "indicators/source_list.html", context)


def table_detail(request: Request, pk: int) -> HttpResponse:
    table = get_object_or_404(Table.objects.visible_to(request.user), pk=pk)
    may_change = permissions.can_change_catalogue(request.user)
    form = TableForm(sent(request), instance=table)
    if request.method == "POST":
        may_change.enforce()
        if form.is_valid():
            try:
                flows.save_table(form, by=request.user)
            except WrongState as error:
                form.add_error("protection", str(error))
            else:
                messages.success(request, _("The data source is saved."))
                return redirect(table)
    context = {
        "table": table,
        "form": form,
        "may_change": may_change,
        "imports": Import.objects.visible_to(request.user).filter(table_code=table.code, state=ImportState.STORED)[:10],
        "items": table.items.order_by("label")[:200] if permissions.can_import(request.user) else [],
        "figures": table.key_figures.all(),
    }
    return render(request, "indicators/table_detail.html", context, status=status_of(form))


def disclosure(request: Request) -> HttpResponse:
    """Protected tables, what in them waits for a release, and the releases so far."""
    permissions.can_release(request.user).enforce()
    tables = list(Table.objects.protected().filter(covered__isnull=False).distinct())
    for table in tables:
        table.waiting = waiting_in(table)
    context = {"tables": tables, "page_obj": page_of(request, Release.objects.visible_to(request.user))}
    return render(request, "indicators/disclosure.html", context)


def _chosen(data: QueryDict) -> list[Table]:
    return list(Table.objects.protected().filter(pk__in=numbers_of(data.getlist("table"))))


def release_preview(request: Request) -> HttpResponse:
    """What a release of these tables would show, hide and give away."""
    permissions.can_release(request.user).enforce()
    tables = _chosen(request.GET)
    if not tables:
        messages.error(request, _("Please choose at least one table."))
        return redirect("indicators:disclosure")
    try:
        proposal = propose(tables)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("indicators:disclosure")
    context = {"tables": tables, "proposal": proposal, "report": _in_words(flows.report_of(proposal))}
    return render(request, "indicators/release_preview.html", context)


@require_POST
def release_create(request: Request) -> HttpResponse:
    permissions.can_release(request.user).enforce()
    try:
        made = flows.release(
            _chosen(request.POST),
            by=request.user,
            seen=asked.text(request.POST, "seen"),
            flags_checked=asked.flag(request.POST, "flags_checked"),
        )
    except WrongState as error:
        messages.error(request, str(error))
        return redirect("indicators:disclosure")
    if made.state == ReleaseState.RELEASED:
        messages.success(request, _("The values are released."))
    else:
        messages.error(request, _("The release was refused: protected values would be given away."))
    return redirect(made)


def release_detail(request: Request, pk: int) -> HttpResponse:
    permissions.can_release(request.user).enforce()
    made = get_object_or_404(Release.objects.visible_to(request.user).select_related("released_by"), pk=pk)
    return render(request, "indicators/release_detail.html", {"release": made, "report": _in_words(made.report)})


def _in_words(report: dict[str, Any]) -> dict[str, Any]:
    """The report of a release with the reason of each hidden value as a reader may understand it."""
    hidden = [{**one, "why": WHY_HIDDEN.get(one["why"], one["why"])} for one in report.get("hidden", ())]
    return {**report, "hidden": hidden}


def group_list(request: Request) -> HttpResponse:
    groups = ComparisonGroup.objects.prefetch_related("members")
    context = {"groups": groups, "may_change": permissions.can_change_catalogue(request.user)}
    return render(request, "indicators/group_list.html", context)


def group_create(request: Request) -> HttpResponse:
    return _group(request, None, _("New comparison group"))


def group_edit(request: Request, pk: int) -> HttpResponse:
    group = get_object_or_404(ComparisonGroup, pk=pk)
    return _group(request, group, group.name)


def _group(request: Request, group: ComparisonGroup | None, title: str) -> HttpResponse:
    permissions.can_change_catalogue(request.user).enforce()
    form = GroupForm(sent(request), instance=group)
    if request.method == "POST" and form.is_valid():
        flows.save_group(form, by=request.user)
        messages.success(request, _("The comparison group is saved."))
        return redirect("indicators:group_list")
    return form_page(
        request,
        form,
        title=title,
        submit=_("Save the group"),
        back="/indicators/groups/",
        back_label=_("Comparison groups"),
    )


@require_POST
def catalogue_load(request: Request) -> HttpResponse:
    count = flows.load_catalogue(by=request.user)
    messages.success(
        request, ngettext("%(count)s key figure added.", "%(count)s key figures added.", count) % {"count": count}
    )
    return redirect("indicators:list")


def register_load(request: Request) -> HttpResponse:
    """Load the register of regions that is shipped, or a newer one."""
    permissions.can_change_catalogue(request.user).enforce()
    form = RegisterForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            created, changed = flows.load_regions(form.cleaned_data["file"], by=request.user)
        except UnicodeDecodeError:
            form.add_error("file", _("The register must be saved as UTF-8."))
        except ValidationError as error:
            form.add_error("file", error)
        else:
            words = {"created": created, "changed": changed}
            messages.success(request, _("%(created)s regions added, %(changed)s corrected.") % words)
            return redirect("indicators:region_list")
    return form_page(
        request,
        form,
        title=_("Load a register of regions"),
        submit=_("Load the register"),
        back="/indicators/regions/",
        back_label=_("Regions"),
        intro=_("At present there are %(count)s regions.") % {"count": Region.objects.count()},
    )
