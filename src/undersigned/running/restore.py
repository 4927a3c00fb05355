"""Going on from a backup, and bringing back what was entered after it (record specification, section 9)."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

from undersigned.acts import System, guards
from undersigned.people import acts as people
from undersigned.people.models import City, Person
from undersigned.people.rules import RESTORE
from undersigned.record import acts as record
from undersigned.record import queries, reading, sequence, trust
from undersigned.record.audit.folder import Folder
from undersigned.record.audit.report import Report
from undersigned.record.audit.whole import Trust, audit_folder
from undersigned.record.signer.door import Embedded, is_embedded
from undersigned.record.tlog import tiles
from undersigned.record.tlog.checkpoint import Checkpoint
from undersigned.record.tlog.keys import KeyRing
from undersigned.record.tlog.note import SignedNote
from undersigned.record.tlog.policy import Policy
from undersigned.record.tlog.refusals import RecordError
from undersigned.running.backup import DATABASE, FORMAT, MANIFEST, TABLES, digest_of

AT_ONCE = 1_000


class RestoreRefused(Exception):
    """Nothing was changed; the message says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Restored:
    """``size`` entries were in the backup, ``returned`` came from the export, ``erased`` values were erased again."""

    size: int
    returned: int
    erased: int


def restore(source: Path, export: Path | None = None) -> Restored:
    """Fill this empty installation from a backup. Raises RestoreRefused before anything is written, but where an export
    is sound, signed by this record's own key, and yet of another history than the backup: then its message says so.

    With the latest export of the record, entries that are newer than the backup are entered again byte for byte, and
    values that were erased since are erased again. What stood behind the returned entries is lost and declared so.
    """
    manifest = _checked(source)
    checkpoint = _sound(export, source) if export else None
    _load_database(source, manifest)
    for name in ("media", "keys"):
        if (source / name).exists():
            shutil.copytree(source / name, Path(settings.HOME) / name, dirs_exist_ok=True)
    size = queries.size()
    returned = 0
    if export and checkpoint:
        returned = _return_entries(export, checkpoint, size)
        _remind_signer(export, checkpoint)
    return Restored(size, returned, _erase_again(size) + _erase_persons_again(size))


def _checked(source: Path) -> dict[str, Any]:
    if not (source / MANIFEST).is_file():
        raise RestoreRefused(f"{source} holds no finished backup: {MANIFEST} is missing.")
    manifest: dict[str, Any] = json.loads((source / MANIFEST).read_text())
    if manifest.get("format") != FORMAT or manifest["database"] != connection.vendor:
        raise RestoreRefused(
            f"This backup is of {manifest.get('database')}, and this installation runs on {connection.vendor}. "
            "Set UNDERSIGNED_DATABASE_URL to such a database."
        )
    for name, digest in manifest["files"].items():
        if not (source / name).is_file() or digest_of(source / name) != digest:
            raise RestoreRefused(
                f"{name} of the backup is missing or not what was copied. Take another backup."
            )
    if connection.introspection.table_names() and City.objects.exists():
        raise RestoreRefused(
            "There is a city here already. Restore into an empty database and an empty home."
        )
    return manifest


def _load_database(source: Path, manifest: dict[str, Any]) -> None:
    if manifest["database"] == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(source / DATABASE)) as copy:
            copy.backup(connection.connection)
        connection.close()
    call_command("migrate", interactive=False, verbosity=0)
    if manifest["database"] == "postgresql":
        _load_tables(source / TABLES)


def _load_tables(folder: Path) -> None:
    guards.remove(connection)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SET session_replication_role = replica"
        )  # foreign keys hold again once all tables are there
        for file in sorted(folder.glob("*.copy")):
            cursor.execute(f'TRUNCATE "{file.stem}" CASCADE')
        for file in sorted(folder.glob("*.copy")):
            with cursor.cursor.copy(f'COPY "{file.stem}" FROM STDIN') as copying, file.open("rb") as rows:
                while part := rows.read(1 << 20):
                    copying.write(part)
        cursor.execute("SET session_replication_role = origin")
        for statement in connection.ops.sequence_reset_sql(
            no_style(), list(apps.get_models(include_auto_created=True))
        ):
            cursor.execute(statement)
    guards.install(connection)


