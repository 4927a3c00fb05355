"""Guessing what the columns of a list of accounts mean, long or wide, for a person to confirm."""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import replace

from undersigned.accounts.register import fields
from undersigned.accounts.register.network_columns import DOUBTFUL, MOST, SHOWN, SURE, of_a_network, share
from undersigned.accounts.register.vocabulary import (
    LONG,
    VOCABULARY,
    is_a_handle,
    is_an_address,
    names_a_network,
)
from undersigned.imports import columns
from undersigned.imports.columns import Column, Mapping
from undersigned.imports.headers import plain
from undersigned.imports.records import KEY
from undersigned.imports.sheets import Sheet
from undersigned.networks.reader import words

Samples = Dictionary[str, Sequence[str]]

SAMPLES = 2_000
LIKELY = 0.8
TOLD_BY_VALUES = frozenset({fields.URL, fields.NETWORK, fields.EMAIL})
OF_THE_ROW = words("account compte line ligne page post record row")
SAYS_HANDLE = words("handle handles username pseudo identifiant alias screen user utilisateur")
SECRETS = words("password passwords passcode passcodes passphrase pwd pw mdp 2fa otp totp")


def guess(sheet: Sheet) -> Mapping:
    """Propose a meaning for each column. Nothing is sure until a person has looked at it."""
    samples = sheet.samples(SAMPLES)
    found: dict[str, Column] = {}
    for name in sheet.columns:
        if is_secret(name):
            found[name] = Column(name, fields.SECRET, SURE)
        elif column := of_a_network(name, samples.get(name, ())):
            found[name] = column
    is_wide = any(fields.is_wide(str(column.field)) for column in found.values())
    others = [name for name in sheet.columns if name not in found]
    found |= {column.name: column for column in _plainly(others, samples, is_wide=is_wide)}
    return _with_owner(Mapping(tuple(found[name] for name in sheet.columns)), samples)


def read_mapping(text: str) -> Mapping:
    """A mapping that a person kept. Raises MappingRefused for a broken file or an unknown field."""
    return Mapping.from_json(text, VOCABULARY)


def holds_accounts(mapping: Mapping) -> bool:
    """Whether any column says which accounts there are."""
    named = {parted[1] if (parted := fields.parted(field)) else field for field in mapping.fields}
    return bool(named & {fields.HANDLE, fields.URL, fields.NUMBER})


def is_secret(name: str) -> bool:
    """Whether a header says that the column holds passwords or codes, whatever else it says."""
    said = plain(name)
    return bool(SECRETS & set(said.split())) or "mot de passe" in said or "mots de passe" in said


def _plainly(names: Sequence[str], samples: Samples, *, is_wide: bool) -> list[Column]:
    """The columns that are not about one network alone, their names set against their values."""
    guessed = columns.guess(names, samples, LONG)
    has_title = fields.DISPLAY_NAME in guessed.fields
    has_network = fields.NETWORK in guessed.fields
    kept: list[Column] = []
    for column in guessed.columns:
        meant = _meant(column, samples.get(column.name, ()), beside_networks=is_wide and not has_network)
        if meant == fields.DISPLAY_NAME and column.field != meant:
            meant = None if has_title else meant
            has_title = True
        kept.append(column if meant == column.field else _as(column, meant))
    return kept


def _meant(column: Column, values: Sequence[str], *, beside_networks: bool) -> str | None:
    """The field once more, knowing the values.

    Values without a telling name show an address, a network or an e-mail and nothing else: any word could
    be a handle. `Account name` over words with blanks is a title. Beside columns of networks, `Account`
    is a title too, and `Website` the address of something else.
    """
    if column.confidence < DOUBTFUL and column.field not in TOLD_BY_VALUES:
        return None
    if column.field == fields.HANDLE and (beside_networks or _are_titles(column.name, values)):
        return fields.DISPLAY_NAME
    if column.field == fields.NUMBER and beside_networks:
        return None
    if column.field == fields.URL and beside_networks and not share(values, is_an_address):
        return None
    if column.field == fields.NETWORK and values and not share(values, names_a_network):
        return None
    return column.field


def _are_titles(name: str, values: Sequence[str]) -> bool:
    return not SAYS_HANDLE & set(plain(name).split()) and bool(values) and share(values, is_a_handle) <= MOST


def _as(column: Column, field: str | None) -> Column:
    return replace(column, field=field, confidence=DOUBTFUL if field else 0.0, samples=column.samples[:SHOWN])


def _with_owner(mapping: Mapping, samples: Samples) -> Mapping:
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
    """`id.registry`, `employee_id`: an identifier of somebody, and not of the row or the account itself.

    Records that stand under a key (`{"Library": {…}}`) have it in a column of its own.
    """
    if name == KEY:
        return True
    said = frozenset(plain(name).split())
    return len(said) > 1 and bool(said & {"id", "identifiant", "matricule"}) and not said & OF_THE_ROW
