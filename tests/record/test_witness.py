"""The witness: what it cosigns, and how it refuses, over HTTP and from standard input."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path

import pytest
from tests.record.growing import LOG, ORIGIN, GrowingLog

from undersigned.record.add_checkpoint import AddCheckpoint
from undersigned.record.tlog.note import NoteSigner, SignedNote
from undersigned.record.tlog.tree import EMPTY_ROOT
from undersigned.record.tlog.vkey import VerifierKey

NAME = "clerk.city.example/witness"


@dataclass
class Clerk:
    """The clerk's computer, with a witness on it."""

    home: Path
    port: int = 0
    key: VerifierKey | None = None

    def run(self, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            self._command(*words),
            input=stdin,
            capture_output=True,
            check=False,
            timeout=20,
            env=_environment(),
        )

    def begin(self) -> None:
        made = self.run("--new", NAME, stdin=GrowingLog().grown_to(1).to_witness(0, 1)[:1])
        self.key = VerifierKey.parse(made.stderr.decode().split("\n")[0])

    def serve(self) -> subprocess.Popen[bytes]:
        self.port = free_port()
        process = subprocess.Popen(self._command("--listen", f"127.0.0.1:{self.port}"), env=_environment())
        for _ in range(300):
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", self.port)) == 0:
                    return process
            time.sleep(0.02)
        raise AssertionError("the witness does not answer")

    def post(self, body: bytes) -> tuple[int, bytes, str]:
        return fetch(self.port, "/add-checkpoint", body)

    def last(self, origin: str = ORIGIN) -> tuple[int, bytes, str]:
        return fetch(self.port, f"/{sha256(origin.encode()).hexdigest()}/checkpoint")

    def _command(self, *words: str) -> list[str]:
        files = ["--state", str(self.home / "state"), "--key", str(self.home / "key"), "--log", LOG.key.vkey]
        program = "import sys; from undersigned.cli import main; main(sys.argv[1:])"
        return [sys.executable, "-c", program, "record", "witness", *files, *words]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": "src"}


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def fetch(port: int, path: str, body: bytes | None = None) -> tuple[int, bytes, str]:
    line = HTTPConnection("127.0.0.1", port, timeout=10)
    line.request("GET" if body is None else "POST", path, body)
    answer = line.getresponse()
    found = answer.status, answer.read(), answer.headers["Content-Type"]
    line.close()
    return found


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    found = Clerk(tmp_path)
    found.begin()
    return found


@pytest.fixture
def serving(clerk: Clerk) -> Iterator[Clerk]:
    process = clerk.serve()
    yield clerk
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=10)


def test_a_log_that_grows_is_cosigned_and_the_last_note_is_shown(serving: Clerk) -> None:
    log = GrowingLog().grown_to(3)
    assert serving.last()[0] == 404
    before = int(time.time())
    status, line, kind = serving.post(log.to_witness(0))
    assert (status, kind) == (200, "text/plain; charset=utf-8")
    assert serving.key
    (verified,) = SignedNote.parse(log.head().text + b"\n" + line).verify([serving.key])
    assert verified.time is not None
    assert before <= verified.time <= int(time.time())
    assert serving.last()[:2] == (200, log.note())
    assert serving.post(log.grown_to(9).to_witness(3))[0] == 200
    assert serving.last("other.example/record")[0] == 404


def test_case_27_a_stale_old_size_is_answered_with_the_size_as_body(serving: Clerk) -> None:
    log = GrowingLog().grown_to(5)
    serving.post(log.to_witness(0))
    assert serving.post(log.grown_to(9).to_witness(4)) == (409, b"5\n", "text/x.tlog.size")
    assert serving.post(log.to_witness(0)) == (409, b"5\n", "text/x.tlog.size")


def test_case_28_a_wrong_consistency_proof_is_refused(serving: Clerk) -> None:
    log = GrowingLog().grown_to(5)
    serving.post(log.to_witness(0))
    log.grown_to(9)
    right = log.proof(5)
    wrong = {
        "empty": (),
        "altered": (EMPTY_ROOT, *right[1:]),
        "too long": (*right, EMPTY_ROOT),
        "of another size": log.proof(4),
    }
    for name, proof in wrong.items():
        status, said, _ = serving.post(AddCheckpoint(5, proof, log.note()).encode())
        assert status == 422, (name, said)
    assert serving.post(AddCheckpoint(5, (EMPTY_ROOT,) * 64, log.note()).encode())[0] == 400
    assert serving.post(AddCheckpoint(5, right, log.note()).encode())[0] == 200


