"""Web addresses, read as a careful browser reads them, and never opened.

The parts follow RFC 3986. What makes one host look like another to a person (a name before `@`, a
backslash, a port) is refused rather than repaired.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote_to_bytes

from django.utils.translation import gettext as _

from undersigned.networks.letters import shown
from undersigned.networks.refusals import LooksDeceptive, NotUnderstood

WEB = re.compile(r"h{0,2}t{1,3}p{1,2}s{0,2}(?::/{0,3}|;//|//)", re.IGNORECASE)
"""http and https, with the slips that cells hold: `https//`, `http:/`, `ttps://`, `https;//`."""

SCHEME = re.compile(r"([a-z][a-z0-9+\-]*):(?!\d)", re.IGNORECASE)
HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
SAYS_NOTHING = re.compile(r"(?:www\d?|m|mobile)\.(?=[^.]+\.)")


@dataclass(frozen=True, slots=True)
class Link:
    """A web address without what does not count: scheme, www., m., mobile., fragment.

    `whole_host` keeps what stands before, for networks of which anybody may run a server.
    """

    host: str
    steps: tuple[str, ...]
    query: Mapping[str, str] = field(default_factory=dict)
    whole_host: str = ""

    def step(self, at: int) -> str:
        """One step of the path, or nothing where the path is shorter."""
        return self.steps[at] if at < len(self.steps) else ""

    def word(self, at: int) -> str:
        """A step without regard to capitals."""
        return self.step(at).casefold()


def read_link(text: str) -> Link:
    """Take a web address apart.

    Raises LooksDeceptive where it shows one host and goes to another, NotUnderstood where it is no web
    address.
    """
    if "\\" in text:
        raise LooksDeceptive(
            _(
                "“%(text)s” holds a backslash, which hides where the address leads. Copy it again from the "
                "account's page."
            )
            % {"text": shown(text)}
        )
    authority, path, query, fragment = _parts(_without_scheme(text))
    if fragment.startswith("!"):
        path = fragment[1:].partition("?")[0]
    host = _host(authority)
    return Link(without_prefix(host), _steps(path), dict(reversed(parse_qsl(query))), host)


def _without_scheme(text: str) -> str:
    """The address from its host on."""
    while web := WEB.match(text):
        text = text[web.end() :]
    text = text.removeprefix("//")
    scheme = SCHEME.match(text)
    if scheme:
        raise NotUnderstood(
            _("“%(scheme)s:” does not begin a web address. Write the address of the account's page.")
            % {"scheme": scheme[1]}
        )
    return text


def _parts(text: str) -> tuple[str, str, str, str]:
    text, _hash, fragment = text.partition("#")
    text, _mark, query = text.partition("?")
    authority, slash, path = text.partition("/")
    return authority, slash + path, query, fragment


def _host(authority: str) -> str:
    """The host in ASCII, small letters.

    A name before `@` is a sign-in to the host that follows, and the oldest trick: `x.com@evil.example`.
    """
    if "@" in authority:
        raise LooksDeceptive(
            _("“%(text)s” leads to %(host)s, not to what stands before the @. It may be made to deceive.")
            % {"text": shown(authority), "host": shown(authority.rpartition("@")[2])}
        )
    name, colon, port = authority.rstrip(".").partition(":")
    if colon and port not in {"", "80", "443"}:
        raise NotUnderstood(
            _("“%(text)s” names a port, and no network's accounts are reached so. Copy the address again.")
            % {"text": shown(authority)}
        )
    return host_in_ascii(name.rstrip("."))


def host_in_ascii(name: str) -> str:
    """The name of a host as it travels: other scripts become `xn--` (RFC 3490).

    Raises NotUnderstood for what cannot be a host.
    """
    try:
        host = name[:300].encode("idna").decode("ascii").lower()
        host.encode("ascii").decode("idna")
    except UnicodeError:
        host = ""
    if not HOST.fullmatch(host) or len(host) > 253:
        raise NotUnderstood(
            _("“%(name)s” is not the name of a web site. Write the whole address, as in https://x.com/name.")
            % {"name": shown(name)}
        )
    return host


def without_prefix(host: str) -> str:
    """A host without www., m. and mobile., which lead to the same pages."""
    while says_nothing := SAYS_NOTHING.match(host):
        host = host[says_nothing.end() :]
    return host


def _steps(path: str) -> tuple[str, ...]:
    return tuple(step for raw in path.split("/") if (step := _decoded(raw).strip()))


def _decoded(step: str) -> str:
    try:
        return unquote_to_bytes(step).decode("utf-8")
    except UnicodeError:
        raise NotUnderstood(
            _("“%(step)s” is encoded in a way that cannot be read. Copy the address again from a browser.")
            % {"step": shown(step)}
        ) from None
