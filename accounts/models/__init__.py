# SPDX-License-Identifier: EUPL-1.2
from accounts.models.departments import (
    Department,
    DepartmentGroupObjectPermission,
    DepartmentKind,
    DepartmentUserObjectPermission,
)
from accounts.models.standing import Cause, Confirmer, DecisionSheet, Delegation, DeputyCandidate, Grant
from accounts.models.users import MailRhythm, Theme, User

__all__ = [
    "Cause",
    "Confirmer",
    "DecisionSheet",
    "Delegation",
    "Department",
    "DepartmentGroupObjectPermission",
    "DepartmentKind",
    "DepartmentUserObjectPermission",
    "DeputyCandidate",
    "Grant",
    "MailRhythm",
    "Theme",
    "User",
]
