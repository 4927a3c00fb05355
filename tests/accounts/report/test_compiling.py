from __future__ import annotations

from dataclasses import replace

from tests.accounts.posture.known import NOON, days, excepted, seen
from tests.accounts.report.town import failing, report, safe, subject, unknown

from undersigned.accounts.posture.dormancy import Wakefulness
from undersigned.accounts.posture.scoring import Fraction, Standing
from undersigned.accounts.report import Subject, compile_report
from undersigned.accounts.report.model import AccountLine, AuditReport, Office
from undersigned.networks.names import Network

X, FB = Network.X, Network.FACEBOOK


def of(report: AuditReport, key: str) -> AccountLine:
    return next(line for line in report.accounts if line.key == key)


def only(one: Subject) -> AccountLine:
    (line,) = compile_report(city="Harrow Falls", as_of=NOON, subjects=[one]).accounts
    return line


def test_each_account_has_its_standing() -> None:
    standings = {line.key: line.standing.value for line in report().accounts}
    assert standings == {
        "1": "green",
        "2": "red",
        "3": "amber",
        "4": "red",
        "5": "red",
        "6": "grey",
        "7": "red",
        "8": "amber",
        "9": "grey",
        "10": "green",
    }


def test_the_totals_count_every_account_once() -> None:
    totals = report().totals
    assert (totals.counts.total, totals.counts.red, totals.counts.amber) == (10, 4, 2)
    assert sum(totals.by_state.values()) == sum(totals.by_network.values()) == 10


def test_the_citys_figure_is_the_weighted_mean_of_what_is_judged() -> None:
    judged = [line.score.fraction for line in report().accounts]
    assert report().totals.fraction == Fraction(
        sum(one.passed for one in judged), sum(one.applicable for one in judged)
    )


def test_units_stand_worst_first() -> None:
    assert [unit.unit for unit in report().units][:2] == ["Parks and recreation", "Corporate communications"]


def test_a_steward_who_left_and_none_at_all_both_count_as_none() -> None:
    assert report().totals.without_steward == 2


def test_a_closed_account_needs_no_steward() -> None:
    closed = compile_report(
        city="Harrow Falls", as_of=NOON, subjects=[subject("1", "old", "Transit", unknown(X), "retired")]
    )
    assert closed.totals.without_steward == 0


def test_who_has_to_act_is_the_first_who_is_still_here() -> None:
    nobody = subject("1", "a", "Transit", unknown(X))
    ada = replace(nobody, steward="Ada", deputy="Ben", unit_head="Eve")
    found = [
        only(one)
        for one in (
            ada,
            replace(ada, steward_left=True),
            replace(ada, steward_left=True, deputy_left=True),
            nobody,
        )
    ]
    assert [(line.owner, line.owner_is) for line in found] == [
        ("Ada", Office.STEWARD),
        ("Ben", Office.DEPUTY),
        ("Eve", Office.UNIT_HEAD),
        ("", None),
    ]


def test_a_double_is_named_on_both_entries_and_an_imitation_on_the_one_imitated() -> None:
    whole = report()
    assert [line.key for line in whole.accounts if line.doubles] == ["4", "5"]
    assert [line.key for line in whole.accounts if line.look_alikes] == ["1"]
    other = of(whole, "4").other_than_this(of(whole, "4").doubles[0])
    assert (other.key, of(whole, "5").other_than_this(of(whole, "5").doubles[0]).key) == ("5", "4")


def test_an_account_that_looks_dormant_is_named_with_the_day_though_the_register_calls_it_live() -> None:
    asleep = only(subject("1", "pool", "Parks", unknown(FB, 400)))
    assert (asleep.state, asleep.dormancy.wakefulness) == ("live", Wakefulness.DORMANT)
    assert asleep.dormant_since == NOON - days(220)


def test_the_register_s_own_day_is_believed_where_it_calls_the_account_dormant() -> None:
    known = unknown(FB, 400)
    marked = replace(known, facts=replace(known.facts, posts=replace(known.facts.posts, dormant_since=NOON)))
    assert only(subject("1", "pool", "Parks", marked, "dormant")).dormant_since == NOON


def test_a_retired_account_does_not_sleep_and_is_not_judged() -> None:
    retired = only(subject("1", "pool", "Parks", unknown(FB, 400), "retired"))
    assert (retired.dormant_since, retired.judgements, retired.standing) == (None, (), Standing.GREY)


def test_an_excepted_check_is_listed_apart_from_the_failed_ones() -> None:
    line = only(subject("1", "a", "Transit", replace(failing(X, "P03"), exceptions=(excepted("P03"),))))
    assert ([one.check.id.value for one in line.failed], [one.check.id.value for one in line.excepted]) == (
        [],
        ["P03"],
    )


def test_the_oldest_evidence_is_the_one_a_pass_still_rests_on() -> None:
    known = safe(X)
    older = (seen("P04", "T", at=NOON - days(170)), seen("P06", "T", at=NOON - days(900)))
    kept = tuple(one for one in known.evidence if one.check not in ("P04", "P06"))
    line = only(subject("1", "a", "Transit", replace(known, evidence=(*kept, *older))))
    assert line.oldest_evidence == NOON - days(170)


def test_a_city_without_accounts_has_a_report() -> None:
    empty = report([])
    assert (empty.accounts, empty.units, empty.totals.counts.total) == ((), (), 0)
