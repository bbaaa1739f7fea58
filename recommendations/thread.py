# SPDX-License-Identifier: EUPL-1.2
"""The eight stations from figure to effect, and the next lawful step, for one recommendation and one reader."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Department
from core.dates import day
from core.figures import figure
from recommendations import permissions
from recommendations.authority import open_transfer
from recommendations.lifecycle import RECOMMENDATION, Station, Status, Turn
from recommendations.models import Light, Position


@dataclass(frozen=True)
class Place:
    """A station as one recommendation has it."""

    name: str
    when: str  # done, now or next
    fact: str = ""
    link: str = ""
    link_text: str = ""

    @property
    def word(self):
        return {"done": _("done"), "now": _("now")}.get(self.when, _("to come"))


@dataclass(frozen=True)
class NextStep:
    """What is missing, and the button for it where the reader may press one."""

    headline: str
    detail: str = ""
    label: str = ""
    url: str = ""
    post: bool = False


def stations(recommendation):
    """The thread, with one fact and at most one link per station."""
    here = recommendation.life.station.place
    facts = {
        Station.FIGURE: _figure(recommendation),
        Station.FINDING: (recommendation.claim, "", ""),
        Station.PREPARING: (_version(recommendation), "", ""),
        Station.COSIGNING: _co_signing(recommendation),
        Station.DECIDING: _decision(recommendation),
        Station.COMMITTEES: _committees(recommendation),
        Station.MEASURES: _measures(recommendation),
        Station.EFFECT: _effect(recommendation),
    }
    return [
        Place(station.label, "done" if station.place < here else "now" if station.place == here else "next", *found)
        for station, found in facts.items()
    ]


def _version(recommendation):
    said = {
        "version": recommendation.version,
        "date": date_format(timezone.localdate(recommendation.changed_at), "j. F"),
    }
    return _("Version %(version)s, %(date)s") % said


def _figure(recommendation):
    evidence = recommendation.evidence.first()
    if evidence is None:
        return _("no figure pinned yet"), "", ""
    value = figure(evidence.value, evidence.sign, evidence.quality, evidence.decimals, evidence.unit)
    return evidence.name, reverse("indicators:detail", args=[evidence.key_figure_id]), value


def _co_signing(recommendation):
    statements = list(recommendation.statements.of_this_round())
    if not statements:
        return _("nobody asked"), "", ""
    given = sum(statement.position != Position.NONE for statement in statements)
    text = _("%(given)s of %(asked)s") % {"given": given, "asked": len(statements)}
    dissent = sum(statement.position == Position.DISAGREE for statement in statements)
    fact = (
        ngettext("%(count)s dissent", "%(count)s dissents", dissent) % {"count": dissent} if dissent else _("answered")
    )
    return fact, "#statements", text


def _decision(recommendation):
    decision = recommendation.decisions.first()
    department = recommendation.lead_department
    is_reached = recommendation.life.station.place >= Station.DECIDING.place
    if is_reached and decision and decision.round == recommendation.round:
        return (
            _("%(department)s on %(date)s")
            % {"department": decision.department.code, "date": date_format(timezone.localdate(decision.at), "j. F")},
            "#decision",
            decision.outcome,
        )
    return (department.code if department else _("no lead department"), "", "")


def _committees(recommendation):
    if recommendation.paper is None:
        return _("after the approval"), "", ""
    stops = [
        consultation.committee.code
        + (
            f" {date_format(timezone.localtime(consultation.agenda_item.meeting.start), 'j. M')}"
            if consultation.agenda_item
            else ""
        )
        for consultation in recommendation.paper.consultations.select_related("committee", "agenda_item__meeting")
    ]
    return ", ".join(stops), recommendation.paper.get_absolute_url(), recommendation.paper.reference


def _measures(recommendation):
    measures = list(recommendation.measures.all())
    if not measures:
        return _("follow the resolution"), "", ""
    red = sum(measure.light == Light.RED for measure in measures)
    fact = _("%(count)s red") % {"count": red} if red else _("on schedule")
    return (
        fact,
        "#measures",
        ngettext("%(count)s measure", "%(count)s measures", len(measures)) % {"count": len(measures)},
    )


def _effect(recommendation):
    if recommendation.effect_note:
        return str(recommendation.get_effect_display()), "", ""
    if recommendation.effect_review_on:
        return _("Review in %(month)s") % {"month": date_format(recommendation.effect_review_on, "F Y")}, "", ""
    return _("no review date yet"), "", ""


def next_step(recommendation, user):
    """What comes next: the button for whoever may act, otherwise who must and since when."""
    transfer = open_transfer(recommendation)
    if transfer and (permissions.can_release_lead(user, transfer) or permissions.can_accept_lead(user, transfer)):
        return NextStep(
            _("%(department)s is to take the lead. Your consent is asked for.")
            % {"department": transfer.to_department},
            _("The lead changes only when both departments have agreed."),
            _("Read and answer"),
            transfer.get_absolute_url(),
        )
    if recommendation.life.text_is_open:
        return _next_for_draft(recommendation, user)
    if RECOMMENDATION.allows("make_paper", recommendation):
        return _next_for_approved(recommendation, user)
    following = {
        Turn.ASKED: _next_for_consultation,
        Turn.HEAD: _next_for_submitted,
        Turn.COMMITTEE: _next_for_committee,
    }.get(recommendation.life.turn, _next_for_follow_up)
    return following(recommendation, user)


def _next_for_draft(recommendation, user):
    if not permissions.can_edit(user, recommendation):
        return NextStep(recommendation.life.tells)
    verdict = permissions.can_submit(user, recommendation)
    if verdict:
        return NextStep(
            _("The draft is complete."),
            _("%(department)s decides after you have submitted it. If others are to be heard, start co-signing first.")
            % {"department": recommendation.lead_department},
            _("Submit for decision"),
            reverse("recommendations:submit", args=[recommendation.pk]),
            post=True,
        )
    return NextStep(
        verdict.reason, "", _("Complete the draft"), reverse("recommendations:edit", args=[recommendation.pk])
    )


def _next_for_consultation(recommendation, user):
    waiting = list(recommendation.statements.open().select_related("department", "actor", "recommendation"))
    for statement in waiting:
        if permissions.can_sign(user, statement) and statement.department:
            return NextStep(
                _("%(body)s is asked for a statement until %(day)s.")
                % {"body": statement.body, "day": day(statement.due_on)},
                _("Silence is printed as “no statement”. It is never consent."),
                _("Give the statement"),
                reverse("recommendations:cosign", args=[statement.pk]),
            )
    verdict = permissions.can_submit(user, recommendation)
    if verdict:
        return NextStep(
            _("Co-signing is over."),
            _("%(department)s decides after you have submitted it.") % {"department": recommendation.lead_department},
            _("Submit for decision"),
            reverse("recommendations:submit", args=[recommendation.pk]),
            post=True,
        )
    if not waiting:
        return NextStep(recommendation.life.tells)
    statement = waiting[0]
    may_remind = permissions.can_remind(user, statement)
    return NextStep(
        _("%(body)s has not answered yet. The time ends: %(day)s.")
        % {"body": statement.body, "day": day(statement.due_on)},
        _("Afterwards the recommendation goes to %(department)s for decision.")
        % {"department": recommendation.lead_department},
        _("Remind %(body)s") % {"body": getattr(statement.body, "code", statement.body)} if may_remind else "",
        reverse("recommendations:remind", args=[statement.pk]) if may_remind else "",
        post=True,
    )


def _next_for_submitted(recommendation, user):
    since = day(timezone.localdate(recommendation.submitted_at))
    if permissions.can_decide(user, recommendation):
        return NextStep(
            _("The decision is yours."),
            _("Submitted: %(day)s.") % {"day": since},
            _("Read and decide"),
            reverse("recommendations:decide", args=[recommendation.pk]),
        )
    vacant = Department.objects.without_anybody_to_decide().filter(pk=recommendation.lead_department_id)
    if vacant.exists():
        return NextStep(
            _("%(department)s has neither a head nor a deputy.") % {"department": recommendation.lead_department},
            _("It waits until the administration has proposed a head and somebody else has confirmed it."),
            _("Who may decide"),
            recommendation.lead_department.get_absolute_url(),
        )
    return NextStep(
        recommendation.life.tells % {"department": recommendation.lead_department},
        _("Submitted: %(day)s.") % {"day": since},
    )


def _next_for_approved(recommendation, user):
    if permissions.can_make_paper(user, recommendation):
        return NextStep(
            _("The recommendation is approved."),
            _("Make a paper of it for the committees. Day-to-day business goes straight into implementation."),
            _("Make a paper"),
            reverse("recommendations:make_paper", args=[recommendation.pk]),
        )
    return NextStep(recommendation.life.tells)


def _next_for_committee(recommendation, user):
    paper = recommendation.paper
    stop = (
        paper.consultations.filter(result="", agenda_item__isnull=False)
        .select_related("committee", "agenda_item__meeting")
        .order_by("agenda_item__meeting__start")
        .first()
    )
    label, url = _("Open the paper"), paper.get_absolute_url()
    if stop is None:
        return NextStep(
            _("Paper %(reference)s is on no agenda.") % {"reference": paper.reference},
            _("Put it on the agenda of a meeting."),
            label,
            url,
        )
    return NextStep(
        _("%(committee)s deals with it: %(day)s.")
        % {"committee": stop.committee, "day": day(timezone.localdate(stop.agenda_item.meeting.start))},
        _("The committee resolves in its meeting. Its result is only recorded here."),
        label,
        url,
    )


def _next_for_follow_up(recommendation, user):
    if recommendation.effect_reviews.waiting() and permissions.can_review_effect(user, recommendation):
        return NextStep(
            _("The paragraph of the effect review is yours."),
            _("Then, now and target stand side by side."),
            _("Write the effect review"),
            reverse("recommendations:effect_review", args=[recommendation.pk]),
        )
    unfixed = recommendation.life.effect_is_due and not recommendation.effect_reviews.standing().exists()
    if unfixed and permissions.can_plan_effect(user, recommendation):
        return NextStep(
            _("Fix the effect review; then the measures can start."),
            "",
            _("Fix the effect review"),
            reverse("recommendations:effect_plan", args=[recommendation.pk]),
        )
    return NextStep(recommendation.life.tells, _detail(recommendation))


def _detail(recommendation):
    if recommendation.deferred_until:
        return day(recommendation.deferred_until)
    if recommendation.status == Status.REJECTED:
        return _("Reason: %(reason)s") % {"reason": recommendation.decisions.first().reason}
    return recommendation.effect_note
