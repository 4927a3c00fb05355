from __future__ import annotations

from datetime import timedelta

import pytest

from undersigned.accounts.posture.checks import BY_ID, CHECKS
from undersigned.accounts.posture.kinds import CheckId, EvidenceClass, Needs, Severity, Until
from undersigned.accounts.posture.own import READERS
from undersigned.networks.names import Network

FB, LI, X = Network.FACEBOOK, Network.LINKEDIN, Network.X

TABLE = {
    "P01": (Severity.HIGH, "A365", "A365", "A365"),
    "P02": (Severity.HIGH, "A2/A35", "A2/A35", "A2/A35"),
    "P03": (Severity.CRITICAL, "A2", "T90", "T90/I90"),
    "P04": (Severity.HIGH, "T180", "T180", "T180"),
    "P05": (Severity.CRITICAL, "Alive", "Alive", "Alive"),
    "P06": (Severity.HIGH, "T365+I365", "", "T365+I365"),
    "P07": (Severity.HIGH, "A2+T180", "T180", "T180"),
    "P08": (Severity.MEDIUM, "A365+T365", "A365+T365", "A365+T365"),
    "P09": (Severity.HIGH, "A2", "A2", "T90"),
    "P10": (Severity.CRITICAL, "A2", "A2+T90", "T90/I90"),
    "P11": (Severity.CRITICAL, "A2", "", ""),
    "P12": (Severity.CRITICAL, "A7", "T365", "T365"),
    "P13": (Severity.CRITICAL, "", "", "T90"),
    "P14": (Severity.HIGH, "A7", "A7+T180", "A7+T180"),
    "P15": (Severity.HIGH, "A7", "A7+T60", "A7"),
    "P16": (Severity.HIGH, "A90+I90", "I90", "I90"),
    "P17": (Severity.HIGH, "A1", "A1", "A1"),
    "P18": (Severity.HIGH, "A1", "A1", "A1"),
    "P19": (Severity.MEDIUM, "A1", "A1", "A1"),
    "P20": (Severity.MEDIUM, "A30/T30", "A30/T30", "A30/T30"),
    "P21": (Severity.MEDIUM, "A7", "A7", "A7"),
    "P22": (Severity.HIGH, "A0.125", "A0.125", "A0.125"),
    "P23": (Severity.MEDIUM, "Aby due date", "Aby due date", "Aby due date"),
    "P24": (Severity.MEDIUM, "A365+T365", "A365+T365", "A365+T365"),
    "P25": (Severity.MEDIUM, "I180/T180", "I180/T180", "I180/T180"),
    "P26": (Severity.HIGH, "Alive", "Alive", "Alive"),
    "P27": (Severity.LOW, "T180", "T180", "T180"),
    "P28": (Severity.HIGH, "A1", "A1", "A1"),
}
"""Reviewed by hand against the table of posture checks: severity, and class with days on Facebook, LinkedIn and X."""


def read_as(check: str, network: Network) -> str:
    reading = BY_ID[CheckId(check)].readings.get(network)
    if reading is None:
        return ""
    parts = [f"{source.klass.value}{lasts(source.lasts)}" for source in reading.sources]
    return ("+" if reading.needs is Needs.EACH else "/").join(parts)


def lasts(age: timedelta | Until) -> str:
    return age.value if isinstance(age, Until) else f"{age / timedelta(days=1):g}"


@pytest.mark.parametrize("check", TABLE)
def test_each_check_is_as_severe_and_read_as_the_table_says(check: str) -> None:
    found = (BY_ID[CheckId(check)].severity, *(read_as(check, network) for network in (FB, LI, X)))
    assert found == TABLE[check]


def test_the_checks_are_twenty_eight_and_stand_in_their_order() -> None:
    assert [check.id.value for check in CHECKS] == list(TABLE)


@pytest.mark.parametrize("check", ["P03", "P09", "P10", "P11", "P12", "P14", "P15"])
def test_instagram_and_threads_follow_the_portfolio(check: str) -> None:
    assert {read_as(check, n) for n in (Network.INSTAGRAM, Network.THREADS)} == {read_as(check, FB)}


def test_bluesky_lists_its_app_passwords() -> None:
    assert read_as("P16", Network.BLUESKY) == "A90"


@pytest.mark.parametrize("check", [check.id for check in CHECKS if not check.own_data and check.id != "P11"])
def test_what_nothing_can_read_a_person_attests(check: CheckId) -> None:
    places = (Network.MASTODON, Network.YOUTUBE, Network.OTHER, Network.TIKTOK)
    assert all(EvidenceClass.ATTESTED in BY_ID[check].readings[place].classes for place in places)


def test_the_city_answers_its_own_checks_on_every_network() -> None:
    own = {check.id for check in CHECKS if check.own_data}
    assert own == set(READERS)
    assert all(set(BY_ID[check].readings) == set(Network) for check in own)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id.value)
def test_each_check_says_in_words_when_it_passes_why_and_what_mends_it(check) -> None:
    sentences = [check.passes_when, check.step, check.why, *check.step_on.values()]
    assert all(str(sentence).endswith((".", ").")) for sentence in sentences)
    assert str(check.title)


def test_a_step_differs_where_the_network_does() -> None:
    on_x, elsewhere = (BY_ID[CheckId.P03].mended_on(place) for place in (X, Network.FLICKR))
    assert "delegate" in str(on_x)
    assert elsewhere == BY_ID[CheckId.P03].step
