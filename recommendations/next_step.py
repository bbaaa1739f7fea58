# SPDX-License-Identifier: EUPL-1.2
"""The next lawful step of one recommendation for one reader: the button, or who must act and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Department
from committees.permissions import can_record_result
from core.dates import day
from recommendations import permissions, resolved
from recommendations.authority import open_transfer
from recommendations.lifecycle import MeasureStatus, Phase, Status, Turn

if TYPE_CHECKING:
    from accounts.models import User
    from core.sentences import Text
    from recommendations.models import Recommendation


@dataclass(frozen=True)
class NextStep:
    """What is missing, and the button for it where the reader may press one."""

    headline: Text
    detail: Text = ""
    label: str = ""
    url: str = ""
    post: bool = False


def next_step(recommendation: Recommendation, user: User) -> NextStep:
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
    if found := _resolution(recommendation, user):
        return found
    following = {
        Turn.ASKED: _next_for_consultation,
        Turn.HEAD: _next_for_submitted,
        Turn.COMMITTEE: _next_for_committee,
    }.get(recommendation.life.turn)
    if following:
        return following(recommendation, user)
    found = _paper(recommendation, user) or _effect(recommendation, user) or _measures(recommendation, user)
    return found or _closing(recommendation, user) or NextStep(recommendation.life.tells, _detail(recommendation))


def _next_for_draft(recommendation: Recommendation, user: User) -> NextStep:
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


def _next_for_consultation(recommendation: Recommendation, user: User) -> NextStep:
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


def _next_for_submitted(recommendation: Recommendation, user: User) -> NextStep:
    since = day(timezone.localdate(recommendation.submitted_at))
    if permissions.can_decide(user, recommendation):
        return NextStep(
            _("The decision is yours."),
            _("Submitted: %(day)s.") % {"day": since},
            _("Read and decide"),
            reverse("recommendations:decide", args=[recommendation.pk]),
        )
    vacant = Department.objects.without_anybody_to_decide().filter(pk=recommendation.lead_department_id)  # type: ignore[misc]
    if vacant.exists():
        return NextStep(
            _("%(department)s has neither a head nor a deputy.") % {"department": recommendation.lead_department},
            _("It waits until the administration has proposed a head and somebody else has confirmed it."),
            _("Who may decide"),
            recommendation.lead_department.get_absolute_url(),  # type: ignore[union-attr]
        )
    return NextStep(
        recommendation.life.tells % {"department": recommendation.lead_department},
        _("Submitted: %(day)s.") % {"day": since},
    )


def _next_for_committee(recommendation: Recommendation, user: User) -> NextStep:
    paper: Any = recommendation.paper
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
    if can_record_result(user, stop):
        return NextStep(
            _("%(committee)s has met. Its result is missing.") % {"committee": stop.committee},
            _("With the result of the body that decides finally the recommendation is resolved."),
            _("Enter results"),
            reverse("committees:results", args=[stop.agenda_item.meeting_id]),
        )
    return NextStep(
        _("%(committee)s deals with it: %(day)s.")
        % {"committee": stop.committee, "day": day(timezone.localdate(stop.agenda_item.meeting.start))},
        _("The committee resolves in its meeting. Its result is only recorded here."),
        label,
        url,
    )


def _resolution(recommendation: Recommendation, user: User) -> NextStep | None:
    """A resolution in other words than the department's is confirmed before anything begins."""
    if not recommendation.life.measures_may_begin:
        return None
    resolution = resolved.unconfirmed(recommendation)
    if resolution is None:
        return None
    headline = _("%(committee)s resolved in other words than the department had approved.")
    headline %= {"committee": resolution.committee}
    if permissions.can_confirm_resolution(user, recommendation):
        return NextStep(
            headline,
            _("Its words hold. Measures begin once you have confirmed the difference."),
            _("Read the difference and confirm"),
            reverse("recommendations:confirm_resolution", args=[recommendation.pk]),
        )
    detail = _("The head of %(department)s confirms the difference; then measures begin.")
    return NextStep(headline, detail % {"department": recommendation.lead_department}, _("Read it"), "#resolved")


