"""Every single bit of a small export, flipped one at a time."""

from pathlib import Path

import pytest
from tests.record.audit.exports import KEYS, POLICY, audit, city_log, signed, write, write_act, write_export

from undersigned.record.audit.folder import Folder
from undersigned.record.audit.report import Report
from undersigned.record.audit.whole import Trust, audit_folder
from undersigned.record.tlog.keys import KeyRing
from undersigned.record.tlog.policy import Policy

TRUST = Trust(KeyRing.parse(KEYS), Policy.parse(POLICY))


@pytest.mark.slow
def test_every_single_bit_flipped_is_caught_and_its_file_named(tmp_path: Path) -> None:
    log = city_log(2)
    export = write_export(tmp_path / "export", log.entries)
    write(export / "checkpoints/1", signed(log.entries[:1], witnesses=()))
    write_act(export, log, list(log.secrets)[1], signed(log.entries))
    (export / "keys").unlink()
    (export / "policy").unlink()
    assert findings(export) == []

    files = sorted(path for path in export.rglob("*") if path.is_file())
    assert len(files) == 7
    missed = [f"{path.name} byte {at} bit {bit}" for path in files for at, bit in unnoticed(path, export)]

    assert missed == []


def unnoticed(path: Path, export: Path) -> list[tuple[int, int]]:
    """The bits of a file that may be flipped without the auditor naming that file."""
    data = path.read_bytes()
    name = path.relative_to(export).as_posix()
    found = []
    for at in range(len(data)):
        for bit in range(8):
            path.write_bytes(data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :])
            if not any(name in line for line in findings(export)):
                found.append((at, bit))
    path.write_bytes(data)
    return found


def findings(export: Path) -> list[str]:
    report = Report()
    audit_folder(Folder(export), TRUST, report)
    return [line for line in report.lines() if line.startswith("FAIL")]


def test_altered_keys_and_policy_in_the_folder_never_change_what_is_said_of_the_record(
    tmp_path: Path,
) -> None:
    export = write_export(tmp_path / "export", city_log(2).entries)
    for name, word in (("keys", "SIGNATURE"), ("policy", "QUORUM")):
        data = (export / name).read_bytes()
        for at in range(0, len(data), 7):
            write(export / name, data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
            assert audit(export).words <= {word}, f"{name} byte {at}"
        write(export / name, data)
