from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.accounts.posture.known import NOON, all_evidence, days, excepted, healthy, judged, seen

from undersigned.accounts.posture.checks import CHECKS
from undersigned.accounts.posture.evidence import Evidence, OwnFacts
from undersigned.accounts.posture.exceptions import PostureException
from undersigned.accounts.posture.judging import Judgement, Known, judge_all
from undersigned.accounts.posture.kinds import CheckId
from undersigned.accounts.posture.own import Outcome
from undersigned.accounts.posture.scoring import Fraction, Score, Standing, city_figure, score
from undersigned.networks.names import Network

X = Network.X
MOST = timedelta(days=90)


def four_checks(*, critical: str, now: datetime = NOON) -> list[Judgement]:
    """One check of each severity on X: the high one expired, the medium one excepted, the low one passed."""
    read = [seen("P03", "T")] if critical == "pass" else []
    return [
        judged("P03", X, *read, now=now),
        judged("P04", X, seen("P04", "T", at=now - days(180)), now=now),
        judged("P25", X, exceptions=(excepted("P25"),), now=now),
        judged("P27", X, seen("P27", "T"), now=now),
    ]


def test_the_worked_example_is_nine_fifteenths_and_not_red() -> None:
    judgements = four_checks(critical="pass")
    assert [one.outcome.value for one in judgements] == ["pass", "expired", "excepted", "pass"]
    found = score(judgements)
    assert (found.fraction, found.fraction.percent) == (Fraction(9, 15), 60)
    assert found.standing is Standing.AMBER


def test_the_worked_example_is_red_when_the_critical_check_expires() -> None:
    assert score(four_checks(critical="expired")).standing is Standing.RED


def everything(network: Network = X, at: datetime = NOON) -> Known:
    return Known(network=network, facts=healthy(at), evidence=tuple(all_evidence(network, at)))


@pytest.mark.parametrize("network", list(Network))
def test_an_account_of_which_everything_was_shown_today_is_green(network: Network) -> None:
    found = score(judge_all(everything(network), NOON))
    assert (found.standing, found.fraction.percent) == (Standing.GREEN, 100)


@pytest.mark.parametrize("network", list(Network))
def test_an_account_of_which_nothing_is_known_is_red(network: Network) -> None:
    assert score(judge_all(Known(network=network), NOON)).standing is Standing.RED


def test_an_excepted_critical_check_is_amber_never_green() -> None:
    known = everything(Network.LINKEDIN)
    failing = Known(
        network=known.network,
        facts=known.facts,
        evidence=(*known.evidence, seen("P03", "T", "fail")),
        exceptions=(excepted("P03"),),
    )
    assert score(judge_all(failing, NOON)).standing is Standing.AMBER


def test_a_percentage_is_rounded_down() -> None:
    assert Fraction(118, 119).percent == 99


def test_nothing_that_applies_is_no_percentage_and_grey() -> None:
    found = score([judged("P11", X)])
    assert (found.fraction.percent, found.standing) == (None, Standing.GREY)


@pytest.mark.parametrize("state", ["retired", "archived", "declined"])
def test_a_closed_account_is_grey_and_carries_no_weight(state: str) -> None:
    assert score(judge_all(Known(network=X), NOON), state) == Score(Fraction(0, 0), Standing.GREY)


def test_a_sleeping_account_that_nothing_critical_fails_is_grey() -> None:
    assert score(judge_all(everything(), NOON), "dormant").standing is Standing.GREY


def test_a_sleeping_account_that_anybody_could_take_is_red() -> None:
    assert score(judge_all(Known(network=X), NOON), "dormant").standing is Standing.RED


def test_a_paused_account_is_never_green() -> None:
    assert score(judge_all(everything(), NOON), "suspended").standing is Standing.AMBER


def test_the_citys_figure_weighs_accounts_and_lists_the_red_ones() -> None:
    figure = city_figure(
        {
            "a": Score(Fraction(9, 15), Standing.AMBER),
            "b": Score(Fraction(1, 100), Standing.RED),
            "c": Score(Fraction(0, 0), Standing.GREY),
        }
    )
    assert (figure.fraction, figure.fraction.percent, figure.red) == (Fraction(10, 115), 8, ("b",))


