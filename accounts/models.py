# SPDX-License-Identifier: EUPL-1.2
from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from accounts.querysets import DelegationQuerySet, DepartmentQuerySet
from core.search import Folded


class UserManager(BaseUserManager):
    def create_user(self, email, name, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def in_a_department(self):
        """People with a role in some department."""
        return self.filter(is_active=True, groups__name__startswith="department-").distinct().order_by(Folded("name"))

    def in_the_house(self):
        """People with a role in the office, in a department or as a committee's secretary: who can be given work."""
        roles = models.Q(groups__name__in=("office-coordination", "office-monitoring"))
        roles |= models.Q(groups__name__startswith="department-") | models.Q(groups__name__startswith="committee-")
        return self.filter(roles, is_active=True).distinct().order_by(Folded("name"))

    def appointed(self, code, scope):
        """People with a role on a scope, such as the secretaries of a committee."""
        name = f"{scope._meta.model_name}-{scope.pk}-{code}"
        return self.filter(is_active=True, groups__name=name).order_by(Folded("name"))

    def create_superuser(self, email, name, password=None, **fields):
        return self.create_user(email, name, password, is_staff=True, is_superuser=True, **fields)


class Theme(models.TextChoices):
    SYSTEM = "", _("Like the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class MailRhythm(models.TextChoices):
    AT_ONCE = "at_once", _("one for each, at once")
    DAILY = "daily", _("one a day for all of them, in the morning")


class User(AbstractUser):
    """A person with a login. What the person may do follows from roles and dated delegations, never from this row."""

    username = None
    first_name = None
    last_name = None
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    theme = models.CharField(_("appearance"), max_length=5, choices=Theme.choices, blank=True, default=Theme.SYSTEM)
    mail_rhythm = models.CharField(
        _("e-mails about new meeting packs"),
        max_length=8,
        choices=MailRhythm.choices,
        default=MailRhythm.AT_ONCE,
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = [Folded("name")]
        constraints = [models.UniqueConstraint(models.functions.Lower("email"), name="user_email_unique")]

    def __str__(self):
        return self.name

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    @cached_property
    def office_roles(self):
        """Codes of the roles held in the whole house, such as ``coordination``; a superuser gains none."""
        if not self.is_active:
            return frozenset()
        names = self.groups.filter(name__startswith="office-").values_list("name", flat=True)
        return frozenset(name.removeprefix("office-") for name in names)


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
        permissions = [
            ("decide_for_department", "Decide and sign for the department"),
            ("prepare_for_department", "Prepare the department's statements and measures"),
        ]

    def __str__(self):
        return f"{self.code.replace(' ', chr(0xA0))} {self.name}"


class DepartmentUserObjectPermission(UserObjectPermissionBase):
    content_object = models.ForeignKey(Department, models.CASCADE)


class DepartmentGroupObjectPermission(GroupObjectPermissionBase):
    content_object = models.ForeignKey(Department, models.CASCADE)


class Delegation(models.Model):
    """A head lets somebody decide in their place, from a day to a day. It cannot be passed on."""

    department = models.ForeignKey(
        Department, models.PROTECT, related_name="delegations", verbose_name=pgettext_lazy("office", "department")
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations", verbose_name=_("deputy")
    )
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations_set", verbose_name=_("set by")
    )
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"))
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="delegation_ends_after_start"),
            models.CheckConstraint(condition=~Q(deputy=F("set_by")), name="delegation_to_somebody_else"),
        ]

    def __str__(self):
        return f"{self.deputy} i. V. {self.department}"
