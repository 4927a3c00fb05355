"""Whatever somebody does to the files, the auditor answers; it never falls over, and never calls junk sound."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.record.audit.exports import audit

spoilings = st.one_of(
    st.binary(max_size=80).map(lambda data: lambda old, at: data),
    st.binary(min_size=1, max_size=40).map(lambda data: lambda old, at: old[:at] + data + old[at:]),
    st.integers(1, 80).map(lambda count: lambda old, at: old[:at] + old[at + count :]),
    st.just(lambda old, at: old[:at] + old[at : at + 40] + old[at:]),
    st.just(lambda old, at: old[at:] + old[:at]),
)


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_altered_in_any_way_is_refused(export: Path, data: st.DataObject) -> None:
    named = sorted(
        path for path in export.rglob("*") if path.is_file() and path.name not in ("keys", "policy")
    )
    path = data.draw(st.sampled_from(named))
    old = path.read_bytes()
    new = data.draw(spoilings)(old, data.draw(st.integers(0, len(old))))
    path.write_bytes(new)
    try:
        said = audit(export)
    finally:
        path.write_bytes(old)

    assert said.status == (0 if same_meaning(path, old, new) else 1), said.text()


def same_meaning(path: Path, old: bytes, new: bytes) -> bool:
    """Only in disclosed values may white space be put where JSON allows it."""
    return old == new or (path.suffix == ".json" and b"".join(old.split()) == b"".join(new.split()))


@pytest.mark.parametrize("name", ["checkpoint", "tile/0/000.p/7", "tile/entries/000.p/7"])
def test_a_folder_in_the_place_of_a_file_is_a_missing_file(export: Path, name: str) -> None:
    (export / name).unlink()
    (export / name).mkdir()

    assert audit(export).status == 1


def test_a_hundred_megabytes_of_junk_are_not_read_whole(export: Path) -> None:
    with (export / "checkpoint").open("wb") as file:
        file.truncate(100_000_000)

    assert audit(export).words == {"SIGNATURE"}
