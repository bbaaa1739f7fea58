# SPDX-License-Identifier: EUPL-1.2
"""What a chosen person sees and may do, from the querysets and verdicts that every page uses. It only reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Delegation, Department
from accounts.roles import ROLES
from actors.models import Actor, Person
from committees.models import Committee, Meeting, Paper
from indicators.models import Finding
from recommendations.authority import answers, open_transfer
from recommendations.models import LeadTransfer, Measure, Recommendation, Statement

if TYPE_CHECKING:
    from accounts.models import User
    from core.sentences import Text

SEEN = (Recommendation, Statement, LeadTransfer, Measure, Finding, Paper, Meeting, Actor, Person)


@dataclass(frozen=True)
class Answered:
    """One recommendation as this person meets it: whether it is there at all, and every verdict with its reason."""

    recommendation: Any
    is_seen: bool
    asked: list


def roles_of(person: User) -> list[str]:
    """The roles a person holds today, as sentences; somebody switched off holds none."""
    if not person.is_active:
        return []
    found = [str(role.label) for role in ROLES if not role.scope and role.code in person.office_roles]
    found += [_("head of %(department)s") % {"department": one} for one in Department.objects.headed_by(person)]
    for one in Delegation.objects.in_force().filter(deputy=person).select_related("department"):
        until = date_format(one.valid_until, "d.m.Y")
        found.append(_("deputy for %(department)s until %(day)s") % {"department": one.department, "day": until})
    headed = Department.objects.headed_by(person).values("pk")
    staffed = Department.objects.staffed_by(person).exclude(pk__in=headed)
    found += [_("staff of %(department)s") % {"department": one} for one in staffed]
    found += [_("secretary of %(committee)s") % {"committee": one} for one in Committee.objects.kept_by(person)]
    found += [_("member of %(committee)s") % {"committee": one} for one in Committee.objects.of_member(person)]
    return found


def counts_for(person: User) -> list[tuple[Text, int]]:
    """``(kind of thing, how many this person sees)``."""
    return [(model._meta.verbose_name_plural or "", model.objects.visible_to(person).count()) for model in SEEN]


def answered_for(person: User, recommendation: Recommendation) -> Answered:
    """Every question that this recommendation raises in its state, with the verdict for this person."""
    return Answered(
        recommendation=recommendation,
        is_seen=Recommendation.objects.visible_to(person).filter(pk=recommendation.pk).exists(),
        asked=answers(recommendation, person, open_transfer(recommendation)),
    )
