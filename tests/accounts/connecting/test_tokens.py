"""Tokens are opened for one call, refreshed late, and never sent again when that would end the whole family."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

import pytest
from django.db import transaction
from django.utils import timezone
from tests.accounts.connecting.family import Family, FamilyClient
from tests.accounts.connecting.having import KEEPER, connected, fresh, kept, used
from tests.accounts.stages import Stages
from tests.networks.loopback import FarSide

from undersigned.accounts import acts
from undersigned.accounts.connecting.tokens import access_for, refreshed, with_access
from undersigned.accounts.models import Connection, Liveness
from undersigned.acts.refusals import Unfit
from undersigned.networks import clients
from undersigned.networks.faults import Later, OperatorsDuty, Reason, Refused, TokenExpired
from undersigned.networks.names import Network
from undersigned.networks.protocol import Access, Client, Place, SignedIn, Token
from undersigned.record.models import Entry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("client")]


def rotations(seen: FarSide) -> int:
    return sum(one.path == "/token" for one in seen.requests)


def lost_entries() -> int:
    return Entry.objects.filter(act="connection.lose").count()


def test_a_token_that_lasts_is_used_as_it_is(stages: Stages, far: Family, seen: FarSide) -> None:
    connection = connected(stages, far, minutes=6)
    assert access_for(connection).token.access == "canary-7f3a-access-1"
    assert rotations(seen) == 0


def test_one_that_ends_within_five_minutes_is_refreshed_and_written_before_it_is_used(
    stages: Stages, far: Family
) -> None:
    connection = connected(stages, far, minutes=4)
    access = access_for(connection)
    assert (access.token, access.token.refresh) == (kept(connection), "canary-7f3a-refresh-2")
    stands = fresh(connection).liveness
    assert (stands.generation, stands.lease, stands.lease_until) == (2, "", None)
    assert stands.access_until == access.token.expires_at


def test_a_token_that_is_refused_in_a_call_is_refreshed_once_and_the_call_made_once_more(
    stages: Stages, far: Family, client: FamilyClient
) -> None:
    connection = connected(stages, far)
    calls: list[str] = []

    def call(access: Access) -> str:
        calls.append(access.token.access)
        if len(calls) == 1:
            raise TokenExpired("401")
        return client.profile(access).id

    assert with_access(connection, call) == "7"
    assert calls == ["canary-7f3a-access-1", "canary-7f3a-access-2"]


def test_a_fresh_token_that_is_refused_too_ends_the_connection(stages: Stages, far: Family) -> None:
    connection = connected(stages, far)

    def call(access: Access) -> str:
        raise TokenExpired("401")

    with pytest.raises(Refused) as refused:
        with_access(connection, call)
    assert refused.value.reason is Reason.CONNECTION_LOST
    assert (fresh(connection).state, lost_entries()) == ("lost", 1)


def test_a_connection_that_the_network_no_longer_takes_is_marked_lost_once(
    stages: Stages, far: Family
) -> None:
    connection = connected(stages, far, minutes=1)
    far.killed = True
    for _ in range(2):
        with pytest.raises(Refused) as refused:
            with_access(connection, used)
        assert refused.value.reason is Reason.CONNECTION_LOST
    now = fresh(connection)
    assert (now.state, now.reason, lost_entries()) == ("lost", "invalid_grant", 1)


def test_a_refused_post_is_not_held_against_the_connection(stages: Stages, far: Family) -> None:
    connection = connected(stages, far)

    def call(access: Access) -> str:
        raise Refused(Reason.TOO_LONG, "281 of 280")

    with pytest.raises(Refused):
        with_access(connection, call)
    assert (fresh(connection).state, fresh(connection).liveness.last_error) == ("live", "")


def test_an_application_that_is_refused_is_the_operators_duty_and_loses_no_connection(
    stages: Stages, far: Family
) -> None:
    connection = connected(stages, far)

    def call(access: Access) -> str:
        raise OperatorsDuty(Reason.CONNECTION_LOST, "invalid_client")

    with pytest.raises(OperatorsDuty):
        with_access(connection, call)
    stands = fresh(connection)
    assert (stands.state, stands.liveness.last_error) == ("live", "invalid_client")
    assert stands.liveness.blocked_since is not None
    with_access(connection, used)
    assert fresh(connection).liveness.blocked_since is None


def test_a_lost_answer_is_never_asked_for_again_where_tokens_are_good_once(
    stages: Stages, far: Family, seen: FarSide
) -> None:
    connection = connected(stages, far, minutes=2)
    far.drops = 1
    assert with_access(connection, used) == "canary-7f3a-access-1"  # it works for two minutes more
    assert fresh(connection).liveness.doubt_since is not None
    assert with_access(connection, used) == "canary-7f3a-access-1"
    assert (rotations(seen), far.replayed, fresh(connection).state) == (1, 0, "live")


def test_after_a_lost_answer_the_connection_is_lost_when_its_access_token_ends(
    stages: Stages, far: Family, seen: FarSide
) -> None:
    connection = connected(stages, far, minutes=-1)
    far.drops = 1
    for _ in range(2):
        with pytest.raises(Refused) as refused:
            with_access(connection, used)
        assert refused.value.reason is Reason.CONNECTION_LOST
    assert (rotations(seen), far.replayed, fresh(connection).state) == (1, 0, "lost")


def test_where_the_network_gives_grace_a_lost_answer_is_asked_for_once_more(
    stages: Stages, far: Family, client: FamilyClient, seen: FarSide
) -> None:
    client.single_use_refresh, far.grace, far.drops = False, True, 1
    connection = connected(stages, far, minutes=-1)
    assert with_access(connection, used) == far.access
    assert (rotations(seen), fresh(connection).liveness.doubt_since) == (2, None)


def test_two_lost_answers_are_left_for_later_and_never_said_of_the_callers_own_call(
    stages: Stages, far: Family, client: FamilyClient
) -> None:
    client.single_use_refresh, far.grace, far.drops = False, True, 2
    connection = connected(stages, far, minutes=-1)
    with pytest.raises(Later):
        with_access(connection, used)
    assert with_access(connection, used) == far.access


def test_while_the_network_is_down_the_token_at_hand_serves(stages: Stages, far: Family) -> None:
    connection = connected(stages, far, minutes=2)
    far.status = 429
    assert with_access(connection, used) == "canary-7f3a-access-1"
    far.status = 0
    assert with_access(connection, used) == "canary-7f3a-access-2"


def test_the_lease_of_a_worker_that_died_leaves_a_doubt_where_tokens_are_good_once(
    stages: Stages, far: Family, seen: FarSide
) -> None:
    connection = connected(stages, far, minutes=-1)
    died = timezone.now() - timedelta(seconds=1)
    Liveness.objects.filter(connection=connection).update(lease="another", lease_until=died)
    with pytest.raises(Refused):
        with_access(connection, used)
    assert fresh(connection).liveness.doubt_since is not None
    assert rotations(seen) == 0


def test_the_lease_of_a_worker_that_died_is_taken_over_where_repeating_does_no_harm(
    stages: Stages, far: Family, client: FamilyClient
) -> None:
    client.single_use_refresh = False
    connection = connected(stages, far, minutes=-1)
    died = timezone.now() - timedelta(seconds=1)
    Liveness.objects.filter(connection=connection).update(lease="another", lease_until=died)
    assert with_access(connection, used) == "canary-7f3a-access-2"


def test_a_worker_that_comes_back_late_with_the_pair_settles_the_doubt(
    stages: Stages, far: Family, client: FamilyClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its lease ran out while it waited for the answer; nobody has sent the old token meanwhile."""
    connection = connected(stages, far, minutes=-1)
    asked = client.refreshed

    def slow(*given: object, **named: object) -> Token:
        late = timezone.now() - timedelta(seconds=1)
        Liveness.objects.filter(connection=connection).update(lease_until=late)
        with pytest.raises(Refused):
            access_for(fresh(connection))
        return asked(*given, **named)  # type: ignore[arg-type] # passed on as it came

    monkeypatch.setattr(client, "refreshed", slow)
    assert with_access(connection, used) == "canary-7f3a-access-2"
    stands = fresh(connection)
    assert (stands.liveness.doubt_since, kept(connection).refresh) == (None, "canary-7f3a-refresh-2")


