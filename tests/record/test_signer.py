"""The signer: its own memory, and what it refuses to put the city's key under."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.record.growing import LOG, ORIGIN, GrowingLog

from undersigned.record import keyfile
from undersigned.record.add_checkpoint import AddCheckpoint
from undersigned.record.remembered import State, StateError
from undersigned.record.signer import service
from undersigned.record.signer.signing import Answer, answer
from undersigned.record.tlog.encoding import encode_base64
from undersigned.record.tlog.note import NoteSigner, SignedNote

SERVICE = """
import sys
from pathlib import Path
from undersigned.record.signer import service
from undersigned.record.remembered import State, StateError
from tests.record.growing import LOG, ORIGIN
home = Path(sys.argv[1])
try:
    service.serve(home / "socket", [LOG], State(home / "state", home / "mark", ORIGIN), first="first" in sys.argv)
except StateError as why:
    sys.exit(str(why))
"""


@pytest.fixture
def state(tmp_path: Path) -> State:
    fresh = State(tmp_path / "state", tmp_path / "mark", ORIGIN)
    fresh.begin()
    return fresh


def ask(request: bytes, state: State) -> Answer:
    return answer(request, [LOG], state)


def signed(log: GrowingLog, old: int, state: State, size: int | None = None) -> Answer:
    said = ask(log.to_signer(old, size), state)
    assert said.status == 200, said.body
    return said


def test_a_grown_log_is_signed_and_remembered_before_the_answer(state: State) -> None:
    log = GrowingLog().grown_to(3)
    said = signed(log, 0, state)
    note = SignedNote.parse(log.head().text + b"\n" + said.body.encode())
    assert [each.key for each in note.verify([LOG.key])] == [LOG.key]
    assert state.read() == log.head()
    signed(log.grown_to(10), 3, state)


def test_asking_again_for_the_same_head_gives_the_same_line(state: State) -> None:
    log = GrowingLog().grown_to(3)
    assert signed(log, 0, state) == ask(log.to_signer(3, 3), state)


def test_a_wrong_old_size_is_answered_with_the_right_one(state: State) -> None:
    log = GrowingLog().grown_to(5)
    signed(log, 0, state)
    assert ask(log.grown_to(9).to_signer(4), state) == Answer(409, "5\n")


def test_during_a_rotation_both_keys_sign(state: State) -> None:
    following = NoteSigner.from_seed(ORIGIN, b"\x07" * 32)
    log = GrowingLog().grown_to(2)
    said = answer(log.to_signer(0), [LOG, following], state)
    note = SignedNote.parse(log.head().text + b"\n" + said.body.encode())
    assert {each.key for each in note.verify([LOG.key, following.key])} == {LOG.key, following.key}


def test_case_16_a_database_rolled_back_to_yesterday_is_refused(state: State) -> None:
    log = GrowingLog().grown_to(8)
    signed(log, 0, state)
    yesterday = GrowingLog().grown_to(5).grow("another history", "and more", "and more", "and more")
    assert ask(yesterday.to_signer(5), state) == Answer(409, "8\n")
    refused = ask(yesterday.to_signer(8), state)
    assert refused.status == 422
    assert state.read() == log.head()


def test_case_31_a_lost_state_is_never_replaced_by_zero(state: State) -> None:
    log = GrowingLog().grown_to(4)
    signed(log, 0, state)
    state.path.unlink()
    refused = ask(log.grown_to(6).to_signer(0), state)
    assert refused.status == 503
    assert "nobody signs from zero" in refused.body


def test_case_31_an_older_state_is_refused(state: State, tmp_path: Path) -> None:
    log = GrowingLog().grown_to(4)
    signed(log, 0, state)
    copy = shutil.copy(state.path, tmp_path / "copy")
    signed(log.grown_to(9), 4, state)
    shutil.copy(copy, state.path)
    fork = GrowingLog().grown_to(4).grow("another history")
    refused = ask(fork.to_signer(4), state)
    assert refused.status == 503
    assert "put back from a copy" in refused.body


def test_case_31_the_state_of_another_log_is_refused(state: State, tmp_path: Path) -> None:
    State(tmp_path / "other", tmp_path / "other.mark", "other.example/record").begin()
    shutil.copy(tmp_path / "other", state.path)
    refused = ask(GrowingLog().grown_to(1).to_signer(0), state)
    assert refused.status == 503
    assert "other.example/record" in refused.body


def test_case_31_a_first_checkpoint_is_only_for_a_key_without_memory(state: State) -> None:
    with pytest.raises(StateError, match="there already"):
        state.begin()


def test_case_33_a_smaller_size_is_refused_with_both_roots(state: State) -> None:
    log = GrowingLog().grown_to(8)
    signed(log, 0, state)
    shrunk = AddCheckpoint(8, (), log.head(3).text).encode()
    refused = ask(shrunk, state)
    assert refused.status == 422
    assert encode_base64(log.head().root) in refused.body
    assert encode_base64(log.head(3).root) in refused.body


def test_case_33_another_root_for_the_same_size_is_refused_with_both_roots(state: State) -> None:
    log, other = GrowingLog().grown_to(3), GrowingLog().grown_to(3, "forged")
    signed(log, 0, state)
    refused = ask(other.to_signer(3), state)
    assert refused.status == 422
    assert encode_base64(log.head().root) in refused.body
    assert encode_base64(other.head().root) in refused.body


def test_a_larger_fork_is_refused(state: State) -> None:
    signed(GrowingLog().grown_to(3), 0, state)
    fork = GrowingLog().grown_to(2).grow("forged").grown_to(7)
    assert ask(fork.to_signer(3), state).status == 422


def test_another_origin_is_refused(state: State) -> None:
    assert ask(GrowingLog(origin="other.example/record").grown_to(1).to_signer(0), state).status == 404


def test_an_empty_record_is_never_signed(state: State) -> None:
    refused = ask(AddCheckpoint(0, (), GrowingLog().head().text).encode(), state)
    assert refused.status == 422


GOOD = GrowingLog().grown_to(1).to_signer(0)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(GOOD.replace(b"old 0", b"old 00"), id="leading zero"),
        pytest.param(GOOD.replace(b"old 0", b"old +0"), id="sign"),
        pytest.param(GOOD.replace(b"\n1\n", b"\n01\n"), id="size with a leading zero"),
        pytest.param(GOOD.replace(b"\n1\n", b"\n9223372036854775808\n"), id="size of 2^63"),
        pytest.param(GOOD.replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(GOOD.removesuffix(b"\n"), id="no final newline"),
        pytest.param(GOOD + b"extension\n", id="extra text line"),
        pytest.param(GOOD.replace(b"=\n", b"\n"), id="missing pad"),
        pytest.param(GOOD.replace(b"old", b"o\x00d"), id="NUL"),
        pytest.param(GOOD.replace(b"old", b"\xff\xfeld"), id="not UTF-8"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_case_34_what_is_not_of_the_format_is_not_signed(body: bytes, state: State) -> None:
    assert ask(GOOD, state).status == 200
    assert ask(body, state).status == 400


def test_case_34_a_root_with_stray_last_bits_is_not_signed(state: State) -> None:
    root = encode_base64(GrowingLog().grown_to(1).head().root)
    stray = root[:-2] + chr(ord(root[-2]) + 1) + "="
    assert ask(GOOD.replace(root.encode(), stray.encode()), state).status == 400


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A short path: the address of a UNIX socket has at most 107 characters."""
    short = Path(f"/tmp/u-{os.getpid()}-{time.monotonic_ns() % 10**6}")  # noqa: S108 - as said
    short.mkdir()
    yield short
    shutil.rmtree(short)


