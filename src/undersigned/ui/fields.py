"""How one form field is drawn: which template, which classes, and what describes it to a screen reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString

from undersigned.ui.forms import DayInput, PlainForm
from undersigned.ui.words import Words

# Most telling first: CheckboxInput before Input, CheckboxSelectMultiple before RadioSelect (its base).
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (DayInput, "day"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.PasswordInput, "password"),
    (forms.FileInput, "file"),
)
CLASSES = {
    "select": "govuk-select",
    "textarea": "govuk-textarea",
    "file": "govuk-file-upload",
    "checkbox": "govuk-checkboxes__input",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
}
# Beyond this many characters a text field is a line, not a word, and gets the whole width.
SHORT = 12


@dataclass(frozen=True)
class FieldView:
    """A bound field, ready for the template ``ui/forms/<kind>.html``."""

    bound: BoundField
    kind: str

    @classmethod
    def of(cls, bound: BoundField) -> FieldView:
        widget = bound.field.widget
        kind = next((kind for base, kind in KINDS if isinstance(widget, base)), "text")
        return cls(bound=bound, kind=kind)

    @property
    def template(self) -> str:
        return f"ui/forms/{self.kind}.html"

    @property
    def id(self) -> str:
        return self.bound.auto_id or self.bound.html_name

    @property
    def hint_id(self) -> str:
        return f"{self.id}-hint" if self.bound.help_text else ""

    @property
    def error_id(self) -> str:
        return f"{self.id}-error" if self.bound.errors else ""

    @property
    def described_by(self) -> str:
        return " ".join(filter(None, (self.hint_id, self.error_id)))

    @property
    def says_optional(self) -> bool:
        """Not in a filter row, where everything is, nor for one box, which may be left empty by its nature."""
        named = getattr(self.bound.form, "names_optional_fields", True)
        return named and not self.bound.field.required and self.kind != "checkbox"

    @property
    def input(self) -> SafeString:
        """The control itself, with its class, its description and whether it is wrong."""
        return self.bound.as_widget(attrs=self._attributes())

    def _attributes(self) -> dict[str, Any]:
        own: Mapping[str, Any] = self.bound.field.widget.attrs
        attributes: dict[str, Any] = {}
        if self.kind != "day":
            attributes["class"] = " ".join(filter(None, (self._classes, own.get("class"))))
        if self.described_by:
            attributes["aria-describedby"] = self.described_by
        if self.bound.errors:
            attributes["aria-invalid"] = "true"
        return attributes

    @property
    def _classes(self) -> str:
        base = CLASSES.get(self.kind, "govuk-input")
        length = getattr(self.bound.field, "max_length", None)
        number = isinstance(self.bound.field, (forms.IntegerField, forms.DecimalField))
        narrow = (
            " govuk-input--width-10" if self.kind == "text" and (number or (length or 99) <= SHORT) else ""
        )
        return f"{base}{narrow}"

    @property
    def choices(self) -> list[Choice]:
        """Radios and checkboxes one by one, so that each has its label beside it."""
        return [
            Choice(str(one.choice_label), one.data, self._choice_id(one)) for one in self.bound.subwidgets
        ]

    def _choice_id(self, one: Any) -> str:
        return str(one.id_for_label)

    @property
    def focus_id(self) -> str:
        """Where the error summary leads: the first control of a group, else the control."""
        if self.kind in ("radios", "checkboxes"):
            return next((choice.id for choice in self.choices), self.id)
        return f"{self.id}_0" if self.kind == "day" else self.id


@dataclass(frozen=True)
class Choice:
    label: str
    data: Mapping[str, Any]
    id: str


@dataclass(frozen=True)
class Group:
    """Fields under one heading; the heading is "" for those that stand alone."""

    heading: Words
    fields: list[FieldView]


def groups_of(form: forms.BaseForm) -> list[Group]:
    """The form's fieldsets in order, and whatever they do not name after them."""
    declared = form.groups if isinstance(form, PlainForm) else ()
    groups = [Group(heading, [FieldView.of(form[name]) for name in names]) for heading, names in declared]
    named = {name for _heading, names in declared for name in names}
    rest = [FieldView.of(bound) for bound in form.visible_fields() if bound.name not in named]
    return [*groups, Group("", rest)] if rest else groups


@dataclass(frozen=True)
class Mistake:
    """A line of the error summary; ``url`` leads to the field, "" where no field is meant."""

    says: str
    url: str


def mistakes_of(form: forms.BaseForm) -> list[Mistake]:
    return list(_mistakes(form)) if form.is_bound else []


def _mistakes(form: forms.BaseForm) -> Iterator[Mistake]:
    for error in form.non_field_errors():
        yield Mistake(str(error), "")
    for bound in form:
        for error in bound.errors:
            yield Mistake(str(error), "" if bound.is_hidden else f"#{FieldView.of(bound).focus_id}")
