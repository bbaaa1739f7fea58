# SPDX-License-Identifier: EUPL-1.2
"""Rules of the house, each broken by hand in one place. A test has to notice every one of them."""

from dataclasses import dataclass

from tests.mutants.changes import replace, source_of


@dataclass(frozen=True)
class Break:
    """What would be possible; in which file and function; ``old`` stands there once and becomes ``new``."""

    what: str
    path: str
    function: str
    old: str
    new: str = ""

    def __str__(self):
        return f"{self.path} {self.function}: {self.what}"

    def concerning(self, _items, calls):
        return calls.get(f"{self.path}:{self.function.partition('.<locals>')[0]}", [])

    def make(self):
        whole, function = source_of(self.path, self.function)
        if function.count(self.old) != 1:
            raise LookupError(f"{self}: “{self.old}” stands there {function.count(self.old)} times")
        replace(self.path, self.function, whole.replace(function, function.replace(self.old, self.new)))


ACCOUNTS, DECISION = "accounts/querysets.py", "recommendations/permissions/decision.py"
DRAFTING, TRANSFER = "recommendations/permissions/drafting.py", "recommendations/permissions/transfer.py"
MEASURES, COUNCIL = "recommendations/permissions/measures.py", "committees/permissions.py"
SEEN = "committees/querysets.py"

BREAKS = (
    Break("next month's deputy decides today", ACCOUNTS, "DelegationQuerySet.in_force", "            begun,\n"),
    Break("last month's deputy decides today", ACCOUNTS, "DelegationQuerySet.in_force", "            going_on,\n"),
    Break(
        "a deputyship that was ended goes on",
        ACCOUNTS,
        "DelegationQuerySet.in_force",
        "Q(ended_at=None) | Q(ended_at__gt=at),",
    ),
    Break(
        "a deputy set by somebody who heads nothing decides",
        ACCOUNTS,
        "DelegationQuerySet.in_force",
        "self._rests_on_a_grant(at),",
    ),
    Break("whom nobody confirmed decides", ACCOUNTS, "GrantQuerySet.in_force", "self.confirmed(at)", "self"),
    Break(
        "whose grant was ended decides", ACCOUNTS, "GrantQuerySet.in_force", "Q(ended_at=None) | Q(ended_at__gt=at),"
    ),
    Break(
        "the head of another department sets a deputy for mine",
        "accounts/permissions.py",
        "can_delegate",
        "headed.filter(pk=department.pk).exists()",
        "headed.exists()",
    ),
    Break("a deputy passes it on", "accounts/permissions.py", "can_delegate", "headed_by", "decided_by"),
    Break(
        "a closed account keeps its office",
        "accounts/models/users.py",
        "User.office_roles",
        "not self.is_active",
        "False",
    ),
    Break("the author decides", DECISION, "had_a_hand_in", "recommendation.author_id, "),
    Break("whoever changed the text decides", DECISION, "had_a_hand_in", "written.exists() or "),
    Break("whoever submitted the text decides", DECISION, "had_a_hand_in", "recommendation.submitted_by_id"),
    Break("whoever worked on it with actors decides", DECISION, "had_a_hand_in", " or recorded.exists()"),
    Break("the staff decide", DECISION, "can_decide", "decides_for(user, department)", "works_for(user, department)"),
    Break("what another level decides is approved", DECISION, "can_decide", "recommendation.is_suggestion", "False"),
    Break("what is decided is decided again", DECISION, "can_decide", "!= Status.SUBMITTED", "== Status.DRAFT"),
    Break(
        "the office opens again what was approved",
        DECISION,
        "can_reopen",
        "recommendation.status == Status.REJECTED and ",
    ),
    Break(
        "the staff sign for their department",
        DRAFTING,
        "can_sign",
        "decides_for(user, statement.department)",
        "statement.department in type(statement.department).objects.of(user)",
    ),
    Break("any head signs", DRAFTING, "can_sign", "not decides_for(user, statement.department)", "False"),
    Break("it is submitted before all have answered", DRAFTING, "can_submit", "due_on__gte=today", "due_on__gt=today"),
    Break("it is submitted on a changed figure", DRAFTING, "can_submit", 'filter(doubts__answer="")', "none()"),
    Break(
        "one head gives both consents", TRANSFER, "_can_consent", "user.pk == transfer.proposed_by_id == ", "False and "
    ),
    Break(
        "the lead changes when one department agrees",
        "recommendations/flows/transfer.py",
        "_settle",
        "transfer.released_at and transfer.accepted_at",
        "transfer.released_at or transfer.accepted_at",
    ),
    Break(
        "a measure starts before its effect is fixed",
        MEASURES,
        "can_start_measure",
        "not recommendation.effect_reviews.filter(replaced_at=None).exists()",
        "False",
    ),
    Break("a plan that was replaced lets a measure start", MEASURES, "can_start_measure", "replaced_at=None"),
    Break("another body's secretary keeps the record", COUNCIL, "_keeps", ".filter(pk=committee.pk)"),
    Break(
        "results are recorded before the meeting", COUNCIL, "can_record_result", " or not item.meeting.life.was_held"
    ),
    Break(
        "results are corrected after the approval",
        COUNCIL,
        "can_correct_results",
        "minutes.life.is_approved",
        "False",
    ),
    Break(
        "a former member reads papers",
        SEEN,
        "CommitteeQuerySet.of_member",
        "Q(memberships__end_on__gte=on)",
        "Q(memberships__isnull=False)",
    ),
    Break("a coming member reads papers", SEEN, "CommitteeQuerySet.of_member", "memberships__start_on__lte=on,"),
    Break(
        "a biased member reads the paper",
        SEEN,
        "PaperQuerySet.visible_to",
        'known.exclude(pk__in=self.withheld_from(user).values("pk"))',
        "known",
    ),
    Break(
        "every member reads non-public annexes",
        SEEN,
        "PaperQuerySet.fully_visible_to",
        ', consultations__role="decision"',
    ),
    Break(
        "members read drafts of minutes",
        SEEN,
        "MinutesQuerySet.visible_to",
        "~Q(state=MinutesState.DRAFT)",
        "Q(pk__isnull=False)",
    ),
    Break(
        "the house reads what was said in the non-public part",
        SEEN,
        "AgendaItemQuerySet.open_to",
        "Q(is_public=True)",
        "Q(pk__isnull=False)",
    ),
    Break(
        "a decision is taken on a version nobody read",
        "recommendations/flows/decision.py",
        "decide",
        "seen is not None and sight.differences(seen, recommendation)",
        "False",
    ),
    Break(
        "a refused decision leaves no trace",
        "activity/flows.py",
        "logs_refusals.<locals>.decorate.<locals>.wrapper",
        "record(kind, subject, by=by, reason=refusal.reason)",
        "kind, subject, refusal",
    ),
    Break(
        "a grant that the tables no longer state stays",
        "accounts/flows/roles.py",
        "_set_grants",
        "filter(pk__in=too_many).delete()",
        "filter(pk__in=too_many)",
    ),
    Break(
        "exact values are open to the coordination",
        "indicators/querysets.py",
        "ImportQuerySet.visible_to",
        "holds(user, MONITORING)",
        "True",
    ),
)