def test_who_waited_takes_the_pair_that_the_first_one_got(stages: Stages, far: Family, seen: FarSide) -> None:
    connection = connected(stages, far, minutes=1)
    old = kept(connection)
    first = refreshed(connection, old)
    assert refreshed(connection, old) == first
    assert rotations(seen) == 1
    assert fresh(connection).liveness.lease_until is None


def test_a_refresh_that_ends_after_the_connection_leaves_nothing_behind(
    stages: Stages, far: Family, client: FamilyClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = connected(stages, far, minutes=-1)
    asked = client.refreshed

    def meanwhile(*given: object, **named: object) -> Token:
        acts.end_connection(by=stages.steward, connection=fresh(connection), reason="No longer needed")
        return asked(*given, **named)  # type: ignore[arg-type] # passed on as it came

    monkeypatch.setattr(client, "refreshed", meanwhile)
    with pytest.raises(Refused):
        with_access(connection, used)
    with pytest.raises(Refused):
        access_for(connection)
    assert fresh(connection).state == "ended"


def test_nobody_refreshes_within_a_transaction_that_could_still_be_undone(
    stages: Stages, far: Family
) -> None:
    connection = connected(stages, far, minutes=-1)
    with pytest.raises(RuntimeError), transaction.atomic():
        access_for(connection)
    assert far.generation == 1


def test_a_good_call_is_noted_but_not_at_every_call(stages: Stages, far: Family) -> None:
    connection = connected(stages, far)
    long_ago = timezone.now() - timedelta(hours=1)
    Liveness.objects.filter(connection=connection).update(last_good_at=long_ago, last_error="a timeout")
    with_access(connection, used)
    first = fresh(connection).liveness
    with_access(connection, used)
    assert first.last_good_at is not None
    assert first.last_good_at > long_ago
    assert first.last_error == ""
    assert fresh(connection).liveness.last_good_at == first.last_good_at


def test_connecting_anew_ends_the_earlier_one_and_destroys_its_tokens(stages: Stages, far: Family) -> None:
    first = connected(stages, far)
    far.generation = 5
    second = connected(stages, far, account=fresh(first).account)
    assert [fresh(first).state, fresh(second).state] == ["ended", "live"]
    assert kept(second).access == "canary-7f3a-access-5"
    with pytest.raises(Refused):
        access_for(first)


def test_a_good_refresh_token_is_never_put_aside_for_none(stages: Stages, far: Family) -> None:
    first = connected(stages, far)
    account = fresh(first).account
    second = connected(stages, far, account=account, token=Token("canary-7f3a-new"))
    assert (kept(second).access, kept(second).refresh) == ("canary-7f3a-new", "canary-7f3a-refresh-1")


def test_an_account_has_one_connection_at_a_time(stages: Stages, far: Family) -> None:
    connected(stages, far)
    connected(stages, far, account=Connection.objects.get().account)
    assert Connection.objects.exclude(state="ended").count() == 1


class Overtaken(FamilyClient):
    """Somebody else has finished a whole refresh at the moment at which we are about to claim ours."""

    def __init__(self, base: str, connection: Connection) -> None:
        super().__init__(base)
        self.connection, self.overtaken = connection, False

    @property
    def single_use_refresh(self) -> bool:  # type: ignore[override] # asked when a refresh is claimed
        if not self.overtaken:
            self.overtaken = True
            refreshed(self.connection, kept(self.connection))
        return True

    @single_use_refresh.setter
    def single_use_refresh(self, value: bool) -> None:
        """It is decided above."""


def test_who_has_the_claim_reads_again_before_the_network_is_asked(
    stages: Stages, far: Family, seen: FarSide
) -> None:
    connection = connected(stages, far, minutes=1)
    old = kept(connection)
    clients.install(Network.X, cast(Client, Overtaken(seen.base, connection)))
    assert refreshed(connection, old).access == "canary-7f3a-access-2"
    assert (rotations(seen), far.replayed) == (1, 0)
    assert fresh(connection).liveness.lease_until is None


def test_who_may_only_see_the_account_there_cannot_connect_it(stages: Stages, far: Family) -> None:
    """Facebook lists such a page without a token of its own beside those that have one."""
    account = stages.kept()
    asked, other = Place("4711", account.handle, "Asked"), Place("9", "other", "Other", token=Token("own"))
    signed_in = SignedIn(far.token(), KEEPER, (asked, other))
    with pytest.raises(Unfit, match="may see this account there, and may not act on it"):
        acts.authorise(
            by=stages.steward,
            account=account,
            signed_in=signed_in,
            place=asked,
            asked=(),
            server="",
            application="",
        )
    assert not Connection.objects.exists()


def test_an_account_with_a_token_of_its_own_is_acted_on_with_that(stages: Stages, far: Family) -> None:
    account = stages.kept()
    place = Place("4711", account.handle, "Asked", token=Token("canary-7f3a-of-the-page"))
    connection = acts.authorise(
        by=stages.steward,
        account=account,
        signed_in=SignedIn(far.token(), KEEPER, (place,)),
        place=place,
        asked=(),
        server="",
        application="",
    )
    assert access_for(connection).token.access == "canary-7f3a-of-the-page"
