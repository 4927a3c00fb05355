"""What the tests of the public side may rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.public.town import Town


@pytest.fixture
def town(cast: Cast) -> Town:
    """See :class:`tests.public.town.Town`."""
    from tests.public.town import Town

    cache.clear()
    return Town(cast)
