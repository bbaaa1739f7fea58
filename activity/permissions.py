# SPDX-License-Identifier: EUPL-1.2
from activity.hooks import READS_LOG


def can_read_log(user):
    """Whether this person reads the log of the whole house: roles are known above, in ``accounts``."""
    return READS_LOG.only(user)
