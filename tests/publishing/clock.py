"""Another time, for as long as a block lasts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest import mock

from django.utils import timezone


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Everything that asks ``timezone.now()`` hears this moment."""
    with mock.patch.object(timezone, "now", return_value=moment):
        yield
