# SPDX-License-Identifier: EUPL-1.2
from committees.models.attachments import Attachment
from committees.models.bodies import (
    Authority,
    Committee,
    CommitteeGroupObjectPermission,
    CommitteeKind,
    CommitteeUserObjectPermission,
    Membership,
    MembershipRole,
)
from committees.models.meetings import AgendaItem, Meeting, MeetingState
from committees.models.papers import Annex, Consultation, ConsultationRole, Paper, PaperNumber, PaperType, Result

__all__ = [
    "AgendaItem",
    "Annex",
    "Attachment",
    "Authority",
    "Committee",
    "CommitteeGroupObjectPermission",
    "CommitteeKind",
    "CommitteeUserObjectPermission",
    "Consultation",
    "ConsultationRole",
    "Meeting",
    "MeetingState",
    "Membership",
    "MembershipRole",
    "Paper",
    "PaperNumber",
    "PaperType",
    "Result",
]
