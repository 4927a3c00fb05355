"""What every test may rely on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase

from undersigned.acts import guards

if TYPE_CHECKING:
    from tests.cast import Cast

_empty = TransactionTestCase._fixture_teardown


def _empty_without_guards(case: TransactionTestCase) -> None:
    """Emptying the tables after a test is the one write that no act makes: lift the triggers for it."""
    if connections["default"].vendor == "postgresql":
        _delete_rows(connections["default"])
        return
    guards.remove(connections["default"])
    try:
        _empty(case)
    finally:
        guards.install(connections["default"])


def _delete_rows(connection: BaseDatabaseWrapper) -> None:
    """On PostgreSQL, where truncating every table takes seconds and deleting a few rows none."""
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in tables - {"django_content_type", "auth_permission"}:
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 - names that the database gave


TransactionTestCase._fixture_teardown = _empty_without_guards


@pytest.fixture(autouse=True, scope="session")
def _keys() -> None:
    """The key that ``init`` makes, in the home of this run."""
    from undersigned.vault import sealing

    sealing.make_keys()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    """People to act with; see :class:`tests.cast.Cast`."""
    from tests.cast import Cast

    return Cast()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-who-may", action="store_true", help="write tests/acts/who_may.tsv anew")
    parser.addoption("--write-routes", action="store_true", help="write tests/routes.txt anew")
