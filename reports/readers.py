# SPDX-License-Identifier: EUPL-1.2
"""Who may read a document, by what it is about. Asked when lists are shown, when it is made, when it is downloaded.

The rule follows the subject: whoever may read it reads its public document, whoever may read all of it the full one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from accounts.models import Department
from accounts.roles import COORDINATION, DATA_PROTECTION, MONITORING, holds
from actors.models import Person
from committees.models import AgendaItem, Committee, Consultation, Meeting, Paper
from committees.querysets import in_the_house
from indicators.models import KeyFigure
from recommendations.models import Recommendation

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from accounts.models import User
    from actors.querysets import PersonQuerySet
    from committees.querysets import CommitteeQuerySet, MeetingQuerySet, PaperQuerySet
    from reports.passages import ActivityReport


def _of_the_office(user: User) -> bool:
    return any(holds(user, role) for role in (COORDINATION, MONITORING, DATA_PROTECTION))


def _papers(user: User, full: bool) -> PaperQuerySet:
    return Paper.objects.fully_visible_to(user) if full else Paper.objects.visible_to(user)


def _meetings(user: User, full: bool) -> MeetingQuerySet:
    """The full pack is for whoever may read every paper on the agenda entirely.

    Whoever declared a conflict of interest on an item gets no pack with it; the other papers are there one by one.
    """
    meetings = Meeting.objects.visible_to(user)
    if not in_the_house(user):
        meetings = meetings.exclude(agenda_items__in=AgendaItem.objects.withheld_from(user).values("pk"))
    if not full or _of_the_office(user):
        return meetings
    seen = Consultation.objects.of_a_paper().filter(agenda_item__meeting__in=meetings.values("pk"))
    closed = seen.exclude(paper__in=Paper.objects.fully_visible_to(user).values("pk"))
    # asked for here: as a subquery within subqueries it is deeper than SQLite reads
    return meetings.exclude(pk__in=list(closed.values_list("agenda_item__meeting", flat=True)))


def _committees(user: User, full: bool) -> CommitteeQuerySet:
    """Full overviews of a committee hold non-public resolutions of papers of many departments: office and secretary."""
    if not full or _of_the_office(user):
        return Committee.objects.visible_to(user)
    return Committee.objects.kept_by(user)


def _persons(user: User, full: bool) -> PersonQuerySet:
    """What is stored about a person is for that person, and for data protection, who hands it out."""
    if holds(user, DATA_PROTECTION):
        return Person.objects.visible_to(user)
    return Person.objects.filter(user=user)


def _reports(user: User, full: bool) -> QuerySet[ActivityReport]:
    """The reports of the office on its own year."""
    reports = apps.get_model("reports", "ActivityReport").objects.all()
    return reports if in_the_house(user) else reports.none()


RULES = {
    "committees.Paper": _papers,
    "committees.Meeting": _meetings,
    "committees.Committee": _committees,
    "recommendations.Recommendation": lambda user, full: Recommendation.objects.visible_to(user),
    "indicators.KeyFigure": lambda user, full: KeyFigure.objects.visible_to(user),
    "actors.Person": _persons,
    "accounts.Department": lambda user, full: Department.objects.visible_to(user),
    "reports.ActivityReport": _reports,
}


def models() -> list[type[Model]]:
    """The models that documents can be about."""
    known = {model._meta.label: model for model in apps.get_models()}
    return [known[label] for label in RULES if label in known]


def subjects(user: User, model: type[Model], variant: str) -> Any:
    """The subjects of this model whose documents of this variant the person may read; None where there is no rule."""
    rule = RULES.get(model._meta.label)
    return rule(user, variant == "full") if rule else None


def readable(user: User) -> Q:
    """The condition on documents: those that this person may read."""
    if not user.is_authenticated or not user.is_active:
        return Q(pk__in=[])
    condition = Q(subject_type=None) if in_the_house(user) else Q(pk__in=[])
    for model in models():
        kind = ContentType.objects.get_for_model(model)
        for variant in ("public", "full"):
            found = subjects(user, model, variant)
            condition |= Q(subject_type=kind, variant=variant, subject_id__in=found.values("pk"))
    return condition


def may_read(user: User, subject: Model | None, variant: str) -> bool:
    """Whether this person may read a document of this variant about this subject; None is the whole house."""
    if not user.is_authenticated or not user.is_active:
        return False
    if subject is None:
        return in_the_house(user)
    found = subjects(user, type(subject), variant)
    return found is not None and found.filter(pk=subject.pk).exists()
