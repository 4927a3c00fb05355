"""What the pages of people and units ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from undersigned.people import queries
from undersigned.people.models import Appointment, Person, Unit
from undersigned.people.roster.names import match_key, parts
from undersigned.people.states import Office, PersonClass, UnitKind
from undersigned.ui.forms import ConfirmForm, DayField, FilterForm, PlainForm


def unit_choices(none: str) -> list[tuple[str, str]]:
    """Every open unit, those below another set in; one question to the database."""
    laid = queries.laid_out(queries.unit_tree())
    return [("", none), *((one.unit.pk, "\u2003" * one.depth + one.unit.name) for one in laid)]


class UnitField(forms.ChoiceField):
    """One of the open units. Its choices are read when the form is made; the value is the unit."""

    def clean(self, value: Any) -> Unit | None:
        chosen = super().clean(value)
        return Unit.objects.get(pk=chosen) if chosen else None


class PersonForm(PlainForm):
    """What is known of a person. ``but`` is the person it is about already."""

    name = forms.CharField(label=lazy("Name"), max_length=300, help_text=lazy("As it is written and spoken."))
    given_name = forms.CharField(label=lazy("Given name"), max_length=150, required=False)
    family_name = forms.CharField(label=lazy("Family name"), max_length=150, required=False)
    person_class = forms.ChoiceField(
        label=lazy("Class"), choices=[("", lazy("Choose")), *PersonClass.choices]
    )
    bargaining_unit = forms.CharField(label=lazy("Bargaining unit"), max_length=100, required=False)
    staff_number = forms.CharField(
        label=lazy("Staff number"),
        max_length=64,
        required=False,
        help_text=lazy("As the personnel system has it. By it the next roster knows the person."),
    )
    email = forms.EmailField(label=lazy("E-mail address"), required=False)

    groups = (
        (lazy("Who it is"), ("name", "given_name", "family_name", "email")),
        (lazy("How they stand to the city"), ("person_class", "bargaining_unit", "staff_number")),
    )

    def __init__(self, *args: Any, but: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._but = but

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_staff_number(self) -> str:
        number = str(self.cleaned_data["staff_number"])
        taken = Person.objects.filter(staff_number=number).exclude(pk=self._but.pk if self._but else "")
        if number and taken.exists():
            raise ValidationError(
                _("Somebody else has this staff number. Look them up, or correct the number."), code="taken"
            )
        return number

    def clean(self) -> dict[str, Any]:
        """The parts of a name are taken from the whole where they are not given: lists are ordered by them."""
        said = super().clean() or self.cleaned_data
        if said.get("name") and not (said.get("given_name") or said.get("family_name")):
            said["given_name"], said["family_name"] = parts(said["name"])
        return said

    def changed_from(self, person: Person) -> dict[str, object]:
        """Only what differs from what is known."""
        return {name: new for name, new in self.cleaned_data.items() if (getattr(person, name) or "") != new}


class OfficeForm(PlainForm):
    """An appointment's office and days."""

    office = forms.ChoiceField(label=lazy("Office"), choices=Office.choices, initial=Office.MEMBER)
    title = forms.CharField(label=lazy("Job title"), max_length=200, required=False)
    acting = forms.BooleanField(label=lazy("Acting, in somebody’s place"), required=False)
    begins_on = DayField(label=lazy("First day"))
    ends_on = DayField(
        label=lazy("Last day"),
        required=False,
        help_text=lazy("The last day counts. Leave it empty where no end is known."),
    )


