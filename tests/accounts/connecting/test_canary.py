"""A token, code, verifier or application's secret never shows anywhere but at the network.

Every secret of the network of these tests begins with the same letters. Whatever the product writes while an account is
connected, used, refreshed, refused, lost and ended is searched for them: logs at their most talkative, pages, what
exceptions say, tasks, the record, and every column of the database.
"""

from __future__ import annotations

import base64
import io
import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import pytest
from django.core.management import call_command
from django.db import connection as database
from django.test import Client
from tests.accounts.connecting.family import CANARY, Family, FamilyClient, answer_of
from tests.accounts.connecting.having import fresh
from tests.accounts.stages import Stages
from tests.cast import filled, signed_in

from undersigned.accounts import acts
from undersigned.accounts.connecting.tokens import access_for, with_access
from undersigned.accounts.models import Connection
from undersigned.dispatch import engine
from undersigned.networks.clients import client_of
from undersigned.networks.faults import Refused, TokenExpired
from undersigned.networks.names import Network
from undersigned.networks.protocol import Access
from undersigned.vault.models import Secret

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("client")]


def encoded(secret: bytes) -> Iterator[bytes]:
    """As base64 wherever it stands in a longer text: its first octet may fall on any of three places."""
    for place in range(3):
        whole = base64.b64encode(b"x" * place + secret)
        yield whole[4 if place else 0 : len(whole) - 4]


FORMS = (CANARY.encode(), CANARY.encode().hex().encode(), *encoded(CANARY.encode()))
"""The secret as it is, and as it would look had somebody only encoded it."""


def shows(text: bytes | str) -> bool:
    octets = text.encode() if isinstance(text, str) else text
    return any(form in octets for form in FORMS)


@contextmanager
def everything_logged() -> Iterator[io.StringIO]:
    """Every logger at DEBUG, as an operator who looks for a fault might set it."""
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield heard
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def every_value() -> Iterator[tuple[str, bytes]]:
    """Each value of each column of each table, as octets."""
    with database.cursor() as cursor:
        for table in database.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names that the database gave
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(columns, row, strict=True):
                    octets = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    yield f"{table}.{name}", octets


def whole_life(browser: Client, stages: Stages, far: Family) -> tuple[list[bytes], list[str]]:
    """From connecting to the end, with every trouble between; the pages and what was raised."""
    account = stages.kept()
    pages, raised = [], []
    for _ in range(2):  # the second answer of each pair is refused
        page = browser.post(f"/accounts/{account.pk}/connect/", filled())
        pages.append(page.content)
        address = page.context["address"]
        pages += [browser.get(f"/connect/x/answer?{answer_of(address)}").content for _ in range(2)]
    connection = Connection.objects.get(state="live")
    with_access(connection, cast(FamilyClient, client_of(Network.X)).profile)
    raised.append(repr(access_for(connection)))
    for trouble in (Refused, ValueError):
        raised.append(_raised(connection, trouble))
    far.killed = True
    raised.append(_raised(connection, None))
    pages.append(browser.get(f"/accounts/{account.pk}/").content)
    far.killed = False
    acts.end_connection(by=stages.steward, connection=fresh(connection), reason="Over")
    engine.inline().run_dry()
    pages += [browser.get(f"/accounts/{account.pk}/").content, browser.get("/").content]
    return pages, raised


def _raised(connection: Connection, trouble: type[Exception] | None) -> str:
    def call(access: Access) -> str:
        if trouble is ValueError:
            raise ValueError(f"a fault of our own about {access}")
        raise TokenExpired("401")

    try:
        return with_access(connection, call)
    except (Refused, ValueError):
        return traceback.format_exc()


def test_the_search_itself_finds_what_is_only_encoded() -> None:
    for secret in (f"{CANARY}-access-1", f"{CANARY}-refresh-1"):
        assert shows(secret)
        assert all(shows(base64.b64encode(before + secret.encode())) for before in (b"", b"1", b"12", b"123"))
        assert shows(secret.encode().hex())


def test_no_secret_shows_in_logs_pages_errors_or_anywhere_in_the_database(
    stages: Stages, far: Family
) -> None:
    browser = signed_in(stages.employee("Stella Wardour"))
    with everything_logged() as heard:
        pages, raised = whole_life(browser, stages, far)
    assert "dispatch" in heard.getvalue()
    assert [line for line in heard.getvalue().splitlines() if shows(line)] == []
    assert [line for page in pages for line in page.splitlines() if shows(line)] == []
    assert [text for text in raised if shows(text)] == []
    assert {where for where, value in every_value() if shows(value)} == set()


def test_while_it_lives_the_database_holds_it_sealed_alone(stages: Stages, far: Family) -> None:
    browser = signed_in(stages.employee("Stella Wardour"))
    account = stages.kept()
    page = browser.post(f"/accounts/{account.pk}/connect/", filled())
    assert {where for where, value in every_value() if shows(value)} == set()
    browser.get(f"/connect/x/answer?{answer_of(page.context['address'])}")
    assert Secret.objects.filter(purpose="tokens").count() == 1
    assert {where for where, value in every_value() if shows(value)} == set()


def test_the_backups_file_holds_it_sealed_alone(
    stages: Stages, far: Family, tmp_path_factory: pytest.TempPathFactory
) -> None:
    browser = signed_in(stages.employee("Stella Wardour"))
    page = browser.post(f"/accounts/{stages.kept().pk}/connect/", filled())
    browser.get(f"/connect/x/answer?{answer_of(page.context['address'])}")
    target = tmp_path_factory.mktemp("copy")
    call_command("backup", "--to", str(target / "copy"), stdout=io.StringIO())
    files = [path for path in target.rglob("*") if path.is_file()]
    assert files
    assert [path.name for path in files if shows(path.read_bytes())] == []
    assert not list(target.rglob("vault.keys"))
