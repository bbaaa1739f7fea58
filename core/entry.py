# SPDX-License-Identifier: EUPL-1.2
"""What every form of the house does with what is typed: cleans it, bounds it, keeps it, and refuses to bury another's.

A form that edits a thing carries the mark of what its person saw. Who sends it after somebody else changed the thing
gets both texts side by side (409) and everything typed; sent once more, it is meant.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.formats import localize
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core import drafts
from core.errors import Stale
from core.typed.cleaning import before_control, cleaned

LONGEST_LINE, LONGEST_TEXT = 500, 20_000
SEEN = "seen"
UNSEEN = (forms.FileInput, forms.PasswordInput)

if TYPE_CHECKING:
    from django.db.models import Model
    from django.forms import BaseForm
    from django.http import HttpRequest

    from core.sentences import Text

    _Base = forms.BaseForm  # what the mixin is mixed into
else:
    _Base = object


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is filled with: what was sent, else what was kept of what this person typed on this page."""
    if request.method == "POST":
        return request.POST or None
    return drafts.kept_for(request)


def status_of(*forms: BaseForm) -> int:
    """The status of a page with forms: 409 where somebody else was quicker, 422 where something is to be put right."""
    if any(getattr(form, "stale", False) for form in forms):
        return 409
    return 422 if any(form.errors for form in forms) else 200


class _Entry(_Base):
    """``edits`` says whether the form changes something that is there, so that its first values are what was seen."""

    edits: Any = False
    data: Any
    fields: dict[str, Any]

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        self.draft = data if isinstance(data, drafts.Kept) else None
        self.stale = []
        super().__init__(None if self.draft else _cleaned(data), *args, **kwargs)

    def __getitem__(self, name: str) -> forms.BoundField:
        _bound(self.fields[name])
        return super().__getitem__(name)

    if TYPE_CHECKING:

        def clean(self) -> dict[str, Any]: ...
        def add_error(self, field: str | None, error: Any) -> None: ...

    def full_clean(self) -> None:
        for field in self.fields.values():
            _bound(field)
        super().full_clean()
        if self.is_bound:
            self._refuse_control_characters()
            self._refuse_what_is_stale()

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """What a field begins with: what was kept of what was typed, else what is stored."""
        name = self.add_prefix(field_name)
        if self.draft and not isinstance(field.widget, UNSEEN):
            return field.widget.value_from_datadict(self.draft, {}, name)
        return super().get_initial_for_field(field, field_name)

    @property
    def seen_name(self) -> str:
        return self.add_prefix(SEEN)

    @property
    def seen(self) -> str:
        """The mark that goes out with the form: of what is shown as stored, or of what was seen before it was typed."""
        earlier = self.draft or (None if self.stale else self.data)
        return (earlier or {}).get(self.seen_name) or self._mark()

    @property
    def parts(self) -> list[_Entry]:
        """The forms that are sent together under one mark."""
        return [self]

    @cached_property
    def _stored(self) -> dict[str, Any]:
        """What is stored now, by the names that are sent."""
        return {
            part.add_prefix(name): _plain(super(_Entry, part).get_initial_for_field(field, name))
            for part in self.parts
            for name, field in part.fields.items()
            if not isinstance(field.widget, (*UNSEEN, forms.HiddenInput))
        }

    def _mark(self) -> str:
        told = json.dumps(self._stored, sort_keys=True)
        return blake2b(told.encode("utf-8", "replace"), digest_size=12).hexdigest()

    def _refuse_control_characters(self) -> None:
        for name in self.fields:
            for value in _values(self.data, self.add_prefix(name)):
                before = before_control(value)
                if before is not None and not self.has_error(name, "control"):
                    self.errors.pop(name, None)
                    words = _("A character that cannot be shown stands after “%(before)s”. Please type it again.")
                    self.add_error(name, ValidationError(words % {"before": before}, "control"))

    def _refuse_what_is_stale(self) -> None:
        seen = self.data.get(self.seen_name)
        if not self.edits or not seen or seen == self._mark():
            return
        self.show_both()
        if self.stale:
            self.add_error(None, ValidationError(changed_meanwhile(), "stale"))

    def show_both(self) -> None:
        """The page that goes back shows what is stored now beside what was sent; sent once more, it is meant."""
        self.stale = [both for part in self.parts for name in part.fields if (both := self._side_by_side(part, name))]
        self.data = self.data.copy()
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.HiddenInput) and name in self.initial:
                self.data[self.add_prefix(name)] = str(self.initial[name])

    def _side_by_side(self, part: _Entry, name: str) -> tuple[Text, str, str] | None:
        """The label of a field, what is stored and what was sent, where the two differ."""
        field, sent_as = part.fields[name], part.add_prefix(name)
        if sent_as not in self._stored:
            return None
        stored, typed = self._stored[sent_as], field.widget.value_from_datadict(self.data, self.files, sent_as)
        try:
            typed = _plain(field.clean(typed))
        except ValidationError:
            typed = _plain(typed)
        return None if typed == stored else (field.label or name, _shown(field, stored), _shown(field, typed))

    def refuse_stale(self, thing: Model) -> None:
        """Ask again with the thing as it is under its lock: what somebody stored a moment ago is not overwritten."""
        self.initial = {**self.initial, **forms.model_to_dict(thing, list(self.fields))}
        self.__dict__.pop("_stored", None)
        self._refuse_what_is_stale()
        if self.stale:
            raise Stale(changed_meanwhile())


