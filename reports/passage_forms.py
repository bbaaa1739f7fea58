# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.entry import Form
from indicators.models import KeyFigure
from press.pdf import unprintable
from reports.passages import Chapter

if TYPE_CHECKING:
    from reports.passages import ActivityReport

MOST_CHARACTERS = 6000
HINTS = {
    Chapter.MANDATE: _("Who gave the office its task, where it stands in the administration, posts and money."),
    Chapter.GOALS: _("What the office wants to reach, and what it worked on most."),
    Chapter.PROJECTS: _("Projects with their term, partners and funds. Nothing of this is recorded elsewhere."),
    Chapter.PUBLIC: _("Newsletter, press, website, events."),
    Chapter.OUTLOOK: _("What is planned, and what it needs."),
    Chapter.ASKS: _("At most three lines: what | about what. They stand on the last slide."),
}


class PassagesForm(Form):
    """One field per chapter. Paragraphs, lists, bold, italic and links by https can be typed."""

    edits = True

    key_figure = forms.ModelChoiceField(
        KeyFigure.objects.none(),
        label=_("Key figure on the slides"),
        required=False,
        help_text=_("Without one, the key figure of the newest approved recommendation is shown."),
    )

    def __init__(self, *args: Any, report: ActivityReport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key_figure"].queryset = KeyFigure.objects.with_values()
        self.fields["key_figure"].initial = report.key_figure_id
        written = {passage.chapter: passage.text for passage in report.passages.all()}
        for chapter in Chapter:
            self.fields[str(chapter)] = forms.CharField(
                label=chapter.label,
                initial=written.get(chapter, ""),
                required=False,
                max_length=MOST_CHARACTERS,
                help_text=HINTS.get(chapter, _("A comment that stands below the numbers.")),
                widget=forms.Textarea(attrs={"rows": 5}),
            )

    def clean(self) -> dict[str, Any]:
        """A character without a glyph is named here, beside its chapter, and not when the report is made."""
        cleaned = super().clean()
        for chapter in Chapter:
            if missing := unprintable(cleaned.get(str(chapter)) or ""):
                self.add_error(
                    str(chapter),
                    _("The font has no glyph for: %(characters)s. Please replace these characters.")
                    % {"characters": " ".join(missing[:8])},
                )
        return cleaned

    def passages(self) -> dict[Chapter, str]:
        """``{chapter: text}`` as it was typed, with plain line ends."""
        return {chapter: self.cleaned_data[str(chapter)].replace("\r\n", "\n").strip() for chapter in Chapter}
