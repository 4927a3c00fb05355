"""Each counterpart starts, speaks through its control plane, and ends."""

from __future__ import annotations

import pytest
import urllib3
from tests.acceptance.counterparts import SCRIPTS, counterpart


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_counterpart_starts_fresh_and_ends_with_the_block(name: str) -> None:
    with counterpart(name) as (base, control):
        assert control.reset()["network"] == name
        assert control.violations() == []
        assert control.world()["network"] == name
    with pytest.raises(urllib3.exceptions.HTTPError):
        urllib3.request("GET", f"{base}/_control/world", timeout=2, retries=False)


def test_a_counterpart_that_there_is_not_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="no counterpart is called orkut"), counterpart("orkut"):
        raise AssertionError("it cannot have started")