class Form(_Entry, forms.Form):
    pass


class ModelForm(_Entry, forms.ModelForm):
    @property
    def edits(self) -> bool:
        return self.instance.pk is not None


def changed_meanwhile() -> str:
    return _(
        "Nothing was changed. Somebody else saved other words after you opened this page. Both stand side by side; "
        "yours are in the form. Take over what you need and save again."
    )


def _cleaned(data: Any) -> Any:
    """What was sent, each text in one spelling; passwords are nobody's text."""
    if data is None:
        return None
    if not hasattr(data, "setlist"):
        return {name: _one(name, value) for name, value in data.items()}
    copy = QueryDict(mutable=True, encoding=data.encoding)
    for name, values in data.lists():
        copy.setlist(name, [_one(name, value) for value in values])
    return copy


def _one(name: str, value: Any) -> Any:
    return cleaned(value) if isinstance(value, str) and "password" not in name else value


def _values(data: Mapping[str, Any], name: str) -> list[str]:
    values = data.getlist(name) if hasattr(data, "getlist") else [data.get(name)]
    return [value for value in values if isinstance(value, str)]


def _bound(field: forms.Field) -> None:
    """A greatest length for a text that has none of its own; the browser counts with it."""
    if type(field.widget) not in (forms.Textarea, forms.TextInput) or not hasattr(field, "max_length"):
        return
    if field.max_length is None:
        field.max_length = LONGEST_TEXT if isinstance(field.widget, forms.Textarea) else LONGEST_LINE
        field.validators = [*field.validators, MaxLengthValidator(field.max_length)]
    field.widget.attrs.setdefault("maxlength", str(field.max_length))


def _plain(value: Any) -> Any:
    """A value as it can be compared: keys for things, sorted where the order says nothing."""
    if callable(value):
        value = value()
    if isinstance(value, (list, tuple, set)) or hasattr(value, "iterator"):
        return sorted(_plain(one) for one in value)
    if hasattr(value, "pk"):
        return str(value.pk)
    if value is None or value is False:
        return ""
    return cleaned(str(value)).strip()


def _shown(field: forms.Field, value: Any) -> str:
    """A value as a reader sees it: the label of a choice, else the words."""
    if choices := getattr(field, "choices", None):
        labels = dict(_flat(choices))
        values = value if isinstance(value, list) else [value]
        return ", ".join(str(labels.get(one, one)) for one in values if one)
    return localize(value) if not isinstance(value, list) else ", ".join(value)


def _flat(choices: Iterable[Any]) -> Iterator[tuple[str, Text]]:
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from _flat(label)
        else:
            yield str(value), label
