# SPDX-License-Identifier: EUPL-1.2
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from activity.models import Event
from committees.models import Committee, Paper
from core.errors import NotAllowed, WrongState
from core.pages import form_page, page_of
from core.series import from_json
from core.sheets import Sheet, respond
from indicators.models import Finding, KeyFigure, Region
from indicators.series import snapshot, snapshot_of
from recommendations import flows, permissions, thread
from recommendations.authority import who_decides
from recommendations.comparison import compare, words
from recommendations.content import checksum, frozen
from recommendations.evidence_chain import links
from recommendations.forms import (
    AdvanceForm,
    CoCreationForm,
    ConsultationForm,
    DecisionForm,
    EffectForm,
    EvidenceForm,
    MeasureForm,
    MeasureReportForm,
    MediationForm,
    PaperForm,
    RecommendationFilter,
    RecommendationForm,
    ReopenForm,
    StatementForm,
    TrackingFilter,
    WithdrawForm,
)
from recommendations.models import DecisionKind, Evidence, Measure, Recommendation, Statement, Status
from recommendations.tracking import next_report
from recommendations.tracking import rows as follow_up_rows
from recommendations.tracking import sheet as follow_up_sheet


def _visible(request, pk):
    return get_object_or_404(Recommendation.objects.visible_to(request.user).for_display(), pk=pk)


def recommendation_list(request):
    form = RecommendationFilter(request.GET)
    recommendations = form.apply(Recommendation.objects.visible_to(request.user)).for_display()
    if request.GET.get("format") in ("csv", "xlsx"):
        return respond(_sheet(recommendations), request.GET["format"])
    context = {
        "page_obj": page_of(request, recommendations),
        "form": form,
        "may_draft": permissions.can_draft(request.user),
    }
    return render(request, "recommendations/list.html", context)


def _sheet(recommendations):
    """A list of recommendations to take away, in the order of the page."""
    return Sheet(
        name="empfehlungen",
        title=_("Recommendations"),
        header=[_("No."), _("Title"), _("State"), _("Lead department"), _("Field of action"), _("Changed on")],
        rows=[
            [
                one.label,
                one.title,
                str(one.get_status_display()),
                str(one.lead_department or ""),
                str(one.field_of_action or ""),
                date_format(timezone.localdate(one.changed_at), "d.m.Y"),
            ]
            for one in recommendations
        ],
        notes=[_("As of %(day)s.") % {"day": date_format(timezone.localdate(), "d.m.Y")}],
    )


def decide_list(request):
    waiting = Recommendation.objects.awaiting_decision_of(request.user).for_display().order_by("submitted_at")
    decided = Recommendation.objects.of_department(request.user).filter(decisions__decided_by=request.user)
    context = {"waiting": waiting, "decided": decided.for_display().distinct()[:10]}
    return render(request, "recommendations/decide_list.html", context)


def cosign_list(request):
    waiting = Statement.objects.awaiting(request.user).select_related("recommendation", "department")
    given = Statement.objects.visible_to(request.user).filter(signed_by=request.user)
    context = {
        "waiting": waiting.order_by("due_on"),
        "given": given.select_related("recommendation", "department")[:10],
    }
    return render(request, "recommendations/cosign_list.html", context)


def measure_list(request):
    measures = Measure.objects.visible_to(request.user).select_related("recommendation", "department")
    if request.GET.get("mine"):
        measures = measures.of_department(request.user)
    context = {"page_obj": page_of(request, measures), "mine": bool(request.GET.get("mine"))}
    return render(request, "recommendations/measure_list.html", context)


def tracking(request):
    """Follow-up of resolutions: per committee and period, as page, CSV and XLSX; only papers the reader may see."""
    committees = Committee.objects.visible_to(request.user)
    form = TrackingFilter(request.GET if request.GET.get("committee") else None, committees=committees)
    context = {"form": form}
    if form.is_valid():
        committee = form.cleaned_data["committee"]
        papers = Paper.objects.visible_to(request.user)
        rows = follow_up_rows(committee, papers, since=form.cleaned_data["since"], until=form.cleaned_data["until"])
        if request.GET.get("format") in ("csv", "xlsx"):
            return respond(follow_up_sheet(committee, rows), request.GET["format"])
        context |= {
            "committee": committee,
            "rows": rows,
            "next_report": next_report(committee),
            "may_report": permissions.can_report_done(request.user, committee),
            "any_done": any(row.measure and row.measure.status == "done" for row in rows),
        }
    return render(request, "recommendations/tracking.html", context, status=422 if form.errors else 200)


