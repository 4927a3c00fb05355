"""The client of LinkedIn's pages against a far side of our own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from tests.networks.contract import Contract, access_of, attempt, picture, publish, signed_in
from tests.networks.linkedin.far_linkedin import APP, BACK, PAGE, SECRET, FarLinkedIn
from tests.networks.loopback import far_side

from undersigned.networks.faults import Later, OperatorsDuty, Reason, Refused, Uncertain
from undersigned.networks.linkedin.client import LinkedIn
from undersigned.networks.linkedin.line import Addresses
from undersigned.networks.protocol import Application, Client


@dataclass
class OnFarSide:
    client: Client
    far: FarLinkedIn
    application: Application = field(default_factory=lambda: Application(APP, SECRET))
    redirect: str = BACK
    challenge: bool = False
    signs_in: Mapping[str, str] = field(default_factory=dict)
    account: str = PAGE
    server: str = ""

    def strike(self, kind: str, status: int = 0, headers: Mapping[str, str] | None = None) -> None:
        self.far.fault = (kind, status, headers or {})

    def native_post(self, text: str) -> str:
        return self.far.add(text)

    def revoke(self) -> None:
        self.far.revoked = True

    def alternative_text(self, post: str) -> str:
        return str(self.far.posts[post]["content"]["media"]["altText"])

    def violations(self) -> list[object]:
        return self.far.wrong


@pytest.fixture
def stage() -> Iterator[OnFarSide]:
    far = FarLinkedIn()
    with far_side(far.answer) as side:
        far.base = side.base
        yield OnFarSide(LinkedIn(Addresses(side.base, f"{side.base}/oauth")), far)


class TestContract(Contract):
    """Everything that every client must do."""

    refuses_doubles = True

    def take_role_away(self, stage: OnFarSide) -> None:  # type: ignore[override] # the stage of this network
        stage.far.role = False


def test_an_answer_without_the_promised_id_leaves_a_post_uncertain(stage: OnFarSide) -> None:
    one = attempt(stage, "Made without a name")
    stage.strike("no_id")
    with pytest.raises(Uncertain):
        publish(stage, one)
    found = stage.client.found(one.access, one.form, "k", {}, since=one.since, after=one.watermark)
    assert len(found.posts) == 1


def test_the_token_goes_to_no_address_but_the_network_s_own(stage: OnFarSide) -> None:
    with far_side(stage.far.answer) as stranger:
        stage.far.uploads_to = stranger.base
        one = attempt(stage, "A picture", picture())
        with pytest.raises(Later):
            publish(stage, one)
        assert stranger.requests == []


def test_a_duplicate_that_is_there_is_refused_and_a_ghost_waits(stage: OnFarSide) -> None:
    one = attempt(stage, "Said, taken back, said again")
    made = publish(stage, one)
    with pytest.raises(Refused) as refused:
        publish(stage, one)
    assert (refused.value.reason, refused.value.earlier) == (Reason.DUPLICATE, made.id)
    stage.client.deleted(one.access, made.id)
    stage.far.ghosts = True
    with pytest.raises(Later) as later:
        publish(stage, one)
    assert later.value.until is not None


def test_a_refusal_says_whether_the_page_or_the_application_is_lacking(stage: OnFarSide) -> None:
    one = attempt(stage, "Not from here")
    stage.far.role = False
    with pytest.raises(Refused) as refused:
        publish(stage, one)
    assert "does not let this log-in" in refused.value.words


def test_a_wrong_secret_is_the_operator_s_duty(stage: OnFarSide) -> None:
    stage.application = Application(APP, "another")
    with pytest.raises(OperatorsDuty):
        signed_in(stage)


def test_a_state_that_nobody_knows_yet_is_taken_as_it_comes(stage: OnFarSide) -> None:
    (insider,) = stage.client.insiders(access_of(stage))
    assert (insider.id, insider.role, insider.state) == (
        "urn:li:person:K1m",
        "ADMINISTRATOR",
        "SOMETHING_NEW",
    )


def test_refreshing_never_moves_the_end(stage: OnFarSide) -> None:
    first = signed_in(stage).token
    fresh = stage.client.refreshed(stage.application, first)
    assert (fresh.refresh, fresh.refresh_until) == (first.refresh, first.refresh_until)
