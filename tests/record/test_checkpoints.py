"""Opening the record, having it signed, asking witnesses, publishing."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.cast import SYSTEM, Cast
from tests.record.conftest import DOMAIN, Neighbour, Opened

from undersigned.acts import guards
from undersigned.acts.refusals import Unfit
from undersigned.record import acts, checkpoints, heads, setup, trust
from undersigned.record.models import Checkpoint, Cosignature, Entry
from undersigned.record.signer.door import SignerUnreachable
from undersigned.record.tlog import checkpoint as tlog
from undersigned.record.tlog import tree
from undersigned.record.tlog.encoding import Digest
from undersigned.record.tlog.note import NoteSigner, SignedNote

Make = Callable[[str], Neighbour]

pytestmark = pytest.mark.django_db(transaction=True)


def the_root() -> Digest:
    return tree.root_of(
        tree.leaf_hash(bytes(e)) for e in Entry.objects.order_by("seq").values_list("entry", flat=True)
    )


def test_a_record_is_opened_by_entry_0_which_says_its_name(opened: Opened) -> None:
    first = json.loads(bytes(Entry.objects.get(seq=0).entry))
    assert first["act"] == "record.open"
    assert first["fact"] == {"origin": f"{DOMAIN}/.well-known/undersigned/record"}
    assert opened.key.key.name == opened.origin


def test_a_record_is_opened_once_and_keeps_its_name_when_the_site_moves(opened: Opened) -> None:
    assert setup.begin("elsewhere.example") == opened.origin
    assert Entry.objects.count() == 1
    with pytest.raises(Unfit, match="open already"):
        acts.open_record(by=SYSTEM, origin="elsewhere.example/record")


def test_a_record_without_a_domain_is_a_trial(keys: Path, settings: Settings) -> None:
    settings.DOMAIN = "localhost"
    assert setup.begin() == "localhost/.well-known/undersigned/record"


def test_nothing_is_signed_in_a_record_that_was_not_opened(keys: Path, cast: Cast) -> None:
    cast.unit("Parks")
    with pytest.raises(setup.NotOpened):
        checkpoints.make_if_grown()
    assert not Checkpoint.objects.exists()


def test_a_checkpoint_covers_what_was_entered_and_is_published_at_once_without_a_quorum(
    opened: Opened, cast: Cast
) -> None:
    cast.unit("Parks")
    made = opened.checkpoint()
    note = SignedNote.parse(made.note.encode())
    assert tlog.Checkpoint.parse(note.text) == tlog.Checkpoint(opened.origin, 2, the_root())
    assert note.verify([opened.key.key])
    assert heads.latest_published() == made


def test_no_second_checkpoint_is_made_while_nothing_is_done(opened: Opened) -> None:
    opened.checkpoint()
    assert checkpoints.make_if_grown() is None


def test_a_day_without_an_act_is_bracketed_by_a_heartbeat(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.checkpoint()
    monkeypatch.setattr(checkpoints, "IDLE", timedelta(0))
    assert opened.checkpoint().size == 2
    assert Entry.objects.get(seq=1).act == "record.heartbeat"


def test_what_is_not_committed_is_never_signed(opened: Opened, cast: Cast) -> None:
    with transaction.atomic():
        cast.unit("Parks")
        with pytest.raises(RuntimeError, match="durable"):
            checkpoints.make_if_grown()


def test_cosignatures_of_all_witnesses_make_the_quorum(opened: Opened, neighbour: Make, cast: Cast) -> None:
    clerk, auditor = neighbour("clerk"), neighbour("auditor")
    opened.trust("clerk", "auditor", needed=2, witnesses=[clerk, auditor])
    made = opened.checkpoint()
    assert made.published_at is not None
    assert heads.is_witnessed(made)
    verified = SignedNote.parse(heads.note(made)).verify(trust.keys().keys)
    assert {one.key.vkey for one in verified} == {opened.key.key.vkey, clerk.vkey, auditor.vkey}
    cast.unit("Parks")
    assert heads.is_witnessed(opened.checkpoint())


def test_without_the_quorum_publishing_waits_a_minute(
    opened: Opened, neighbour: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk, auditor = neighbour("clerk"), neighbour("auditor")
    opened.trust("clerk", "auditor", needed=2, witnesses=[clerk, auditor])
    auditor.stop()
    made = opened.checkpoint()
    assert made.published_at is None
    assert heads.latest_published() is None
    monkeypatch.setattr(checkpoints, "PATIENCE", timedelta(0))
    checkpoints.tend()
    published = heads.latest_published()
    assert published == made
    assert not heads.is_witnessed(made)


def test_a_cosignature_that_arrives_later_is_added(opened: Opened, neighbour: Make) -> None:
    clerk = neighbour("clerk")
    opened.trust("clerk", needed=1, witnesses=[clerk])
    url, silent = clerk.url, "http://127.0.0.1:9"
    policy = trust.policy_file().read_text()
    trust.policy_file().write_text(policy.replace(url, silent))
    made = opened.checkpoint()
    assert not heads.is_witnessed(made)
    trust.policy_file().write_text(policy)
    checkpoints.tend()
    assert heads.is_witnessed(made)


def test_a_witness_known_only_by_its_address_is_asked_but_not_believed(
    opened: Opened, neighbour: Make, settings: Settings
) -> None:
    stranger = neighbour("stranger")
    settings.RECORD_WITNESSES = [stranger.url]
    opened.checkpoint()
    assert stranger.witness.state.read().size == 1
    assert not Cosignature.objects.exists()


def test_a_line_that_does_not_verify_is_not_kept(opened: Opened, neighbour: Make) -> None:
    clerk = neighbour("clerk")
    opened.trust("clerk", needed=1, witnesses=[clerk])
    clerk.stop()
    made = opened.checkpoint()
    forged = clerk.witness.key.cosign(b"another text\n", int(time.time())).line
    assert checkpoints.add_cosignatures(made, forged) == 0
    assert checkpoints.add_cosignatures(made, "— junk\n") == 0
    good = clerk.witness.key.cosign(SignedNote.parse(made.note.encode()).text, int(time.time())).line
    assert checkpoints.add_cosignatures(made, good) == 1
    assert checkpoints.add_cosignatures(made, good) == 0


def test_case_16_a_database_put_back_to_an_earlier_day_raises_the_alarm(opened: Opened, cast: Cast) -> None:
    cast.unit("Parks")
    opened.checkpoint()
    opened.signer_state.write_bytes(_of_more_entries(opened))
    (opened.keys / "log.mark").write_bytes(_of_more_entries(opened))
    cast.unit("Library")
    with pytest.raises(checkpoints.Alarm, match="put back to an earlier day"):
        checkpoints.make_if_grown()


def _of_more_entries(opened: Opened) -> bytes:
    return tlog.Checkpoint(opened.origin, 99, tree.leaf_hash(b"x")).text


def test_case_31_a_signer_with_an_older_memory_raises_the_alarm(opened: Opened, cast: Cast) -> None:
    opened.checkpoint()
    older = opened.signer_state.read_bytes()
    cast.unit("Parks")
    opened.checkpoint()
    opened.signer_state.write_bytes(older)
    (opened.keys / "log.mark").write_bytes(older)
    cast.unit("Library")
    with pytest.raises(checkpoints.Alarm, match="not the newest"):
        checkpoints.make_if_grown()


def test_a_checkpoint_that_was_signed_and_not_kept_is_asked_for_again(opened: Opened, cast: Cast) -> None:
    """The process died between the signer's answer and the insert."""
    opened.checkpoint()
    cast.unit("Parks")
    lost = checkpoints._sign_the_head()
    assert lost
    with transaction.atomic():
        _delete(lost.size)
    cast.unit("Library")
    assert opened.checkpoint().size == 3


