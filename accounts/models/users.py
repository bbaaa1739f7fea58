# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.querysets import UserQuerySet
from accounts.roles import office_codes
from core.search import Folded


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email: str, name: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, name: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, name, password, is_staff=True, is_superuser=True, **fields)


class Theme(models.TextChoices):
    SYSTEM = "", _("Like the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class MailRhythm(models.TextChoices):
    AT_ONCE = "at_once", _("one for each, at once")
    DAILY = "daily", _("one a day for all of them, in the morning")


class User(AbstractUser):
    """A person with a login. What the person may do follows from roles, grants and deputyships, never from this row."""

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

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @cached_property
    def office_roles(self) -> frozenset[str]:
        """Codes of the roles held in the whole house, such as ``coordination``; a superuser gains none."""
        if not self.is_active:
            return frozenset()
        return office_codes(self.groups.values_list("name", flat=True))
