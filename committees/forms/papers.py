# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Department
from committees.forms.meetings import _NeedsReason
from committees.lifecycle import Standing
from committees.models import (
    Annex,
    Committee,
    ConsultationRole,
    Meeting,
    Paper,
    PaperType,
)
from core.documents import intake
from core.entry import Form, ModelForm
from core.search import matching
from core.typed.shown import TYPED

if TYPE_CHECKING:
    from committees.models import AgendaItem
    from committees.planner import Remark
    from committees.querysets import CommitteeQuerySet, MeetingQuerySet, PaperQuerySet


class AnnexForm(_NeedsReason, ModelForm):
    class Meta:
        model = Annex
        fields = ["title", "body", "is_public", "non_public_reason"]
        widgets = {"body": forms.Textarea(attrs={"rows": 8})}
        help_texts = {"body": TYPED}


class PaperForm(_NeedsReason, ModelForm):
    needed = {**_NeedsReason.needed, "urgency_reason": _("needed if the paper is urgent")}

    class Meta:
        model = Paper
        fields = [
            "title",
            "paper_type",
            "lead_department",
            "involved_departments",
            "proposed_resolution",
            "file_reference",
            "urgency_reason",
            "non_public_text",
            "is_public",
            "non_public_reason",
        ]
        widgets = {
            "involved_departments": forms.CheckboxSelectMultiple,
            "proposed_resolution": forms.Textarea(attrs={"rows": 5}),
            "non_public_text": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, frozen: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in frozen:
            self.fields.pop(name, None)
        if "paper_type" in self.fields and not (self.instance.pk and self.instance.supplement_to_id):
            # a supplement is made on the page of the paper it supplements
            choices = [choice for choice in PaperType.choices if choice[0] != PaperType.SUPPLEMENT]
            self.fields["paper_type"].choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("paper_type") == PaperType.URGENT and not cleaned.get("urgency_reason", "").strip():
            self.add_error("urgency_reason", _("Please write down why it is urgent."))
        return cleaned


class SupplementForm(_NeedsReason, ModelForm):
    class Meta:
        model = Paper
        fields = ["title", "proposed_resolution", "urgency_reason", "is_public", "non_public_reason"]
        widgets = {"proposed_resolution": forms.Textarea(attrs={"rows": 5})}


class AttachmentForm(_NeedsReason, Form):
    """A file for a paper. Valid is what the intake has taken; it stands in ``document``."""

    title = forms.CharField(label=pgettext_lazy("thing", "title"), max_length=200)
    file = forms.FileField(label=pgettext_lazy("upload", "File"), max_length=250)
    annex = forms.ModelChoiceField(
        Annex.objects.none(), label=_("belongs to annex"), required=False, empty_label=_("to none")
    )
    is_public = forms.BooleanField(label=_("public"), required=False, initial=True)
    non_public_reason = forms.CharField(label=_("Reason for excluding the public"), max_length=200, required=False)

    def __init__(self, *args: Any, paper: Paper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document: intake.Document | None = None
        self.fields["annex"].queryset = paper.annexes.all()
        self.fields["file"].help_text = _(
            "PDF, pictures, Word, Excel, PowerPoint, OpenDocument, CSV or TXT, at most %(size)s. Readers get a copy "
            "without the names of authors, notes and earlier versions."
        ) % {"size": filesizeformat(settings.ATTACHMENT_MAX_BYTES)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        file, title = cleaned.get("file"), cleaned.get("title")
        annex = cleaned.get("annex")
        if annex and cleaned.get("is_public") and not annex.is_public:
            self.add_error("is_public", _("The annex is non-public; so is its file."))
        if file and title:
            try:
                self.document = intake.examine(file, name=file.name, title=title, limit=settings.ATTACHMENT_MAX_BYTES)
            except ValidationError as error:
                self.add_error("file", error)
        return cleaned


class DetachForm(Form):
    reason = forms.CharField(
        label=_("Why is the file taken away?"), max_length=200, help_text=_("It appears in the history.")
    )


class StopForm(Form):
    """A body that is to deal with the paper, on a day still to be found."""

    committee = forms.ModelChoiceField(Committee.objects.none(), label=pgettext_lazy("body", "committee"))
    role = forms.ChoiceField(label=_("Role"), choices=ConsultationRole.choices)
    resolution_text = forms.CharField(
        label=_("Own wording of the resolution for this body"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
    )

    def __init__(self, *args: Any, committees: CommitteeQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = committees


class RewordForm(Form):
    edits = True

    role = StopForm.base_fields["role"]
    resolution_text = StopForm.base_fields["resolution_text"]


class PlaceForm(_NeedsReason, Form):
    """The meeting in which a body deals with the paper, under an item of its own; a supplement joins its paper's item.

    The number of the item is drawn with the invitation.
    """

    meeting = forms.ModelChoiceField(Meeting.objects.none(), label=_("Meeting"))
    is_public = forms.BooleanField(label=_("public"), required=False, initial=True)
    non_public_reason = forms.CharField(label=_("Reason for excluding the public"), max_length=200, required=False)

    urgent_requested_by = forms.CharField(
        label=_("Urgent item: who asked for it"),
        max_length=200,
        required=False,
        help_text=_("Only where the committee is invited already."),
    )
    urgent_reason = forms.CharField(
        label=_("Urgent item: why it cannot wait"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
        help_text=_("Only where the committee is invited already. The committee votes on taking the item on."),
    )

    def __init__(
        self, *args: Any, meetings: MeetingQuerySet, supplement_to: Paper | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.supplement_to = supplement_to
        self.fields["meeting"].queryset = meetings.select_related("committee")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        meeting = cleaned.get("meeting")
        cleaned["item"] = meeting and self._item_of_the_paper(meeting)
        if meeting and meeting.life.is_invited and cleaned["item"] is None:
            for name in ("urgent_requested_by", "urgent_reason"):
                if not cleaned.get(name, "").strip():
                    self.add_error(name, _("The committee is invited already; an urgent item needs this."))
        return cleaned

    def _item_of_the_paper(self, meeting: Meeting) -> AgendaItem | None:
        """The item on which the paper stands that this one supplements; otherwise a paper has an item of its own."""
        if not self.supplement_to:
            return None
        return meeting.agenda_items.filter(consultations__paper=self.supplement_to).first()

    def hold(self, remarks: Sequence[Remark]) -> bool:
        """Ask once more, with what the planner has to say; True where the person has not confirmed it yet."""
        self.fields["confirm"] = forms.BooleanField(label=_("Put it on the agenda all the same"), required=False)
        if not remarks or self.data.get("confirm"):
            return False
        for remark in remarks:
            self.add_error("confirm", remark.text)
        return True


class ConsultationForm(PlaceForm):
    """A new stop: the committee follows from the chosen meeting; the item is an existing one or a new one."""

    edits = True

    role = StopForm.base_fields["role"]
    resolution_text = StopForm.base_fields["resolution_text"]

    field_order = [
        *("meeting", "role", "is_public", "non_public_reason", "resolution_text"),
        *("urgent_requested_by", "urgent_reason"),
    ]


class PaperFilter(Form):
    q = forms.CharField(label=_("Search in number and title"), required=False)
    type = forms.ChoiceField(label=_("Type"), choices=[("", _("all types")), *PaperType.choices], required=False)
    committee = forms.ModelChoiceField(
        Committee.objects.all(), label=_("Committee"), required=False, empty_label=_("all committees")
    )
    lead = forms.ModelChoiceField(
        Department.objects.all(), label=_("Lead department"), required=False, empty_label=_("all departments")
    )
    year = forms.ChoiceField(label=_("Year"), required=False)
    public = forms.ChoiceField(
        label=_("Publicity"),
        choices=[("", _("all")), ("yes", _("public")), ("no", _("non-public"))],
        required=False,
    )
    state = forms.ChoiceField(label=_("State"), choices=[("", _("all states")), *Standing.choices], required=False)

    def __init__(self, *args: Any, committees: CommitteeQuerySet, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = committees
        self.fields["year"].choices = [("", _("all years")), *((str(year), str(year)) for year in years)]

    def apply(self, papers: PaperQuerySet) -> PaperQuerySet:
        if not self.is_valid():
            return papers
        chosen = self.cleaned_data
        if text := chosen["q"]:
            papers = papers.filter(matching(text, "reference", "title"))
        if kind := chosen["type"]:
            papers = papers.filter(paper_type=kind)
        if committee := chosen["committee"]:
            papers = papers.before(committee)
        if lead := chosen["lead"]:
            papers = papers.filter(lead_department=lead)
        if year := chosen["year"]:
            papers = papers.of_year(int(year))
        if public := chosen["public"]:
            papers = papers.filter(is_public=public == "yes")
        if state := chosen["state"]:
            papers = papers.standing(state)
        return papers
