"""Instances beside the test's own database, and the tests that only one kind of database can fail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from tests.record.kernel.instance import Instance, beside_the_test_database


@pytest.fixture
def instance(transactional_db: None, tmp_path: Path) -> Iterator[Instance]:
    """An installation with a database of its own, for programs that write at once and may be killed."""
    with beside_the_test_database(tmp_path) as made:
        yield made


@pytest.fixture
def postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time, who sequences at once")


@pytest.fixture
def sqlite() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no such setting")
