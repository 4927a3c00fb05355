"""The demonstration's city, made once for a whole file of tests in a home of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import TransactionTestCase, override_settings
from pytest_django import DjangoDbBlocker

from undersigned.demo import city


@pytest.fixture(scope="module")
def harrow_falls(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The home that holds it. What a test adds stays for the next ones; they only look, and sign in."""
    home = tmp_path_factory.mktemp("harrow-falls")
    with (
        django_db_blocker.unblock(),
        override_settings(
            HOME=home,
            KEYS=home / "keys",
            MEDIA_ROOT=home / "media",
            STATIC_ROOT=home / "static",
            PRACTICE=True,
        ),
    ):
        try:
            city.make()
            yield home
        finally:
            TransactionTestCase("run")._fixture_teardown()
