# SPDX-License-Identifier: EUPL-1.2
from committees.models.attachments import Attachment
from committees.models.attendance import Attendance, AttendanceRole, AttendanceStatus, Seat
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
from committees.models.calendars import CalendarToken
from committees.models.conflicts import ConflictOfInterest
from committees.models.follow_up import Assignment, Question
from committees.models.invitations import Invitation, MeetingAttestation
from committees.models.meetings import AgendaItem, AgendaTemplate, AgendaTemplateItem, Meeting, MeetingState
from committees.models.minutes import Minutes, MinutesEntry, MinutesState
from committees.models.oparl import Choice, ForeignObject, ImportRun, Proposal, RunState, Source
from committees.models.papers import (
    AGREED,
    Annex,
    Consultation,
    ConsultationRole,
    DecisionNumber,
    Paper,
    PaperNumber,
    PaperType,
    Result,
    contradicts,
)
from committees.models.published import PublicObject