class AppointmentForm(OfficeForm):
    """A new appointment: in which unit, besides."""

    unit = UnitField(label=lazy("Unit"))

    field_order = ("unit", "office", "title", "acting", "begins_on", "ends_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = unit_choices(_("Choose"))  # type: ignore[attr-defined] # a choice field
        self.fields["begins_on"].initial = timezone.localdate()


class EndForm(ConfirmForm):
    """The name is typed, so that nobody is sent away by a slip; the reason is only committed to in the record."""

    reason = forms.CharField(
        label=lazy("Why it ends"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ("reason", "typed")


class InviteForm(PlainForm):
    email = forms.EmailField(
        label=lazy("E-mail address"),
        help_text=lazy("The invitation goes there, and it becomes the name under which they sign in."),
    )


class UnitForm(PlainForm):
    """A unit's names, kind and code. ``parent`` is the unit above, ``but`` the unit it is about already."""

    name = forms.CharField(label=lazy("Name"), max_length=200)
    name_fr = forms.CharField(label=lazy("French name"), max_length=200, required=False)
    unit_kind = forms.ChoiceField(label=lazy("Kind"), choices=UnitKind.choices, initial=UnitKind.DEPARTMENT)
    code = forms.CharField(
        label=lazy("Code"), max_length=64, required=False, help_text=lazy("As other systems know it.")
    )

    def __init__(self, *args: Any, but: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._but = but

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        parent = said.get("parent", self._but and self._but.parent)
        alike = Unit.objects.filter(parent=parent, name=said.get("name", ""))
        if alike.exclude(pk=self._but.pk if self._but else "").exists():
            self.add_error("name", _("There is a unit of this name here already, open or closed."))
        return said


class NewUnitForm(UnitForm):
    parent = UnitField(label=lazy("Part of"), required=False)

    field_order = ("name", "name_fr", "unit_kind", "parent", "code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = unit_choices(_("Nothing: it stands at the top"))  # type: ignore[attr-defined] # a choice field


class CloseForm(ConfirmForm):
    closed_on = DayField(label=lazy("Closed on"))
    field_order = ("closed_on", "typed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closed_on"].initial = timezone.localdate()


SHOWN = {
    "": queries.here,
    "ending": queries.with_ending_office,
    "no_class": queries.without_class,
    "no_office": queries.without_office,
    "invited": queries.invited,
    "left": queries.left,
}
"""What a list of people can be asked for, besides everybody."""
ALL = "all"


class PeopleFilters(FilterForm):
    """The filter row of the list for everybody."""

    text = forms.CharField(label=lazy("Name"), required=False, max_length=100)
    unit = forms.ChoiceField(label=lazy("Unit"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = unit_choices(_("All units"))  # type: ignore[attr-defined] # a choice field

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if text := self.cleaned_data["text"]:
            rows = rows.filter(self.says(text))
        if unit := self.cleaned_data["unit"]:
            rows = queries.in_unit(rows, Unit.objects.get(pk=unit))
        return rows

    def says(self, text: str) -> Q:
        return Q(match_name__contains=match_key(text)) if match_key(text) else Q(name__icontains=text)


class KeepersFilters(PeopleFilters):
    """The filter row for those who keep people."""

    person_class = forms.ChoiceField(
        label=lazy("Class"), required=False, choices=[("", lazy("All classes")), *PersonClass.choices]
    )
    show = forms.ChoiceField(
        label=lazy("Which"),
        required=False,
        choices=[
            ("", lazy("Those who are here")),
            ("ending", lazy("Whose appointment ends within 30 days")),
            ("no_class", lazy("Whose class is not stated")),
            ("no_office", lazy("Who hold no appointment today")),
            ("invited", lazy("Who have not taken up their invitation")),
            ("left", lazy("Who left")),
            (ALL, lazy("All of them")),
        ],
    )

    field_order = ("text", "unit", "person_class", "show")

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        rows = super().narrow(rows)
        if person_class := self.cleaned_data["person_class"]:
            rows = rows.filter(person_class=person_class)
        narrow = SHOWN.get(self.cleaned_data["show"])
        return narrow(rows) if narrow else rows

    def says(self, text: str) -> Q:
        return super().says(text) | Q(staff_number=text.strip()) | Q(email__icontains=text.strip())


def initial_of(appointment: Appointment) -> dict[str, object]:
    """An appointment as its form begins."""
    return {name: getattr(appointment, name) for name in OfficeForm.base_fields}
