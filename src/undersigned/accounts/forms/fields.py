"""Fields of this room: a network, a unit, somebody of the city, an account, yes or no."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from html import escape
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from undersigned.accounts.models import Account
from undersigned.accounts.queries import finding, verifying
from undersigned.networks.addresses import NotUnderstood
from undersigned.networks.names import ENDED, Network, on_offer
from undersigned.people.models import Person, Unit

Choices = Iterable[tuple[str, object]]


class LongSelect(forms.Select):
    """A list of hundreds of lines, drawn at once: a template for each line would take longer than the page."""

    def use_required_attribute(self, initial: Any) -> bool:
        """Without looking at the lines, which are read from the database."""
        return forms.Widget.use_required_attribute(self, initial)

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = {str(one) for one in self.format_value(value)}
        lines = "".join(_line(str(key), str(label), str(key) in chosen) for key, label in self.choices)
        attributes = forms.utils.flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})}))
        return format_html("<select{}>{}</select>", attributes, SafeString(lines))


def _line(key: str, label: str, chosen: bool) -> str:
    return f'<option value="{escape(key)}"{" selected" if chosen else ""}>{escape(label)}</option>'


class NetworkField(forms.ChoiceField):
    """Networks on which an account can still be opened."""

    widget = LongSelect

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Network"))
        super().__init__(choices=_networks, **kwargs)

    def clean(self, value: Any) -> Any:
        word = super().clean(value)
        return Network(word) if word else None


def _networks() -> Choices:
    yield "", _("Choose a network")
    for network in on_offer():
        if network not in ENDED:
            yield network.value, network.label


class UnitField(forms.ChoiceField):
    """A unit of the city, told apart by what stands above it."""

    widget = LongSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=_units, **kwargs)

    def clean(self, value: Any) -> Any:
        reference = super().clean(value)
        return Unit.objects.get(pk=reference) if reference else None


def _units() -> Choices:
    yield "", _("Choose a unit")
    yield from finding.units_in_words()


class PersonInput(forms.TextInput):
    """A line to type a name in, with the names that are likely here."""

    suggestions: Iterable[Person] = ()

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        known = f"{name}-known"
        with_list = {**(attrs or {}), "list": known, "autocomplete": "off", "spellcheck": "false"}
        line = super().render(name, value, with_list if self.suggestions else attrs, renderer)
        if not self.suggestions:
            return line
        options = format_html_join(
            "", '<option value="{}"></option>', ((one.name,) for one in self.suggestions)
        )
        return format_html('{}<datalist id="{}">{}</datalist>', line, known, options)


class PersonField(forms.CharField):
    """Somebody of the city by name, e-mail address or staff number: a list of thousands would be no choice."""

    widget = PersonInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 300)
        kwargs.setdefault("help_text", gettext_lazy("Name, e-mail address or staff number."))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.name if isinstance(value, Person) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return somebody(text) if text else None


class PeopleField(forms.CharField):
    """Several people, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def clean(self, value: Any) -> Any:
        lines = super().clean(value).splitlines()
        return [somebody(line.strip()) for line in lines if line.strip()]


def somebody(text: str) -> Person:
    """The one person of the city whom a text names; says what to do where it names none or several."""
    found = finding.people_named(text)
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValidationError(_nobody(text), code="nobody")
    words = ngettext(
        "%(count)d person is called that. Write one of these instead: %(who)s.",
        "%(count)d people are called that. Write one of these instead: %(who)s.",
        len(found),
    )
    told = "; ".join(finding.told_apart(one) for one in found[:5])
    raise ValidationError(words % {"count": len(found), "who": told}, code="several")


def _nobody(text: str) -> str:
    near = [one.name for one in finding.people_like(text)]
    if near:
        return _("Nobody of this name works for the city today. Did you mean %(who)s?") % {
            "who": _(" or ").join(near)
        }
    return _("Nobody of this name works for the city today. Write the name as the roster has it.")


class AccountField(forms.CharField):
    """An account of the register, by its address."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", gettext_lazy("Paste the address of its page, such as x.com/harrowfalls.")
        )
        super().__init__(max_length=500, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            address = verifying.understood(text)
        except NotUnderstood as unclear:
            raise ValidationError(str(unclear), code="unclear") from unclear
        there = Account.objects.in_register().filter(network=address.network.value, key=address.key).first()
        if there is None:
            raise ValidationError(_("The register holds no account at this address."), code="unknown")
        return there


class YesNoField(forms.TypedChoiceField):
    """A question answered in words; neither answer is the easy one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
            coerce=_means_yes,
            widget=forms.RadioSelect,
            **kwargs,
        )


def _means_yes(answer: str) -> bool:
    return answer == "yes"


def moment_of(day: dt.date) -> dt.datetime:
    """When something was seen that day: now, if that is today, else at its beginning. In UTC, to the second."""
    now = timezone.now()
    seen = (
        now if day == timezone.localdate(now) else timezone.make_aware(dt.datetime.combine(day, dt.time.min))
    )
    return seen.astimezone(dt.UTC).replace(microsecond=0)


def suggest(field: forms.Field, people: Iterable[Person]) -> None:
    """Offer these names below the line."""
    cast(PersonInput, field.widget).suggestions = list(people)
