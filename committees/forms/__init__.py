# SPDX-License-Identifier: EUPL-1.2
from committees.forms.bodies import CommitteeForm, MembershipForm
from committees.forms.meetings import AgendaItemForm, MeetingForm
from committees.forms.papers import (
    AnnexForm,
    AttachmentForm,
    ConsultationForm,
    DetachForm,
    PaperFilter,
    PaperForm,
    PlaceForm,
    ResultForm,
    RewordForm,
    StopForm,
    SupplementForm,
)

__all__ = [
    "AgendaItemForm",
    "AnnexForm",
    "AttachmentForm",
    "CommitteeForm",
    "ConsultationForm",
    "DetachForm",
    "MeetingForm",
    "MembershipForm",
    "PaperFilter",
    "PaperForm",
    "PlaceForm",
    "ResultForm",
    "RewordForm",
    "StopForm",
    "SupplementForm",
]