def test_case_28_a_proof_from_size_0_is_refused(serving: Clerk) -> None:
    log = GrowingLog().grown_to(5)
    assert serving.post(AddCheckpoint(0, log.proof(4), log.note()).encode())[0] == 422


def test_case_25_a_split_view_of_equal_size_is_refused_and_kept_as_proof(serving: Clerk) -> None:
    honest, forged = GrowingLog().grown_to(5), GrowingLog().grown_to(5, "forged")
    serving.post(honest.to_witness(0))
    status, said, _ = serving.post(forged.to_witness(5))
    assert status == 422
    assert b"two different roots" in said
    kept = [path.read_bytes() for path in (serving.home / "state.refused").iterdir()]
    assert kept == [forged.to_witness(5)]


def test_case_26_a_larger_fork_is_refused(serving: Clerk) -> None:
    honest, forged = GrowingLog().grown_to(5), GrowingLog().grown_to(5, "forged").grown_to(9)
    serving.post(honest.to_witness(0))
    assert serving.post(forged.to_witness(5))[0] == 422
    assert serving.last()[1] == honest.note()


def test_case_4_a_history_rewritten_and_signed_with_the_real_key_is_refused(serving: Clerk) -> None:
    """The key itself is in the wrong hands: the signature is good, and only who remembers can tell."""
    serving.post(GrowingLog().grown_to(6).to_witness(0))
    rewritten = GrowingLog().grown_to(3).grow("an approval that never was").grown_to(9)
    assert rewritten.key.key == LOG.key
    assert serving.post(rewritten.to_witness(6))[0] == 422


def test_an_unknown_origin_is_not_found_and_an_unknown_key_forbidden(serving: Clerk) -> None:
    foreign = GrowingLog(origin="other.example/record").grown_to(2)
    assert serving.post(foreign.to_witness(0))[0] == 404
    stolen = GrowingLog(key=NoteSigner.from_seed(ORIGIN, b"\x09" * 32)).grown_to(2)
    assert serving.post(stolen.to_witness(0))[0] == 403


def test_an_old_size_beyond_the_checkpoint_is_malformed(serving: Clerk) -> None:
    log = GrowingLog().grown_to(3)
    assert serving.post(AddCheckpoint(7, (), log.note()).encode())[0] == 400


def test_an_empty_tree_has_one_root_only(serving: Clerk) -> None:
    log = GrowingLog()
    text = log.head().text.replace(b"47DEQ", b"AAAAA")
    forged = SignedNote(text, (LOG.sign(text),)).encode()
    assert serving.post(AddCheckpoint(0, (), forged).encode())[0] == 422


def test_case_34_malformed_requests_and_notes(serving: Clerk) -> None:
    log = GrowingLog().grown_to(3)
    good = log.to_witness(0)
    bad = {
        "leading zero": good.replace(b"old 0", b"old 00"),
        "CRLF": good.replace(b"\n", b"\r\n"),
        "no final newline": good.removesuffix(b"\n"),
        "NUL": good.replace(b"old", b"o\x00d"),
        "not UTF-8": good.replace(b"old", b"\xffld"),
        "no note": b"old 0\n\n",
        "junk": b"\x00" * 1000,
    }
    for name, body in bad.items():
        assert serving.post(body)[0] == 400, name
    other = NoteSigner.from_seed("unknown.example", b"\x05" * 32)
    text = log.head().text
    many = [NoteSigner.from_seed(f"unknown{i}.example", bytes([i + 1]) * 32).sign(text) for i in range(100)]
    assert serving.post(_request(text, [LOG.sign(text), *many]))[0] == 400, "more than 100 signatures"
    assert serving.post(_request(text, [LOG.sign(b"other"), other.sign(text)]))[0] == 403, "known, and bad"
    assert serving.post(_request(text, [LOG.sign(text), LOG.sign(b"other")]))[0] == 403, "bad beside good"
    assert serving.post(_request(text, [LOG.sign(text), *many[:16]]))[0] == 200, "17 lines, one known"


