# SPDX-License-Identifier: EUPL-1.2
from committees.forms.bodies import CommitteeForm, MembershipForm
from committees.forms.meetings import AgendaItemForm, MeetingForm
from committees.forms.oparl import ImportForm, SourceForm
from committees.forms.papers import AnnexForm, ConsultationForm, PaperFilter, PaperForm, ResultForm

__all__ = [
    "AgendaItemForm",
    "AnnexForm",
    "CommitteeForm",
    "ConsultationForm",
    "ImportForm",
    "MeetingForm",
    "MembershipForm",
    "PaperFilter",
    "PaperForm",
    "ResultForm",
    "SourceForm",
]