def _sound(export: Path, source: Path) -> Checkpoint:
    """The checkpoint of an export that passes the auditor, by the keys in the backup's policy.

    A backup that was loaded without what came after it brings back persons who were erased, so this is asked first.
    """
    report = Report()
    try:
        ring = KeyRing.of(Policy.parse(_policy(source)).keys)
        audit_folder(Folder(export), Trust(ring, None), report)
        if report.sound:
            return Checkpoint.parse(SignedNote.parse((export / "checkpoint").read_bytes()).text)
        why = next(line for line in report.lines() if line.startswith("FAIL"))
    except (RecordError, OSError) as fault:
        why = str(fault)
    raise RestoreRefused(
        f"The export in {export} cannot be believed: {why}. Nothing was restored; bring a sound export of this "
        "record, or restore without one."
    )


def _policy(source: Path) -> bytes:
    """The policy that will count: that of the backup, or the one that lies here already."""
    copied = source / "keys" / "policy"
    return (copied if copied.exists() else trust.policy_file()).read_bytes()


def _remind_signer(export: Path, checkpoint: Checkpoint) -> None:
    """Tell an embedded signer, whose memory is never in a backup, what it signed last, if it forgot."""
    signer = Embedded(Path(settings.KEYS))
    state = signer.state(checkpoint.origin)
    if is_embedded() and signer.key_file.exists() and not state.path.exists():
        state.tell((export / "checkpoint").read_bytes())


def _return_entries(export: Path, checkpoint: Checkpoint, size: int) -> int:
    """Enter again what the export has beyond ``size``, if it continues this record; answers how many."""
    lost = list(_entries_from(export, size, checkpoint.size))
    if not lost:
        return 0
    with transaction.atomic():
        _enter_again(lost)
        if reading.head() != (checkpoint.size, checkpoint.root):
            raise RestoreRefused(
                f"The export in {export} does not continue this record: its root is not that of its checkpoint. "
                "Nothing of it was entered, and the backup is loaded without it: empty this installation before "
                "anybody works here, for it holds what was erased since, and restore with the right export."
            )
    record.declare_loss(by=System(RESTORE), first=size, last=checkpoint.size - 1)
    return len(lost)


def _entries_from(export: Path, first: int, size: int) -> Iterator[bytes]:
    for tile in tiles.tiles_of(size):
        if tile.level is None and (tile.number + 1) * tiles.WIDTH > first:
            start = tile.number * tiles.WIDTH
            entries = tiles.decode_bundle((export / tile.path).read_bytes(), tile.width)
            yield from entries[max(first - start, 0) :]


def _enter_again(entries: list[bytes]) -> None:
    """Byte for byte. The nonces of the states are lost, so state replay names the rows to be brought up again."""
    for start in range(0, len(entries), AT_ONCE):
        some = entries[start : start + AT_ONCE]
        with connection.cursor() as cursor:
            for entry in some:
                said = json.loads(entry)
                cursor.execute(
                    "INSERT INTO record_intake (act_id, entry, entered_at) VALUES (%s, %s, %s)",
                    [said["id"], entry, said["t"]],
                )
                for one in said["obj"]:
                    _stand(cursor, said["id"], one)
        while sequence.integrate():
            pass


def _stand(cursor: Any, act_id: str, one: dict[str, Any]) -> None:
    cursor.execute(
        "INSERT INTO record_object (reference, n, st, sv, nonce, act_id) VALUES (%s, %s, %s, 1, %s, %s)"
        " ON CONFLICT (reference) DO UPDATE SET n = excluded.n, st = excluded.st, nonce = excluded.nonce,"
        " act_id = excluded.act_id",
        [one["o"], one["n"], one["st"], b"", act_id],
    )
    cursor.execute(
        "INSERT INTO record_touch (reference, n, act_id) VALUES (%s, %s, %s)", [one["o"], one["n"], act_id]
    )


def _erase_again(since: int) -> int:
    """Delete the values whose erasure the record tells of after the backup; answers how many there still were."""
    erased = 0
    with connection.cursor() as cursor:
        for _seq, entry, _leaf in reading.every_entry(queries.size(), since):
            said = json.loads(entry)
            if said["act"] != "record.erase":
                continue
            for field in said["fact"]["fields"].split(","):
                cursor.execute(
                    "DELETE FROM record_payload WHERE act_id = %s AND field = %s",
                    [said["fact"]["act"], field],
                )
                erased += cursor.rowcount
    return erased


def _erase_persons_again(since: int) -> int:
    """Erase persons whose erasure the record tells of after the backup; answers how many were there again."""
    told = [json.loads(entry) for _seq, entry, _leaf in reading.every_entry(queries.size(), since)]
    laws = {said["fact"]["person"]: said["law"] for said in told if said["act"] == "person.erase"}
    there = Person.objects.filter(pk__in=laws, erased_at__isnull=True)
    for person in there:
        people.erase_person(
            by=System(RESTORE), person=person, reason="erased after the backup", law=laws[person.pk]
        )
    return len(there)
