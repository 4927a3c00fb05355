"""What the tests of this room may rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.accounts.stages import Stages
    from tests.cast import Cast


@pytest.fixture
def stages(cast: Cast) -> Stages:
    """Accounts to act on; see :class:`tests.accounts.stages.Stages`."""
    from tests.accounts.stages import Stages

    return Stages(cast)
