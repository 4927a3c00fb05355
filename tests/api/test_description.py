"""The interface against its own description: whatever that allows is sent, and whatever comes back is held to it."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.public.town import Town
from undersigned.accounts.states import AccountState

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

DESCRIPTION = "/api/v1/openapi.json"
SAID_OTHERWISE = [positive_data_acceptance]
"""A description cannot say that a cursor has to be one of ours, or a network one that exists."""


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_answer_is_as_described(town: Town, mode: GenerationMode) -> None:
    for number, state in enumerate((AccountState.LIVE, AccountState.SUSPENDED, AccountState.RETIRED)):
        town.in_state(state, f"harrow{number}")
    schema = schemathesis.openapi.from_wsgi(DESCRIPTION, get_wsgi_application())
    tried = [_tried(result.ok(), mode) for result in schema.get_all_operations()]
    assert len(tried) == 4
    assert all(tried) or mode is GenerationMode.NEGATIVE


def _tried(operation: Any, mode: GenerationMode) -> int:
    """Send what the description allows (or does not), and hold each answer to it; answers how often.

    An address whose only parameter may be any text has nothing that its description does not allow.
    """
    answers = 0

    @settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: Any) -> None:
        nonlocal answers
        case.call_and_validate(headers={"Accept-Encoding": "identity"}, excluded_checks=SAID_OTHERWISE)
        answers += 1

    with contextlib.suppress(Unsatisfiable):
        check()
    return answers


def test_the_description_is_openapi_31_and_names_no_other_server(town: Town) -> None:
    description = Client().get(DESCRIPTION).json()
    assert description["openapi"].startswith("3.1")
    assert sorted(description["paths"]) == [
        "/api/v1/public/accounts",
        "/api/v1/public/accounts.atom",
        "/api/v1/public/accounts/verify",
        "/api/v1/public/accounts/{reference}",
    ]
    assert "http" not in str(description["paths"])


def test_there_is_no_page_that_loads_scripts_from_elsewhere(town: Town) -> None:
    assert Client().get("/api/v1/docs").status_code == 404
