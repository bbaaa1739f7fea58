# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from accounts.querysets import DepartmentQuerySet


class DepartmentKind(models.TextChoices):
    DIVISION = "division", pgettext_lazy("office", "division")
    DEPARTMENT = "department", pgettext_lazy("office", "department")
    STAFF_UNIT = "staff_unit", pgettext_lazy("office", "staff unit")


class Department(models.Model):
    """A unit of the administration that is responsible for something, and therefore decides it."""

    code = models.CharField(_("code"), max_length=20, unique=True, help_text=_("For example “FB 51”."))
    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=12, choices=DepartmentKind.choices, default=DepartmentKind.DEPARTMENT)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("office", "department")
        verbose_name_plural = pgettext_lazy("office", "departments")
        ordering = ["code"]
        permissions = [("prepare_for_department", "Prepare the department's statements and measures")]

    def __str__(self) -> str:
        return f"{self.code.replace(' ', chr(0xA0))} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("accounts:who_decides", args=[self.pk])


class DepartmentUserObjectPermission(UserObjectPermissionBase):
    content_object = models.ForeignKey(Department, models.CASCADE)


class DepartmentGroupObjectPermission(GroupObjectPermissionBase):
    content_object = models.ForeignKey(Department, models.CASCADE)
