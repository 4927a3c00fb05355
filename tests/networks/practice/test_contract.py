"""The practice network does everything that every network's client must do."""

from __future__ import annotations

import pytest
from tests.networks.contract import Contract

pytestmark = pytest.mark.django_db(transaction=True)


class TestContract(Contract):
    """The suite as it is."""
