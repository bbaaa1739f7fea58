# SPDX-License-Identifier: EUPL-1.2
from smtplib import SMTPException

from allauth.account import forms as allauth
from django import forms
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.mail import get_connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Delegation, Department, User
from core.entry import ModelForm
from core.forms import DateInput


class SettingsForm(ModelForm):
    class Meta:
        model = User
        fields = ["name", "language", "theme", "mail_rhythm"]


class UserForm(ModelForm):
    """An account and its roles; each role is a group that ``sync_roles`` keeps."""

    groups = forms.ModelMultipleChoiceField(
        Group.objects.order_by("name"),
        label=_("Roles"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("A head decides for the department. Whoever is given this role may release recommendations."),
    )
    password = forms.CharField(
        label=_("New password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        required=False,
        validators=[validate_password],
        help_text=_("Leave empty to keep the present one."),
    )

    class Meta:
        model = User
        fields = ["name", "email", "is_active", "groups"]

    def __init__(self, *args, group_labels, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["groups"].label_from_instance = lambda group: group_labels.get(group.name, group.name)
        self.fields["groups"].queryset = Group.objects.filter(name__in=group_labels).order_by("name")

    def save(self, commit=True):
        if self.cleaned_data["password"]:
            self.instance.set_password(self.cleaned_data["password"])
        elif self.instance.pk is None:
            self.instance.set_unusable_password()
        return super().save(commit)


class DepartmentForm(ModelForm):
    class Meta:
        model = Department
        fields = ["code", "name", "kind", "parent"]


class DelegationForm(ModelForm):
    class Meta:
        model = Delegation
        fields = ["department", "deputy", "valid_from", "valid_until"]
        widgets = {"valid_from": DateInput, "valid_until": DateInput}

    def __init__(self, *args, head, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.set_by = head
        self.fields["department"].queryset = Department.objects.headed_by(head)
        self.fields["deputy"].queryset = User.objects.filter(is_active=True).exclude(pk=head.pk)

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("valid_from"), cleaned.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", _("The end lies before the beginning."))
        if end and end < timezone.localdate():
            self.add_error("valid_until", _("This day is over. Please choose a day from today on."))
        return cleaned


class ResetPasswordForm(allauth.ResetPasswordForm):
    """Asks the mail server first, for whatever address, so that its silence does not tell which one has an account."""

    def clean(self):
        try:
            with get_connection():
                return super().clean()
        except (OSError, SMTPException) as error:
            raise forms.ValidationError(
                _("No e-mails can be sent at the moment. Please try again later or ask the administration.")
            ) from error
