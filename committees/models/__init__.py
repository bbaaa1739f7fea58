# SPDX-License-Identifier: EUPL-1.2
from committees.models.bodies import (
    Authority,
    Committee,
    CommitteeGroupObjectPermission,
    CommitteeKind,
    CommitteeUserObjectPermission,
    Membership,
    MembershipRole,
)
from committees.models.calendars import CalendarToken
from committees.models.meetings import AgendaItem, Meeting, MeetingState
from committees.models.oparl import Decision, ForeignObject, ImportRun, Proposal, RunState, Source
from committees.models.papers import Annex, Consultation, ConsultationRole, Paper, PaperNumber, PaperType, Result
from committees.models.published import PublicObject

__all__ = [
    "AgendaItem",
    "Annex",
    "Authority",
    "CalendarToken",
    "Committee",
    "CommitteeGroupObjectPermission",
    "CommitteeKind",
    "CommitteeUserObjectPermission",
    "Consultation",
    "ConsultationRole",
    "Decision",
    "ForeignObject",
    "ImportRun",
    "Meeting",
    "MeetingState",
    "Membership",
    "MembershipRole",
    "Paper",
    "PaperNumber",
    "PaperType",
    "Proposal",
    "PublicObject",
    "Result",
    "RunState",
    "Source",
]
