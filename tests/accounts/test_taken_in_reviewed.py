"""An account that is taken in with the day of its last review."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.accounts.stages import Stages
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_review_that_was_due_before_the_register_is_overdue_in_it(cast: Cast) -> None:
    today = timezone.localdate()
    account = Stages(cast).taken_in(last_reviewed_on=today - timedelta(days=400))
    assert account.next_review_by == today - timedelta(days=35)


def test_an_account_of_which_no_review_is_known_is_reviewed_within_a_quarter(cast: Cast) -> None:
    assert Stages(cast).taken_in().next_review_by == timezone.localdate() + timedelta(days=90)
