"""What an account's page says of its connection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from undersigned.accounts import acts
from undersigned.accounts.models import Account, Connection
from undersigned.accounts.queries.connecting import connection_of, hangs_on_a_person
from undersigned.accounts.states import FINAL, ConnectionState
from undersigned.acts import Officer
from undersigned.networks.clients import spoken_with
from undersigned.ui.components import Fact
from undersigned.ui.words import day_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """The connection, if there is one, and what this person may do about it."""

    facts: list[Fact]
    lost: bool
    doubtful: bool
    connect_url: str
    end_url: str
    anew: bool


def connected(account: Account, officer: Officer) -> Connected | None:
    """None where there is nothing to say: no connection, and no way to make one."""
    connection = connection_of(account)
    possible = account.state not in FINAL and spoken_with(account.place)
    if connection is None and not possible:
        return None
    may = possible and acts.authorise.refusal(officer, account) is None
    return Connected(
        facts=list(_facts(connection)) if connection else [],
        lost=connection is not None and connection.state == ConnectionState.LOST,
        doubtful=connection is not None and connection.liveness.doubt_since is not None,
        connect_url=reverse("accounts:connect", args=[account.pk]) if may else "",
        end_url=_end_url(account, connection, officer),
        anew=connection is not None,
    )


def _end_url(account: Account, connection: Connection | None, officer: Officer) -> str:
    if connection is None or acts.end_connection.refusal(officer, connection) is not None:
        return ""
    return reverse("accounts:end_connection", args=[account.pk, connection.pk])


def _facts(connection: Connection) -> Iterator[Fact]:
    stands = connection.liveness
    yield Fact(
        _("State"),
        capfirst(connection.get_state_display()),
        source=connection.reason,
        at=connection.state_since,
    )
    yield Fact(_("Hangs on the log-in of"), _holder(connection))
    yield Fact(_("Connected by"), connection.authorised_by.name, at=connection.obtained_at)
    yield Fact(_("May"), connection.given, source=_fewer(connection))
    ends = day_in_words(stands.ends_at) if stands.ends_at else _("The network names no end")
    yield Fact(_("Ends"), ends)
    yield Fact(_("Last good call"), _("Seen to work") if stands.last_good_at else "", at=stands.last_good_at)
    if stands.last_error:
        yield Fact(_("What the network said last"), stands.last_error)


def _holder(connection: Connection) -> str:
    if not hangs_on_a_person(connection):
        return _("the account itself")
    return connection.holder_name or connection.holder_id


def _fewer(connection: Connection) -> str:
    missing = set(connection.asked.split()) - set(connection.given.split())
    if not missing:
        return ""
    return _("asked for, and not given: %(scopes)s") % {"scopes": ", ".join(sorted(missing))}
