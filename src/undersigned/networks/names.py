"""Networks, and what people call them.

Inventories of real cities say Youtube, Linkedin, "X (formerly Twitter)" and "Intagram"; a name that is only
nearly right is read, but with a warning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.conf import settings
from django.utils.translation import gettext as _
from rapidfuzz import process
from rapidfuzz.distance import OSA

from undersigned.networks.refusals import NotUnderstood


class Network(Enum):
    """Every place that an account can be on. The value is the word used in files, addresses and the API."""

    X = "x"
    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    LINKEDIN = "linkedin"
    YOUTUBE = "youtube"
    BLUESKY = "bluesky"
    MASTODON = "mastodon"
    THREADS = "threads"
    TIKTOK = "tiktok"
    FLICKR = "flickr"
    PINTEREST = "pinterest"
    VIMEO = "vimeo"
    SNAPCHAT = "snapchat"
    NEXTDOOR = "nextdoor"
    WHATSAPP = "whatsapp"
    TELEGRAM = "telegram"
    REDDIT = "reddit"
    TUMBLR = "tumblr"
    MEDIUM = "medium"
    GITHUB = "github"
    TWITCH = "twitch"
    SOUNDCLOUD = "soundcloud"
    GOOGLE_PLUS = "google_plus"
    VINE = "vine"
    PERISCOPE = "periscope"
    PRACTICE = "practice"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The name as the network itself writes it."""
        if self is Network.PRACTICE:
            return _("Practice network")
        return _("Another place") if self is Network.OTHER else LABELS[self]


LABELS = {
    Network.X: "X",
    Network.FACEBOOK: "Facebook",
    Network.INSTAGRAM: "Instagram",
    Network.LINKEDIN: "LinkedIn",
    Network.YOUTUBE: "YouTube",
    Network.BLUESKY: "Bluesky",
    Network.MASTODON: "Mastodon",
    Network.THREADS: "Threads",
    Network.TIKTOK: "TikTok",
    Network.FLICKR: "Flickr",
    Network.PINTEREST: "Pinterest",
    Network.VIMEO: "Vimeo",
    Network.SNAPCHAT: "Snapchat",
    Network.NEXTDOOR: "Nextdoor",
    Network.WHATSAPP: "WhatsApp",
    Network.TELEGRAM: "Telegram",
    Network.REDDIT: "Reddit",
    Network.TUMBLR: "Tumblr",
    Network.MEDIUM: "Medium",
    Network.GITHUB: "GitHub",
    Network.TWITCH: "Twitch",
    Network.SOUNDCLOUD: "SoundCloud",
    Network.GOOGLE_PLUS: "Google+",
    Network.VINE: "Vine",
    Network.PERISCOPE: "Periscope",
}

ENDED = {Network.GOOGLE_PLUS: 2019, Network.VINE: 2017, Network.PERISCOPE: 2021}
"""Networks that were closed, and the year. Old inventories still list accounts there."""

ALSO_CALLED = {
    Network.X: (
        "twitter",
        "xtwitter",
        "twitterx",
        "xformerlytwitter",
        "twitternowx",
        "xcom",
        "tweeter",
        "xextwitter",
    ),
    Network.FACEBOOK: ("fb", "metafacebook", "facebookmeta", "face book"),
    Network.INSTAGRAM: ("ig", "insta", "instagr", "metainstagram"),
    Network.LINKEDIN: ("li", "linkin", "linked in"),
    Network.YOUTUBE: ("yt", "utube", "you tube"),
    Network.BLUESKY: ("bsky", "bsky.app", "bluesky social", "blue sky"),
    Network.MASTODON: ("mastadon", "fediverse", "activitypub", "fedivers"),
    Network.THREADS: ("thread", "metathreads", "threadsnet"),
    Network.TIKTOK: ("tik tok", "tt"),
    Network.SNAPCHAT: ("snap",),
    Network.WHATSAPP: ("wa",),
    Network.GOOGLE_PLUS: ("google+", "googleplus", "google plus", "g+", "gplus"),
    Network.OTHER: ("other", "autre", "handover"),
}


def on_offer() -> tuple[Network, ...]:
    """The networks that people may choose from; the practice network only where the settings have it."""
    return tuple(one for one in Network if one is not Network.PRACTICE or settings.PRACTICE)


FILLING = re.compile(
    r"\b(official|page|pages|account|accounts|profile|channel|feed|site|network|"
    r"officiel|officielle|compte|comptes|profil|cha[iî]ne|fil|r[eé]seau)\b",
    re.IGNORECASE,
)
"""Words that people write beside a network's name, English and French."""


@dataclass(frozen=True, slots=True)
class Named:
    """A network as somebody named it."""

    network: Network
    warnings: tuple[str, ...] = ()


def network_named(text: str) -> Named:
    """Say which network a person means.

    Raises NotUnderstood when the name is none that we know, or lies between two.
    """
    word = bare(text)
    if word not in KNOWN:
        word = bare(FILLING.sub(" ", text))
    if word in KNOWN:
        return Named(KNOWN[word])
    nearest = _nearest(word)
    if nearest is None:
        raise NotUnderstood(
            _("“%(name)s” is not a network known here. Correct its name, or choose “Another place”.")
            % {"name": text.strip()[:60]}
        )
    warning = _("“%(name)s” was read as %(network)s.") % {"name": text.strip(), "network": nearest.label}
    return Named(nearest, (warning,))


def bare(text: str) -> str:
    """The letters and digits of a name, without marks, capitals, blanks or the end of a web address."""
    plain = unicodedata.normalize("NFKD", text[:200]).casefold().strip()
    plain = re.sub(r"^(https?://)?(www\.)?|\.(com|net|app|ca|org|social)/?$", "", plain)
    return "".join(letter for letter in plain if letter.isalnum() or letter == "+")


def _nearest(word: str) -> Network | None:
    """A slip of the finger: one letter in a short name, two in a long one. Names under six letters must
    be exact."""
    if len(word) < 6 or len(word) > 20:
        return None
    slips = 1 if len(word) < 8 else 2
    long_names = [name for name in KNOWN if len(name) >= 6]
    found = process.extract(word, long_names, scorer=OSA.distance, score_cutoff=slips, limit=None)
    best = min((score for _name, score, _at in found), default=0)
    networks = {KNOWN[name] for name, score, _at in found if score == best}
    return networks.pop() if len(networks) == 1 else None


def _spellings() -> Iterator[tuple[str, Network]]:
    """Nothing that people bring in a list is ever meant for the practice network, whatever it is called there."""
    for network, label in LABELS.items():
        yield bare(label), network
        yield bare(network.value), network
    for network, others in ALSO_CALLED.items():
        for other in others:
            yield bare(other), network


KNOWN: dict[str, Network] = dict(_spellings())
