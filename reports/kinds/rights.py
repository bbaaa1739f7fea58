# SPDX-License-Identifier: EUPL-1.2
"""Who may order which document. Each answer carries its reason; nobody orders what they may not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import Department
from accounts.roles import COORDINATION, DATA_PROTECTION, MONITORING, holds
from actors.models import Person
from committees.models import Committee, Meeting
from core.sentences import sentence as _
from core.verdicts import YES, no, not_now
from indicators.models import KeyFigure
from recommendations.models import Recommendation
from reports import permissions

if TYPE_CHECKING:
    from accounts.models import User
    from committees.models import Paper
    from core.verdicts import Verdict
    from reports.passages import ActivityReport


def _coordinates(user: User) -> bool:
    return holds(user, COORDINATION)


def can_order_briefing(user: User, paper: Paper, variant: str) -> Verdict:
    """Whoever may order briefings of the paper; of a non-public paper there is no public one."""
    if not (verdict := permissions.can_order(user, paper, variant)):
        return verdict
    if variant == "public" and not paper.is_public:
        return not_now(_("This paper is non-public: there is no public edition of it."))
    return YES


def can_order_pack(user: User, meeting: Meeting, variant: str) -> Verdict:
    """The coordination and the committee's secretary put the pack of a meeting together."""
    seen = Meeting.objects.visible_to(user).filter(pk=meeting.pk).exists()
    keeps = Committee.objects.kept_by(user).filter(pk=meeting.committee_id).exists()
    if seen and (_coordinates(user) or keeps):
        return YES
    return no(_("Only the coordination or the committee's secretary orders the pack of a meeting."))


def can_order_tracking(user: User, committee: Committee, variant: str) -> Verdict:
    """The coordination and the committee's secretary order the follow-up of resolutions."""
    if _coordinates(user) or Committee.objects.kept_by(user).filter(pk=committee.pk).exists():
        return YES
    return no(_("Only the coordination or the committee's secretary orders the follow-up of resolutions."))


def can_order_sheet(user: User, key_figure: KeyFigure, variant: str) -> Verdict:
    """Everybody who sees a key figure orders its sheet: it holds released values only."""
    if KeyFigure.objects.visible_to(user).filter(pk=key_figure.pk).exists():
        return YES
    return no(_("Only people with a login order the sheet of a key figure."))


def _of_recommendation(user: User, recommendation: Recommendation, variant: str) -> Verdict:
    seen = Recommendation.objects.visible_to(user).filter(pk=recommendation.pk).exists()
    leads = Department.objects.of(user).filter(pk=recommendation.lead_department_id).exists()  # type: ignore[misc]
    if not seen or not (_coordinates(user) or holds(user, MONITORING) or leads):
        return no(_("Only the office and the lead department order this document."))
    if variant == "public" and recommendation.approval_id is None:
        return not_now(_("What is not approved yet is not public."))
    return YES


def can_order_chain(user: User, recommendation: Recommendation, variant: str) -> Verdict:
    """The office and the lead department; a public edition only of what is approved."""
    return _of_recommendation(user, recommendation, variant)


def can_order_statements(user: User, recommendation: Recommendation, variant: str) -> Verdict:
    """The office and the lead department; a public edition only of what is approved."""
    return _of_recommendation(user, recommendation, variant)


def can_order_report(user: User, report: ActivityReport, variant: str) -> Verdict:
    """The coordination reports on the office's year."""
    return YES if _coordinates(user) else no(_("Only the coordination reports on the office's year."))


def can_order_deciders(user: User, department: Department, variant: str) -> Verdict:
    """Whoever may see the department orders the sheet of who decides what in it."""
    if Department.objects.visible_to(user).filter(pk=department.pk).exists():
        return YES
    return no(_("Only the house orders the sheet of who decides what."))


def can_order_personal_data(user: User, person: Person, variant: str) -> Verdict:
    """Data protection hands out what is stored about a person, and everybody gets the own data."""
    if user.is_authenticated and user.is_active and person.user_id == user.pk:
        return YES
    if holds(user, DATA_PROTECTION) and Person.objects.visible_to(user).filter(pk=person.pk).exists():
        return YES
    return no(_("Only data protection hands out what is stored about a person."))
