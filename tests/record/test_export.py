"""The record as files: exactly those of one checkpoint, and sound to an auditor who has none of our tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from tests.cast import SYSTEM, Cast
from tests.record.conftest import Neighbour, Opened
from tests.record.test_publishing import grow_to

from undersigned.acts import guards
from undersigned.people import acts
from undersigned.record import audit, heads, trust
from undersigned.record.export import ALL, ExportRefused, export
from undersigned.record.models import Checkpoint, Entry
from undersigned.record.tlog import tiles

Make = Callable[[str], Neighbour]

pytestmark = pytest.mark.django_db(transaction=True)


def sound(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The auditor's last line; it has to find nothing."""
    outside = folder.parent / "my-keys"
    outside.write_bytes(trust.keys().encode())
    capsys.readouterr()
    status = audit.main([str(folder), "--keys", str(outside), *words])
    said = capsys.readouterr().out
    assert status == 0, said
    return said.splitlines()[-1]


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def expected(size: int, *more: str) -> set[str]:
    return {tile.path for tile in tiles.tiles_of(size)} | {"checkpoint", "keys", "policy", *more}


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 513])
def test_an_export_has_exactly_the_files_of_its_size_and_is_sound(
    opened: Opened, tmp_path: Path, capsys: pytest.CaptureFixture[str], size: int
) -> None:
    grow_to(size)
    opened.checkpoint()
    done = export(tmp_path / "out")
    assert (done.size, done.files) == (size, len(expected(size)))
    assert names(tmp_path / "out") == expected(size)
    assert sound(tmp_path / "out", capsys).startswith(f"OK size={size} ")


def test_a_second_export_leaves_full_tiles_alone_and_removes_outgrown_partial_ones(
    opened: Opened, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    grow_to(300)
    opened.checkpoint()
    export(out)
    full = {name: (out / name).stat().st_ino for name in names(out) if name.endswith("/000")}
    assert len(full) == 2
    grow_to(600)
    opened.checkpoint()
    export(out)
    assert names(out) == expected(600)
    assert {name: (out / name).stat().st_ino for name in full} == full
    assert sound(out, capsys).startswith("OK size=600 ")


def test_an_export_covers_a_checkpoint_and_not_what_came_after(
    opened: Opened, tmp_path: Path, cast: Cast
) -> None:
    opened.checkpoint()
    cast.unit("Parks")
    assert export(tmp_path / "out").size == 1
    assert names(tmp_path / "out") == expected(1)


def test_the_checkpoint_is_written_last(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    replace = Path.replace
    monkeypatch.setattr(Path, "replace", lambda one, to: order.append(to.name) or replace(one, to))
    opened.checkpoint()
    order.clear()
    export(tmp_path / "out")
    assert order[-1] == "checkpoint"
    assert order.count("checkpoint") == 1


def test_receipts_are_written_against_the_checkpoint_of_the_export(
    opened: Opened, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    grow_to(5)
    made = opened.checkpoint()
    out = tmp_path / "out"
    ids = list(Entry.objects.order_by("seq").values_list("act_id", flat=True))
    export(out, [ids[3]])
    assert names(out) == expected(5, f"{ids[3]}.tlog-proof")
    assert heads.note(made) in (out / f"{ids[3]}.tlog-proof").read_bytes()
    assert "receipts=1" in sound(out, capsys)
    export(out, ALL)
    assert "receipts=5" in sound(out, capsys)
    with pytest.raises(ExportRefused, match="no act ffff"):
        export(out, ["f" * 32])


def test_older_checkpoints_stay_the_last_of_each_day_and_those_that_are_named(
    opened: Opened, tmp_path: Path, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    days_ago = {1: 3, 2: 3, 3: 2, 4: 0, 5: 0, 6: 0}
    for size in days_ago:
        grow_to(size)
        opened.checkpoint()
    guards.remove(connection)  # type: ignore[arg-type] # a proxy of it
    for size, days in days_ago.items():
        moment = timezone.now() - timedelta(days=days)
        Checkpoint.objects.filter(size=size).update(signed_at=moment, published_at=moment)
    guards.install(connection)  # type: ignore[arg-type] # as above
    heads.name_for_ever(Checkpoint.objects.get(size=4))
    export(tmp_path / "out")
    assert {name for name in names(tmp_path / "out") if name.startswith("checkpoints/")} == {
        "checkpoints/2",
        "checkpoints/3",
        "checkpoints/4",
    }
    sound(tmp_path / "out", capsys)


def test_the_latest_checkpoint_with_the_quorum_is_exported(
    opened: Opened, tmp_path: Path, neighbour: Make, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    clerk = neighbour("clerk")
    opened.trust("clerk", needed=1, witnesses=[clerk])
    opened.checkpoint()
    clerk.stop()
    cast.unit("Parks")
    opened.checkpoint()
    assert export(tmp_path / "out").size == 1
    (tmp_path / "my-policy").write_bytes(trust.published_policy())
    assert "quorum=met" in sound(tmp_path / "out", capsys, "--policy", str(tmp_path / "my-policy"))


def test_without_any_checkpoint_that_satisfies_the_policy_nothing_is_written(
    opened: Opened, tmp_path: Path, neighbour: Make
) -> None:
    clerk = neighbour("clerk")
    opened.trust("clerk", needed=1, witnesses=[clerk])
    clerk.stop()
    opened.checkpoint()
    with pytest.raises(ExportRefused, match="No checkpoint satisfies"):
        export(tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_of_a_larger_or_another_record_is_never_overwritten(
    opened: Opened, tmp_path: Path, cast: Cast
) -> None:
    """As after a database was put back to yesterday: the folder may be the evidence."""
    out = tmp_path / "out"
    opened.checkpoint()
    export(out)
    forged = (out / "checkpoint").read_text().replace("\n1\n", "\n7\n")
    (out / "checkpoint").write_text(forged)
    with pytest.raises(ExportRefused, match="may be evidence"):
        export(out)
    (out / "checkpoint").write_text("junk")
    with pytest.raises(ExportRefused, match="not a checkpoint"):
        export(out)


def test_a_full_tile_that_a_power_cut_left_empty_is_written_again(
    opened: Opened, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    grow_to(300)
    opened.checkpoint()
    export(tmp_path / "out")
    (tmp_path / "out/tile/entries/000").write_bytes(b"")
    export(tmp_path / "out")
    sound(tmp_path / "out", capsys)


def test_an_act_of_the_city_survives_the_whole_way_to_the_auditor(
    opened: Opened, tmp_path: Path, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    unit = cast.unit("Parks")
    acts.begin_appointment(by=SYSTEM, person=cast.person("Nell Fairweather"), unit=unit)
    opened.checkpoint()
    export(tmp_path / "out")
    assert "entries=6" in sound(tmp_path / "out", capsys)
    everything = b"".join((tmp_path / "out" / name).read_bytes() for name in names(tmp_path / "out"))
    assert b"Nell" not in everything
