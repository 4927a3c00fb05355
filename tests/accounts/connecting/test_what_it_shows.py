"""What a connection shows of its account's safety, without anybody attesting it: P14, P15 and P17."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.accounts.connecting.family import Family
from tests.accounts.connecting.having import connected, fresh
from tests.accounts.stages import Stages, address
from tests.cast import SYSTEM

from undersigned.accounts import acts
from undersigned.accounts.models import Account, Connection, Liveness
from undersigned.accounts.posture.kinds import CheckId
from undersigned.accounts.queries import posture
from undersigned.networks.names import Network
from undersigned.networks.protocol import Holder, Token
from undersigned.people import acts as people
from undersigned.people.models import Appointment

pytestmark = pytest.mark.django_db(transaction=True)

ITSELF = Holder("4711", "The account itself")


def judged(account: Account, check: CheckId) -> str:
    now = timezone.now()
    return next(str(one.outcome) for one in posture.judged(account, now) if one.check.id is check)


def on(stages: Stages, network: Network, holder: Holder = ITSELF, token: Token | None = None) -> Connection:
    account = stages.kept(address=address("harrowfalls", network))
    return fresh(connected(stages, Family(), account=account, holder=holder, token=token))


def test_a_connection_that_works_passes_p17_for_a_day(stages: Stages) -> None:
    connection = on(stages, Network.X)
    assert judged(connection.account, CheckId.P17) == "pass"
    Liveness.objects.update(last_good_at=timezone.now() - timedelta(hours=25))
    assert judged(connection.account, CheckId.P17) == "expired"


def test_without_a_connection_p17_was_never_read(stages: Stages) -> None:
    assert judged(stages.kept(), CheckId.P17) == "expired"


def test_a_lost_connection_fails_p17_and_says_nothing_of_the_others(stages: Stages) -> None:
    connection = on(stages, Network.X)
    acts.lose(by=SYSTEM, connection=connection, reason="invalid_grant")
    assert judged(connection.account, CheckId.P17) == "fail"
    assert judged(connection.account, CheckId.P15) == "expired"


def test_a_connection_in_doubt_fails_p17_while_it_still_works(stages: Stages) -> None:
    connection = on(stages, Network.X)
    Liveness.objects.update(doubt_since=timezone.now())
    assert judged(connection.account, CheckId.P17) == "fail"


@pytest.mark.parametrize(("days", "outcome"), [(15, "pass"), (14, "fail"), (1, "fail"), (-1, "fail")])
def test_it_needs_more_than_fourteen_days_to_run(stages: Stages, days: int, outcome: str) -> None:
    connection = on(stages, Network.LINKEDIN)
    Liveness.objects.update(ends_at=timezone.now() + timedelta(days=days, minutes=-1 if days == 14 else 0))
    assert judged(connection.account, CheckId.P17) == outcome


def test_a_log_in_of_the_account_itself_hangs_on_nobody(stages: Stages) -> None:
    assert judged(on(stages, Network.X).account, CheckId.P15) == "pass"


def test_a_log_in_of_one_person_does_not_pass_by_itself(stages: Stages) -> None:
    """That somebody else could connect too is not shown by the token."""
    connection = on(stages, Network.FACEBOOK, Holder("7", "Keeper"))
    assert judged(connection.account, CheckId.P15) == "expired"


def test_a_log_in_of_who_has_left_fails(stages: Stages) -> None:
    connection = on(stages, Network.FACEBOOK, Holder("7", "Keeper"))
    people.end_appointment(by=SYSTEM, appointment=Appointment.objects.get(person=connection.authorised_by))
    assert judged(connection.account, CheckId.P15) == "fail"


@pytest.mark.parametrize(("given", "outcome"), [(("read",), "pass"), (("read", "write", "delete"), "fail")])
def test_more_scopes_than_were_asked_for_fail_p14(
    stages: Stages, given: tuple[str, ...], outcome: str
) -> None:
    connection = on(stages, Network.FACEBOOK, token=Token("a", "b", scopes=given))
    assert judged(connection.account, CheckId.P14) == outcome


@pytest.mark.parametrize("count", [1, 20])
def test_what_many_connections_show_is_read_in_two_questions(
    stages: Stages, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        connected(stages, Family(), account=stages.kept(f"harrow{number}"))
    accounts = list(Account.objects.select_related("steward", "deputy", "unit"))
    without_connections = 6
    with django_assert_num_queries(without_connections + 1):
        posture.scored(accounts, timezone.now())
