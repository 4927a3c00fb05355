"""Columns that speak of one network: `Twitter`, `Facebook page URL`, `social.youtube_id`, `Abonnés
Instagram`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from undersigned.accounts.register import fields
from undersigned.accounts.register.cells import count_of
from undersigned.accounts.register.vocabulary import is_a_handle, is_a_number
from undersigned.imports.columns import Column
from undersigned.imports.headers import plain
from undersigned.networks.addresses import NotUnderstood
from undersigned.networks.names import KNOWN, Network, bare, network_named
from undersigned.networks.reader import words

SURE, DOUBTFUL = 1.0, 0.5
MOST = 0.8
SHOWN = 3

FILLING = words(
    "account accounts address adresse channel chaine compte comptes city de des du feed handle handles href la le les "
    "lien liens link links main media medias name nom of official officiel our page pages principal profil profile "
    "reseau reseaux site social sociaux the uri url urls user username utilisateur ville web website"
)
NAMES = frozenset({"name", "nom"})
NUMBERS = words("did id identifiant ids num number numero")
FOLLOWERS = words("abonnes audience count fans follower followers likes nombre reach subscriber subscribers")
LAST_POST = words("activity date derniere dernier last latest message post posted publication tweet update")


def of_a_network(name: str, samples: Sequence[str]) -> Column | None:
    """The column's meaning, if its header names one network and beside it only words that say what of it."""
    found = _network_in(name)
    if found is None:
        return None
    network, rest, confidence = found
    field = _kind(frozenset(rest) - FILLING)
    if field is None or (NAMES & set(rest) and share(samples, is_a_handle) <= MOST):
        return None
    meant = _by_values(field, samples)
    if meant is None:
        return None
    sure = confidence if meant == field else DOUBTFUL
    return Column(name, fields.wide(network, meant), sure, tuple(samples[:SHOWN]))


def share(values: Sequence[str], holds: Callable[[str], bool]) -> float:
    """How many of the values are so, from 0 to 1; none of none."""
    return sum(1 for value in values if holds(value)) / len(values) if values else 0.0


def _network_in(name: str) -> tuple[Network, list[str], float] | None:
    """The network that a header names, the words left beside it, and how sure that is.

    It may take three words (`X formerly Twitter`), hold a mark (`Google+`), or be misspelt.
    """
    said = plain(name).split()
    if KNOWN.get(bare(name), Network.OTHER) is not Network.OTHER:
        return KNOWN[bare(name)], [], SURE
    for length in (3, 2, 1):
        for at in range(len(said) - length + 1):
            network = KNOWN.get("".join(said[at : at + length]), Network.OTHER)
            if network is not Network.OTHER:
                return network, said[:at] + said[at + length :], SURE
    return _misspelt(said)


def _misspelt(said: Sequence[str]) -> tuple[Network, list[str], float] | None:
    telling = [word for word in said if word not in FILLING | NUMBERS | FOLLOWERS | LAST_POST]
    if len(telling) != 1:
        return None
    try:
        network = network_named(telling[0]).network
    except NotUnderstood:
        return None
    return (
        None
        if network is Network.OTHER
        else (network, [word for word in said if word != telling[0]], DOUBTFUL)
    )


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


def _by_values(field: str, samples: Sequence[str]) -> str | None:
    """The guess set against the values: `Twitter ID` may hold handles, `Facebook` the number of followers.

    A column that holds the names of networks (`Medium`, say) is about none of them.
    """
    if field == fields.HANDLE and share(samples, lambda value: bare(value) in KNOWN) > MOST:
        return None
    if field == fields.HANDLE and share(samples, _is_a_small_count) > MOST:
        return fields.FOLLOWERS
    if field == fields.NUMBER and samples and share(samples, is_a_number) <= MOST:
        return fields.HANDLE
    return field


def _is_a_small_count(value: str) -> bool:
    """Under a hundred million: no network gives out numbers so short for accounts opened since 2010."""
    count = count_of(value)
    return count is not None and count < 10**8
