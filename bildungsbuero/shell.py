# SPDX-License-Identifier: EUPL-1.2
"""What every page shows around its content: the house's name and the navigation of the person's roles.

The order is that of the thread, not of the tables. What a role may not see is absent; a number counts what waits
for this person, never a total.
"""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from accounts.roles import ADMINISTRATION, COORDINATION, DATA_PROTECTION, MONITORING, holds
from activity.models import Notification
from committees.models import Committee
from recommendations.models import LeadTransfer, Recommendation, Statement
from tasks.models import Task


@dataclass(frozen=True)
class Entry:
    label: object
    url_name: str
    count: object = None  # counts what waits for the user


def _count(queryset):
    return lambda user: queryset(user).count()


def _decisions_and_consents(user):
    return Recommendation.objects.awaiting_decision_of(user).count() + LeadTransfer.objects.awaiting(user).count()


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
TRACKING = Entry(_("Follow-up of resolutions"), "recommendations:tracking")
COMMITTEES = Entry(_("Committees"), "committees:list")
MEETINGS = Entry(_("Meetings"), "committees:meeting_list")
PAPERS = Entry(_("Papers"), "committees:paper_list")
MEMBERSHIPS = Entry(_("Memberships"), "committees:membership_list")
TASKS = Entry(_("Tasks"), "tasks:list")
ACTORS = Entry(_("Actors"), "actors:list")
PERSONS = Entry(_("Persons"), "actors:person_list")
REPORTS = Entry(_("Briefings"), "reports:list")
DELEGATIONS = Entry(_("Delegations"), "accounts:delegation_list")
USERS = Entry(_("Accounts"), "accounts:user_list")
DEPARTMENTS = Entry(_("Departments"), "accounts:department_list")
SIMULATOR = Entry(_("Who sees and may what"), "recommendations:simulator")
LOG = Entry(_("Log"), "activity:log")

THREAD, OFFICE, DATA, HOUSE, LOOK_UP = (
    _("From figure to effect"),
    _("Office"),
    _("Data"),
    _("My department"),
    _("Look up"),
)

# Each role's groups, in the order they stand in the navigation. The first entry is where the person starts.
NAVIGATION = {
    "decides": [
        ("", [DECIDE, COSIGN]),
        (HOUSE, [RECOMMENDATIONS, MEASURES, TASKS, DELEGATIONS]),
        (LOOK_UP, [FIGURES, COMMITTEES, MEETINGS, PAPERS, TRACKING, REPORTS]),
    ],
    COORDINATION: [
        ("", [WEEK]),
        (THREAD, [FIGURES, FINDINGS, RECOMMENDATIONS, MEETINGS, PAPERS, MEASURES, TRACKING]),
        (OFFICE, [TASKS, COMMITTEES, ACTORS, PERSONS, REPORTS]),
    ],
    MONITORING: [
        ("", [WEEK]),
        (DATA, [FIGURES, IMPORTS, SOURCES, DISCLOSURE, GROUPS, REGIONS]),
        (THREAD, [FINDINGS, RECOMMENDATIONS, MEETINGS]),
        (OFFICE, [REPORTS]),
    ],
    "staffs": [
        ("", [WEEK]),
        (HOUSE, [RECOMMENDATIONS, MEASURES, TASKS]),
        (LOOK_UP, [FIGURES, COMMITTEES, MEETINGS, PAPERS]),
    ],
    "keeps": [("", [MEETINGS]), (LOOK_UP, [COMMITTEES, PAPERS, TRACKING, MEMBERSHIPS, REPORTS])],
    "sits": [("", [MEETINGS]), (LOOK_UP, [COMMITTEES, PAPERS, TRACKING, REPORTS, FIGURES])],
    DATA_PROTECTION: [("", [LOG, SIMULATOR]), (THREAD, [FIGURES, RECOMMENDATIONS, MEETINGS, PAPERS, TRACKING])],
    ADMINISTRATION: [("", [USERS, DEPARTMENTS, SIMULATOR])],
}


def roles_of(user):
    """The rows of the navigation table that this person has, the most pressing first."""
    asks = {
        "decides": lambda: Department.objects.decided_by(user).exists(),
        "staffs": lambda: Department.objects.staffed_by(user).exists(),
        "keeps": lambda: Committee.objects.kept_by(user).exists(),
        "sits": lambda: Committee.objects.of_member(user).exists(),
    }
    roles = [role for role in NAVIGATION if asks.get(role, lambda role=role: holds(user, role))()]
    return [role for role in roles if not (role == "staffs" and "decides" in roles)]


def first_entry(user):
    """The address of the role's first entry; key figures for somebody without a role."""
    roles = roles_of(user)
    return reverse(NAVIGATION[roles[0]][0][1][0].url_name if roles else FIGURES.url_name)


def navigation(user, path):
    """Groups of entries ``(heading, [(label, url, count, is_current)])``, each entry once."""
    roles = roles_of(user)
    tables = [NAVIGATION[role] for role in roles] or [[("", [FIGURES])]]
    groups, seen = {}, set()
    for heading, entries in [group for table in tables for group in table]:
        for entry in entries:
            if entry not in seen:
                seen.add(entry)
                groups.setdefault(heading, []).append(entry)
    addresses = {entry: reverse(entry.url_name) for entry in seen}
    current = max((address for address in addresses.values() if path.startswith(address)), key=len, default=None)
    return [
        (
            heading,
            [
                (entry.label, addresses[entry], entry.count(user) if entry.count else 0, addresses[entry] == current)
                for entry in entries
            ],
        )
        for heading, entries in groups.items()
    ]


def shell(request):
    """Context for ``base.html``; the navigation is only worked out where a page shows it."""
    user = getattr(request, "user", None)
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
