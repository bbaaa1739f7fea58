# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import events
from accounts.flows import sync_roles
from accounts.mail import link_for
from accounts.models import User
from accounts.roles import ADMINISTRATION, appoint, group_of
from activity.flows import record

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """The one account that nobody can be asked to make."""

    help = "Make the first account of the administration, where nobody administers yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")

    @transaction.atomic
    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        sync_roles()
        if User.objects.holding(ADMINISTRATION).exists():
            raise CommandError(_("Somebody administers already. Please ask this person for an account."))
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        user = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email, name or email)
        appoint(user, ADMINISTRATION)
        record(events.USER_CREATED, user, by=None, roles=[group_of(ADMINISTRATION)])
        self.stdout.write(link_for(user))
