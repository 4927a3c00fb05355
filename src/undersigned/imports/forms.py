"""What the pages of an import ask: the file, what its columns mean, the answers, and the number of the brake."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from undersigned.acts.refusals import Words
from undersigned.imports.columns import Column
from undersigned.imports.columns import Mapping as Columns
from undersigned.imports.preview import Item, Question
from undersigned.ui.forms import PlainForm

Meanings = Sequence[tuple[Words, Sequence[tuple[str, Words]]]]

A_MEGABYTE = 1_000_000


class FileForm(PlainForm):
    """The file. Rooms add what else must be said about it, and give it back by :meth:`options`."""

    file = forms.FileField(label=lazy("The file"), max_length=255)

    def __init__(self, *args: Any, has_file: bool = False, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._too_large = too_large
        most = {"most": settings.LARGEST_IMPORT_BYTES // A_MEGABYTE}
        self.fields["file"].required = not has_file
        self.fields["file"].help_text = (
            _(
                "A spreadsheet (XLSX, ODS, XLS) or a text file (CSV, TSV, JSON, YAML), at most %(most)d megabytes."
            )
            % most
        )
        if too_large:
            self.fields["file"].error_messages["required"] = _too_large()

    def clean_file(self) -> UploadedFile[Any] | None:
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if self._too_large or (file and (file.size or 0) > settings.LARGEST_IMPORT_BYTES):
            raise ValidationError(_too_large(), code="too_large")
        return file

    def options(self) -> dict[str, Any]:
        """What was said about the file besides it, as plain values."""
        return {}


def _too_large() -> str:
    said = _(
        "This file is larger than %(most)d megabytes and was not kept. Remove what is not needed, such as pictures "
        "or other worksheets, or split it."
    )
    return said % {"most": settings.LARGEST_IMPORT_BYTES // A_MEGABYTE}


class ColumnsForm(PlainForm):
    """What each column means: one choice a column, in the order of the file."""

    def __init__(self, *args: Any, columns: Columns, meanings: Meanings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        choices = [("", _("Do not read this column")), *((str(head), list(of)) for head, of in meanings)]
        for at, column in enumerate(columns.columns):
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=column.name,
                choices=choices,
                required=False,
                initial=column.field or "",
                widget=forms.Select(attrs={"class": "govuk-select"}),
            )

    @property
    def mapping(self) -> Columns:
        """As it was chosen; every word of it is a person's now."""
        return Columns(tuple(self._chosen(at, column) for at, column in enumerate(self.columns.columns)))

    def _chosen(self, at: int, column: Column) -> Column:
        field = self.cleaned_data[f"column_{at}"] or None
        return replace(column, field=field, confidence=1.0 if field else 0.0)

    def take_once(self, single: Iterable[str]) -> None:
        """Set an error beside each column that claims a field which another has already."""
        taken: dict[str, str] = {}
        for at, column in enumerate(self.columns.columns):
            field = self.cleaned_data.get(f"column_{at}")
            if field in taken and field in single:
                said = _(
                    "“%(other)s” is read as this already. Choose one of the two, and do not read the other."
                )
                self.add_error(f"column_{at}", said % {"other": taken[field]})
            elif field:
                taken[field] = column.name


@dataclass(frozen=True, slots=True)
class Asked:
    """A question beside the controls that answer it."""

    question: Question
    for_all: BoundField
    items: Sequence[tuple[Item, BoundField]]

    @property
    def is_one(self) -> bool:
        """A single case is answered as itself."""
        return len(self.items) == self.question.count == 1

    @property
    def more(self) -> int:
        """Cases that are not shown yet."""
        return self.question.count - len(self.items)


class AnswersForm(PlainForm):
    """Every question that is open: an answer for all cases alike, and one for each case."""

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names_optional_fields = False
        self._keys: dict[str, str] = {}
        self.asked = [self._ask(question) for question in questions]

    def _ask(self, question: Question) -> Asked:
        choices = [(one.value, one.label) for one in question.options]
        later = _("Leave it open") if not question.must else _("Not yet")
        for_all = self._add(
            question.key,
            _("The answer for all of them"),
            [("", later), *choices],
            widget=forms.RadioSelect(),
        )
        open_ = later if question.count == 1 else _("As for all of them")
        items = [
            (item, self._add(f"{question.key}:{item.key}", item.title, _choices_of(item, choices, open_)))
            for item in question.items
        ]
        return Asked(question, for_all, items)

    def _add(
        self, key: str, label: str, choices: list[tuple[str, str]], *, widget: forms.Widget | None = None
    ) -> BoundField:
        """A field under a name that holds no text of the file."""
        name = f"answer_{hashlib.sha256(key.encode()).hexdigest()[:12]}"
        self._keys[name] = key
        self.fields[name] = forms.ChoiceField(
            label=label,
            choices=choices,
            required=False,
            widget=widget or forms.Select(attrs={"class": "govuk-select"}),
        )
        return self[name]

    @property
    def answers(self) -> Mapping[str, str]:
        """What was answered, by question or by question and case."""
        return {self._keys[name]: value for name, value in self.cleaned_data.items() if value}


def _choices_of(item: Item, for_all: list[tuple[str, str]], open_: str) -> list[tuple[str, str]]:
    own = [(one.value, one.label) for one in item.options]
    return [("", open_), *own, *(one for one in for_all if one[0] not in dict(own))]
