"""Which network an address belongs to, told by its host, and hosts that only look like one."""

from __future__ import annotations

from django.utils.translation import gettext as _
from rapidfuzz.distance import OSA

from undersigned.networks.bluesky.address import READER as BLUESKY
from undersigned.networks.facebook.address import READER as FACEBOOK
from undersigned.networks.hand_over.address import READERS as HANDED_OVER
from undersigned.networks.instagram.address import READER as INSTAGRAM
from undersigned.networks.letters import shown
from undersigned.networks.linkedin.address import READER as LINKEDIN
from undersigned.networks.links import Link
from undersigned.networks.mastodon.address import READER as MASTODON
from undersigned.networks.names import Network
from undersigned.networks.practice.address import READER as PRACTICE
from undersigned.networks.reader import Reader, words
from undersigned.networks.refusals import LooksDeceptive, NotAnAccount, ShortLink
from undersigned.networks.threads.address import READER as THREADS
from undersigned.networks.tiktok.address import READER as TIKTOK
from undersigned.networks.x.address import READER as X
from undersigned.networks.youtube.address import READER as YOUTUBE

READERS: dict[Network, Reader] = {
    reader.network: reader
    for reader in (
        X,
        FACEBOOK,
        INSTAGRAM,
        LINKEDIN,
        YOUTUBE,
        BLUESKY,
        MASTODON,
        THREADS,
        TIKTOK,
        PRACTICE,
        *HANDED_OVER,
    )
}
BY_HOST: dict[str, Reader] = {host: reader for reader in READERS.values() for host in reader.hosts}

SHORTENERS = words(
    "amzn.to bit.do bit.ly bitly.com buff.ly cutt.ly dlvr.it fb.me fb.watch goo.gl hubs.ly ht.ly ift.tt "
    "is.gd j.mp lnkd.in ow.ly "
    "pin.it qr.ae rb.gy rebrand.ly redd.it short.io shorturl.at snip.ly spr.ly t.co t.ly tiny.cc tiny.one "
    "tinyurl.com trib.al "
    "tr.im urlz.fr vm.tiktok.com vt.tiktok.com wa.me wp.me"
)
REDIRECTORS = words(
    "google.com google.ca l.facebook.com lm.facebook.com l.instagram.com l.threads.com l.threads.net "
    "linktr.ee urldefense.com "
    "urldefense.proofpoint.com"
)
OFTEN_IMITATED = ("facebook", "instagram", "linkedin", "tiktok", "twitter", "youtube")

LOOKS_LIKE = str.maketrans(
    "аеорсухіјѕԁһӏԛԝкмтнвгοαενρτυικ01ı",
    "aeopcyxijsdhlqwkmthbroaevptuikoli",
)
"""Letters that stand in for Latin ones in made-up hosts; the commonest of Unicode TS #39."""


def reader_of(link: Link) -> Reader | None:
    """The network whose accounts live on this host; nothing for a host that we do not know.

    Raises ShortLink, NotAnAccount or LooksDeceptive for hosts that we know to be something else.
    """
    host = link.host
    _refuse_short(host)
    if host in BY_HOST:
        return BY_HOST[host]
    for known, reader in BY_HOST.items():
        if host.endswith("." + known):
            return _below(host.removesuffix("." + known), reader, link)
    refuse_imitation(host)
    return None


def is_known(host: str) -> bool:
    """Whether a host is one of a network's, or below one."""
    labels = host.split(".")
    return any(".".join(labels[at:]) in BY_HOST for at in range(len(labels)))


def _refuse_short(host: str) -> None:
    if host in SHORTENERS or host in REDIRECTORS or host.endswith(".safelinks.protection.outlook.com"):
        raise ShortLink(
            _(
                "%(host)s only leads on to another address, and is never followed: open it yourself and "
                "copy the account's address."
            )
            % {"host": host}
        )


def _below(subdomain: str, reader: Reader, link: Link) -> Reader:
    if reader.subdomains.fullmatch(subdomain):
        return reader
    raise NotAnAccount(
        _(
            "%(host)s is a part of %(network)s that holds no accounts. Copy the address of the account's "
            "own page."
        )
        % {"host": shown(link.host), "network": reader.network.label}
    )


def refuse_imitation(host: str) -> None:
    """Refuse a host that a person would take for a network's. Raises LooksDeceptive."""
    written = host.encode("ascii").decode("idna")
    plain = written.translate(LOOKS_LIKE).replace("rn", "m").replace("vv", "w")
    for known in BY_HOST:
        if _imitates(written, plain, known):
            raise LooksDeceptive(
                _(
                    "%(host)s is not %(known)s, though it looks like it. Do not sign in there; report it "
                    "if it speaks for the city."
                )
                % {"host": shown(written if written == host else f"{written} ({host})"), "known": known}
            )


def _imitates(written: str, plain: str, known: str) -> bool:
    label = known.partition(".")[0]
    return (
        f".{known}." in f".{written}"
        or plain == known
        or (label in OFTEN_IMITATED and label in plain)
        or (len(known) >= 8 and OSA.distance(plain, known, score_cutoff=1) <= 1)
    )
