# SPDX-License-Identifier: EUPL-1.2
from django.utils.translation import gettext_lazy as _

from activity.data import Fields
from activity.kinds import Kind

ACTOR_CREATED = Kind("actor.created", _("%(by)s entered the actor “%(subject)s”."))
ACTOR_CHANGED = Kind(
    "actor.changed",
    _("%(by)s changed the actor “%(subject)s”: %(fields)s."),
    data={"fields": Fields("actors.Actor")},
)
FIELD_CREATED = Kind("field_of_action.created", _("%(by)s entered the field of action “%(subject)s”."))
FIELD_CHANGED = Kind(
    "field_of_action.changed",
    _("%(by)s changed the field of action “%(subject)s”: %(fields)s."),
    data={"fields": Fields("actors.FieldOfAction")},
)
PERSON_CREATED = Kind("person.created", _("%(by)s entered %(subject)s."))
PERSON_CHANGED = Kind(
    "person.changed",
    _("%(by)s changed %(subject)s: %(fields)s."),
    data={"fields": Fields("actors.Person")},
)
POSITION_CREATED = Kind("position.created", _("%(by)s entered the function %(subject)s."))
POSITION_CHANGED = Kind(
    "position.changed",
    _("%(by)s changed the function %(subject)s: %(fields)s."),
    data={"fields": Fields("actors.Position")},
)
