"""Receipts: one act, shown offline and for ever by three small files (specification, section 7)."""

from __future__ import annotations

import io
import json
from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from undersigned.record import heads, reading
from undersigned.record.models import Checkpoint, Entry, Intake, Payload
from undersigned.record.tlog import leaf, tiles, tree
from undersigned.record.tlog.proof import ProofFile

SIGNED_WITHIN = timedelta(minutes=6)
"""From being entered to the next published checkpoint, when all goes well."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """An act as it was entered, and its place under a signed head, once there is one.

    ``index`` and ``checkpoint`` are None while the act is entered and not yet signed.
    """

    act_id: str
    entry: bytes
    index: int | None = None
    checkpoint: Checkpoint | None = None

    @property
    def signed_by(self) -> datetime:
        """When it should be signed at the latest."""
        return datetime.fromtimestamp(int(json.loads(self.entry)["t"]), UTC) + SIGNED_WITHIN

    def proof(self) -> bytes | None:
        """The ``.tlog-proof`` file; the checkpoint that it names is published for ever from now on."""
        if self.index is None or self.checkpoint is None:
            return None
        heads.name_for_ever(self.checkpoint)
        return proof_file(self.index, self.checkpoint, tiles.HashReader(self.checkpoint.size, reading.tile))

    def disclosed(self, fields: Container[str] | None = None) -> bytes:
        """The ``.disclosed.json`` file with these fields, by default with all that are not erased."""
        rows = Payload.objects.filter(act_id=self.act_id).order_by("field")
        opened = {
            row.field: {"nonce": bytes(row.nonce).hex(), "value": json.loads(row.value)}
            for row in rows
            if fields is None or row.field in fields
        }
        return leaf.canonical({"v": 1, "act": self.act_id, "open": opened})

    def archive(self, fields: Container[str] | None = None) -> bytes:
        """All files in one zip."""
        files = {"entry": self.entry, "disclosed.json": self.disclosed(fields), "tlog-proof": self.proof()}
        packed = io.BytesIO()
        with ZipFile(packed, "w") as archive:
            for kind, data in files.items():
                if data is not None:
                    archive.writestr(ZipInfo(f"{self.act_id}.{kind}"), data, ZIP_DEFLATED)
        return packed.getvalue()


def receipt(act_id: str) -> Receipt | None:
    """The receipt of this act; None when there is no such act."""
    placed = Entry.objects.filter(act_id=act_id).values_list("seq", "entry").first()
    if placed is None:
        waiting = Intake.objects.filter(act_id=act_id).values_list("entry", flat=True).first()
        return Receipt(act_id, bytes(waiting)) if waiting is not None else None
    index, entry = placed
    return Receipt(act_id, bytes(entry), index, _covering(index))


def _covering(index: int) -> Checkpoint | None:
    """A published checkpoint that covers this entry, with the quorum if there is one."""
    published = heads.latest_published()
    if published is None or published.size <= index:
        return None
    return heads.latest_witnessed(index + 1) or published


def proof_file(index: int, checkpoint: Checkpoint, read: tree.ReadHash) -> bytes:
    path = tree.prove_inclusion(index, checkpoint.size, read)
    return ProofFile(index, tuple(path), heads.note(checkpoint)).encode()
