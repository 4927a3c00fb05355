"""From a request to the day an account opens."""

from __future__ import annotations

import pytest

from tests.accounts.stages import Stages
from undersigned.accounts.states import AccountState

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_account_opens_when_every_line_is_closed_and_security_has_signed(stages: Stages) -> None:
    account = stages.live()
    assert account.state == AccountState.LIVE
    assert account.opened_on is not None


@pytest.mark.parametrize("state", AccountState)
def test_there_is_a_way_to_every_state(stages: Stages, state: AccountState) -> None:
    assert stages.in_state(state).state == state
