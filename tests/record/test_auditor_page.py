"""The page for auditors: what it prints runs, and finds what it says it finds."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from tests.record.conftest import Neighbour, Opened
from tests.record.test_publishing import grow_to

from undersigned.record import heads, trust
from undersigned.record.export import ALL, export
from undersigned.record.models import Entry

PAGE = Path(__file__).parents[2] / "docs" / "auditor.md"
GOPATH = os.environ.get("GOPATH", "/usr/share/gocode")
X_MOD = Path(GOPATH) / "src" / "golang.org" / "x" / "mod"

Make = Callable[[str], Neighbour]
Check = Callable[..., subprocess.CompletedProcess[str]]


def printed(language: str) -> str:
    """The one block of this language on the page."""
    (block,) = re.findall(rf"^```{language}\n(.*?)^```", PAGE.read_text(), re.DOTALL | re.MULTILINE)
    return str(block)


def test_the_loop_is_the_one_that_the_record_itself_shows() -> None:
    site = {"site": "https://city.example/.well-known/undersigned/record"}
    shown = render_to_string("record/fetch.txt", {"outlook": site})
    assert printed("python").strip() == shown.strip()


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The program as printed, built from the distribution's packages alone."""
    if shutil.which("go") is None or not X_MOD.is_dir():
        pytest.skip("needs Go")
    folder = tmp_path_factory.mktemp("go")
    (folder / "check.go").write_text(printed("go"))
    alone = {"GOPATH": GOPATH, "GO111MODULE": "off", "GOPROXY": "off", "GOCACHE": str(folder / "cache")}
    subprocess.run(
        ["go", "build", "-o", "check", "check.go"], cwd=folder, env={**os.environ, **alone}, check=True
    )
    return str(folder / "check")


@pytest.fixture
def folder(opened: Opened, neighbour: Make, tmp_path: Path) -> Path:
    """A record of 300 entries, cosigned, with every receipt and a checkpoint kept on the way."""
    clerk = neighbour("clerk")
    opened.trust("clerk", needed=1, witnesses=[clerk])
    grow_to(70)
    (tmp_path / "kept").write_bytes(heads.note(opened.checkpoint()))
    grow_to(300)
    opened.checkpoint()
    export(tmp_path / "out", receipts=ALL)
    (tmp_path / "my-keys").write_bytes(trust.keys().encode())
    return tmp_path / "out"


@pytest.fixture
def check(program: str, folder: Path) -> Check:
    def run(*subject: str | Path) -> subprocess.CompletedProcess[str]:
        command = [program, str(folder.parent / "my-keys"), *map(str, subject)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return run


@pytest.mark.django_db(transaction=True)
def test_the_go_program_finds_a_sound_record_sound(check: Check, folder: Path) -> None:
    done = check(folder, folder.parent / "kept")
    assert done.returncode == 0, done.stdout
    assert re.fullmatch(
        r"OK size=300 root=\S{44} receipts=300 witnesses=\[clerk\.example/witness\]\n", done.stdout
    )


@pytest.mark.django_db(transaction=True)
def test_the_go_program_checks_one_receipt_by_itself(check: Check, folder: Path) -> None:
    entry = Entry.objects.get(seq=123)
    proof, leaf = folder / f"{entry.act_id}.tlog-proof", folder.parent / "leaf"
    leaf.write_bytes(bytes(entry.entry))
    assert check(proof, leaf).stdout.startswith("OK size=300 ")
    leaf.write_bytes(bytes(entry.entry) + b" ")
    assert check(proof, leaf).stdout.startswith("FAIL RECEIPT ")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("checkpoint", "SIGNATURE"),
        ("tile/entries/000", "ROOT"),
        ("tile/0/000", "TILE"),
        ("tile/0/001.p/44", "TILE"),
        ("tile/1/000.p/1", "TILE"),
    ],
)
def test_the_go_program_finds_one_altered_byte(check: Check, folder: Path, name: str, word: str) -> None:
    data = bytearray((folder / name).read_bytes())
    data[20] ^= 1
    (folder / name).write_bytes(data)
    done = check(folder)
    assert (done.returncode, done.stdout.split()[:2]) == (1, ["FAIL", word])


@pytest.mark.django_db(transaction=True)
def test_the_go_program_finds_another_history(
    check: Check, folder: Path, opened: Opened, tmp_path: Path
) -> None:
    """Signed by the real key: only a checkpoint that somebody kept tells."""
    text = f"{opened.origin}\n70\n{'A' * 43}=\n"
    forged = text.encode() + b"\n" + opened.key.sign(text.encode()).line.encode()
    (tmp_path / "other").write_bytes(forged)
    assert check(folder, tmp_path / "other").stdout.startswith("FAIL FORK ")
