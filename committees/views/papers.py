# SPDX-License-Identifier: EUPL-1.2
"""Papers: the list, one paper, its text and supplements, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activity.models import Event
from committees import flows, permissions
from committees.deadlines import deadlines_of, facts_of_stop
from committees.forms import AnnexForm, PaperFilter, PaperForm, SupplementForm
from committees.lifecycle import AGENDA_IS_OPEN, Standing
from committees.models import Committee, Paper
from committees.plans import open_meetings, plan_of
from committees.querysets import in_the_house
from committees.variants import Level, variant_of
from core import asked, sheets
from core.dates import long_day, relative
from core.entry import sent
from core.errors import WrongState
from core.pages import form_page, page_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.models import User
    from accounts.requests import Request
    from committees.models import Consultation
    from committees.plans import Plan
    from committees.querysets import ConsultationQuerySet, PaperQuerySet
    from core.sentences import Text
    from core.sheets import Sheet


def paper_list(request: Request) -> HttpResponse:
    committees = Committee.objects.visible_to(request.user)
    papers = Paper.objects.visible_to(request.user)
    form = PaperFilter(request.GET, committees=committees, years=papers.years())
    papers = form.apply(papers).select_related("lead_department")
    if kind := asked.choice(request.GET, "format", sheets.FORMATS):
        return sheets.respond(_sheet(papers), kind)
    page = page_of(request, papers.prefetch_related("consultations__committee", "consultations__agenda_item__meeting"))
    for paper in page:
        paper.standing = standing_of(paper.consultations.all())
    return render(
        request,
        "committees/paper_list.html",
        {"page_obj": page, "form": form, "may_create": permissions.can_create_paper(request.user)},
    )


@dataclass(frozen=True)
class Stand:
    """Where a paper stands, and the stop that is next."""

    code: Standing
    next: object = None

    @property
    def label(self) -> Text:
        return self.code.label


def standing_of(consultations: list[Consultation] | list[Any] | ConsultationQuerySet) -> Stand:
    """The state of a sequence and the next stop in it."""
    stops = list(consultations)
    waiting = [stop for stop in stops if not stop.result]
    placed = sorted((stop for stop in waiting if stop.agenda_item), key=lambda stop: stop.agenda_item.meeting.start)
    if not stops:
        return Stand(Standing.UNPLANNED)
    if not waiting:
        return Stand(Standing.DONE)
    if placed:
        return Stand(Standing.SCHEDULED, placed[0])
    return Stand(Standing.PLANNED, waiting[0])


def _sheet(papers: PaperQuerySet) -> Sheet:
    rows = []
    for paper in papers.prefetch_related("consultations__committee", "consultations__agenda_item__meeting"):
        standing = standing_of(paper.consultations.all())
        item = standing.next.agenda_item if standing.next else None
        rows.append(
            [
                paper.reference,
                paper.title,
                str(paper.get_paper_type_display()),
                str(paper.lead_department),
                paper.date,
                _("public") if paper.is_public else _("non-public"),
                standing.label,
                standing.next.committee.name if standing.next else "",
                timezone.localdate(item.meeting.start) if item else None,
            ]
        )
    header = [
        _("Number"),
        _("Title"),
        _("Type"),
        _("Lead department"),
        _("Date"),
        _("Publicity"),
        _("State"),
        _("Next body"),
        _("Meeting"),
    ]
    notes = [_("As of %(day)s.") % {"day": date_format(timezone.localdate(), "d.m.Y")}]
    return sheets.Sheet(_("papers"), _("Papers"), header, rows, notes)


def paper_detail(request: Request, pk: int) -> HttpResponse:
    """One paper; with ``?variant=public`` as everybody may see it."""
    paper = get_object_or_404(
        Paper.objects.known_to(request.user).select_related("lead_department", "supplement_to"), pk=pk
    )
    permissions.can_read_paper(request.user, paper).enforce()
    origin = getattr(paper, "origin", None)
    consultations = list(paper.consultations.select_related("committee", "agenda_item__meeting__committee"))
    house = in_the_house(request.user)
    sees_all = Paper.objects.fully_visible_to(request.user).filter(pk=paper.pk).exists()
    is_preview = asked.text(request.GET, "variant") == "public"
    level = Level.PUBLIC if is_preview else Level.FULL if sees_all else Level.READER
    plan = plan_of(paper, meetings=open_meetings(request.user), consultations=consultations)
    may_edit = permissions.can_edit_paper(request.user, paper)
    may_schedule = _prepare_stops(request.user, paper, consultations, plan)
    return render(
        request,
        "committees/paper_detail.html",
        {
            "paper": paper,
            "variant": variant_of(paper, level, consultations=consultations),
            "is_preview": is_preview,
            "sees_all": sees_all,
            "consultations": consultations,
            "plan": plan,
            "next": None if is_preview else next_step_of(paper, consultations, plan, may_schedule=may_schedule),
            "origin": origin,
            "recommendation": origin.recommendation if origin and house else None,
            "supplements": Paper.objects.visible_to(request.user).filter(supplement_to=paper),
            "may_schedule": may_schedule and not is_preview,
            "may_add_annex": permissions.can_add_annex(request.user, paper) and not is_preview,
            "may_edit": may_edit and not is_preview,
            "may_declare": permissions.can_declare_on_paper(request.user, paper) and not is_preview,
            "events": Event.objects.about(paper)[:20] if house and not is_preview else [],
        },
    )


def _prepare_stops(user: User, paper: Paper, consultations: Sequence[Consultation], plan: Plan) -> bool:
    """Hang on each stop what may be done with it and what there is to remark; whether any stop may be added."""
    verdicts = {one.committee_id: permissions.can_schedule(user, paper, one.committee) for one in consultations}
    for index, one in enumerate(consultations):
        one.may_record = permissions.can_record_result(user, one)
        one.may_correct = bool(one.result) and permissions.can_correct_result(user, one)
        one.may_change = bool(verdicts[one.committee_id]) and not one.result
        one.is_first = index == 0 or bool(consultations[index - 1].result)
        one.is_last = index == len(consultations) - 1
        placed = one.agenda_item if not one.result else None
        one.deadlines = (
            deadlines_of(placed.meeting, facts=facts_of_stop(one))
            if placed and placed.meeting.state in AGENDA_IS_OPEN
            else ()
        )
        one.remarks = [remark for remark in plan.remarks if remark.stop and remark.stop.key == one.pk]
    return bool(permissions.can_extend_sequence(user, paper))


@dataclass(frozen=True)
class NextStep:
    headline: str
    detail: str = ""
    label: str = ""
    url: str = ""


def next_step_of(paper: Paper, consultations: Sequence[Consultation], plan: Plan, *, may_schedule: bool) -> NextStep:
    """What is to be done next with a paper, and by whom."""
    standing = standing_of(consultations)
    plan_url = reverse("committees:paper_plan", args=[paper.pk]) if may_schedule else ""
    if standing.code == "unplanned":
        url = reverse("committees:stop_create", args=[paper.pk]) if may_schedule else ""
        return NextStep(
            _("The paper is before no body yet."),
            _("Say which bodies deal with it, in which order and role. The planner finds the meetings."),
            _("Plan the first body") if url else "",
            url,
        )
    if plan.is_open:
        waiting = next(stop.consultation for stop in plan.stops if not stop.fixed and not stop.is_done)
        return NextStep(
            _("%(committee)s has no meeting for it yet.") % {"committee": waiting.committee},
            _("The planner suggests the next workable path and says why nearer meetings will not do.")
            if may_schedule
            else _("Whoever brings in the paper chooses the meeting."),
            _("Find meetings") if plan_url else "",
            plan_url,
        )
    if standing.code == "scheduled":
        meeting = standing.next.agenda_item.meeting
        headline = _("%(committee)s deals with it on %(day)s, %(relative)s.") % {
            "committee": standing.next.committee,
            "day": long_day(meeting.start),
            "relative": relative(meeting.start),
        }
        detail = _("Afterwards its result is recorded here, from the agenda item.")
        if standing.next.may_record:
            url = reverse("committees:result_record", args=[standing.next.pk])
            return NextStep(headline, "", _("Record the result"), url)
        return NextStep(headline, detail)
    return NextStep(
        _("Every body has dealt with it."),
        _("The result moves the recommendation on; the lead department implements it."),
    )


def paper_create(request: Request) -> HttpResponse:
    permissions.can_create_paper(request.user).enforce()
    form = PaperForm(sent(request))
    if request.method == "POST" and form.is_valid():
        paper = flows.create_paper(by=request.user, **form.cleaned_data)
        messages.success(request, _("Paper %(reference)s is made.") % {"reference": paper.reference})
        return redirect(paper)
    return form_page(request, form, title=_("New paper"), back=reverse("committees:paper_list"), back_label=_("Papers"))


def _own_paper(request: Request, pk: int) -> Paper:
    return get_object_or_404(Paper.objects.fully_visible_to(request.user), pk=pk)


def paper_edit(request: Request, pk: int) -> HttpResponse:
    paper = _own_paper(request, pk)
    verdict = permissions.can_edit_paper(request.user, paper)
    frozen = permissions.frozen_fields(paper)
    form = PaperForm(sent(request), instance=paper, frozen=frozen)
    try:
        verdict.enforce()
        if request.method == "POST" and form.is_valid():
            flows.edit_paper(paper, by=request.user, **form.cleaned_data)
            messages.success(request, _("The paper is saved."))
            return redirect(paper)
    except WrongState as error:
        messages.error(request, str(error))
        return redirect(paper)
    intro = _("Title, resolution and lead are those that the department approved; they are not changed here.")
    return form_page(
        request,
        form,
        title=_("Change paper"),
        back=paper.get_absolute_url(),
        back_label=paper.reference,
        intro=intro if frozen else "",
    )


def supplement_create(request: Request, paper_pk: int) -> HttpResponse:
    paper = _own_paper(request, paper_pk)
    permissions.can_add_annex(request.user, paper).enforce()
    form = SupplementForm(sent(request), initial={"title": paper.title, "is_public": paper.is_public})
    if request.method == "POST" and form.is_valid():
        try:
            made = flows.supplement_paper(paper, by=request.user, **form.cleaned_data)
        except WrongState as error:
            messages.error(request, str(error))
            return redirect(paper)
        messages.success(request, _("Paper %(reference)s is made.") % {"reference": made.reference})
        return redirect(made)
    intro = _("The supplement is a paper of its own. It keeps the departments and stands under the same number.")
    return form_page(
        request,
        form,
        title=_("Supplement the paper"),
        back=paper.get_absolute_url(),
        back_label=paper.reference,
        intro=intro,
    )


def annex_create(request: Request, paper_pk: int) -> HttpResponse:
    paper = _own_paper(request, paper_pk)
    permissions.can_add_annex(request.user, paper).enforce()
    form = AnnexForm(sent(request))
    if request.method == "POST" and form.is_valid():
        flows.add_annex(paper, by=request.user, **form.cleaned_data)
        messages.success(request, _("The annex is saved."))
        return redirect(paper)
    return form_page(request, form, title=_("New annex"), back=paper.get_absolute_url(), back_label=paper.reference)
