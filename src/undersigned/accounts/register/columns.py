"""Guessing what the columns of a list of accounts mean, long or wide, for a person to confirm."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import replace

from undersigned.accounts.register import fields
from undersigned.accounts.register.cells import count_of
from undersigned.accounts.register.vocabulary import LONG, VOCABULARY, is_a_number, is_an_address
from undersigned.imports import columns
from undersigned.imports.columns import Column, Mapping
from undersigned.imports.headers import plain
from undersigned.imports.sheets import Sheet
from undersigned.networks.names import KNOWN, Network, bare
from undersigned.networks.reader import words

SAMPLES = 2_000
SURE, LIKELY, DOUBTFUL = 1.0, 0.8, 0.5
MOST = 0.8
TOLD_BY_VALUES = frozenset({fields.URL, fields.NETWORK, fields.EMAIL})

FILLING = words(
    "account accounts address adresse channel chaine compte comptes city de des du feed handle handles "
    "href la le les lien liens link links "
    "main media medias name nom of official officiel our page pages principal profil profile reseau "
    "reseaux site social sociaux the "
    "uri url urls user username utilisateur ville web website"
)
NUMBERS = frozenset({"id", "ids", "identifiant", "num", "number", "numero", "did"})
FOLLOWERS = words("abonnes audience count fans follower followers likes nombre reach subscriber subscribers")
LAST_POST = words("activity date derniere dernier last latest message post posted publication tweet update")
OF_THE_ROW = words("account compte line ligne page post record row")


def guess(sheet: Sheet) -> Mapping:
    """Propose a meaning for each column. Nothing is sure until a person has looked at it."""
    samples = sheet.samples(SAMPLES)
    of_networks = {
        column.name: column
        for name in sheet.columns
        if (column := _of_a_network(name, samples.get(name, ()))) is not None
    }
    others = [name for name in sheet.columns if name not in of_networks]
    plainly = {column.name: column for column in _plainly(others, samples, is_wide=bool(of_networks))}
    mapping = Mapping(tuple(of_networks.get(name) or plainly[name] for name in sheet.columns))
    return _with_owner(mapping, samples)


def read_mapping(text: str) -> Mapping:
    """A mapping that a person kept. Raises MappingRefused for a broken file or an unknown field."""
    return Mapping.from_json(text, VOCABULARY)


def holds_accounts(mapping: Mapping) -> bool:
    """Whether any column says which accounts there are."""
    named = {parted[1] if (parted := fields.parted(field)) else field for field in mapping.fields}
    return bool(named & {fields.HANDLE, fields.URL, fields.NUMBER})


def _plainly(names: Sequence[str], samples: Dictionary[str, Sequence[str]], *, is_wide: bool) -> list[Column]:
    """The columns that are not about one network alone.

    Values without a telling name show an address, a network or an e-mail, and nothing else: any word
    could be a handle.
    """
    guessed = columns.guess(names, samples, LONG)
    kept = [
        column if column.confidence >= DOUBTFUL or column.field in TOLD_BY_VALUES else _no_meaning(column)
        for column in guessed.columns
    ]
    return _beside_networks(kept) if is_wide and fields.NETWORK not in guessed.fields else kept


def _beside_networks(found: Sequence[Column]) -> list[Column]:
    """Beside columns of networks, `Account` is a title, and `Website` the address of something else."""
    has_title = any(column.field == fields.DISPLAY_NAME for column in found)
    kept: list[Column] = []
    for column in found:
        if column.field == fields.HANDLE and not has_title:
            kept.append(replace(column, field=fields.DISPLAY_NAME, confidence=DOUBTFUL))
            has_title = True
        elif column.field in {fields.HANDLE, fields.NUMBER} or _is_another_site(column):
            kept.append(_no_meaning(column))
        else:
            kept.append(column)
    return kept


def _is_another_site(column: Column) -> bool:
    return column.field == fields.URL and not any(is_an_address(value) for value in column.samples)


def _no_meaning(column: Column) -> Column:
    return replace(column, field=None, confidence=0.0)


def _of_a_network(name: str, samples: Sequence[str]) -> Column | None:
    """A column that speaks of one network: its name, and beside it only words that say what of it."""
    found = _network_in(plain(name).split())
    if found is None:
        return None
    network, rest = found
    field = _kind(frozenset(rest) - FILLING)
    if field is None:
        return None
    return _checked(Column(name, field, SURE, tuple(samples[:3])), network, samples)


def _network_in(said: list[str]) -> tuple[Network, list[str]] | None:
    """The network that a header names, in up to three words (`X formerly Twitter`), and the words that "
    "are left."""
    for length in (3, 2, 1):
        for at in range(len(said) - length + 1):
            network = KNOWN.get("".join(said[at : at + length]), Network.OTHER)
            if network is not Network.OTHER:
                return network, said[:at] + said[at + length :]
    return None


def _kind(said: frozenset[str]) -> str | None:
    """What the words beside a network's name say; nothing where one of them says something else."""
    if all(word.isdigit() for word in said):
        return fields.HANDLE
    for vocabulary, field in (
        (NUMBERS, fields.NUMBER),
        (FOLLOWERS, fields.FOLLOWERS),
        (LAST_POST, fields.LAST_POST_ON),
    ):
        if said <= vocabulary:
            return field
    return None


def _checked(column: Column, network: Network, samples: Sequence[str]) -> Column | None:
    """The guess set against the values: `Twitter ID` may hold handles, `Facebook` the number of followers.

    A column that holds the names of networks (`Medium`, say) is about none of them.
    """
    field = str(column.field)
    if field == fields.HANDLE and _share(samples, lambda value: bare(value) in KNOWN) > MOST:
        return None
    if field == fields.HANDLE and _share(samples, _is_a_small_count) > MOST:
        return _meaning(column, network, fields.FOLLOWERS, DOUBTFUL)
    if field == fields.NUMBER and samples and _share(samples, is_a_number) <= MOST:
        return _meaning(column, network, fields.HANDLE, DOUBTFUL)
    return _meaning(column, network, field, SURE)


def _meaning(column: Column, network: Network, field: str, confidence: float) -> Column:
    return replace(column, field=fields.wide(network, field), confidence=confidence)


def _is_a_small_count(value: str) -> bool:
    """Under a hundred million: no network gives out numbers so short for accounts opened since 2010."""
    count = count_of(value)
    return count is not None and count < 10**8


def _share(values: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(1 for value in values if holds(value)) / len(values) if values else 0.0


def _with_owner(mapping: Mapping, samples: Dictionary[str, Sequence[str]]) -> Mapping:
    """Where no column names an owner, an identifier may: of several, the one that most rows have."""
    if {fields.OWNER, fields.UNIT, fields.STEWARD} & mapping.fields:
        return mapping
    candidates = [column for column in mapping.columns if column.field is None and _identifies(column.name)]
    if not candidates:
        return mapping
    filled = {column.name: len(samples.get(column.name, ())) for column in candidates}
    best = max(candidates, key=lambda column: filled[column.name])
    tied = sum(1 for count in filled.values() if count == filled[best.name]) > 1
    chosen = replace(best, field=fields.OWNER, confidence=DOUBTFUL if tied else LIKELY)
    return Mapping(tuple(chosen if column is best else column for column in mapping.columns))


def _identifies(name: str) -> bool:
    """`id.registry`, `employee_id`: an identifier of somebody, and not of the row or the account itself."""
    said = frozenset(plain(name).split())
    return len(said) > 1 and bool(said & {"id", "identifiant", "matricule"}) and not said & OF_THE_ROW
