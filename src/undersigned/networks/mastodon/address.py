"""How accounts on Mastodon are written: `@name@server`, or `https://server/@name`.

A name alone says nothing: every server has its own. The server is part of the key (Mastodon documentation,
"Username"; ActivityPub writes `/users/name`).
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.networks.identity import Address
from undersigned.networks.letters import require, shown
from undersigned.networks.links import Link, host_in_ascii
from undersigned.networks.names import Network
from undersigned.networks.reader import Reader, not_an_account
from undersigned.networks.refusals import NotUnderstood

NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,98}[A-Za-z0-9_])?")
RULE = gettext_lazy("letters, digits and underscores")


def of_handle(text: str) -> Address:
    name, at, host = text.removeprefix("acct:").removeprefix("@").partition("@")
    if not at or not host:
        raise NotUnderstood(
            _(
                "“%(name)s” names no server, and every Mastodon server has its own accounts. Write it as "
                "@name@server."
            )
            % {"name": shown(name)}
        )
    return _account(name, host_in_ascii(host.rstrip("/.")))


def of_link(link: Link) -> Address:
    """Servers show accounts of others too, as `/@name@elsewhere`: the account is the one elsewhere."""
    steps = link.steps[1:] if link.word(0) in {"web", "deck"} else link.steps
    if steps and steps[0].startswith("@"):
        name, _at, elsewhere = steps[0][1:].partition("@")
        return _account(name, host_in_ascii(elsewhere) if elsewhere else link.whole_host)
    if len(steps) > 1 and steps[0].casefold() in {"users", "profile"}:
        return _account(steps[1].removeprefix("@"), link.whole_host)
    raise not_an_account(link, Network.MASTODON)


def of_number(text: str) -> Address:
    """Every server counts its own accounts, so a number alone is nobody's."""
    raise NotUnderstood(
        _(
            "On Mastodon the number %(number)s is different on every server. Write the account as @name@server."
        )
        % {"number": shown(text)}
    )


def _account(name: str, host: str) -> Address:
    require(name, NAME, place="Mastodon", rule=RULE)
    key = f"{name}@{host}".casefold()
    url = f"https://{host}/@{name.casefold()}"
    return Address(Network.MASTODON, key, f"{name}@{host}", url, _other_script(host))


def _other_script(host: str) -> tuple[str, ...]:
    """A server's name in letters beyond ASCII can be made to resemble another's."""
    if "xn--" not in host:
        return ()
    written = host.encode("ascii").decode("idna")
    return (
        _("The server's name “%(written)s” holds letters beyond a to z; its exact name is %(host)s.")
        % {"written": shown(written), "host": host},
    )


READER = Reader(
    Network.MASTODON,
    ("mastodon.social", "mastodon.online", "mstdn.social", "mstdn.ca", "mas.to", "mastodon.world"),
    of_handle,
    of_link,
    of_number,
)
