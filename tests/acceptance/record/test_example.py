"""The worked example as an export: sound as it is, and refused with any bit changed."""

import shutil
from pathlib import Path

import pytest
from tests.acceptance.record.vectors import vectors

from undersigned.record.audit import main
from undersigned.record.audit.folder import Folder
from undersigned.record.audit.report import Report
from undersigned.record.audit.whole import Trust, audit_folder
from undersigned.record.tlog.keys import KeyRing
from undersigned.record.tlog.policy import Policy

ACT = "0f0e0d0c0b0a09080706050403020100"
LAST_LINE = (
    "OK size=2 root=reDoTp3lmxsf0z8FKIMSrsOIGMPBVw7apfGYZNyby4k= entries={} kept={} receipts=1 quorum=met\n"
)


@pytest.fixture
def example() -> Path:
    return vectors() / "example"


def ask(*words: str | Path) -> int:
    return main([str(word) for word in words])


def test_the_folder_is_sound(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checkpoint = example / "checkpoint"

    assert ask(example, "--keys", example / "keys", "--policy", example / "policy", "--kept", checkpoint) == 0
    assert capsys.readouterr().out == LAST_LINE.format(2, 1)


def test_the_receipt_is_sound_alone(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = ask(
        example / f"{ACT}.tlog-proof",
        *("--entry", example / f"{ACT}.entry"),
        *("--disclosed", example / f"{ACT}.disclosed.json"),
        *("--keys", example / "keys"),
        *("--policy", example / "policy"),
    )

    assert status == 0
    assert capsys.readouterr().out == LAST_LINE.format(1, 0)


def test_every_byte_of_every_file_matters(example: Path, tmp_path: Path) -> None:
    trust = Trust(
        KeyRing.parse((example / "keys").read_bytes()), Policy.parse((example / "policy").read_bytes())
    )
    copy = tmp_path / "example"
    shutil.copytree(example, copy, ignore=shutil.ignore_patterns("keys", "policy"))
    files = sorted(path for path in copy.rglob("*") if path.is_file())
    assert len(files) == 6

    missed = [f"{path.name} byte {at}" for path in files for at in unnoticed(path, copy, trust)]

    assert missed == []


def unnoticed(path: Path, folder: Path, trust: Trust) -> list[int]:
    """The bytes of a file of which a bit may be flipped without the auditor naming the file."""
    data, name, found = path.read_bytes(), path.relative_to(folder).as_posix(), []
    for at in range(len(data)):
        path.write_bytes(data[:at] + bytes([data[at] ^ (1 << at % 8)]) + data[at + 1 :])
        report = Report()
        audit_folder(Folder(folder), trust, report)
        if not any(line.startswith("FAIL") and name in line for line in report.lines()):
            found.append(at)
    path.write_bytes(data)
    return found
