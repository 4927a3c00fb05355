"""What the public is told when it asks whether an account is the city's."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from tests.accounts.stages import Stages, address, countersigned

from undersigned.accounts import acts
from undersigned.accounts.models import Account
from undersigned.accounts.queries.verifying import Reason, public_accounts, verify, verify_number
from undersigned.accounts.states import AccountState as S
from undersigned.accounts.states import CaseState
from undersigned.acts import System
from undersigned.networks.addresses import Address, WhichNetwork
from undersigned.networks.names import Network
from undersigned.people.states import Office

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def confirmed(stages: Stages) -> Account:
    return acts.confirm(by=stages.communications, account=stages.kept("harrowfalls"))


@pytest.mark.parametrize(
    "spelling",
    [
        "https://x.com/harrowfalls",
        "http://www.twitter.com/HarrowFalls/",
        "https://mobile.twitter.com/harrowfalls?lang=en",
        "twitter.com/#!/harrowfalls",
        "https://m.twitter.com/harrowfalls",
        "https://x.com/harrowfalls/status/1234567890",
        " X.com/HARROWFALLS ",
    ],
)
def test_every_spelling_of_an_address_is_answered_with_yes(confirmed: Account, spelling: str) -> None:
    answer = verify(spelling)
    assert (answer.verified, answer.reason, answer.account) == (True, None, confirmed)


def test_a_handle_alone_needs_its_network(confirmed: Account) -> None:
    with pytest.raises(WhichNetwork):
        verify("@harrowfalls")
    assert verify("@harrowfalls", network=Network.X).verified


def test_unknown_is_unknown_and_never_not_ours(confirmed: Account) -> None:
    assert verify("https://x.com/someoneelse").reason is Reason.UNKNOWN


def test_a_shortener_is_never_followed(confirmed: Account) -> None:
    answer = verify("https://bit.ly/3abcde")
    assert (answer.verified, answer.reason) == (False, Reason.UNKNOWN)
    assert answer.warning


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (S.DORMANT, Reason.DORMANT),
        (S.SUSPENDED, Reason.PAUSED),
        (S.RETIRED, Reason.RETIRED),
        (S.ARCHIVED, Reason.RETIRED),
        (S.RESERVED, Reason.RESERVED),
        (S.REQUESTED, Reason.UNKNOWN),
        (S.DECLINED, Reason.UNKNOWN),
        (S.APPROVED, Reason.UNKNOWN),
        (S.SETTING_UP, Reason.UNKNOWN),
    ],
)
def test_each_state_has_its_own_answer(stages: Stages, state: S, reason: Reason) -> None:
    account = stages.in_state(state)
    answer = verify(f"https://x.com/{account.handle}")
    assert (answer.verified, answer.reason) == (False, reason)
    assert (answer.account is not None) == (reason is not Reason.UNKNOWN)


def test_an_entry_that_nobody_confirmed_is_not_verified(stages: Stages) -> None:
    stages.taken_in()
    assert verify("https://x.com/harrowfalls").reason is Reason.UNCONFIRMED


@pytest.mark.parametrize(("days", "verified"), [(400, True), (401, False)])
def test_a_confirmation_counts_for_400_days(
    confirmed: Account, monkeypatch: pytest.MonkeyPatch, days: int, verified: bool
) -> None:
    later = timezone.now() + dt.timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert verify("https://x.com/harrowfalls").verified is verified


def test_reported_as_not_ours_only_after_a_person_decided(stages: Stages) -> None:
    case = acts.report_lookalike(by=System("public.form"), address=address("harrowfa11s"))
    assert verify("https://x.com/harrowfa11s").reason is Reason.UNKNOWN
    acts.decide_lookalike(
        by=stages.communications, case=case, decision=CaseState.REPORTED, note="It asks for cards"
    )
    assert verify("https://x.com/harrowfa11s").reason is Reason.REPORTED_NOT_OURS


def test_a_harmless_namesake_is_unknown(stages: Stages) -> None:
    case = acts.report_lookalike(by=System("public.form"), address=address("harrowfallsuk"))
    acts.decide_lookalike(
        by=stages.communications, case=case, decision=CaseState.HARMLESS, note="A town abroad"
    )
    assert verify("https://x.com/harrowfallsuk").reason is Reason.UNKNOWN


def test_an_account_is_found_by_its_number(stages: Stages) -> None:
    where = Address(
        Network.FACEBOOK,
        "harrowfalls",
        "harrowfalls",
        "https://facebook.com/harrowfalls",
        network_id="100012345678",
    )
    acts.confirm(by=stages.communications, account=stages.kept(address=where))
    assert verify("https://www.facebook.com/profile.php?id=100012345678").verified
    assert verify_number(Network.FACEBOOK, "100012345678").verified


def test_a_handle_that_came_back_answers_for_the_entry_in_use(stages: Stages) -> None:
    stages.in_state(S.ARCHIVED)
    new = acts.confirm(by=stages.communications, account=stages.kept())
    assert verify("https://x.com/harrowfalls").account == new


@pytest.mark.parametrize("count", [1, 50])
def test_an_answer_costs_two_questions_whatever_the_register_holds(
    stages: Stages, count: int, django_assert_max_num_queries: Any
) -> None:
    for place in range(count):
        stages.taken_in(f"harrow{place}")
    with django_assert_max_num_queries(2):
        verify("https://x.com/unknown")
    with django_assert_max_num_queries(1):
        verify("https://x.com/harrow0")


def test_the_public_list_shows_what_is_or_was_the_citys(stages: Stages) -> None:
    made = {state: stages.in_state(state, handle=f"harrow{place}") for place, state in enumerate(S)}
    shown = set(public_accounts())
    assert {state for state, account in made.items() if account in shown} == {
        S.LIVE,
        S.RESERVED,
        S.DORMANT,
        S.SUSPENDED,
        S.RETIRED,
        S.ARCHIVED,
    }


def test_the_public_list_is_filtered(stages: Stages) -> None:
    parks = stages.taken_in("harrowparks", tags=",parks,rink,", language="en fr")
    stages.taken_in("harrowlibrary", unit=stages.cast.unit("Libraries", parent="Harrow Falls"))
    assert list(public_accounts(tag="rink")) == [parks]
    assert list(public_accounts(tag="rin")) == []
    assert list(public_accounts(language="fr")) == [parks]
    assert list(public_accounts(unit=stages.unit.pk)) == [parks]
    assert public_accounts(unit=stages.cast.unit().pk).count() == 2
    assert public_accounts(network="facebook").count() == 0


def test_a_retired_account_says_since_when(stages: Stages) -> None:
    from undersigned.accounts.states import Farewell, HandleFate

    countersigned(
        acts.retire,
        by=stages.head_of_communications,
        signer=stages.cast.officer(Office.UNIT_HEAD, unit="Parks"),
        account=stages.kept(),
        reason="Merged",
        farewell=Farewell.SENT,
        followers_told=True,
        handle_fate=HandleFate.KEEP,
    )
    answer = verify("https://x.com/harrowfalls")
    assert answer.account is not None
    assert answer.account.retired_on == timezone.localdate()