def test_a_city_without_accounts_has_no_figure() -> None:
    assert city_figure({}).fraction.percent is None


instants = st.timedeltas(-timedelta(days=500), timedelta(days=500)).map(lambda span: NOON + span)
networks = st.sampled_from([Network.FACEBOOK, Network.X, Network.LINKEDIN, Network.MASTODON])


@st.composite
def evidence(draw: st.DrawFn) -> Evidence:
    check = draw(st.sampled_from(CHECKS)).id
    people = st.sampled_from(["alice", "bob"])
    return seen(
        check,
        draw(st.sampled_from("AIT")),
        draw(st.sampled_from(["pass", "fail", "error"])),
        draw(instants),
        by=draw(people),
    )


@st.composite
def exceptions(draw: st.DrawFn) -> PostureException:
    starts = draw(instants)
    check = draw(st.sampled_from(CHECKS)).id
    return excepted(check, starts=starts, until=starts + draw(st.timedeltas(timedelta(0), MOST)))


facts = st.sampled_from([OwnFacts(), healthy(), healthy(NOON - days(200))])


def passed(known: Known, now: datetime) -> int:
    return score(judge_all(known, now)).fraction.passed


@given(networks, facts, st.lists(evidence(), max_size=12), st.lists(exceptions(), max_size=6), instants)
def test_an_exception_never_raises_the_score(
    network: Network, books: OwnFacts, shown: list[Evidence], given: list[PostureException], now: datetime
) -> None:
    bare = Known(network=network, facts=books, evidence=shown)
    silenced = Known(network=network, facts=books, evidence=shown, exceptions=given)
    assert score(judge_all(silenced, now)).fraction == score(judge_all(bare, now)).fraction


@given(networks, facts, st.lists(evidence(), max_size=12), st.lists(exceptions(), max_size=6), instants)
def test_an_exception_never_makes_an_account_green(
    network: Network, books: OwnFacts, shown: list[Evidence], given: list[PostureException], now: datetime
) -> None:
    bare = score(judge_all(Known(network=network, facts=books, evidence=shown), now))
    silenced = score(judge_all(Known(network=network, facts=books, evidence=shown, exceptions=given), now))
    assert (silenced.standing is Standing.GREEN) == (bare.standing is Standing.GREEN)


@given(networks, st.lists(evidence(), max_size=12), st.timedeltas(timedelta(0), timedelta(days=900)))
def test_time_alone_never_raises_the_score(network: Network, shown: list[Evidence], later: timedelta) -> None:
    end = NOON + days(500)
    known = Known(network=network, facts=healthy(), evidence=shown)
    assert passed(known, end + later) <= passed(known, end)


@given(networks, st.lists(evidence(), max_size=12), st.sampled_from(CHECKS), st.sampled_from("AIT"))
def test_another_failure_never_raises_the_score(
    network: Network, shown: Sequence[Evidence], check, klass: str
) -> None:
    now = NOON + days(500)
    worse = [*shown, seen(check.id, klass, "fail", now)]
    known = Known(network=network, evidence=shown)
    assert passed(Known(network=network, evidence=worse), now) <= passed(known, now)


@given(networks, st.lists(evidence(), max_size=12), instants)
def test_a_read_that_errors_changes_nothing(network: Network, shown: list[Evidence], at: datetime) -> None:
    errors = [seen(check, "A", "error", at) for check in CheckId]
    with_errors = Known(network=network, evidence=[*shown, *errors])
    assert passed(with_errors, at) == passed(Known(network=network, evidence=shown), at)


@given(networks, st.lists(evidence(), max_size=12), instants)
def test_every_judgement_is_one_of_five_and_says_why(
    network: Network, shown: list[Evidence], now: datetime
) -> None:
    judgements = judge_all(Known(network=network, evidence=shown), now)
    assert [one.check.id for one in judgements] == list(CheckId)
    assert all(isinstance(one.outcome, Outcome) and str(one.cause) and str(one.step) for one in judgements)
