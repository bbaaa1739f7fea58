# SPDX-License-Identifier: EUPL-1.2
"""What every page shows around its content: the house's name and the navigation of the person's roles.

The order is that of the thread, not of the tables. What a role may not see is absent; a number counts what waits
for this person, never a total.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Department, User
from accounts.roles import ADMINISTRATION, COORDINATION, DATA_PROTECTION, MONITORING, holds
from activity.models import Notification
from committees.models import Committee
from recommendations.models import EffectReview, LeadTransfer, Recommendation, Statement
from tasks.models import Task

if TYPE_CHECKING:
    from accounts.requests import Request
    from core.sentences import Text


@dataclass(frozen=True)
class Entry:
    label: Text
    url_name: str
    count: Callable[[User], int] | None = None  # counts what waits for the user
    each: Callable[[User], Iterable[Any]] | None = None  # makes one entry of everything that this gives for the user

    def addresses(self, user: User) -> list[tuple[Text, str]]:
        """What stands in the navigation: ``(label, address)``, one for each thing where there are several."""
        if self.each:
            return [(str(thing), reverse(self.url_name, args=[thing.pk])) for thing in self.each(user)]
        return [(self.label, reverse(self.url_name))]


def _count(queryset: Callable[..., Any]) -> Callable[..., Any]:
    return lambda user: queryset(user).count()


def _decisions_and_consents(user: User) -> int:
    waiting = Recommendation.objects.awaiting_decision_of(user), LeadTransfer.objects.awaiting(user)
    changed = Recommendation.objects.resolution_to_be_confirmed_by(user)
    return sum(one.count() for one in (*waiting, changed))


WEEK = Entry(_("My week"), "tasks:week", _count(Task.objects.open_of))
DECIDE = Entry(_("To decide"), "recommendations:decide_list", _decisions_and_consents)
COSIGN = Entry(_("Co-signing"), "recommendations:cosign_list", _count(Statement.objects.awaiting))
FIGURES = Entry(_("Key figures"), "indicators:list")
FINDINGS = Entry(_("Findings"), "indicators:finding_list")
IMPORTS = Entry(_("Imports"), "indicators:import_list")
SOURCES = Entry(_("Data sources"), "indicators:source_list")
DISCLOSURE = Entry(_("Confidentiality"), "indicators:disclosure")
GROUPS = Entry(_("Comparison groups"), "indicators:group_list")
REGIONS = Entry(_("Regions"), "indicators:region_list")
RECOMMENDATIONS = Entry(_("Recommendations"), "recommendations:list")
MEASURES = Entry(_("Measures"), "recommendations:measure_list")
EFFECT = Entry(
    pgettext_lazy("navigation", "Effect"), "recommendations:effect_list", _count(EffectReview.objects.waiting_for)
)
GOALS = Entry(_("Goals and fields"), "recommendations:goal_list")
TRACKING = Entry(_("Follow-up of resolutions"), "recommendations:tracking")
RESOLUTIONS = Entry(_("Resolutions"), "committees:resolution_list")
COMMITTEES = Entry(_("Committees"), "committees:list")
MEETINGS = Entry(_("Meetings"), "committees:meeting_list")
PLANNER = Entry(_("Planner"), "committees:planner")
CALENDAR = Entry(_("Calendar"), "committees:calendar")
PAPERS = Entry(_("Papers"), "committees:paper_list")
MINUTES = Entry(_("Minutes"), "committees:minutes_list")
KEPT = Entry(_("My committees"), "committees:detail", each=lambda user: Committee.objects.kept_by(user).active())
OWN = Entry(_("My committees"), "committees:detail", each=lambda user: Committee.objects.of_member(user).active())
MEMBERSHIPS = Entry(_("Memberships"), "committees:membership_list")
TASKS = Entry(_("Tasks"), "tasks:list")
ACTORS = Entry(_("Actors"), "actors:list")
PERSONS = Entry(_("Persons"), "actors:person_list")
REPORTS = Entry(_("Documents"), "reports:list")
YEARS = Entry(_("Activity reports"), "reports:activity_reports")
DELEGATIONS = Entry(_("Delegations"), "accounts:delegation_list")
USERS = Entry(_("Accounts"), "accounts:user_list")
DEPARTMENTS = Entry(_("Departments"), "accounts:department_list")
SIMULATOR = Entry(_("Who sees and may what"), "recommendations:simulator")
LOG = Entry(_("Log"), "activity:log")

THREAD, OFFICE, DATA, HOUSE, BODIES, CASES, LOOK_UP = (
    _("From figure to effect"),
    _("Office"),
    _("Data"),
    _("My department"),
    _("My committees"),
    _("Cases"),
    _("Look up"),
)

# Each role's groups, in the order they stand in the navigation. The first entry is where the person starts.
NAVIGATION: dict[str, list[tuple[Text, list[Entry]]]] = {
    "decides": [
        ("", [DECIDE, COSIGN]),
        (HOUSE, [RECOMMENDATIONS, MEASURES, EFFECT, TASKS, DELEGATIONS]),
        (
            LOOK_UP,
            [FIGURES, GOALS, COMMITTEES, MEETINGS, CALENDAR, PAPERS, RESOLUTIONS, TRACKING, REPORTS, DEPARTMENTS],
        ),
    ],
    COORDINATION: [
        ("", [WEEK]),
        (
            THREAD,
            [FIGURES, FINDINGS, RECOMMENDATIONS, MEETINGS, PLANNER, PAPERS, RESOLUTIONS, MEASURES, TRACKING, EFFECT],
        ),
        (OFFICE, [TASKS, GOALS, CALENDAR, COMMITTEES, ACTORS, PERSONS, REPORTS, YEARS]),
    ],
    MONITORING: [
        ("", [WEEK]),
        (DATA, [FIGURES, IMPORTS, SOURCES, DISCLOSURE, GROUPS, REGIONS]),
        (THREAD, [FINDINGS, RECOMMENDATIONS, MEETINGS, EFFECT, GOALS]),
        (OFFICE, [REPORTS]),
    ],
    "staffs": [
        ("", [WEEK]),
        (HOUSE, [RECOMMENDATIONS, MEASURES, EFFECT, TASKS]),
        (LOOK_UP, [FIGURES, GOALS, COMMITTEES, MEETINGS, CALENDAR, PAPERS]),
    ],
    "keeps": [
        ("", [MEETINGS, PLANNER, CALENDAR]),
        (BODIES, [KEPT]),
        (CASES, [PAPERS, MINUTES, RESOLUTIONS, TRACKING, MEMBERSHIPS]),
        (LOOK_UP, [REPORTS]),
    ],
    "sits": [
        ("", [MEETINGS, CALENDAR]),
        (BODIES, [OWN]),
        (LOOK_UP, [PAPERS, MINUTES, RESOLUTIONS, TRACKING, REPORTS, FIGURES]),
    ],
    "above": [("", [DEPARTMENTS])],
    DATA_PROTECTION: [
        ("", [LOG, SIMULATOR, DEPARTMENTS]),
        (THREAD, [FIGURES, RECOMMENDATIONS, MEETINGS, PAPERS, RESOLUTIONS, TRACKING]),
    ],
    ADMINISTRATION: [("", [USERS, DEPARTMENTS, SIMULATOR])],
}


def roles_of(user: User) -> list[str]:
    """The rows of the navigation table that this person has, the most pressing first."""
    asks = {
        "decides": lambda: Department.objects.any_decided_by(user),
        "staffs": lambda: Department.objects.any_staffed_by(user),
        "above": lambda: User.objects.superior().filter(pk=user.pk).exists(),
        "keeps": lambda: Committee.objects.kept_by(user).exists(),
        "sits": lambda: Committee.objects.of_member(user).exists(),
    }
    roles = [role for role in NAVIGATION if asks.get(role, lambda role=role: holds(user, role))()]
    return [role for role in roles if not (role == "staffs" and "decides" in roles)]


def first_entry(user: User) -> str:
    """The address of the role's first entry; key figures for somebody without a role."""
    roles = roles_of(user)
    return reverse(NAVIGATION[roles[0]][0][1][0].url_name if roles else FIGURES.url_name)


