# SPDX-License-Identifier: EUPL-1.2
from accounts import flows


def note_password(sender, user, **kwargs):
    """A password was set, changed, or set anew by a link."""
    flows.note_password(user)
