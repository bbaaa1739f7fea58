# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from committees.querysets import in_the_house
from core.work import WorkQuerySet
from reports.lifecycle import IS_OPEN, State
from reports.readers import readable

if TYPE_CHECKING:
    from accounts.models import User
    from reports.models import Document, Part


class DocumentQuerySet(WorkQuerySet["Document"]):
    def visible_to(self, user: User) -> Self:
        """Whoever may read the subject reads its public documents, whoever may read all of it the full ones.

        A document that is not ready yet is seen by the house and by whoever ordered it.
        """
        visible = self.filter(readable(user))
        return visible if in_the_house(user) else visible.filter(Q(state=State.READY) | Q(requested_by=user))

    def about(self, subject: models.Model) -> Self:
        """The documents about this thing."""
        return self.filter(subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk)

    def newest(self) -> Self:
        """Of each series the newest ready version that was not withdrawn."""
        return self.filter(state=State.READY, withdrawn_at=None).current()

    def current(self) -> Self:
        """Without those that a newer ready version has replaced."""
        newer = self.model.objects.filter(
            series=models.OuterRef("series"),
            state=State.READY,
            withdrawn_at=None,
            version__gt=models.OuterRef("version"),
        )
        return self.filter(~models.Exists(newer))

    def taken_home_by(self, user: User) -> Self:
        """Each with whether this person has downloaded it (``is_taken``)."""
        downloads = self.model._meta.apps.get_model("reports", "Download").objects
        return self.annotate(is_taken=models.Exists(downloads.filter(document=models.OuterRef("pk"), user=user)))

    def packs(self) -> Self:
        """Documents that are joined from parts."""
        slots = self.model._meta.apps.get_model("reports", "Slot").objects
        return self.filter(models.Exists(slots.filter(document=models.OuterRef("pk"))))

    def complete(self) -> Self:
        """Packs that wait for nothing but to be joined, and documents that are no packs."""
        missing = self.model._meta.apps.get_model("reports", "Slot").objects.filter(document=models.OuterRef("pk"))
        return self.filter(~models.Exists(missing.exclude(part__state=State.READY)))


class PartQuerySet(WorkQuerySet["Part"]):
    def wanted(self) -> Self:
        """Parts of packs that are still to be made."""
        slots = self.model._meta.apps.get_model("reports", "Slot").objects
        return self.filter(pk__in=slots.filter(document__state__in=IS_OPEN).values("part"))
