"""What anybody may ask and tell: one field to look an account up, a few to report an imitation."""

from __future__ import annotations

import re
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.accounts.models import Account
from undersigned.accounts.queries.verifying import understood
from undersigned.acts.refusals import Refused
from undersigned.networks.addresses import Address, LooksDeceptive, NotUnderstood, ShortLink, WhichNetwork
from undersigned.networks.letters import LONGEST, shown
from undersigned.networks.names import ENDED, Network, on_offer
from undersigned.public import directory
from undersigned.public.likeness import nearest
from undersigned.ui.forms import FilterForm, PlainForm

TYPED_AS_IT_IS = {
    "autocapitalize": "none",
    "autocorrect": "off",
    "autocomplete": "off",
    "spellcheck": "false",
}
"""A phone's keyboard must not mend a handle."""

LONGEST_HANDLE, LONGEST_URL = 300, 500
"""What a case can hold."""

LINK = re.compile(r"https?://\S+", re.IGNORECASE)


def networks_in_use() -> list[tuple[str, str]]:
    """Networks on which an account can be seen today."""
    return [(one.value, one.label) for one in on_offer() if one not in ENDED and one is not Network.OTHER]


def pasted(text: str) -> str:
    """What was meant by what was pasted: sharing from a phone often brings a sentence with the link in it."""
    links = LINK.findall(text)
    return links[0] if len(links) == 1 and " " in text.strip() else text


class AccountField(forms.CharField):
    """A link or a handle, as somebody pastes or types it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Link to the account, or its name"))
        kwargs["widget"] = forms.TextInput(attrs={"inputmode": "url", **TYPED_AS_IT_IS})
        super().__init__(max_length=LONGEST, **kwargs)
        self.error_messages["max_length"] = gettext_lazy(
            "This is far longer than any account’s address. Paste the link alone."
        )

    def clean(self, value: Any) -> str:
        return pasted(str(super().clean(value)))


class VerifyForm(PlainForm):
    """One field. ``network`` is asked only when a name alone was given."""

    account = AccountField(
        help_text=gettext_lazy(
            "On a phone: open the account, press share, copy the link, and paste it here."
        ),
        error_messages={"required": gettext_lazy("Paste a link, or type the name of an account.")},
    )
    network = forms.ChoiceField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["network"]).choices = [
            ("", ""),
            *((one.value, one.label) for one in on_offer()),
        ]

    @property
    def asked(self) -> tuple[str, Network | None]:
        """The text, and the network beside it where one was chosen."""
        network = self.cleaned_data["network"]
        return self.cleaned_data["account"], Network(network) if network else None


class DirectoryFilters(FilterForm):
    """What of the public register is shown."""

    q = forms.CharField(label=gettext_lazy("Name, handle or unit"), required=False, max_length=100)
    network = forms.ChoiceField(label=gettext_lazy("Network"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Run by"), required=False)
    show = forms.ChoiceField(label=gettext_lazy("Standing"), required=False, choices=directory.SHOWN)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("network", directory.networks()), ("unit", directory.units())):
            cast(forms.ChoiceField, self.fields[name]).choices = [("", _("Any")), *choices]

    def narrow(self, rows: QuerySet[Account]) -> QuerySet[Account]:
        asked = self.cleaned_data
        return directory.narrowed(rows, text=asked["q"], network=asked["network"], unit=asked["unit"])


class ReportForm(PlainForm):
    """Nothing about whoever reports is needed. ``homepage`` is for machines, which fill in everything."""

    account = AccountField(
        error_messages={"required": gettext_lazy("Paste the link, or type the name of the account.")}
    )
    network = forms.ChoiceField(
        label=gettext_lazy("Network"),
        required=False,
        help_text=gettext_lazy("Only needed when you typed a name."),
    )
    note = forms.CharField(
        label=gettext_lazy("What does it do?"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("For example: it answers residents and asks for their card numbers."),
    )
    contact = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        required=False,
        help_text=gettext_lazy(
            "Only if you want an answer. It is kept with this report and never published."
        ),
        error_messages={
            "invalid": gettext_lazy("Write the whole address, as in name@example.org, or leave this empty.")
        },
    )
    homepage = forms.CharField(
        required=False,
        label=gettext_lazy("Leave this empty"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["network"]).choices = [
            ("", _("The link says it")),
            *networks_in_use(),
            (Network.OTHER.value, Network.OTHER.label),
        ]

    def clean_homepage(self) -> str:
        if self.cleaned_data["homepage"]:
            raise ValidationError(
                _("A field that people do not see was filled in. Empty it and send again; nothing was sent.")
            )
        return ""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "account" in given and "network" in given:
            given["address"] = self._address(given["account"], given["network"])
        return given

    @property
    def reported(self) -> dict[str, Any]:
        """What the act of reporting takes, with the official account that this one is most easily taken for."""
        given = self.cleaned_data
        near = nearest(given["address"])
        return {
            "address": given["address"],
            "note": given["note"],
            "contact": given["contact"],
            "resembles": near.account if near else None,
            "why": near.why if near else "",
        }

    def refuse(self, refused: Refused) -> None:
        """The act speaks of an address, the form of an account."""
        refused.field = "account" if refused.field == "address" else refused.field
        super().refuse(refused)

    def _address(self, text: str, network: str) -> Address | None:
        try:
            address = understood(text, Network(network) if network else None)
        except WhichNetwork:
            self.add_error("network", _("Choose the network on which you saw this name."))
            return None
        except (LooksDeceptive, ShortLink):
            address = _as_written(text)
        except NotUnderstood as unclear:
            self.add_error("account", str(unclear))
            return None
        if len(address.handle) > LONGEST_HANDLE or len(address.url) > LONGEST_URL:
            self.add_error(
                "account", _("This is far longer than any account’s address. Paste the link alone.")
            )
        return address


def _as_written(text: str) -> Address:
    """What deceives, and what a phone shortened, is worth a report as it stands: somebody looks where it leads."""
    visible = shown(text)
    return Address(Network.OTHER, visible.casefold(), visible, "")
