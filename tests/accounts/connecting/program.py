"""Several processes that use one connection at once: ``python -m tests.accounts.connecting.program BASE COUNT ROUNDS``.

Prints as JSON what each of them came to. The processes are forked while no connection to the database is open.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from datetime import timedelta
from functools import partial
from typing import Any, cast

import django

django.setup()

from django.db import connections  # noqa: E402 - nothing of the product may be imported before it is set up
from django.utils import timezone  # noqa: E402
from tests.accounts.connecting.family import Family, FamilyClient  # noqa: E402
from tests.accounts.stages import Stages  # noqa: E402
from tests.cast import Cast  # noqa: E402
from tests.record.kernel.forking import fork  # noqa: E402

from undersigned.accounts import acts  # noqa: E402
from undersigned.accounts.connecting import tokens  # noqa: E402
from undersigned.accounts.models import Account, Connection  # noqa: E402
from undersigned.networks import clients  # noqa: E402
from undersigned.networks.faults import NetworkFault  # noqa: E402
from undersigned.networks.names import Network  # noqa: E402
from undersigned.networks.protocol import Access, Client, Holder, Place, SignedIn  # noqa: E402
from undersigned.vault import keeping, sealing  # noqa: E402


def connected(stages: Stages, account: Account, family: Family, *, minutes: float) -> Connection:
    """As a sign-in leaves it, with an access token that ends in so many minutes."""
    token = family.token(timezone.now() + timedelta(minutes=minutes))
    return acts.authorise(
        by=stages.steward,
        account=account,
        signed_in=SignedIn(token, Holder("7", "Keeper"), ()),
        place=Place(account.network_id or "4711", account.handle, "Harrow Falls"),
        asked=("read", "write"),
        server="",
        application="the city’s own",
    )


def _use(base: str, reference: str, start: Any) -> str:
    client = FamilyClient(base)
    clients.install(Network.X, cast(Client, client))
    connection = Connection.objects.select_related("account").get(pk=reference)
    start.wait()

    def call(access: Access) -> str:
        return client.profile(access).id

    try:
        return tokens.with_access(connection, call)
    except NetworkFault as fault:
        return f"{type(fault).__name__}: {fault.words}"


def _grow_old(reference: str) -> None:
    token = tokens.read(keeping.opened(reference, tokens.TOKENS))
    old = token.__class__(
        token.access, token.refresh, timezone.now() + timedelta(minutes=1), None, token.scopes
    )
    keeping.keep(reference, tokens.TOKENS, tokens.written(old))


def main(base: str, count: int, rounds: int) -> list[str]:
    sealing.make_keys()
    stages = Stages(Cast())
    connection = connected(stages, stages.kept(), Family(), minutes=1)
    said = []
    for _ in range(rounds):
        _grow_old(connection.pk)
        connections.close_all()
        start = multiprocessing.get_context("fork").Barrier(count)
        crew = [fork(partial(_use, base, connection.pk, start)) for _ in range(count)]
        said += [str(one.wait().answer) for one in crew]
    return said


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
