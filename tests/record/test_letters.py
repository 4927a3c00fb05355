"""The daily letters: to those who watch the record, and to everybody in whose name something was done."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from pytest_django import Settings
from tests.cast import Cast
from tests.record.conftest import Opened
from tests.record.test_publishing import grow_to

from undersigned.acts.names import name_of_act
from undersigned.dispatch import engine
from undersigned.people import acts
from undersigned.people.states import Office
from undersigned.record import letters
from undersigned.record.add_checkpoint import AddCheckpoint
from undersigned.record.models import Checkpoint
from undersigned.record.tlog import checkpoint as tlog
from undersigned.record.tlog.note import SignedNote
from undersigned.record.tlog.tree import verify_consistency

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def the_day_after(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is tomorrow, so that today's acts are yesterday's."""
    today = letters.timezone.localdate()
    monkeypatch.setattr(letters.timezone, "localdate", lambda: today + timedelta(days=1))


def sent() -> list[EmailMessage]:
    mail.outbox.clear()
    letters.send_those_of_the_day()
    engine.inline().run_dry()
    return list(mail.outbox)


def files(letter: EmailMessage) -> dict[str, bytes]:
    return {str(name): cast(bytes, data) for name, data, _ in letter.attachments}


def watched(cast_: Cast) -> None:
    cast_.person("Clement Rusk", office=Office.CLERK, email="clerk@harrowfalls.example")


def test_the_clerk_gets_counts_and_the_checkpoint_as_a_file(opened: Opened, cast: Cast) -> None:
    watched(cast)
    made = opened.checkpoint()
    (letter,) = sent()
    assert letter.bcc == ["clerk@harrowfalls.example"]
    assert f"1  {name_of_act('record.open')}" in letter.body
    assert opened.origin in letter.body
    assert files(letter)["checkpoint"] == made.note.encode()
    assert Checkpoint.objects.get(size=made.size).named


def test_the_request_for_an_offline_witness_goes_on_from_the_letter_before(
    opened: Opened, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched(cast)
    first = opened.checkpoint()
    assert AddCheckpoint.parse(files(sent()[0])["add-checkpoint"]).old == 0
    grow_to(30)
    second = opened.checkpoint()
    later = letters.timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(letters.timezone, "localdate", lambda: later)
    asked = AddCheckpoint.parse(files(sent()[0])["add-checkpoint"])
    assert asked.old == first.size
    head = tlog.Checkpoint.parse(SignedNote.parse(asked.checkpoint).text)
    old_root = tlog.Checkpoint.parse(SignedNote.parse(first.note.encode()).text).root
    verify_consistency(old=asked.old, size=second.size, old_root=old_root, root=head.root, proof=asked.proof)


def test_who_subscribed_gets_the_letter_too_and_nobody_sees_the_others(
    opened: Opened, cast: Cast, settings: Settings
) -> None:
    settings.RECORD_MAIL_TO = ["opposition@example.org"]
    watched(cast)
    opened.checkpoint()
    (letter,) = sent()
    assert letter.bcc == ["clerk@harrowfalls.example", "opposition@example.org"]
    assert letter.to == letter.cc == []


def test_each_letter_is_sent_once_a_day(opened: Opened, cast: Cast) -> None:
    watched(cast)
    opened.checkpoint()
    assert len(sent()) == 1
    assert sent() == []


def test_a_person_is_told_what_was_done_in_their_name(opened: Opened, cast: Cast) -> None:
    cast.person("Harriet Lowmoor", office=Office.HR, email="hr@harrowfalls.example")
    acts.add_unit(by=cast.officer(Office.HR), name="Parks")
    opened.checkpoint()
    (letter,) = sent()
    assert letter.to == ["hr@harrowfalls.example"]
    assert "1 acts were entered in the record in your name" in letter.body
    assert "/record/acts/" in letter.body


def test_nobody_is_written_to_in_whose_name_nothing_was_done(opened: Opened, cast: Cast) -> None:
    cast.person("Emery Plain", email="plain@harrowfalls.example")
    opened.checkpoint()
    assert sent() == []


def test_no_address_lies_in_the_queue(opened: Opened, cast: Cast) -> None:
    watched(cast)
    opened.checkpoint()
    sent()
    from undersigned.dispatch.models import Dispatch

    assert all("@" not in str(row.payload) for row in Dispatch.objects.all())
