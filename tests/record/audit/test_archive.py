"""The auditor as one file, run where nothing of ours and nothing of Django is installed."""

import subprocess
import sys
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.record.audit.exports import KEYS, POLICY, write
from tests.record.audit.synthetic import write_synthetic_export

import undersigned
from undersigned.record.audit.archive import write_archive

RUN = """\
import multiprocessing, runpy, sys
sys.path[:0] = [{apart!r}]
sys.argv = sys.argv[1:]
if {start!r}:
    multiprocessing.set_start_method({start!r})
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.fixture
def apart(tmp_path: Path) -> Path:
    """A folder in which `cryptography` and what it needs can be found, and nothing else."""
    place = tmp_path / "apart"
    place.mkdir()
    for name in ("cryptography", "cffi", "_cffi_backend"):
        spec = find_spec(name)
        if spec and spec.origin:
            source = Path(spec.origin).parent if spec.submodule_search_locations else Path(spec.origin)
            (place / source.name).symlink_to(source)
    return place


@pytest.fixture
def auditor(tmp_path: Path) -> Path:
    target = tmp_path / "undersigned-audit.pyz"
    write_archive(target)
    return target


def run(auditor: Path, apart: Path, *words: Path | str, start: str = "") -> subprocess.CompletedProcess[str]:
    """Run the one file with an interpreter that has no site packages and no environment."""
    code = RUN.format(apart=str(apart), start=start)
    command = [sys.executable, "-I", "-S", "-c", code, str(auditor), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_one_file_audits_without_django(export: Path, auditor: Path, apart: Path) -> None:
    assert distribution("Django").version
    probe = (
        "import sys; sys.path[:0] = [sys.argv[1]]\ntry:\n import django\nexcept ImportError: print('none')"
    )
    seen = subprocess.run(
        [sys.executable, "-I", "-S", "-c", probe, str(apart)], capture_output=True, text=True, check=True
    )
    assert seen.stdout == "none\n", "Django cannot be found where the auditor runs"
    write(export.parent / "keys", KEYS)
    write(export.parent / "policy", POLICY)

    said = run(auditor, apart, export, "--keys", export.parent / "keys", "--policy", export.parent / "policy")

    assert said.stderr == ""
    assert said.returncode == 0
    assert said.stdout.startswith("OK size=7 ")
    assert said.stdout.endswith(" quorum=met\n")


def test_the_one_file_finds_what_was_altered(export: Path, auditor: Path, apart: Path) -> None:
    bundle = export / "tile/entries/000.p/7"
    write(bundle, bundle.read_bytes().replace(b"post.publish", b"post.retract", 1))

    said = run(auditor, apart, export, "--keys", export / "keys")

    assert said.returncode == 1
    assert "FAIL ROOT tile/entries/000.p/7#3: " in said.stdout


def test_two_people_who_pack_the_same_sources_get_the_same_bytes(tmp_path: Path, auditor: Path) -> None:
    write_archive(tmp_path / "again.pyz")

    assert (tmp_path / "again.pyz").read_bytes() == auditor.read_bytes()


@pytest.mark.slow
def test_the_one_file_shares_the_work_where_processes_are_not_forked(
    tmp_path: Path, auditor: Path, apart: Path
) -> None:
    write_synthetic_export(tmp_path / "export", 25_000)

    said = run(auditor, apart, tmp_path / "export", "--keys", tmp_path / "export/keys", start="spawn")

    assert said.stderr == ""
    assert said.stdout.startswith("OK size=25000 ")


def test_nothing_of_the_record_that_an_outsider_needs_imports_django() -> None:
    code = "import sys, undersigned.record.audit.archive, undersigned.record.tlog.proof; print('django' in sys.modules)"
    sources = str(Path(undersigned.__path__[0]).parent)

    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": sources}
    )

    assert said.stdout == "False\n"