@require_POST
def tracking_report(request, committee_pk):
    committee = get_object_or_404(Committee.objects.visible_to(request.user), pk=committee_pk)
    rows = follow_up_rows(committee, Paper.objects.visible_to(request.user))
    count = flows.report_done([row.measure for row in rows if row.measure], committee, by=request.user)
    messages.success(request, _("Noted as reported: %(count)s.") % {"count": count})
    return redirect(reverse("recommendations:tracking") + f"?committee={committee.pk}")


def detail(request, pk):
    recommendation = _visible(request, pk)
    statements = list(recommendation.statements.select_related("department", "actor", "recommendation", "mediation"))
    for statement in statements:
        statement.may_sign = permissions.can_sign(request.user, statement)
        statement.may_mediate = permissions.can_mediate(request.user, statement)
        statement.may_remind = permissions.can_remind(request.user, statement)
    measures = list(recommendation.measures.select_related("department"))
    for measure in measures:
        measure.may_report = permissions.can_report_measure(request.user, measure)
    onward = [
        (to, to.label)
        for before, to in permissions.ONWARD
        if before == recommendation.status and permissions.can_advance(request.user, recommendation, to)
    ]
    context = {
        "recommendation": recommendation,
        "stations": thread.stations(recommendation),
        "next": thread.next_step(recommendation, request.user),
        "authority": who_decides(recommendation, request.user),
        "evidence": _with_series(recommendation),
        "statements": statements,
        "measures": measures,
        "decisions": _with_changes(recommendation.decisions.select_related("department")),
        "onward": onward,
        "workshops": recommendation.workshops.prefetch_related("actors"),
        "may_co_create": permissions.can_co_create(request.user, recommendation),
        "may_edit": permissions.can_edit(request.user, recommendation),
        "may_consult": permissions.can_start_consultation(request.user, recommendation),
        "may_take_back": permissions.can_take_back(request.user, recommendation),
        "may_reopen": permissions.can_reopen(request.user, recommendation),
        "may_withdraw": permissions.can_withdraw(request.user, recommendation),
        "may_plan": permissions.can_plan_measure(request.user, recommendation),
        "may_review": permissions.can_review_effect(request.user, recommendation),
        "events": Event.objects.about(recommendation)[:40],
    }
    return render(request, "recommendations/detail.html", context)


def _with_changes(decisions):
    decisions = list(decisions)
    for decision in decisions:
        if decision.proposed_before:
            decision.changes = words(decision.proposed_before, decision.content["proposed_resolution"])
    return decisions


def _with_series(recommendation):
    evidence = list(recommendation.evidence.select_related("key_figure"))
    for one in evidence:
        one.all_series = from_json(one.series)
    return evidence


def _figure_from(request):
    """The figure that the address names: ``?finding=…`` or ``?key_figure=…&region=…&comparison=…``."""
    if request.GET.get("finding", "").isdigit():
        findings = Finding.objects.visible_to(request.user).select_related("key_figure__table")
        return snapshot_of(get_object_or_404(findings, pk=request.GET["finding"]))
    if not request.GET.get("key_figure", "").isdigit():
        return None
    key_figure = get_object_or_404(KeyFigure, pk=request.GET["key_figure"])
    region = get_object_or_404(Region, pk=request.GET.get("region", ""))
    return snapshot(key_figure, region_key=region.key, comparison_key=request.GET.get("comparison") or None)


def create(request):
    permissions.can_draft(request.user).enforce()
    pin = _figure_from(request)
    form = RecommendationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        recommendation = flows.create(by=request.user, pin=pin, **form.changes())
        messages.success(request, _("The draft is saved."))
        return redirect(recommendation)
    context = {"form": form, "pin": pin, "recommendation": None}
    return render(request, "recommendations/edit.html", context, status=422 if form.errors else 200)


def edit(request, pk):
    recommendation = _visible(request, pk)
    try:
        permissions.can_edit(request.user, recommendation).enforce()
    except WrongState as error:
        messages.error(request, str(error))
        return redirect(recommendation)
    status = 200
    form = RecommendationForm(
        request.POST or None, instance=recommendation, initial={"seen_version": recommendation.version}
    )
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                seen = form.cleaned_data["seen_version"]
                flows.edit(recommendation, by=request.user, seen_version=seen, **form.changes())
            except WrongState as error:
                form.add_error(None, str(error))
                status = 409
            else:
                messages.success(request, _("The draft is saved."))
                return redirect(recommendation)
    stored = Recommendation.objects.get(pk=pk) if status == 409 else None
    context = {"form": form, "recommendation": recommendation, "stored": stored}
    return render(request, "recommendations/edit.html", context, status=status)


