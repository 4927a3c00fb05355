"""The record's commands: what they print, and with which status they end."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import redirect_stderr
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings
from tests.cast import Cast
from tests.record import behind
from tests.record.conftest import Neighbour, Opened
from tests.record.test_publishing import grow_to

from undersigned.record import audit, heads, trust
from undersigned.record.models import Checkpoint, Entry
from undersigned.record.tlog.note import SignedNote
from undersigned.record.tlog.vkey import VerifierKey

Make = Callable[[str], Neighbour]

pytestmark = pytest.mark.django_db(transaction=True)


def run(command: str, *words: str) -> str:
    said = io.StringIO()
    call_command(command, *words, stdout=said)
    return said.getvalue()


def status(command: str, *words: str) -> int:
    """With which status the command line would end."""
    try:
        run(command, *words)
    except CommandError as refused:
        return refused.returncode
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def test_export_signs_the_present_head_and_prints_size_root_and_files(opened: Opened, tmp_path: Path) -> None:
    grow_to(7)
    said = run("record_export", "--to", str(tmp_path / "out"))
    made = Checkpoint.objects.get()
    assert made.size == 7
    assert said.startswith("size=7 root=")
    assert said.rstrip().endswith("files=5")


def test_export_without_a_signer_writes_what_was_signed_last(
    opened: Opened, tmp_path: Path, settings: Settings, cast: Cast
) -> None:
    opened.checkpoint()
    cast.unit("Parks")
    settings.RECORD_SIGNER = str(tmp_path / "nobody")
    with redirect_stderr(io.StringIO()) as warned:
        assert run("record_export", "--to", str(tmp_path / "out")).startswith("size=1 ")
    assert "No new checkpoint was signed" in warned.getvalue()


def test_export_refuses_and_says_why(opened: Opened, tmp_path: Path) -> None:
    assert status("record_export", "--to", str(tmp_path / "out"), "--receipts", "f" * 32) == 1
    trust.policy_file().unlink()
    assert status("record_export", "--to", str(tmp_path / "out")) == 2


def test_verify_ends_with_0_when_sound_1_with_a_finding_2_when_it_cannot_ask(opened: Opened) -> None:
    grow_to(5)
    opened.checkpoint()
    assert run("record_verify", "--state").startswith("OK size=5 ")
    behind.edit("UPDATE record_head SET t_max = 1")
    assert status("record_verify") == 1
    trust.policy_file().unlink()
    assert status("record_verify") == 2


def test_publish_prints_the_signed_note(opened: Opened) -> None:
    assert run("record_publish").encode() == heads.note(Checkpoint.objects.get())


def test_publish_takes_in_the_line_that_an_offline_witness_sent_by_mail(
    opened: Opened, neighbour: Make, tmp_path: Path
) -> None:
    clerk = neighbour("clerk")
    opened.trust("clerk", needed=1, witnesses=[clerk])
    clerk.stop()
    assert run("record_publish") == "Signed, and waiting for the witnesses.\n"
    text = SignedNote.parse(Checkpoint.objects.get().note.encode()).text
    (tmp_path / "reply").write_text(clerk.witness.key.cosign(text, 1_800_000_000).line)
    assert f"— {clerk.witness.key.key.name} " in run(
        "record_publish", "--cosignature", str(tmp_path / "reply")
    )
    assert status("record_publish", "--cosignature", str(tmp_path / "reply")) == 1
    assert status("record_publish", "--cosignature", str(tmp_path / "not-there")) == 2


def test_a_key_for_a_signer_that_stands_apart_is_made_and_its_public_half_printed(
    opened: Opened, tmp_path: Path
) -> None:
    vkey = run("record_key", "new", "--file", str(tmp_path / "apart.key")).strip()
    assert VerifierKey.parse(vkey).name == opened.origin
    assert status("record_key", "new", "--file", str(tmp_path / "apart.key")) == 1


def test_a_rotation_is_entered_and_for_thirty_days_both_keys_sign(
    opened: Opened, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened.checkpoint()
    old = opened.key.key
    following = VerifierKey.parse(run("record_key", "rotate").strip())
    assert Entry.objects.filter(act="record.rotate_key").count() == 1
    note = SignedNote.parse(opened.checkpoint().note.encode())
    assert {one.key for one in note.verify([old, following])} == {old, following}
    assert status("record_key", "rotate") == 1
    assert status("record_key", "retire") == 1, "the thirty days are not over"
    assert old.vkey in run("record_key", "retire", "--at-once")
    grow_to(5)
    alone = SignedNote.parse(opened.checkpoint().note.encode())
    assert {one.key for one in alone.verify([old, following])} == {following}
    run("record_export", "--to", str(tmp_path / "out"))
    (tmp_path / "my-keys").write_bytes(trust.keys().encode())
    kept = tmp_path / "kept"
    kept.write_bytes(note.encode())
    words = ["--keys", str(tmp_path / "my-keys"), "--kept", str(kept)]
    assert audit.main([str(tmp_path / "out"), *words]) == 0, capsys.readouterr().out
    assert status("record_verify", "--state") == 0


def test_a_signer_apart_is_told_of_by_its_key(opened: Opened, settings: Settings, tmp_path: Path) -> None:
    apart = run("record_key", "new", "--file", str(tmp_path / "apart.key")).strip()
    settings.RECORD_SIGNER = str(tmp_path / "socket")
    assert status("record_key", "rotate") == 1
    assert status("record_key", "rotate", "--vkey", "nonsense") == 1
    assert run("record_key", "rotate", "--vkey", apart).strip() == apart
    assert apart in run("record_key", "show")
