# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.models import Committee, Result, contradicts
from core.entry import Form
from core.search import matching

if TYPE_CHECKING:
    from committees.models import Consultation
    from committees.querysets import CommitteeQuerySet, ConsultationQuerySet
    from committees.voting import Voters

CHOICES = [(code, label) for code, label in Result.choices if code]


class ResultForm(Form):
    """A result with its votes, checked against who may vote. ``optional``: an untouched row records nothing.

    ``others`` are the bodies it may be referred to, as choices, where many forms on a page ask for them once.
    """

    result = forms.ChoiceField(label=_("Result"), choices=CHOICES)
    unanimous = forms.BooleanField(label=_("unanimous"), required=False)
    votes_yes = forms.IntegerField(label=_("Yes"), min_value=0, max_value=999, required=False)
    votes_no = forms.IntegerField(label=_("No"), min_value=0, max_value=999, required=False)
    votes_abstain = forms.IntegerField(label=_("Abstentions"), min_value=0, max_value=999, required=False)
    referred_to = forms.ModelChoiceField(Committee.objects.none(), label=_("Referred to"), required=False)
    note = forms.CharField(
        label=_("Wording of the result"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False
    )
    votes_reason = forms.CharField(
        label=_("Why votes and result go together"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=600,
        required=False,
        help_text=_("Only where the votes say something else than the result."),
    )

    def __init__(
        self,
        *args: Any,
        voters: Voters,
        committee: Committee,
        others: Sequence[tuple[str, str]] | None = None,
        optional: bool = False,
        with_paper: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.voters, self.with_paper = voters, with_paper
        self.fields["referred_to"].queryset = Committee.objects.active().exclude(pk=committee.pk)
        if others is not None:
            self.fields["referred_to"].choices = others
        if optional:
            self.fields["result"].required = False
            self.fields["result"].choices = [("", _("open") if with_paper else _("no result")), *CHOICES]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        result = cleaned.get("result")
        votes = [cleaned.get(name) for name in ("votes_yes", "votes_no", "votes_abstain")]
        touched = any(vote is not None for vote in votes) or cleaned.get("note") or cleaned.get("unanimous")
        if not result:
            if touched and "result" not in self.errors:
                self.add_error("result", _("Please choose the result."))
            return cleaned
        if cleaned.get("unanimous"):
            self._fill_unanimous(cleaned, votes)
        elif problem := self.voters.problem(*votes):
            self.add_error(None, problem)
        self._ask_for_a_reason(cleaned)
        if result == Result.CHANGED and not cleaned.get("note", "").strip():
            self.add_error("note", _("Please write down the changed wording."))
        if result == Result.UNCHANGED and not self.with_paper and not cleaned.get("note", "").strip():
            self.add_error("note", _("There is no paper. Please write down the wording that was resolved."))
        if result == Result.REFERRED and not cleaned.get("referred_to"):
            self.add_error("referred_to", _("Please choose the committee to which it was referred."))
        return cleaned

    def _fill_unanimous(self, cleaned: dict[str, Any], votes: Sequence[int | None]) -> None:
        yes, no, abstain = votes
        if cleaned["result"] == Result.REJECTED:
            given, other, name = no, yes, "votes_no"
        else:
            given, other, name = yes, no, "votes_yes"
        if other or abstain:
            self.add_error("unanimous", _("Unanimous means: all votes on one side and no abstention."))
            return
        if problem := self.voters.problem(given):
            self.add_error(None, problem)
            return
        if given is None and not self.voters.limit:
            self.add_error(name, _("Please enter how many votes were cast; the number of voters is not known."))
            return
        cleaned |= {"votes_yes": 0, "votes_no": 0, "votes_abstain": 0}
        cleaned[name] = self.voters.limit if given is None else given

    def _ask_for_a_reason(self, cleaned: dict[str, Any]) -> None:
        odd = contradicts(cleaned["result"], cleaned.get("votes_yes"), cleaned.get("votes_no"))
        if odd and not self.errors and not cleaned.get("votes_reason", "").strip():
            self.add_error(
                "votes_reason",
                _("The votes contradict the result. Please correct one of the two, or write down why both are right."),
            )

    @staticmethod
    def of(consultation: Consultation) -> dict[str, Any]:
        """What is recorded, as the form shows it."""
        names = ("result", "votes_yes", "votes_no", "votes_abstain", "referred_to")
        said = {"note": consultation.result_note, "votes_reason": consultation.votes_reason}
        return {**{name: getattr(consultation, name) for name in names}, **said}

    def outcome(self) -> dict[str, Any]:
        """What the flow is given."""
        return {name: value for name, value in self.cleaned_data.items() if name != "unanimous"}


class CorrectionForm(ResultForm):
    """A recorded result, put right, with the reason."""

    edits = True

    reason = forms.CharField(
        label=_("Why is the result corrected?"),
        max_length=300,
        help_text=_("It stands in the history, next to the former result."),
    )


class RegisterFilter(Form):
    """What is searched in the register of resolutions. ``of_one``: the address names the body already."""

    q = forms.CharField(label=_("Search in number, title and wording"), required=False)
    committee = forms.ModelChoiceField(
        Committee.objects.none(),
        label=pgettext_lazy("body", "Committee"),
        required=False,
        empty_label=_("all committees"),
    )
    result = forms.ChoiceField(label=_("Result"), choices=[("", _("all results")), *CHOICES], required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(
        self, *args: Any, committees: CommitteeQuerySet, years: Iterable[int], of_one: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = committees
        self.fields["year"].choices = [("", _("all years")), *((str(year), str(year)) for year in years)]
        if of_one:
            del self.fields["committee"]

    def apply(self, resolutions: ConsultationQuerySet) -> ConsultationQuerySet:
        if not self.is_valid():
            return resolutions
        chosen = self.cleaned_data
        if text := chosen["q"]:
            of_papers = matching(text, "paper__reference", "paper__title", "paper__proposed_resolution")
            without = Q(paper=None) & matching(text, "agenda_item__title")
            resolutions = resolutions.filter(of_papers | without | matching(text, "decision_number", "result_note"))
        if committee := chosen.get("committee"):
            resolutions = resolutions.filter(committee=committee)
        if result := chosen["result"]:
            resolutions = resolutions.filter(result=result)
        if year := chosen["year"]:
            resolutions = resolutions.of_year(int(year))
        return resolutions