def evidence_add(request, pk):
    recommendation = _visible(request, pk)
    _refuse(request, recommendation, permissions.can_edit(request.user, recommendation))
    form = EvidenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        comparison = chosen["comparison"]
        pin = snapshot(
            chosen["key_figure"], region_key=chosen["region"].key, comparison_key=comparison.key if comparison else None
        )
        if pin is None:
            form.add_error("region", _("There is no value of this key figure for this region."))
        else:
            return _do(request, recommendation, _("The figure is pinned."), flows.pin_evidence, snapshot=pin)
    return form_page(
        request,
        form,
        title=_("Pin a figure"),
        submit=_("Pin the figure"),
        back=recommendation.get_absolute_url(),
        back_label=recommendation.title,
        intro=_("The recommendation keeps a copy of value, period, region and source."),
    )


@require_POST
def evidence_remove(request, pk, evidence_pk):
    recommendation = _visible(request, pk)
    evidence = get_object_or_404(Evidence, pk=evidence_pk, recommendation=recommendation)
    return _do(request, recommendation, _("The figure is taken off."), flows.remove_evidence, evidence)


def _do(request, recommendation, done, flow, *args, **kwargs):
    """Run a flow, say what came of it, and go back to the recommendation. Who may not gets a 403 from above."""
    try:
        flow(recommendation, *args, by=request.user, **kwargs)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(recommendation)


def co_create(request, pk):
    recommendation = _visible(request, pk)
    _refuse(request, recommendation, permissions.can_co_create(request.user, recommendation))
    form = CoCreationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _("The work with the actors is recorded.")
        return _do(request, recommendation, done, flows.co_create, **form.cleaned_data)
    return form_page(
        request,
        form,
        title=_("Record the work with actors"),
        submit=_("Record"),
        back=recommendation.get_absolute_url(),
        back_label=recommendation.title,
    )


def mediate(request, pk):
    statement = get_object_or_404(
        Statement.objects.visible_to(request.user).select_related("recommendation", "department", "actor"), pk=pk
    )
    form = MediationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            flows.mediate(statement, by=request.user, **form.cleaned_data)
        except WrongState as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The mediation is recorded."))
        return redirect(statement.recommendation)
    permissions.can_draft(request.user).enforce()
    return form_page(
        request,
        form,
        title=_("Mediate the dissent of %(body)s") % {"body": statement.body},
        submit=_("Record the mediation"),
        back=statement.recommendation.get_absolute_url(),
        back_label=statement.recommendation.title,
        intro=statement.remarks,
    )


def _refuse(request, recommendation, verdict):
    """Whoever may never do this gets no form for it; that they tried is written down."""
    if verdict.error is NotAllowed:
        if request.method == "POST":
            flows.note_refusal(recommendation, by=request.user, reason=verdict.reason)
        verdict.enforce()


def consultation_start(request, pk):
    recommendation = _visible(request, pk)
    _refuse(request, recommendation, permissions.can_start_consultation(request.user, recommendation))
    form = ConsultationForm(request.POST or None, recommendation=recommendation)
    if request.method == "POST" and form.is_valid():
        done = _("Co-signing has begun. The departments are told.")
        return _do(request, recommendation, done, flows.start_consultation, **form.cleaned_data)
    return form_page(
        request,
        form,
        title=_("Start co-signing"),
        submit=_("Ask for statements"),
        back=recommendation.get_absolute_url(),
        back_label=recommendation.title,
    )


def cosign(request, pk):
    statement = get_object_or_404(
        Statement.objects.visible_to(request.user).select_related("recommendation", "department", "actor"), pk=pk
    )
    recommendation = statement.recommendation
    form = StatementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            flows.sign(statement, by=request.user, **form.cleaned_data)
        except WrongState as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The statement is given."))
        return redirect(recommendation)
    try:
        permissions.can_sign(request.user, statement).enforce()
    except WrongState as error:
        messages.error(request, str(error))
        return redirect(recommendation)
    context = {
        "form": form,
        "statement": statement,
        "recommendation": recommendation,
        "evidence": _with_series(recommendation),
    }
    return render(request, "recommendations/cosign.html", context, status=422 if form.errors else 200)


