# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class PublicObject(models.Model):
    """What the open interface has shown: since when, last changed when, and whether it is gone since.

    ``fingerprint`` is that of the object as the public sees it; ``modified_at`` moves when it does and only then.
    A row stays for ever: a client that once had the object must be able to learn that it is not public any more.
    """

    kind = models.CharField(max_length=24)
    object_id = models.BigIntegerField()
    fingerprint = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    modified_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="public_object_once")]
        indexes = [
            models.Index(fields=["kind", "modified_at"], name="public_object_modified"),
            # a filtered page is read in the order of ids: what has not changed is passed over without its row
            models.Index(fields=["kind", "object_id", "modified_at"], name="public_object_passed_over"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