def start(home: Path, *words: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", SERVICE, str(home), *words],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": "src:."},
    )
    for _ in range(300):
        if process.poll() is not None or _answers(home / "socket"):
            break
        time.sleep(0.02)
    return process


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        return line.connect_ex(str(path)) == 0


def end(process: subprocess.Popen[str]) -> str:
    process.send_signal(signal.SIGTERM)
    return process.communicate(timeout=10)[1]


def test_the_signer_answers_over_its_socket_and_remembers_after_a_restart(home: Path) -> None:
    log = GrowingLog().grown_to(3)
    first = start(home, "first")
    assert service.ask(home / "socket", log.to_signer(0)).status == 200
    end(first)
    again = start(home)
    assert service.ask(home / "socket", log.grown_to(5).to_signer(0)) == Answer(409, "3\n")
    assert service.ask(home / "socket", log.to_signer(3)).status == 200
    end(again)


def test_case_31_the_service_does_not_start_without_its_state(home: Path) -> None:
    assert "nobody signs from zero" in start(home).communicate(timeout=10)[1]


def test_case_32_of_two_signers_started_on_one_state_one_stays(home: Path) -> None:
    first = start(home, "first")
    second = start(home)
    assert "somebody else is using" in second.communicate(timeout=10)[1]
    assert service.ask(home / "socket", GrowingLog().grown_to(1).to_signer(0)).status == 200
    end(first)


def test_a_key_file_is_readable_for_its_owner_alone_and_never_overwritten(tmp_path: Path) -> None:
    made = keyfile.make(tmp_path / "log.key", ORIGIN)
    assert (tmp_path / "log.key").stat().st_mode & 0o777 == 0o600
    assert keyfile.read_log_key(tmp_path / "log.key").key == made.key
    with pytest.raises(keyfile.KeyFileError, match="never overwritten"):
        keyfile.make(tmp_path / "log.key", ORIGIN)
    with pytest.raises(keyfile.KeyFileError, match="a log's key"):
        keyfile.read_witness_key(tmp_path / "log.key")


def test_the_state_is_on_the_disk_before_a_signature_leaves(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order of what the system is asked: write, fsync, rename, fsync of the folder, then sign."""
    order: list[str] = []
    fsync, replace, sign = os.fsync, Path.replace, NoteSigner.sign
    monkeypatch.setattr(os, "fsync", lambda fd: order.append("fsync") or fsync(fd))
    monkeypatch.setattr(
        Path, "replace", lambda one, to: order.append(f"rename {to.name}") or replace(one, to)
    )
    monkeypatch.setattr(NoteSigner, "sign", lambda key, text: order.append("sign") or sign(key, text))
    ask(GrowingLog().grown_to(1).to_signer(0), state)
    assert order == ["fsync", "rename state", "fsync", "fsync", "rename mark", "fsync", "sign"]
