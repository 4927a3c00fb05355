"""What the worker does for the record again and again."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.utils import timezone

from undersigned.dispatch import rounds
from undersigned.record import checkpoints, letters, published, queries, sequence, timestamps
from undersigned.record.export import ExportRefused, export

MINUTE, HOUR = 60, 3600


def register() -> None:
    rounds.every(MINUTE, "record.sweep", sequence.sweep)
    rounds.every(MINUTE, "record.tend", tend)
    rounds.every(5 * MINUTE, "record.checkpoint", checkpoint)
    rounds.every(HOUR, "record.time_stamp", timestamps.stamp_of_the_day)
    rounds.every(HOUR, "record.archive", archive_of_the_day)
    rounds.every(HOUR, "record.letters", letters.send_those_of_the_day)
    letters.register()


def checkpoint() -> None:
    """Sign and publish if the record grew; an installation that is not open yet has nothing to sign."""
    if queries.origin():
        checkpoints.make_if_grown()


def tend() -> None:
    """Ask witnesses again, and publish what has waited long enough for them."""
    checkpoints.tend()


def archive_of_the_day() -> None:
    """``latest.zip``, once a day."""
    made = _made_on(published.archive())
    if queries.origin() and made != timezone.localdate():
        write_archive()


def _made_on(path: Path) -> date | None:
    if not path.exists():
        return None
    return timezone.localtime(datetime.fromtimestamp(path.stat().st_mtime, UTC)).date()


def write_archive() -> None:
    """Export into the standing folder, which costs what is new, and pack it. Hashes do not compress."""
    folder = Path(settings.HOME) / "export" / "latest"
    try:
        export(folder)
    except ExportRefused:
        return
    target = published.archive()
    temporary = target.with_name(".latest.zip.new")
    with ZipFile(temporary, "w", allowZip64=True) as packed:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            name = path.relative_to(folder).as_posix()
            info = ZipInfo(name)
            info.compress_type = ZIP_STORED if _is_hashes(name) else ZIP_DEFLATED
            with path.open("rb") as source, packed.open(info, "w") as into:
                shutil.copyfileobj(source, into)
    temporary.replace(target)


def _is_hashes(name: str) -> bool:
    return name.startswith("tile/") and not name.startswith("tile/entries/")
