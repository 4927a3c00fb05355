"""The report as JSON, CSV and text."""

from __future__ import annotations

import csv
import io
import json
import time
from dataclasses import replace

import pytest
from tests.accounts.posture.known import days
from tests.accounts.report.town import failing, report, safe, subject, subjects

from undersigned.accounts.report import as_csv, as_json, as_text, compile_report
from undersigned.networks.names import Network

HOSTILE = [
    "=HYPERLINK(1)",
    "@SUM(A1)",
    "a,b\"c'd",
    "two\nlines",
    "bell\x07 and \x1b[31mred",
    "turn\u202eed",
    "hid\u200bden",
    "Ольга 王 😀",
    "#set text(1pt) $x$ *b* @ref",
]


def hostile(name: str):
    return report([subject("1", name, name, failing(Network.X, "P03"), steward=name, display_name=name)])


def test_the_json_form_has_the_keys_that_programs_rely_on() -> None:
    whole = json.loads(as_json(report()))
    assert list(whole) == ["city", "as_of", "accounts", "units", "totals"]
    account = next(
        one for one in whole["accounts"] if one["handle"] == "HarrowFalls" and one["network"] == "facebook"
    )
    assert (account["standing"], account["steward"], account["failed"]) == (
        "red",
        "Ada Northcott",
        ["P10", "P17"],
    )
    assert account["posture"] == {"passed": 99, "applicable": 111, "percent": 89}
    assert [whole["totals"][name] for name in ("accounts", "red", "amber", "green", "grey")] == [
        10,
        4,
        2,
        2,
        2,
    ]


def test_a_failure_in_json_says_cause_age_and_the_step_that_mends_it() -> None:
    whole = json.loads(as_json(report()))
    failure = whole["accounts"][0]["failures"][0]
    assert failure["check"] == "P10"
    assert failure["cause"] == "Shown to be otherwise on 1 June 2026."
    assert failure["evidence_age_days"] == 0
    assert failure["step"].startswith("In Meta Business Suite, under Settings, Pages, remove")


def test_an_exception_in_json_has_its_owner_and_its_end() -> None:
    whole = json.loads(as_json(report()))
    account = next(one for one in whole["accounts"] if one["handle"] == "city-of-harrow-falls")
    assert (account["failed"], account["excepted"]) == ([], ["P03"])
    assert account["failures"][0]["exception"] == {"owner": "alice", "until": "2026-06-08T12:00:00+00:00"}


def test_an_account_without_a_steward_has_null_in_json() -> None:
    whole = json.loads(as_json(report()))
    assert [one["steward"] for one in whole["accounts"] if one["handle"] == "HarrowFallsPool"] == [None]


def test_doubles_and_imitations_in_json_carry_their_reasons() -> None:
    whole = json.loads(as_json(report()))
    (imitated,) = (one for one in whole["accounts"] if one["look_alikes"])
    assert imitated["look_alikes"][0]["handle"] == "HarrowFaIls_Help"
    assert imitated["look_alikes"][0]["reasons"][0].endswith("words that only sound official: help.")


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_survives_json(name: str) -> None:
    assert json.loads(as_json(hostile(name)))["accounts"][0]["handle"] == name


def test_the_csv_form_has_a_row_an_account_under_the_same_words() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(report()))))
    assert len(rows) == 10
    assert (rows[0]["network"], rows[0]["standing"], rows[0]["failed"]) == ("facebook", "red", "P10 P17")
    assert rows[0]["causes"] == "P10: Shown to be otherwise on 1 June 2026."


@pytest.mark.parametrize("name", HOSTILE)
def test_no_cell_of_the_csv_is_a_formula(name: str) -> None:
    rows = list(csv.reader(io.StringIO(as_csv(hostile(name)))))
    assert len(rows) == 2
    assert not [cell for cell in rows[1] if cell[:1] in ("=", "@", "+")]


def test_the_text_form_says_the_figures_then_the_red_accounts_then_all() -> None:
    text = as_text(report())
    order = ["4 of 10 accounts are red", "Units", "Red accounts", "Every account"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert "Who has to act: Eve Tremblay, head of the unit" in text
    assert "Never shown: P03 Second factor on for everyone" in text


def test_checks_that_fail_in_a_row_are_written_as_from_and_to() -> None:
    text = as_text(
        report([subject("1", "a", "Transit", failing(Network.X, "P06", "P07", "P08", "P16", "P17"))])
    )
    assert "Failed: P06–P08 P16 P17\n" in text


def test_the_text_form_fits_a_terminal() -> None:
    assert max(len(line) for line in as_text(report()).splitlines()) <= 100


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_can_command_a_terminal(name: str) -> None:
    text = as_text(hostile(name))
    assert text.replace("\n", "").isprintable()


def test_a_city_without_accounts_is_told_so() -> None:
    assert "The register holds no accounts yet." in as_text(report([]))
    assert json.loads(as_json(report([])))["totals"]["accounts"] == 0


def test_a_city_without_a_red_account_is_told_so() -> None:
    fine = [subject(str(n), f"a{n}", "Transit", safe(Network.X), steward="Ada") for n in range(2)]
    assert "None of the 2 accounts is red." in as_text(report(fine))
    assert "The one account is not red." in as_text(report(fine[:1]))


def test_two_thousand_accounts_are_judged_and_written_in_three_seconds() -> None:
    some = subjects()
    many = [replace(some[n % len(some)], key=str(n), handle=f"HarrowFalls{n}") for n in range(2_000)]
    started = time.process_time()
    whole = compile_report(city="Harrow Falls", as_of=report().as_of + days(1), subjects=many)
    assert as_json(whole)
    assert as_csv(whole)
    assert time.process_time() - started < 3