def _delete(size: int) -> None:
    guards.remove(connection)  # type: ignore[arg-type] # a proxy of it
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM record_checkpoint WHERE size = %s", [size])
    guards.install(connection)  # type: ignore[arg-type] # as above


def test_case_32_a_second_signer_cannot_put_another_root_beside_the_first(opened: Opened, cast: Cast) -> None:
    """The state was copied together with the key; the database takes one root for one size."""
    cast.unit("Parks")
    made = opened.checkpoint()
    head = tlog.Checkpoint(opened.origin, made.size, tree.leaf_hash(b"another history"))
    note = SignedNote(head.text, (opened.key.sign(head.text),))
    with pytest.raises(checkpoints.Alarm, match="Two roots"):
        checkpoints._keep(head, note)
    assert bytes(Checkpoint.objects.get(size=made.size).root) == the_root()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE record_checkpoint SET note = 'x'",
        "UPDATE record_checkpoint SET root = (SELECT frontier || frontier FROM record_head)",
        "UPDATE record_checkpoint SET size = 9",
        "UPDATE record_checkpoint SET published_at = NULL",
        "DELETE FROM record_checkpoint",
    ],
)
def test_checkpoints_are_append_only(opened: Opened, statement: str) -> None:
    opened.checkpoint()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_signer_that_is_away_signs_nothing_and_loses_nothing(
    opened: Opened, cast: Cast, settings: Settings, tmp_path: Path
) -> None:
    settings.RECORD_SIGNER = str(tmp_path / "nobody.socket")
    cast.unit("Parks")
    with pytest.raises(SignerUnreachable, match="did not answer"):
        checkpoints.make_if_grown()
    settings.RECORD_SIGNER = ""
    assert opened.checkpoint().size == 2


def test_a_signature_of_another_key_is_not_taken(opened: Opened, cast: Cast) -> None:
    other = NoteSigner.from_seed(opened.origin, b"\x09" * 32)
    trust.policy_file().write_text(f"log {other.key.vkey}\nquorum none\n")
    with pytest.raises(SignerUnreachable, match="not a signature of our log"):
        checkpoints.make_if_grown()


def test_a_smaller_checkpoint_is_never_published_after_a_larger(
    opened: Opened, neighbour: Make, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = neighbour("clerk")
    opened.trust("clerk", needed=1, witnesses=[clerk])
    url, policy = clerk.url, trust.policy_file().read_text()
    trust.policy_file().write_text(policy.replace(url, "http://127.0.0.1:9"))
    small = opened.checkpoint()
    trust.policy_file().write_text(policy)
    cast.unit("Parks")
    large = opened.checkpoint()
    assert heads.latest_published() == large
    monkeypatch.setattr(checkpoints, "PATIENCE", timedelta(0))
    checkpoints.tend()
    small.refresh_from_db()
    assert small.published_at is None


def test_a_deployment_is_warned_of_an_embedded_signer_and_of_missing_witnesses(opened: Opened) -> None:
    found = {one.id for one in run_checks(tags=["record"], include_deployment_checks=True)}
    assert found == {"record.W001", "record.W002"}


def test_the_time_at_which_a_checkpoint_was_signed_is_kept(opened: Opened) -> None:
    assert timezone.now() - opened.checkpoint().signed_at < timedelta(minutes=1)