def _request(text: bytes, signatures: list[object]) -> bytes:
    return AddCheckpoint(0, (), SignedNote(text, tuple(signatures)).encode()).encode()


def test_case_31_a_witness_without_its_memory_refuses(clerk: Clerk) -> None:
    log = GrowingLog().grown_to(4)
    assert clerk.run(stdin=log.to_witness(0)).returncode == 0
    (clerk.home / "state").unlink()
    refused = clerk.run(stdin=log.grown_to(6).to_witness(0))
    assert refused.returncode == 2
    assert refused.stdout == b""
    assert b"nobody signs from zero" in refused.stderr


def test_case_31_a_witness_with_an_older_memory_refuses(clerk: Clerk) -> None:
    log = GrowingLog().grown_to(4)
    clerk.run(stdin=log.to_witness(0))
    older = (clerk.home / "state").read_bytes()
    clerk.run(stdin=log.grown_to(6).to_witness(4))
    (clerk.home / "state").write_bytes(older)
    fork = GrowingLog().grown_to(4).grow("forged").grown_to(8)
    refused = clerk.run(stdin=fork.to_witness(4))
    assert refused.returncode == 2
    assert b"put back from a copy" in refused.stderr


def test_case_31_a_lost_memory_is_told_by_hand_what_it_cosigned_last(clerk: Clerk, tmp_path: Path) -> None:
    log = GrowingLog().grown_to(4)
    clerk.run(stdin=log.to_witness(0))
    (clerk.home / "state").unlink()
    (tmp_path / "by-hand").write_bytes(log.head(2).text)
    assert clerk.run("--last", str(tmp_path / "by-hand"), stdin=log.to_witness(2)).returncode == 2
    (tmp_path / "by-hand").write_bytes(log.head(4).text)
    told = clerk.run("--last", str(tmp_path / "by-hand"), stdin=log.grown_to(6).to_witness(4))
    assert told.returncode == 0, told.stderr


def test_case_31_the_memory_of_another_log_is_refused(clerk: Clerk) -> None:
    other = GrowingLog(origin="other.example/record").grown_to(1)
    (clerk.home / "state").write_bytes(other.head().text)
    refused = clerk.run(stdin=GrowingLog().grown_to(1).to_witness(0))
    assert refused.returncode == 2
    assert b"other.example" in refused.stderr


def test_killed_at_once_after_its_answer_a_witness_knows_what_it_answered(clerk: Clerk) -> None:
    log = GrowingLog().grown_to(4)
    first = clerk.serve()
    assert clerk.post(log.to_witness(0))[0] == 200
    first.kill()
    first.wait(timeout=10)
    again = clerk.serve()
    assert clerk.last()[1] == log.note()
    again.send_signal(signal.SIGTERM)
    again.wait(timeout=10)


def test_two_witnesses_do_not_share_one_memory(serving: Clerk) -> None:
    second = serving.run(stdin=GrowingLog().grown_to(4).to_witness(0))
    assert second.returncode == 2
    assert b"somebody else is using" in second.stderr


@pytest.mark.parametrize("module", ["undersigned.record.witness", "undersigned.record.signer.service"])
def test_witness_and_signer_need_no_web_framework(module: str) -> None:
    program = f"import sys, {module}; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], env=_environment(), check=False).returncode == 0


def test_an_offline_witness_prints_one_line_for_the_request_piped_into_it(clerk: Clerk) -> None:
    log = GrowingLog().grown_to(3)
    done = clerk.run(stdin=log.to_witness(0))
    assert done.stdout.count(b"\n") == 1
    assert done.stdout.startswith(f"— {NAME} ".encode())
    again = clerk.run(stdin=log.to_witness(2))
    assert again.returncode == 1
    assert again.stderr == b"refused (409): 3\n"


@pytest.mark.parametrize("words", [["--listen", "nowhere"], ["--log", "x+y+z"]])
def test_what_cannot_be_asked_exits_with_2(clerk: Clerk, words: list[str]) -> None:
    assert clerk.run(*words).returncode == 2