def _paper(recommendation: Recommendation, user: User) -> NextStep | None:
    """After the approval: a paper, unless the department begins with a measure."""
    if permissions.can_make_paper(user, recommendation):
        return NextStep(
            _("The recommendation is approved."),
            _("Make a paper of it for the committees. Day-to-day business begins with its first measure."),
            _("Make a paper"),
            reverse("recommendations:make_paper", args=[recommendation.pk]),
        )
    return None


def _effect(recommendation: Recommendation, user: User) -> NextStep | None:
    """The effect review: fixed before a measure begins, written when its day has come."""
    reviews = recommendation.effect_reviews
    if reviews.waiting() and permissions.can_review_effect(user, recommendation):
        return NextStep(
            _("The paragraph of the effect review is yours."),
            _("Then, now and target stand side by side."),
            _("Write the effect review"),
            reverse("recommendations:effect_review", args=[recommendation.pk]),
        )
    fixes = recommendation.life.turn == Turn.LEAD and permissions.can_plan_effect(user, recommendation)
    if fixes and not reviews.standing().exists():
        return NextStep(
            _("Fix the effect review; then the measures can start."),
            "",
            _("Fix the effect review"),
            reverse("recommendations:effect_plan", args=[recommendation.pk]),
        )
    return None


def _measures(recommendation: Recommendation, user: User) -> NextStep | None:
    """The department's part: plan, begin, report, end."""
    if recommendation.life.turn != Turn.LEAD or not permissions.can_plan_measure(user, recommendation):
        return None
    measures = list(recommendation.measures.all())
    if not measures:
        return NextStep(
            recommendation.life.tells,
            _("The implementation begins with the first measure that has begun."),
            _("Plan a measure"),
            reverse("recommendations:measure_plan", args=[recommendation.pk]),
        )
    if recommendation.life.phase != Phase.IMPLEMENTING:
        first = next((one for one in measures if one.status == MeasureStatus.PLANNED), measures[0])
        return NextStep(
            _("Measures are planned, and none has begun."),
            _("With the first report that one has begun, the recommendation is being implemented."),
            _("Report the beginning"),
            first.get_absolute_url(),
        )
    left = sum(not measure.life.is_finished for measure in measures)
    if left:
        return NextStep(
            ngettext("%(count)s measure is under way.", "%(count)s measures are under way.", left) % {"count": left},
            _("When all are done, the implementation ends. What is not to be done any more is stopped with a reason."),
            _("To the measures"),
            "#measures",
        )
    return NextStep(
        _("Every measure is done or stopped."),
        _("With your word on what came of it the implementation ends."),
        _("End the implementation"),
        reverse("recommendations:conclude", args=[recommendation.pk]),
    )


def _closing(recommendation: Recommendation, user: User) -> NextStep | None:
    """The office's part at the end: begin the effect review, close the matter."""
    detail = _detail(recommendation)
    if permissions.can_evaluate(user, recommendation):
        url = reverse("recommendations:evaluate", args=[recommendation.pk])
        return NextStep(recommendation.life.tells, detail, _("Begin the effect review"), url, post=True)
    if permissions.can_close(user, recommendation):
        answered = recommendation.life.effect_is_due
        headline = _("The department has written about the effect.") if answered else recommendation.life.tells
        url = reverse("recommendations:close", args=[recommendation.pk])
        return NextStep(headline, detail, _("Close the matter"), url, post=True)
    return None


def _detail(recommendation: Recommendation) -> str:
    if recommendation.deferred_until:
        return day(recommendation.deferred_until)
    if recommendation.status == Status.REJECTED:
        return _("Reason: %(reason)s") % {"reason": recommendation.decisions.first().reason}  # type: ignore[union-attr]
    return recommendation.effect_note
