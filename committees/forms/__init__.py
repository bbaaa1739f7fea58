# SPDX-License-Identifier: EUPL-1.2
from committees.forms.attendance import AttendanceForm
from committees.forms.bodies import CommitteeForm, MembershipForm, SuccessorForm, TermForm
from committees.forms.conflicts import ConflictForm, PaperConflictForm, WithdrawalForm
from committees.forms.follow_up import AnswerForm, AssignmentForm, QuestionForm
from committees.forms.meetings import AgendaItemForm, CancelForm, MeetingForm, TemplateForm, UrgencyForm, UrgentItemForm
from committees.forms.minutes import ApprovalForm, MinutesForm
from committees.forms.oparl import ImportForm, SourceForm
from committees.forms.papers import (
    AnnexForm,
    AttachmentForm,
    ConsultationForm,
    DetachForm,
    PaperFilter,
    PaperForm,
    PlaceForm,
    RewordForm,
    StopForm,
    SupplementForm,
)
from committees.forms.results import CorrectionForm, RegisterFilter, ResultForm
