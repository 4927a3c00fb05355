"""Forms of this house: plain words for what is missing, days as three boxes, confirmation by typing.

A room writes an ordinary Django form on PlainForm and its template says ``{% form_fields form %}``.
"""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from undersigned.acts.refusals import Refused
from undersigned.ui.words import Words

CHOOSING = (forms.ChoiceField, forms.ModelChoiceField)


class PlainForm(forms.Form):
    """Says what to do instead of "This field is required". ``groups`` puts fields into named fieldsets.

    groups = ((_("Who"), ("person", "unit")), (_("Until when"), ("ends_on",)))
    """

    groups: Sequence[tuple[Words, Sequence[str]]] = ()
    names_optional_fields = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            _speak_plainly(name, field)

    def refuse(self, refused: Refused) -> None:
        """Shows an act's refusal beside the field that it names, else at the head of the form."""
        field = refused.field if refused.field in self.fields else None
        self.add_error(field, ValidationError(str(refused), code=refused.rule))


def _speak_plainly(name: str, field: forms.Field) -> None:
    """Only where the field has not been given words of its own."""
    label = field.label or name.replace("_", " ")
    required = forms.Field.default_error_messages["required"]
    if field.error_messages.get("required") != required:
        return
    if isinstance(field, forms.BooleanField):
        sentence = _("Tick the box: %(label)s") % {"label": label}
    elif isinstance(field, CHOOSING):
        sentence = _("Choose an answer: %(label)s") % {"label": label}
    else:
        sentence = _("Fill in: %(label)s") % {"label": label}
    field.error_messages["required"] = sentence


class FilterForm(PlainForm):
    """The filter row of a list. Sent by GET, every field may be left empty; ``narrow`` uses cleaned data."""

    names_optional_fields = False

    @abstractmethod
    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those of ``rows`` that the filled fields ask for."""


class DayInput(forms.MultiWidget):
    """Day, month and year in three boxes: no picker, any keyboard, any screen reader."""

    template_name = "ui/forms/widgets/day.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {part: _box(digits) for part, digits in (("day", 2), ("month", 2), ("year", 4))}, attrs
        )

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, str) and value.count("-") == 2:
            year, month, day = value.split("-")
            return [day, month, year]
        return [value.day, value.month, value.year] if isinstance(value, dt.date) else ["", "", ""]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        day, month, year = (
            str(part or "").strip() for part in super().value_from_datadict(data, files, name)
        )
        if not (day or month or year):
            return data.get(name)
        return f"{year}-{month}-{day}"


def _box(digits: int) -> forms.TextInput:
    classes = f"govuk-input govuk-date-input__input govuk-input--width-{digits}"
    return forms.TextInput(attrs={"inputmode": "numeric", "class": classes})


class DayField(forms.DateField):
    """A date typed as day, month and year."""

    widget = DayInput
    default_error_messages = {
        "invalid": _("Give a day that exists, in figures, for example 27 3 2026."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%Y-%m-%d"])
        super().__init__(**kwargs)


class ConfirmForm(PlainForm):
    """Asks for the number or the name, so that what cannot be undone is not done by a slip of the hand."""

    typed = forms.CharField(
        label="", widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )

    def __init__(self, *args: Any, expected: str, label: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected
        self.fields["typed"].label = cast(str, label)
        self.fields["typed"].error_messages["required"] = _("Type %(expected)s to go on.") % {
            "expected": expected
        }

    def clean_typed(self) -> str:
        typed = str(self.cleaned_data["typed"])
        if _plain(typed) != _plain(self.expected):
            raise ValidationError(
                _("You typed %(typed)s. Type %(expected)s to go on; nothing was changed."),
                params={"typed": typed, "expected": self.expected},
                code="not_the_same",
            )
        return typed


def _plain(text: str) -> str:
    """Spaces and grouping of figures do not count, nor do capitals."""
    return "".join(text.split()).replace(",", "").casefold()
