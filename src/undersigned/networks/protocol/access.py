"""Who may act on an account: the city's application, tokens, the log-in they hang on, and the people inside."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Application:
    """The city's own registration with a network (on Mastodon: with one server)."""

    client_id: str
    client_secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Token:
    """What a network gave at sign-in. Its words are secret: they are never shown, logged or entered in the record.

    ``refresh_until`` is when signing in again is the only way left (LinkedIn: 365 days, never extended).
    """

    access: str = field(repr=False)
    refresh: str = field(default="", repr=False)
    expires_at: datetime | None = None
    refresh_until: datetime | None = None
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Access:
    """What one call is given, opened from the vault for that call alone.

    ``account`` is the network's own id of the account (page id, URN, DID). ``server`` is the base address where it
    is the account's own (Mastodon, Bluesky); elsewhere empty, and the settings' address counts.
    """

    account: str
    token: Token
    application: Application
    server: str = ""


@dataclass(frozen=True, slots=True)
class SigningIn:
    """One attempt to connect: made when the person leaves for the network, used once when they come back.

    ``verifier`` is PKCE's (RFC 7636), empty where the network does not document it for web applications.
    """

    state: str
    redirect: str
    verifier: str = field(default="", repr=False)
    server: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose log-in a connection hangs on, as the network names them."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """An account that the sign-in gives access to. Some networks give each its own token (Facebook pages)."""

    id: str
    handle: str
    name: str
    url: str = ""
    token: Token | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What came back from the dance: ``token.scopes`` may be fewer than were asked for.

    ``server`` is the base address of the account's own server, where signing in has found it (Bluesky).
    """

    token: Token
    holder: Holder
    places: tuple[Place, ...]
    server: str = ""


@dataclass(frozen=True, slots=True)
class Insider:
    """A person (or an app password) that the network itself lets in. ``second_factor`` is None where unreadable."""

    id: str
    name: str
    role: str
    may: tuple[str, ...] = ()
    state: str = ""
    second_factor: bool | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What the account shows of itself, and what its security readings say."""

    id: str
    handle: str
    name: str
    description: str = ""
    url: str = ""
    picture_url: str = ""
    verified: bool | None = None
    readings: tuple[tuple[str, str], ...] = ()
