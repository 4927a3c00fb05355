"""How the command is asked, and what its exit status says."""

from pathlib import Path

import pytest
from tests.record.audit.exports import KEYS, CityLog, ask, audit, write


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["DIR"],
        ["DIR", "--keys", "nowhere"],
        ["DIR", "--keys", "DIR"],
        ["nowhere", "--keys", "DIR/keys"],
        ["DIR", "--keys", "DIR/keys", "--policy", "nowhere"],
        ["DIR", "--keys", "DIR/keys", "--kept", "nowhere"],
        ["DIR", "--keys", "DIR/keys", "--entry", "DIR/keys"],
        ["DIR/keys", "--keys", "DIR/keys"],
        ["DIR/keys", "--keys", "DIR/keys", "--entry", "nowhere"],
        ["DIR/keys", "--keys", "DIR/keys", "--entry", "DIR/keys", "--disclosed", "nowhere"],
        ["DIR/keys", "--keys", "DIR/keys", "--entry", "DIR/keys", "--kept", "DIR/checkpoint"],
        ["DIR", "--keys", "DIR/keys", "--unheard-of"],
    ],
)
def test_what_cannot_be_asked_exits_with_2_and_says_why(export: Path, words: list[str]) -> None:
    said = ask(*(word.replace("DIR", str(export)) for word in words))

    assert said.status == 2
    assert said.lines == ()
    assert said.complaint


def test_an_empty_folder_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    assert audit(tmp_path / "empty").status == 1


def test_kept_checkpoints_may_be_given_together_or_one_by_one(export: Path, log: CityLog) -> None:
    keys = export.parent / "my-keys"
    write(keys, KEYS)
    note = export / "checkpoint"

    together = ask(export, "--keys", keys, "--kept", note, note)
    apart = ask(export, "--keys", keys, "--kept", note, "--kept", note)

    assert together == apart
    assert " kept=2 " in together.lines[-1]


def test_a_kept_checkpoint_that_is_not_genuine_is_a_finding(export: Path) -> None:
    said = audit(export, kept=[(export / "checkpoint").read_bytes().replace(b"\n7\n", b"\n8\n")])

    assert said.words == {"SIGNATURE"}


def test_a_finding_has_no_last_line(export: Path) -> None:
    (export / "tile/0/000.p/7").unlink()

    assert not any(line.startswith("OK") for line in audit(export).lines)
