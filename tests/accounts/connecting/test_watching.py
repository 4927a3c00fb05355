"""A connection that nothing is sent through is looked at once a day, and a long-lived token refreshed in time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.accounts.connecting.family import Family
from tests.accounts.connecting.having import connected, fresh
from tests.accounts.stages import Stages
from tests.networks.loopback import FarSide

from undersigned.accounts import acts
from undersigned.accounts.connecting import watching
from undersigned.accounts.models import Liveness
from undersigned.dispatch import engine
from undersigned.dispatch.models import Dispatch
from undersigned.vault.models import Secret

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("client")]


def aged(days: float) -> None:
    """A token of 60 days that was got so many days ago, and worked a moment ago."""
    now = timezone.now()
    since = now - timedelta(days=days)
    Liveness.objects.update(
        access_since=since, access_until=since + timedelta(days=60), ends_at=None, last_good_at=now
    )


def test_a_connection_that_was_used_today_is_not_asked(stages: Stages, far: Family) -> None:
    connected(stages, far)
    assert watching.ask() == 0


def test_one_that_nobody_used_is_asked_once_an_hour_and_its_good_call_noted(
    stages: Stages, far: Family, seen: FarSide
) -> None:
    connection = connected(stages, far)
    Liveness.objects.update(last_good_at=timezone.now() - timedelta(hours=21))
    assert [watching.ask(), watching.ask()] == [1, 1]
    assert Dispatch.objects.count() == 1
    engine.inline().run_dry()
    assert [one.path.partition("?")[0] for one in seen.requests] == ["/me"]
    assert watching.ask() == 0
    good = fresh(connection).liveness.last_good_at
    assert good is not None
    assert good > timezone.now() - timedelta(minutes=1)


def test_what_the_look_finds_lost_is_marked_lost(stages: Stages, far: Family) -> None:
    connection = connected(stages, far)
    Liveness.objects.update(last_good_at=None)
    far.killed = True
    watching.ask()
    engine.inline().run_dry()
    assert fresh(connection).state == "lost"
    assert Dispatch.objects.get().outcome == "refused"


@pytest.mark.parametrize(("days", "generation"), [(47, 1), (48.1, 2)])
def test_a_long_lived_token_is_refreshed_at_four_fifths_of_its_life(
    stages: Stages, far: Family, days: float, generation: int
) -> None:
    connected(stages, far)
    aged(days)
    watching.ask()
    engine.inline().run_dry()
    assert far.generation == generation


def test_a_refresh_that_does_not_succeed_in_time_comes_round_again(stages: Stages, far: Family) -> None:
    connection = connected(stages, far)
    aged(50)
    far.status = 429
    watching.ask()
    engine.inline().run_dry()
    assert (fresh(connection).state, far.generation) == ("live", 1)
    far.status = 0
    Dispatch.objects.all().delete()  # the next hour
    watching.ask()
    engine.inline().run_dry()
    assert far.generation == 2


def test_a_token_whose_refresh_is_in_doubt_is_not_refreshed_by_the_round(stages: Stages, far: Family) -> None:
    connected(stages, far)
    aged(50)
    Liveness.objects.update(doubt_since=timezone.now())
    assert watching.ask() == 0


def test_giving_back_is_tried_again_and_then_let_go_so_that_no_token_stays(
    stages: Stages, far: Family, seen: FarSide
) -> None:
    connection = connected(stages, far)
    acts.end_connection(by=stages.steward, connection=fresh(connection), reason="Over")
    far.down = True
    for _ in range(8):
        Dispatch.objects.update(due_at=timezone.now())
        engine.inline().run_dry()
    assert sum(one.path == "/revoke" for one in seen.requests) == 8
    assert not Secret.objects.exists()
    assert Dispatch.objects.get().outcome == "refused"


def test_a_log_in_that_carries_another_account_is_left_alone(stages: Stages, far: Family) -> None:
    first = connected(stages, far)
    connected(stages, far, account=stages.kept("harrowrink"))
    acts.end_connection(by=stages.steward, connection=fresh(first), reason="Over")
    engine.inline().run_dry()
    assert far.revoked == []
    assert not Secret.objects.filter(holder=first.pk).exists()
