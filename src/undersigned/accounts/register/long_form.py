"""A row that is one account: a network, a handle, an address, a number, any of them missing or at odds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from undersigned.accounts.register import cells, fields
from undersigned.accounts.register.candidates import Candidate
from undersigned.accounts.register.reading import Reading, numbers, read_piece, understood
from undersigned.networks.addresses import Address, NotUnderstood
from undersigned.networks.names import Named, Network, network_named


def candidates(reading: Reading, of: Mapping[str, tuple[str, ...]]) -> list[Candidate]:
    """What the row says. An address tells its network, whatever the label beside it says."""
    urls, handles, ids = (of.get(name, ()) for name in (fields.URL, fields.HANDLE, fields.NUMBER))
    networks, mistake = _networks(reading, of.get(fields.NETWORK, ()))
    if mistake and not _tells_its_network(reading, (*urls, *handles)):
        reading.problem(*mistake)
        return []
    only = networks[0] if len(networks) == 1 else None
    found = understood(reading, urls, only) if len(networks) < 2 or _tells_its_network(reading, urls) else []
    if found:
        _compare(reading, handles, found)
        return found + numbers(reading, ids, found[0].address.network)
    if len(networks) > 1:
        found = [one for network in networks for one in understood(reading, (*urls, *handles), network)]
    else:
        found = understood(reading, handles, only)
    found += numbers(reading, ids, only)
    if (urls or handles or ids) and reading.says_nothing_in((*urls, *handles, *ids)):
        reading.problem(
            (urls or handles or ids)[0], _("No account is named in this row. Write its handle or address.")
        )
    return found


def _networks(reading: Reading, columns: Sequence[str]) -> tuple[list[Network], tuple[str, str] | None]:
    """The networks that the row names, or the column with a name that is none, and what is wrong with it."""
    mistake: tuple[str, str] | None = None
    for column, cell in reading.filled(columns):
        try:
            named = _named(cell)
        except NotUnderstood as refusal:
            mistake = mistake or (column, str(refusal))
            continue
        for warning in [warning for one in named for warning in one.warnings]:
            reading.warn(column, warning)
        return [one.network for one in named], None
    return [], mistake


def _named(cell: str) -> list[Named]:
    """`Twitter/X` is one network under two names, `Facebook / Instagram` are two. Raises NotUnderstood."""
    try:
        return [network_named(cell)]
    except NotUnderstood:
        parts = [part for part in cells.between_names(cell) if part]
        if len(parts) < 2:
            raise
    return list({named.network: named for named in map(network_named, parts)}.values())


def _tells_its_network(reading: Reading, columns: Sequence[str]) -> bool:
    """Whether any of the columns holds an address, which needs no label."""
    return any(
        _quietly(piece, None) for _column, cell in reading.filled(columns) for piece in cells.pieces(cell)
    )


def _compare(reading: Reading, handles: Sequence[str], found: Sequence[Candidate]) -> None:
    """Warn where the handle beside an address is another account's. Words that are no handle say nothing."""
    addresses = [candidate.address for candidate in found]
    for column, cell in reading.filled(handles):
        for piece in cells.pieces(cell):
            beside = _quietly(piece, addresses[0].network)
            if beside and not any(_agree(beside, address) for address in addresses):
                said = _("The handle says %(handle)s, the address leads to %(url)s. The address was taken.")
                reading.warn(column, said % {"handle": beside.handle, "url": addresses[0].url})


def _quietly(piece: str, network: Network | None) -> Address | None:
    try:
        return read_piece(piece, network)
    except NotUnderstood:
        return None


def _agree(beside: Address, address: Address) -> bool:
    """One account; or one of the two known by its number alone; or one name in two sets of names of a
    network."""
    if beside.network is not address.network or beside.key == address.key:
        return beside.network is address.network
    if beside.network_id or address.network_id:
        return True
    return beside.handle.lstrip("@").casefold() == address.handle.lstrip("@").casefold()
