# SPDX-License-Identifier: EUPL-1.2
from committees.models.attachments import Attachment
from committees.models.attendance import Attendance, AttendanceRole, AttendanceStatus
from committees.models.bodies import (
    Authority,
    Committee,
    CommitteeGroupObjectPermission,
    CommitteeKind,
    CommitteeUserObjectPermission,
    LegislativeTerm,
    Membership,
    MembershipRole,
)
from committees.models.conflicts import ConflictOfInterest
from committees.models.follow_up import Assignment, Question
from committees.models.meetings import AgendaItem, AgendaTemplate, AgendaTemplateItem, Meeting, MeetingState
from committees.models.minutes import Minutes, MinutesEntry, MinutesState
from committees.models.papers import (
    Annex,
    Consultation,
    ConsultationRole,
    DecisionNumber,
    Paper,
    PaperNumber,
    PaperType,
    Result,
)

__all__ = [
    "AgendaItem",
    "AgendaTemplate",
    "AgendaTemplateItem",
    "Annex",
    "Assignment",
    "Attachment",
    "Attendance",
    "AttendanceRole",
    "AttendanceStatus",
    "Authority",
    "Committee",
    "CommitteeGroupObjectPermission",
    "CommitteeKind",
    "CommitteeUserObjectPermission",
    "ConflictOfInterest",
    "Consultation",
    "ConsultationRole",
    "DecisionNumber",
    "LegislativeTerm",
    "Meeting",
    "MeetingState",
    "Membership",
    "MembershipRole",
    "Minutes",
    "MinutesEntry",
    "MinutesState",
    "Paper",
    "PaperNumber",
    "PaperType",
    "Question",
    "Result",
]