@require_POST
def remind(request, pk):
    statement = get_object_or_404(Statement.objects.visible_to(request.user).select_related("recommendation"), pk=pk)
    try:
        flows.remind(statement, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(body)s was reminded.") % {"body": statement.body})
    return redirect(statement.recommendation)


@require_POST
def submit(request, pk):
    recommendation = _visible(request, pk)
    return _do(request, recommendation, _("Submitted. The head of the department is told."), flows.submit)


@require_POST
def take_back(request, pk):
    return _do(request, _visible(request, pk), _("Taken back. You can change the text now."), flows.take_back)


def withdraw(request, pk):
    recommendation = _visible(request, pk)
    _refuse(request, recommendation, permissions.can_withdraw(request.user, recommendation))
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _("The recommendation is withdrawn.")
        return _do(request, recommendation, done, flows.withdraw, **form.cleaned_data)
    return form_page(
        request,
        form,
        title=_("Withdraw the recommendation"),
        submit=_("Withdraw"),
        back=recommendation.get_absolute_url(),
        back_label=recommendation.title,
        intro=_("What is withdrawn does not come back. The text stays readable."),
    )


def decide(request, pk):
    """Read the proposal, then decide. Whoever may not decide reads why; an attempt is refused and logged."""
    if request.method == "POST":
        flows.note_hidden_attempt(pk, by=request.user)
    recommendation = _visible(request, pk)
    kinds = [kind for kind in DecisionKind if permissions.can_decide(request.user, recommendation, kind)]
    form = DecisionForm(
        request.POST or None,
        kinds=kinds or DecisionKind.values,
        initial={"seen_version": recommendation.version, "changed_resolution": recommendation.proposed_resolution},
    )
    status = 200
    if request.method == "POST":
        if not kinds:
            return _refused_decision(request, recommendation)
        status = 422
        if form.is_valid():
            try:
                decision = flows.decide(recommendation, by=request.user, **form.cleaned_data)
            except WrongState as error:
                form.add_error(None, str(error))
                status = 409
            else:
                messages.success(
                    request, _("Your decision is recorded: %(kind)s.") % {"kind": decision.get_kind_display()}
                )
                return redirect(recommendation)
    elif not (verdict := permissions.can_decide(request.user, recommendation)):
        messages.info(request, verdict.reason)
        return redirect(recommendation)
    return render(
        request, "recommendations/decide.html", _decision_context(request, recommendation, form), status=status
    )


def _refused_decision(request, recommendation):
    """An attempt by somebody who may not: the flow refuses and logs it."""
    kind = request.POST.get("kind")
    kind = kind if kind in DecisionKind.values else DecisionKind.APPROVE
    try:
        flows.decide(recommendation, by=request.user, kind=kind, reason=request.POST.get("reason", ""))
    except WrongState as error:
        messages.error(request, str(error))
    return redirect(recommendation)


def _decision_context(request, recommendation, form):
    authority = who_decides(recommendation, request.user)
    delegation = next((one for one in authority.delegations if one.deputy_id == request.user.pk), None)
    is_head = any(head.pk == request.user.pk for head in authority.heads)
    return {
        "recommendation": recommendation,
        "form": form,
        "evidence": _with_series(recommendation),
        "statements": recommendation.statements.select_related("department", "actor"),
        "authority": authority,
        "delegation": None if is_head else delegation,
        "sha256": checksum(frozen(recommendation)),
    }


def reopen(request, pk):
    recommendation = _visible(request, pk)
    _refuse(request, recommendation, permissions.can_reopen(request.user, recommendation))
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _("Reopened. The office changes the text and submits it again.")
        return _do(request, recommendation, done, flows.reopen, **form.cleaned_data)
    verdict = permissions.can_reopen(request.user, recommendation)
    if request.method != "POST" and not verdict:
        messages.info(request, verdict.reason)
        return redirect(recommendation)
    return form_page(
        request,
        form,
        title=_("Reopen the recommendation"),
        submit=_("Reopen"),
        back=recommendation.get_absolute_url(),
        back_label=recommendation.title,
        intro=_("An approval no longer holds then; the department decides anew. The earlier decision stays on record."),
    )


def version_list(request, pk):
    """Two versions side by side, word by word; without a choice the last two."""
    recommendation = _visible(request, pk)
    versions = list(recommendation.versions.all())
    numbers = [version.number for version in versions]
    new = _number(request.GET.get("new"), numbers, default=0)
    old = _number(request.GET.get("old"), numbers, default=min(1, len(numbers) - 1))
    context = {
        "recommendation": recommendation,
        "versions": versions,
        "old": versions[old],
        "new": versions[new],
        "parts": compare(versions[old].content, versions[new].content),
    }
    return render(request, "recommendations/versions.html", context)


def evidence_chain(request, pk):
    """The whole chain on one page, from the source file to the value of today."""
    recommendation = _visible(request, pk)
    paper = recommendation.paper
    context = {
        "recommendation": recommendation,
        "links": links(recommendation),
        "statements": recommendation.statements.select_related("department", "actor", "mediation"),
        "decisions": recommendation.decisions.order_by("pk"),
        "consultations": paper.consultations.select_related("committee", "agenda_item__meeting") if paper else (),
        "measures": recommendation.measures.select_related("department"),
    }
    return render(request, "recommendations/evidence_chain.html", context)


def _number(asked, numbers, *, default):
    return numbers.index(int(asked)) if asked and asked.isdigit() and int(asked) in numbers else default


def make_paper(request, pk):
    recommendation = _visible(request, pk)
    _refuse(request, recommendation, permissions.can_make_paper(request.user, recommendation))
    form = PaperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            paper = flows.make_paper(recommendation, by=request.user, **form.cleaned_data)
        except WrongState as error:
            messages.error(request, str(error))
            return redirect(recommendation)
        messages.success(
            request, _("Paper %(reference)s is made. Put it on the agendas now.") % {"reference": paper.reference}
        )
        return redirect("committees:consultation_create", paper.pk)
    return form_page(
        request,
        form,
        title=_("Make a paper"),
        submit=_("Make the paper"),
        back=recommendation.get_absolute_url(),
        back_label=recommendation.title,
        intro=_("The paper takes the wording that the department approved. Its number is drawn now."),
    )


def advance(request, pk, to):
    recommendation = _visible(request, pk)
    if to not in Status.values:
        return redirect(recommendation)
    _refuse(request, recommendation, permissions.can_advance(request.user, recommendation, to))
    form = AdvanceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _do(request, recommendation, _("The state is saved."), flows.advance, to=to, **form.cleaned_data)
    return form_page(
        request,
        form,
        title=_("Set to: %(status)s") % {"status": Status(to).label},
        submit=_("Save the state"),
        back=recommendation.get_absolute_url(),
        back_label=recommendation.title,
    )


def measure_plan(request, pk):
    recommendation = _visible(request, pk)
    _refuse(request, recommendation, permissions.can_plan_measure(request.user, recommendation))
    form = MeasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _do(request, recommendation, _("The measure is planned."), flows.plan_measure, **form.cleaned_data)
    return form_page(
        request,
        form,
        title=_("Plan a measure"),
        submit=_("Plan the measure"),
        back=recommendation.get_absolute_url(),
        back_label=recommendation.title,
    )


def measure_report(request, pk):
    measure = get_object_or_404(Measure.objects.visible_to(request.user).select_related("recommendation"), pk=pk)
    permissions.can_report_measure(request.user, measure).enforce()
    stored = {name: getattr(measure, name) for name in ("status", "light", "delay_reason", "completion_note")}
    form = MeasureReportForm(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid():
        flows.report_measure(measure, by=request.user, **form.cleaned_data)
        messages.success(request, _("The report is saved."))
        return redirect(measure.recommendation)
    return form_page(
        request,
        form,
        title=_("Report on: %(measure)s") % {"measure": measure.title},
        submit=_("Save the report"),
        back=measure.recommendation.get_absolute_url(),
        back_label=measure.recommendation.title,
    )


def effect_review(request, pk):
    recommendation = _visible(request, pk)
    _refuse(request, recommendation, permissions.can_review_effect(request.user, recommendation))
    form = EffectForm(
        request.POST or None, initial={"effect": recommendation.effect, "note": recommendation.effect_note}
    )
    if request.method == "POST" and form.is_valid():
        return _do(request, recommendation, _("The effect review is saved."), flows.review_effect, **form.cleaned_data)
    return form_page(
        request,
        form,
        title=_("Development after the measure"),
        back=reverse("recommendations:detail", args=[pk]),
        back_label=recommendation.title,
    )
