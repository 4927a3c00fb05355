"""Reading what people write about an account: a handle, `@handle`, `name@host`, an address in any spelling.

The rules are those of the register's public look-up: scheme, www., m., mobile., capitals, query and trailing
junk do not count; `twitter.com` is `x.com`; a post's address answers for its account; a shortener is never
followed. Nothing is ever fetched.
"""

from __future__ import annotations

import re
from dataclasses import replace

from django.utils.translation import gettext as _

from undersigned.networks.hand_over.address import elsewhere
from undersigned.networks.hosts import BY_HOST, READERS, is_known, reader_of
from undersigned.networks.identity import Address, same
from undersigned.networks.letters import cleaned, shown
from undersigned.networks.links import WEB, Link, read_link, without_prefix
from undersigned.networks.names import Network
from undersigned.networks.reader import Reader
from undersigned.networks.refusals import (
    LooksDeceptive,
    NotAnAccount,
    NotUnderstood,
    ShortLink,
    WhichNetwork,
)

__all__ = [
    "Address",
    "LooksDeceptive",
    "NotAnAccount",
    "NotUnderstood",
    "ShortLink",
    "WhichNetwork",
    "numbered",
    "same",
    "understand",
]

NOT_MASTODON = frozenset(
    {"substack.com", "gettr.com", "rumble.com", "odysee.com", "farcaster.xyz", "patreon.com"}
)
"""Known places that write `/@name` and are no servers of Mastodon's kind."""

OWN_SCHEME = re.compile(r"(?:at|acct|did):", re.IGNORECASE)
"""What handles of Bluesky (AT Protocol) and Mastodon (RFC 7565) may begin with."""

OTHER_SCHEME = re.compile(r"(?!at:|acct:|did:)[a-z][a-z0-9+-]*:(?!\d)", re.IGNORECASE)


def understand(text: str, *, network: Network | None = None) -> Address:
    """Say which account is meant. `network` is what a label beside the text says; an address knows better.

    Raises NotUnderstood, or one of its kinds, with a sentence for whoever wrote the text.
    """
    plain, warnings = cleaned(text)
    if network not in {None, Network.MASTODON, Network.OTHER} and _is_path(plain):
        plain = f"{READERS[network].hosts[0]}/{plain.lstrip('/')}"
    address = _of_link(plain, network) if _is_link(plain) else _of_handle(plain, network)
    return replace(address, warnings=warnings + address.warnings)


def numbered(network: Network, number: str) -> Address:
    """The account with a network's own number, for columns that hold numbers alone.

    Raises NotUnderstood where the network tells nobody's account by number.
    """
    if network is Network.OTHER:
        raise NotUnderstood(
            _("A place without a network's rules has no numbers. Write the account's address.")
        )
    return READERS[network].of_number(number)


def _is_path(text: str) -> bool:
    """What stands after the host alone: `company/name`, `profile.php?id=1`, `/name`."""
    if WEB.match(text) or OWN_SCHEME.match(text) or OTHER_SCHEME.match(text) or text.startswith("//"):
        return False
    first, *rest = re.split(r"[/?#]", text, maxsplit=1)
    return bool(rest) and ("." not in first or first.endswith(".php")) and "@" not in first[1:]


def _is_link(text: str) -> bool:
    """A scheme, a known host at the beginning, or a dotted name before a slash."""
    if WEB.match(text) or "\\" in text or OTHER_SCHEME.match(text):
        return True
    if text.startswith("@") or OWN_SCHEME.match(text):
        return False
    authority, *rest = re.split(r"[/?#]", text, maxsplit=1)
    host = without_prefix(authority.casefold())
    return is_known(host) or (bool(rest) and ("." in host or not host))


def _of_link(text: str, network: Network | None) -> Address:
    link = read_link(text)
    reader = reader_of(link)
    if reader is None:
        return _of_unknown_host(link, network)
    address = reader.of_link(link)
    if network in {None, reader.network}:
        return address
    return _with(
        address,
        _("The address is on %(network)s, whatever is written beside it.")
        % {"network": reader.network.label},
    )


def _of_unknown_host(link: Link, network: Network | None) -> Address:
    """Anybody may run a server of Mastodon's kind, so the form of the address has to tell."""
    if network is Network.OTHER:
        return elsewhere(link)
    if network is Network.MASTODON:
        return READERS[Network.MASTODON].of_link(link)
    if network is None and link.step(0).startswith("@") and link.host not in NOT_MASTODON:
        address = READERS[Network.MASTODON].of_link(link)
        return _with(
            address,
            _("%(host)s was taken for a Mastodon server, from the form of the address.")
            % {"host": link.host},
        )
    raise NotUnderstood(
        _(
            "%(host)s is no network known here. Write the address of the account's page, or choose "
            "“Another place”."
        )
        % {"host": shown(link.host)}
    )


def _of_handle(text: str, network: Network | None) -> Address:
    at_host = re.fullmatch(r"(?:acct:)?@?([^@\s]+)@([^@\s]+\.[^@\s]+)", text)
    if at_host and network in {None, Network.MASTODON}:
        return _at_host(text, at_host[1], at_host[2], network)
    if network is None and re.match(r"(at://|did:)|.*\.bsky\.social$", text, re.IGNORECASE):
        network = Network.BLUESKY
    if network is None:
        raise WhichNetwork(
            _(
                "“%(handle)s” alone can be on any network. Say which network, or paste the address of the "
                "account's page."
            )
            % {"handle": shown(text)}
        )
    if network is Network.OTHER:
        raise NotUnderstood(
            _("Write the web address of the account: a name alone does not lead to another place.")
        )
    return _led_back(READERS[network], READERS[network].of_handle(text))


def _led_back(reader: Reader, address: Address) -> Address:
    """A handle is one only if its address is an account's: nobody can be called `share` or `login`."""
    if address.url:
        reader.of_link(read_link(address.url))
    return address


def _at_host(text: str, name: str, host: str, network: Network | None) -> Address:
    """`@name@host`. Threads is on the same protocol; people write the other hosts so by mistake."""
    reader = BY_HOST.get(host.casefold().removeprefix("www."), READERS[Network.MASTODON])
    if reader.network is not Network.MASTODON:
        facts = {"text": shown(text), "network": reader.network.label}
        return _with(
            _led_back(reader, reader.of_handle(name)),
            _("“%(text)s” was read as an account on %(network)s.") % facts,
        )
    address = reader.of_handle(text)
    if network is None and not text.startswith(("@", "acct:")):
        return _with(
            address,
            _("This was read as a Mastodon account. If it is an e-mail address, it names no account."),
        )
    return address


def _with(address: Address, warning: str) -> Address:
    return replace(address, warnings=(*address.warnings, warning))
