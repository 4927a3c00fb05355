"""Case 37: a time-stamp reply that is forged, of another authority, or over another checkpoint is named."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests.record import behind
from tests.record.conftest import Opened
from tests.record.test_publishing import PLACE, grow_to
from tests.record.test_verify import fails, findings
from tests.record.time_authority import Service, TimeAuthority

from undersigned.record import checks, heads, timestamps
from undersigned.record.models import Checkpoint, Cosignature
from undersigned.record.outlook import Outlook

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def authority(opened: Opened, settings: Settings) -> Iterator[Service]:
    """An authority that answers over HTTP, trusted by this installation."""
    service = Service(TimeAuthority())
    settings.TIME_AUTHORITY = service.url
    timestamps.certificates_file().write_bytes(service.authority.pem)
    Thread(target=service.serve_forever, args=[0.02], daemon=True).start()
    yield service
    service.shutdown()
    service.server_close()


@pytest.fixture
def stamped(opened: Opened, authority: Service) -> Checkpoint:
    """A checkpoint with an honest stamp beside it."""
    grow_to(5)
    made = opened.checkpoint()
    assert timestamps.stamp_of_the_day()
    assert fails(state=True) == []
    return made


def put_in(checkpoint: Checkpoint, reply: bytes) -> None:
    """What the owner of the database can do to a stamp."""
    behind.edit(
        "UPDATE record_cosignature SET bytes = %s WHERE size = %s AND source = 'rfc3161'",
        reply,
        checkpoint.size,
    )


def test_each_day_one_checkpoint_is_stamped_and_anybody_can_fetch_the_stamp(
    stamped: Checkpoint, opened: Opened, authority: Service, client: Client
) -> None:
    reply = client.get(f"{PLACE}/checkpoints/5.tsr")
    assert reply["Content-Type"] == "application/timestamp-reply"
    seen = timestamps.moment_of(reply.content, timestamps.text_of(stamped))
    assert seen == int(authority.authority.clock.timestamp())
    grow_to(9)
    opened.checkpoint()
    assert not timestamps.stamp_of_the_day()
    assert authority.asked == 1
    assert client.get(f"{PLACE}/checkpoints/9.tsr").status_code == 404
    assert Checkpoint.objects.get(size=5).named, "whoever holds the stamp needs its checkpoint"


def test_a_stamp_is_no_line_of_a_witness(stamped: Checkpoint, opened: Opened) -> None:
    assert heads.note(Checkpoint.objects.get(size=5)) == stamped.note.encode()
    assert Outlook().witnesses == []


def test_case_37_a_forged_stamp_is_named(stamped: Checkpoint, authority: Service) -> None:
    honest = authority.authority.stamp(timestamps.text_of(stamped))
    put_in(stamped, honest)
    assert fails() == [], "the attack needs more than another true stamp"
    put_in(stamped, honest[:-1] + bytes([honest[-1] ^ 1]))
    (named,) = fails()
    assert named.startswith("FAIL STAMP checkpoint 5: ")


def test_case_37_a_stamp_of_an_authority_that_nobody_trusts_is_named(
    stamped: Checkpoint, authority: Service
) -> None:
    foreign = TimeAuthority()
    put_in(stamped, foreign.stamp(timestamps.text_of(stamped)))
    (named,) = fails()
    assert named.startswith("FAIL STAMP checkpoint 5: ")
    timestamps.certificates_file().write_bytes(foreign.pem)
    assert fails() == [], "it was a stamp in every other way"


def test_case_37_a_stamp_over_another_checkpoint_is_named(
    stamped: Checkpoint, opened: Opened, authority: Service
) -> None:
    grow_to(9)
    other = opened.checkpoint()
    put_in(stamped, authority.authority.stamp(timestamps.text_of(other)))
    (named,) = fails()
    assert named.startswith("FAIL STAMP checkpoint 5: ")
    assert "over this checkpoint" in named


def test_case_37_a_stamp_beside_no_checkpoint_is_named(stamped: Checkpoint, authority: Service) -> None:
    behind.edit("UPDATE record_cosignature SET size = 4 WHERE source = 'rfc3161'")
    (named,) = fails()
    assert named.startswith("FAIL STAMP checkpoint 4: ")


@pytest.mark.parametrize("junk", [b"", b"\x30\x80", b"<html>busy</html>"])
def test_case_37_what_is_no_reply_at_all_is_named(stamped: Checkpoint, junk: bytes) -> None:
    put_in(stamped, junk)
    (named,) = fails()
    assert named.startswith("FAIL STAMP checkpoint 5: ")


def test_entries_dated_after_their_stamp_are_named(opened: Opened, authority: Service) -> None:
    authority.authority.clock = datetime.now(UTC) - timedelta(hours=1)
    grow_to(5)
    opened.checkpoint()
    assert timestamps.stamp_of_the_day()
    assert {line.split()[1] for line in fails()} == {"TIME"}


def test_no_reply_is_kept_that_is_not_true(opened: Opened, authority: Service) -> None:
    grow_to(5)
    opened.checkpoint()
    foreign, honest = TimeAuthority(), authority.authority
    told = timestamps.text_of(Checkpoint.objects.get(size=5))
    for says in (foreign.answer, lambda _: honest.refuse(), lambda _: honest.stamp(told), lambda _: b"busy"):
        authority.says = says
        assert not timestamps.stamp_of_the_day()
    assert not Cosignature.objects.exists(), "the third is true, and not an answer to what was asked"
    authority.says = honest.answer
    assert timestamps.stamp_of_the_day()


def test_an_authority_that_does_not_answer_is_asked_again(
    opened: Opened, authority: Service, settings: Settings
) -> None:
    grow_to(5)
    opened.checkpoint()
    settings.TIME_AUTHORITY = "http://127.0.0.1:9"
    assert not timestamps.stamp_of_the_day()
    settings.TIME_AUTHORITY = authority.url
    assert timestamps.stamp_of_the_day()


def test_without_the_extra_stamps_are_passed_over_with_a_remark_and_the_rest_is_checked(
    stamped: Checkpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    (remark,) = [line for line in findings() if " STAMP " in line]
    assert remark.startswith("NOTE STAMP checkpoint 5: ")
    assert "undersigned[timestamps]" in remark
    assert not timestamps.stamp_of_the_day()
    assert [one.id for one in checks.the_time_authority_can_be_judged(None)] == ["record.E002"]


def test_without_the_authoritys_certificate_no_stamp_is_asked_for_in_vain(
    stamped: Checkpoint, settings: Settings
) -> None:
    assert checks.the_time_authority_can_be_judged(None) == []
    timestamps.certificates_file().unlink()
    assert [one.id for one in checks.the_time_authority_can_be_judged(None)] == ["record.E002"]
    settings.TIME_AUTHORITY = ""
    assert checks.the_time_authority_can_be_judged(None) == []
