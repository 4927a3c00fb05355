"""SIGNER: what the signer remembers against the newest checkpoint that is kept."""

from __future__ import annotations

from undersigned.record import reading
from undersigned.record.add_checkpoint import AddCheckpoint
from undersigned.record.audit.report import Report, Word
from undersigned.record.models import Checkpoint
from undersigned.record.signer.door import SignerUnreachable, signer
from undersigned.record.signer.signing import Answer
from undersigned.record.tlog.note import SignedNote
from undersigned.record.verify.words import Inside

TRIES = 3
"""A checkpoint may be made between our look and the signer's answer."""


def check_signer(report: Report) -> None:
    """Asks the signer to sign again what it signed last, which it does only for the same root."""
    for left in reversed(range(TRIES)):
        newest = Checkpoint.objects.order_by("-size").first()
        if newest is None:
            return
        try:
            said = _ask(newest)
        except SignerUnreachable as why:
            report.note(Inside.SIGNER, "signer", f"could not be asked: {why}")
            return
        if said.status == 200:
            return
        if not left:
            _say(newest, said, report)


def _ask(newest: Checkpoint) -> Answer:
    text = SignedNote.parse(newest.note.encode()).text
    return signer().ask(AddCheckpoint(newest.size, (), text).encode())


def _say(newest: Checkpoint, said: Answer, report: Report) -> None:
    if said.status != 409:
        report.fail(Inside.SIGNER, f"checkpoint {newest.size}", said.body.strip())
        return
    remembered, (size, _) = int(said.body), reading.head()
    if remembered > size:
        what = f"the signer has signed {remembered} entries and there are {size}: the database was put back"
        report.fail(Word.ROLLBACK, "signer", what)
    elif remembered > newest.size:
        what = f"the signer has signed {remembered} entries, and that checkpoint was not kept; the next one will be"
        report.note(Inside.SIGNER, f"checkpoint {newest.size}", what)
    else:
        what = f"the signer remembers {remembered} entries only; bring its newest state"
        report.fail(Inside.SIGNER, f"checkpoint {newest.size}", what)
