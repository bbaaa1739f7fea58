# SPDX-License-Identifier: EUPL-1.2
"""In which role a row names a person, and what else it says: for the information that a person asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import pgettext_lazy

from accounts.models import User
from actors.models import Person

if TYPE_CHECKING:
    from django.db.models import Model
    from django.db.models.fields.related import ForeignKey

# fields that forms never show have no name for people; here they need one
ROLES = {
    "accepted_by": pgettext_lazy("role in a row", "accepted by"),
    "added_by": pgettext_lazy("role in a row", "added by"),
    "answered_by": pgettext_lazy("role in a row", "answered by"),
    "author": pgettext_lazy("role in a row", "written by"),
    "by": pgettext_lazy("role in a row", "done by"),
    "changed_by": pgettext_lazy("role in a row", "changed by"),
    "created_by": pgettext_lazy("role in a row", "created by"),
    "decided_by": pgettext_lazy("role in a row", "decided by"),
    "declared_by": pgettext_lazy("role in a row", "declared by"),
    "done_by": pgettext_lazy("role in a row", "done by"),
    "last_changed_by": pgettext_lazy("role in a row", "last changed by"),
    "membership": pgettext_lazy("role in a row", "member"),
    "ordered_by": pgettext_lazy("role in a row", "ordered by"),
    "owner": pgettext_lazy("role in a row", "owner"),
    "person": pgettext_lazy("role in a row", "person"),
    "pinned_by": pgettext_lazy("role in a row", "pinned by"),
    "proposed_by": pgettext_lazy("role in a row", "proposed by"),
    "recorded_by": pgettext_lazy("role in a row", "recorded by"),
    "refused_by": pgettext_lazy("role in a row", "refused by"),
    "released_by": pgettext_lazy("role in a row", "released by"),
    "requested_by": pgettext_lazy("role in a row", "ordered by"),
    "sent_by": pgettext_lazy("role in a row", "sent by"),
    "set_by": pgettext_lazy("role in a row", "set by"),
    "signed_by": pgettext_lazy("role in a row", "signed by"),
    "submitted_by": pgettext_lazy("role in a row", "submitted by"),
    "uploaded_by": pgettext_lazy("role in a row", "uploaded by"),
    "user": pgettext_lazy("role in a row", "account"),
    "withdrawn_by": pgettext_lazy("role in a row", "withdrawn by"),
    "written_by": pgettext_lazy("role in a row", "written by"),
}


def role_of(field: ForeignKey) -> str:
    """The name of the field, as people read it."""
    name = str(field.verbose_name)
    if name == field.name.replace("_", " ") and field.name in ROLES:
        return str(ROLES[field.name])
    return name


def about(one: Model, thing: Model) -> str:
    """What a row is called, and what it hangs on where its name says the person alone; no other person is named."""
    name = str(one)[:200].removeprefix(f"{thing}: ")
    if name not in str(thing):
        return name
    for field in one._meta.concrete_fields:
        if field.is_relation and not issubclass(field.related_model, User | Person):
            other = getattr(one, field.name)
            if other is not None and other != thing:
                name = f"{field.verbose_name}: {other}"
                break
    if "status" in {field.name for field in one._meta.concrete_fields}:
        name = f"{name}, {getattr(one, 'state_label', None) or one.get_status_display()}"
    return name
