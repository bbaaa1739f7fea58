# SPDX-License-Identifier: EUPL-1.2
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from committees.querysets import in_the_house
from core.work import WorkQuerySet
from reports.lifecycle import IS_OPEN, State
from reports.readers import readable


class DocumentQuerySet(WorkQuerySet):
    def visible_to(self, user):
        """Whoever may read the subject reads its public documents, whoever may read all of it the full ones.

        A document that is not ready yet is seen by the house and by whoever ordered it.
        """
        visible = self.filter(readable(user))
        return visible if in_the_house(user) else visible.filter(Q(state=State.READY) | Q(requested_by=user))

    def about(self, subject):
        """The documents about this thing."""
        return self.filter(subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk)

    def newest(self):
        """Of each series the newest ready version that was not withdrawn."""
        return self.filter(state=State.READY, withdrawn_at=None).current()

    def current(self):
        """Without those that a newer ready version has replaced."""
        newer = self.model.objects.filter(
            series=models.OuterRef("series"),
            state=State.READY,
            withdrawn_at=None,
            version__gt=models.OuterRef("version"),
        )
        return self.filter(~models.Exists(newer))

    def taken_home_by(self, user):
        """Each with whether this person has downloaded it (``is_taken``)."""
        downloads = self.model._meta.apps.get_model("reports", "Download").objects
        return self.annotate(is_taken=models.Exists(downloads.filter(document=models.OuterRef("pk"), user=user)))

    def packs(self):
        """Documents that are joined from parts."""
        slots = self.model._meta.apps.get_model("reports", "Slot").objects
        return self.filter(models.Exists(slots.filter(document=models.OuterRef("pk"))))

    def complete(self):
        """Packs that wait for nothing but to be joined, and documents that are no packs."""
        missing = self.model._meta.apps.get_model("reports", "Slot").objects.filter(document=models.OuterRef("pk"))
        return self.filter(~models.Exists(missing.exclude(part__state=State.READY)))


class PartQuerySet(WorkQuerySet):
    def wanted(self):
        """Parts of packs that are still to be made."""
        slots = self.model._meta.apps.get_model("reports", "Slot").objects
        return self.filter(pk__in=slots.filter(document__state__in=IS_OPEN).values("part"))
