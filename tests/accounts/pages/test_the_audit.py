"""The audit report as a page and as files: one summary, the same numbers everywhere."""

from __future__ import annotations

import csv
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.accounts.pages.reading import text_of
from tests.accounts.stages import Stages
from tests.cast import Cast

from undersigned.acts import together
from undersigned.people.states import Office

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/accounts/audit/"


@pytest.fixture
def auditor(cast: Cast) -> Client:
    return cast.browser(Office.AUDITOR)


def test_the_page_says_the_headline_the_cause_and_who_has_to_act(stages: Stages, auditor: Client) -> None:
    stages.kept("harrowfalls")
    stages.requested("harrownew")
    text = text_of(auditor.get(PAGE))
    assert "1 of 2 accounts is red: it fails a check that could cost the city the account." in text
    assert "Never shown: P03 Second factor on for everyone" in text
    assert "Stella Wardour, steward" in text
    assert "Accounts by unit and standing, the worst first" in text


def test_the_files_say_the_same_as_the_page(stages: Stages, auditor: Client) -> None:
    stages.kept("harrowfalls")
    found = {
        form: auditor.get(reverse("accounts:audit_file", args=[form])) for form in ("json", "csv", "pdf")
    }
    assert [one["handle"] for one in json.loads(found["json"].content)["accounts"]] == ["harrowfalls"]
    rows = list(csv.DictReader(found["csv"].content.decode("utf-8-sig").splitlines()))
    assert [(row["handle"], row["standing"]) for row in rows] == [("harrowfalls", "red")]
    assert found["pdf"].content.startswith(b"%PDF-")
    for form, answer in found.items():
        assert answer["Content-Disposition"].startswith('attachment; filename="audit-of-accounts-')
        assert answer["Content-Disposition"].endswith(f'.{form}"')


def test_an_empty_register_says_what_the_report_will_show(auditor: Client) -> None:
    assert "Nothing to audit yet" in text_of(auditor.get(PAGE))


def test_the_report_asks_as_many_questions_for_fifty_accounts_as_for_one(
    stages: Stages, auditor: Client
) -> None:
    asked = []
    for count in (1, 49):
        with together():
            for number in range(count):
                stages.kept(f"harrow{count}x{number}")
        auditor.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            auditor.get(PAGE)
        asked.append(len(queries))
    assert asked[0] == asked[1]