def navigation(user: User, path: str) -> list[tuple[Text, list[tuple[Any, ...]]]]:
    """Groups of entries ``(heading, [(label, url, count, is_current)])``, each entry once."""
    roles = roles_of(user)
    tables: list[list[tuple[Text, list[Entry]]]] = [NAVIGATION[role] for role in roles] or [[("", [FIGURES])]]
    groups, seen = {}, set()
    for heading, entries in [group for table in tables for group in table]:
        for entry in entries:
            for label, address in entry.addresses(user):
                if address not in seen:
                    seen.add(address)
                    groups.setdefault(heading, []).append((label, address, entry.count))
    current = max((address for address in seen if path.startswith(address)), key=len, default=None)
    return [
        (
            heading,
            [(label, address, count(user) if count else 0, address == current) for label, address, count in entries],
        )
        for heading, entries in groups.items()
    ]


def shell(request: Request) -> dict[str, Any]:
    """Context for ``base.html``; the navigation is only worked out where a page shows it."""
    user: Any = getattr(request, "user", None)
    known = user is not None and user.is_authenticated
    return {
        "municipality": settings.MUNICIPALITY_NAME,
        "unit": settings.UNIT_NAME,
        "unit_position": settings.UNIT_POSITION,
        "demo": settings.DEMO,
        "languages": settings.LANGUAGES,
        "navigation": SimpleLazyObject(lambda: navigation(user, request.path)) if known else [],
        "unread": SimpleLazyObject(lambda: Notification.objects.of(user).unread().count()) if known else 0,
    }
