"""A row that is one account: a network, a handle, an address, a number, any of them missing or at odds."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from undersigned.accounts.register import cells, fields
from undersigned.accounts.register.candidates import Candidate
from undersigned.accounts.register.reading import Reading, numbers, read_piece, understood
from undersigned.networks.addresses import Address, NotUnderstood
from undersigned.networks.names import Network, network_named


def candidates(reading: Reading, of: Mapping[str, tuple[str, ...]]) -> list[Candidate]:
    """What the row says. An address tells its network, whatever the label beside it says."""
    urls, handles, ids = (of.get(name, ()) for name in (fields.URL, fields.HANDLE, fields.NUMBER))
    if not (urls or handles or ids):
        return []
    label, mistake = _label(reading, of.get(fields.NETWORK, ()))
    found = understood(reading, urls, label)
    if found:
        _compare(reading, handles, found)
        return found + numbers(reading, ids, found[0].address.network)
    if mistake and not _tells_its_network(reading, handles):
        reading.problem(*mistake)
        return []
    found = understood(reading, handles, label) + numbers(reading, ids, label)
    if reading.says_nothing_in((*urls, *handles, *ids)):
        reading.problem(
            (urls or handles or ids)[0], _("No account is named in this row. Write its handle or address.")
        )
    return found


def _label(reading: Reading, columns: tuple[str, ...]) -> tuple[Network | None, tuple[str, str] | None]:
    """The network that the row names, or what is wrong with the name."""
    for column, cell in reading.filled(columns):
        try:
            named = network_named(cell)
        except NotUnderstood as refusal:
            return None, (column, str(refusal))
        for warning in named.warnings:
            reading.warn(column, warning)
        return named.network, None
    return None, None


def _tells_its_network(reading: Reading, handles: tuple[str, ...]) -> bool:
    """Whether a handle column holds addresses, which need no label."""
    return any(
        _understood_alone(piece) for _column, cell in reading.filled(handles) for piece in cells.pieces(cell)
    )


def _understood_alone(piece: str) -> bool:
    try:
        read_piece(piece, None)
    except NotUnderstood:
        return False
    return True


def _compare(reading: Reading, handles: tuple[str, ...], found: list[Candidate]) -> None:
    """Warn where the handle beside an address is another account's. Words that are no handle (a title) "
    "say nothing."""
    addresses = [candidate.address for candidate in found]
    for column, cell in reading.filled(handles):
        for piece in cells.pieces(cell):
            beside = _quietly(piece, addresses[0].network)
            if beside and not any(_agree(beside, address) for address in addresses):
                facts = {"handle": beside.handle, "url": addresses[0].url}
                reading.warn(
                    column,
                    _("The handle says %(handle)s, the address leads to %(url)s. The address was taken.")
                    % facts,
                )


def _quietly(piece: str, network: Network) -> Address | None:
    try:
        return read_piece(piece, network)
    except NotUnderstood:
        return None


def _agree(beside: Address, address: Address) -> bool:
    """One account, or one of the two known by its number alone, or one name in two of a network's sets of "
    "names."""
    if beside.network is not address.network or beside.key == address.key:
        return beside.network is address.network
    if beside.network_id or address.network_id:
        return True
    return beside.handle.lstrip("@").casefold() == address.handle.lstrip("@").casefold()
