"""A list of accounts in the words of the import's pages: what its columns mean, and what it would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from undersigned.accounts.register import fields
from undersigned.accounts.register.changes import Change as Difference
from undersigned.accounts.register.matching import ExistingAccount
from undersigned.accounts.register.plan import Changed, Planned
from undersigned.acts.refusals import Words
from undersigned.imports.preview import Change, Example
from undersigned.networks.names import Network
from undersigned.people.models import Person, Unit

LABELS: Mapping[str, Words] = {
    fields.NETWORK: lazy("Network"),
    fields.HANDLE: lazy("Handle"),
    fields.URL: lazy("Address"),
    fields.NUMBER: lazy("Number on the network"),
    fields.OWNER: lazy("Owner, a person or a unit"),
    fields.UNIT: lazy("Owning unit"),
    fields.STEWARD: lazy("Steward"),
    fields.DEPUTY: lazy("Deputy"),
    fields.DISPLAY_NAME: lazy("Title"),
    fields.PURPOSE: lazy("Purpose"),
    fields.AUDIENCE: lazy("Audience"),
    fields.LANGUAGE: lazy("Language"),
    fields.EMAIL: lazy("Mailbox"),
    fields.STATUS: lazy("Status"),
    fields.FOLLOWERS: lazy("Followers"),
    fields.OPENED_ON: lazy("Opened on"),
    fields.LAST_POST_ON: lazy("Last post on"),
    fields.NOTES: lazy("Notes"),
    fields.SECRET: lazy("Passwords or codes: never read"),
}
IDENTITY = (fields.NETWORK, fields.HANDLE, fields.URL, fields.NUMBER)


def meanings() -> Sequence[tuple[Words, Sequence[tuple[str, Words]]]]:
    """What a column may mean: of a list with a row an account, and of one with a column a network."""
    rest = [name for name in LABELS if name not in (*IDENTITY, *fields.RESPONSIBLE)]
    return [
        (lazy("Which account it is"), _labelled(IDENTITY)),
        (lazy("Who answers for it"), _labelled(fields.RESPONSIBLE)),
        (lazy("What is said of it"), _labelled(rest)),
        *((network.label, _of_network(network)) for network in Network if network is not Network.OTHER),
        (Network.OTHER.label, _of_network(Network.OTHER)),
    ]


def _labelled(names: Iterable[str]) -> list[tuple[str, Words]]:
    return [(name, LABELS[name]) for name in names]


def _of_network(network: Network) -> list[tuple[str, Words]]:
    return [(fields.wide(network, name), f"{network.label}: {LABELS[name]}") for name in fields.OF_A_NETWORK]


class Names:
    """The people and units that changes speak of by reference, read in two questions to the database."""

    def __init__(self, references: Iterable[str]) -> None:
        wanted = set(references)
        self._names: dict[str, str] = {
            **dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name")),
            **dict(Unit.objects.filter(pk__in=wanted).values_list("pk", "name")),
        }

    def of(self, value: str) -> str:
        return self._names.get(value, value)


def named(changed: Iterable[Changed]) -> set[str]:
    """The references in these changes."""
    return {
        value
        for one in changed
        for change in one.changes
        if change.field in fields.RESPONSIBLE
        for value in (change.old, change.new)
    }


def created_example(planned: Planned) -> Example:
    found = [f"{LABELS[name]}: {one.name}" for name, one in planned.responsible.items()]
    title = planned.facts.get(fields.DISPLAY_NAME, "")
    row = _("row %(row)d") % {"row": planned.rows[0]}
    address = planned.address
    return Example(
        _account(address.handle or address.key, address.network),
        " · ".join(filter(None, (title, *found, row))),
    )


def changed_example(changed: Changed, names: Names) -> Example:
    old = changed.existing
    return Example(
        _account(old.handle or old.key, old.network),
        "",
        tuple(_change(one, names) for one in changed.changes),
    )


def gone_example(existing: ExistingAccount) -> Example:
    return Example(_account(existing.handle or existing.key, existing.network), existing.url)


def _account(handle: str, network: Network) -> str:
    return _("%(handle)s on %(network)s") % {"handle": handle, "network": network.label}


def _change(change: Difference, names: Names) -> Change:
    label = str(LABELS.get(change.field, change.field))
    return Change(label, names.of(change.old), names.of(change.new))
