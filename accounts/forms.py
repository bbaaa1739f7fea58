# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Mapping
from smtplib import SMTPException
from typing import TYPE_CHECKING, Any

from allauth.account import forms as allauth
from django import forms
from django.contrib.auth.models import Group
from django.core.mail import get_connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.incompatible import DEPUTY, excluding
from accounts.models import Cause, Delegation, Department, Grant, User
from accounts.permissions import can_appoint, can_delegate, can_hold, can_list_candidate
from accounts.roles import office_codes
from core.entry import Form, ModelForm
from core.forms import DateInput
from core.search import Folded

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from core.sentences import Text


class SettingsForm(ModelForm):
    class Meta:
        model = User
        fields = ["name", "language", "theme", "mail_rhythm"]


class UserForm(ModelForm):
    """An account and its roles; each role is a group that ``sync_roles`` keeps. The person sets the password."""

    groups = forms.ModelMultipleChoiceField(
        Group.objects.order_by("name"),
        label=_("Roles"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Who heads a department is proposed on the page of the department, and confirmed by others."),
    )

    class Meta:
        model = User
        fields = ["name", "email", "is_active", "groups"]

    def __init__(self, *args: Any, group_labels: Mapping[str, Text], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].label_from_instance = lambda group: group_labels.get(group.name, group.name)
        self.fields["groups"].queryset = Group.objects.filter(name__in=group_labels).order_by("name")

    def clean_groups(self) -> QuerySet[Group]:
        groups = self.cleaned_data["groups"]
        if not (verdict := can_hold(self.instance, office_codes(group.name for group in groups))):
            raise forms.ValidationError(verdict.reason)  # type: ignore[arg-type]
        return groups


class DepartmentForm(ModelForm):
    class Meta:
        model = Department
        fields = ["code", "name", "kind", "parent"]


class GrantForm(ModelForm):
    """Who is to head a department, since when and why; whom a role excludes is refused with the reason."""

    cause = forms.ChoiceField(
        label=_("Cause"), choices=[choice for choice in Cause.choices if choice[0] != Cause.EXISTING]
    )

    class Meta:
        model = Grant
        fields = ["person", "cause", "reference", "valid_from", "valid_until"]
        widgets = {"valid_from": DateInput, "valid_until": DateInput}

    def __init__(self, *args: Any, department: Department, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.department, self.by = department, by
        self.fields["person"].queryset = User.objects.active().exclude(pk=by.pk).order_by(Folded("name"))

    def clean_person(self) -> User:
        person = self.cleaned_data["person"]
        if not (verdict := can_appoint(self.by, self.department, person)):
            raise forms.ValidationError(verdict.reason)  # type: ignore[arg-type]
        return person


class EndForm(Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It goes to the department and into the record."),
    )


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class DelegationForm(ModelForm):
    class Meta:
        model = Delegation
        fields = ["department", "deputy", "position", "valid_from", "from_time", "valid_until", "until_time"]
        widgets = {
            "valid_from": DateInput,
            "valid_until": DateInput,
            "from_time": TimeInput,
            "until_time": TimeInput,
        }
        help_texts = {
            "deputy": _("From the department, a head of another, or from your list of possible deputies."),
            "from_time": _("Empty: the whole day."),
            "until_time": _("Empty: the whole day."),
        }

    def __init__(self, *args: Any, head: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.set_by = self.head = head
        headed = Department.objects.headed_by(head)
        self.fields["department"].queryset = headed
        eligible = User.objects.none()
        for department in headed:
            eligible = eligible | User.objects.eligible_as_deputies(department)
        self.fields["deputy"].queryset = eligible.exclude(pk=head.pk)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        start, end = cleaned.get("valid_from"), cleaned.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", _("The end lies before the beginning."))
        if end and end < timezone.localdate():
            self.add_error("valid_until", _("This day is over. Please choose a day from today on."))
        begin, stop = cleaned.get("from_time"), cleaned.get("until_time")
        if start and start == end and begin and stop and stop <= begin:
            self.add_error("until_time", _("The end lies before the beginning."))
        department, deputy = cleaned.get("department"), cleaned.get("deputy")
        if department and deputy and not (verdict := can_delegate(self.head, department, deputy)):
            self.add_error("deputy", verdict.reason)
        return cleaned


class CandidateForm(Form):
    """One more person on a head's list of possible deputies."""

    department = forms.ModelChoiceField(Department.objects.none(), label=pgettext_lazy("office", "Department"))
    person = forms.ModelChoiceField(User.objects.none(), label=_("Person"))

    def __init__(self, *args: Any, head: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.head = head
        self.fields["department"].queryset = headed = Department.objects.headed_by(head)
        self.fields["department"].initial = headed.first()
        people = User.objects.active().exclude(pk=head.pk).exclude(groups__name__in=excluding(DEPUTY))
        self.fields["person"].queryset = people.distinct().order_by(Folded("name"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        department, person = cleaned.get("department"), cleaned.get("person")
        if department and person and not (verdict := can_list_candidate(self.head, department, person)):
            self.add_error("person", verdict.reason)
        return cleaned


class LoginForm(allauth.LoginForm):
    """Labels stand above their fields, and the way to a new password once, below the button."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ResetPasswordForm(allauth.ResetPasswordForm):
    """Asks the mail server first, for whatever address, so that its silence does not tell which one has an account."""

    def clean(self) -> dict[str, Any]:
        try:
            with get_connection():
                return super().clean()
        except (OSError, SMTPException) as error:
            raise forms.ValidationError(
                _("No e-mails can be sent at the moment. Please try again later or ask the administration.")
            ) from error
