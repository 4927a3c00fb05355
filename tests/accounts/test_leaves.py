"""What the record says of accounts for ever, and what it only commits to."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.utils import timezone
from tests.accounts.stages import Stages, address
from tests.cast import SYSTEM, Cast

from undersigned.accounts import acts
from undersigned.accounts.posture.evidence import Shown
from undersigned.accounts.posture.kinds import CheckId
from undersigned.accounts.states import Kind
from undersigned.networks.names import Network
from undersigned.people.states import Office, PersonClass
from undersigned.record.models import Entry, Payload

pytestmark = pytest.mark.django_db(transaction=True)


def last_entry() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(bytes(Entry.objects.order_by("-seq")[0].entry))
    return found


def leaves() -> bytes:
    return b"".join(bytes(entry) for entry in Entry.objects.values_list("entry", flat=True))


def test_network_and_handle_of_an_account_are_public_facts(stages: Stages) -> None:
    stages.taken_in("harrowfalls")
    fact = last_entry()["fact"]
    assert fact == {
        "network": "x",
        "handle": "harrowfalls",
        "state": "live",
        "account_kind": "municipal",
        "origin": "existing",
    }


def test_the_handle_of_an_elected_office_is_never_in_a_leaf(stages: Stages, cast: Cast) -> None:
    member = cast.person("Elle Ected", office=Office.COUNCILLOR, person_class=PersonClass.ELECTED)
    account = acts.take_in(
        by=SYSTEM,
        address=address("cllr_ected"),
        account_kind=Kind.ELECTED_OFFICE,
        unit=stages.unit,
        steward=member,
    )
    acts.confirm(by=stages.communications, account=account)
    acts.change(by=stages.communications, account=account, address=address("elle_ected"))
    assert b"ected" not in leaves().lower().replace(b"elected", b"")
    assert Payload.objects.filter(field="committed_handle", value='"elle_ected"').exists()


def test_a_handle_that_no_leaf_can_hold_is_committed_to(stages: Stages) -> None:
    acts.take_in(by=SYSTEM, address=address("@parks@social.harrowfalls.example", Network.MASTODON))
    assert "handle" not in last_entry()["fact"]
    assert "committed_handle" in last_entry()["c"]


def test_no_person_reason_or_word_of_anybody_enters_a_leaf(stages: Stages) -> None:
    account = stages.kept(owner_text="Wardour, Stella (retired)")
    stages.grant(account, "Abel Scribe", "author")
    acts.attest(
        by=stages.security,
        account=account,
        check=CheckId.P12,
        shown=Shown.PASS,
        note="Bernice told me",
        about=[stages.employee("Abel Scribe")],
    )
    acts.suspend(by=stages.security, account=account, reason="Bernice posted at night")
    acts.report_lookalike(
        by=SYSTEM, address=address("privateperson"), note="Bernice again", contact="bernice@example.org"
    )
    said = leaves()
    for secret in (b"Wardour", b"Stella", b"Scribe", b"Bernice", b"bernice", b"night", b"privateperson"):
        assert secret not in said


def test_a_check_its_result_and_its_day_are_public_facts(stages: Stages) -> None:
    account = stages.kept()
    acts.attest(by=stages.security, account=account, check=CheckId.P12, shown=Shown.PASS, note="Saw it")
    fact = last_entry()["fact"]
    assert (fact["account"], fact["check"], fact["shown"]) == (account.pk, "P12", "pass")
    assert fact["taken_at"].startswith(str(timezone.now().year))
