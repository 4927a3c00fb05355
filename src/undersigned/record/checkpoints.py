"""Checkpoints: having the head signed, asking the witnesses, and publishing (specification, section 5)."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from undersigned.acts.actor import System
from undersigned.record import acts, asking, heads, reading, sequence, setup, trust
from undersigned.record.add_checkpoint import AddCheckpoint
from undersigned.record.models import Checkpoint, Cosignature, Entry
from undersigned.record.signer.door import SignerUnreachable, signer
from undersigned.record.signer.signing import Answer
from undersigned.record.tlog import checkpoint as tlog
from undersigned.record.tlog.encoding import Digest, encode_base64
from undersigned.record.tlog.note import NoteSignature, SignedNote
from undersigned.record.tlog.refusals import MalformedError, SignatureError

logger = logging.getLogger("undersigned.record")

PATIENCE = timedelta(seconds=60)
"""How long a checkpoint waits for the quorum before it is published without."""
IDLE = timedelta(days=1)
"""After so long without an act the record says by itself that time has passed."""


class Alarm(Exception):
    """The signer and the database do not agree on the history. Nothing was signed; somebody must look."""


def make_if_grown() -> Checkpoint | None:
    """Have the present head signed and published, if the record grew; answers the new checkpoint.

    Must stand outside a transaction: what is signed has to be committed. Raises Alarm, SignerUnreachable, NotOpened.
    """
    _beat_when_idle()
    sequence.sweep()
    made = _sign_the_head()
    tend()
    return made


def tend() -> None:
    """Ask those witnesses again that have not cosigned the newest checkpoint, and publish what is due."""
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is None:
        return
    gather_cosignatures(newest)
    _publish_what_is_due()


def _beat_when_idle() -> None:
    last = Entry.objects.order_by("-seq").values_list("t", flat=True).first()
    if last is not None and timezone.now().timestamp() - last >= IDLE.total_seconds():
        acts.heartbeat(by=System("record.heartbeat"))


def _sign_the_head() -> Checkpoint | None:
    with transaction.atomic(durable=True):
        size, root = reading.head()
        newest = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
    if size == newest:
        return None
    head = tlog.Checkpoint(setup.origin(), size, root)
    note = _verified(head.text, _ask_signer(head, newest))
    return _keep(head, note)


def _ask_signer(head: tlog.Checkpoint, newest: int) -> str:
    """The signature lines. Proves from what the signer remembers, if that lies between our newest and the head."""
    said = _put(head, newest)
    if said.status == 409:
        remembered = int(said.body)
        if remembered > head.size:
            raise Alarm(
                f"The signer has signed {remembered} entries and the database has {head.size}: the database was put "
                "back to an earlier day. Nothing was signed; follow the restore procedure."
            )
        if remembered < newest:
            raise Alarm(
                f"The signer remembers {remembered} entries, and a checkpoint of {newest} bears its signature: its "
                "state is not the newest. Nothing was signed; bring the newest state."
            )
        said = _put(head, remembered)
    if said.status != 200:
        raise Alarm(f"The signer refused: {said.body.strip()}")
    return said.body


def _put(head: tlog.Checkpoint, old: int) -> Answer:
    proof = tuple(reading.consistency(old, head.size))
    return signer().ask(AddCheckpoint(old, proof, head.text).encode())


def _verified(text: bytes, lines: str) -> SignedNote:
    """Raises SignerUnreachable when what came back is not a signature of a key that the policy names."""
    try:
        note = SignedNote.parse(text + b"\n" + lines.encode())
        note.verify(trust.keys().log_keys)
    except (MalformedError, SignatureError) as why:
        raise SignerUnreachable(f"the signer's answer is not a signature of our log: {why}") from why
    return note


def _keep(head: tlog.Checkpoint, note: SignedNote) -> Checkpoint:
    """The size is the key: a second signer cannot put another root beside this one."""
    with transaction.atomic(durable=True):
        kept, _ = Checkpoint.objects.get_or_create(
            size=head.size,
            defaults={"root": head.root, "note": note.encode().decode(), "signed_at": timezone.now()},
        )
    if bytes(kept.root) != head.root:
        raise Alarm(
            f"Two roots for {head.size} entries: {encode_base64(Digest(bytes(kept.root)))} is kept and "
            f"{encode_base64(head.root)} was signed. Two signers are at work, or the entries were altered."
        )
    logger.info("checkpoint", extra={"size": head.size})
    return kept


def gather_cosignatures(checkpoint: Checkpoint) -> None:
    """Ask every witness that has not cosigned this checkpoint; keep the lines that verify."""
    signed = set(Cosignature.objects.filter(size=checkpoint.size).values_list("source", flat=True))
    missing = [one for one in trust.witnesses() if one.key is None or heads.source(one.key) not in signed]
    note = heads.note(checkpoint)

    def body(old: int) -> bytes:
        return AddCheckpoint(old, tuple(reading.consistency(old, checkpoint.size)), note).encode()

    asked = {witness: _cosigned_last(witness, checkpoint.size) for witness in missing}
    for heard in asking.ask_all(asked, checkpoint.size, body):
        if heard.lines:
            add_cosignatures(checkpoint, heard.lines)
        else:
            _log_silence(heard, checkpoint.size)


def _cosigned_last(witness: trust.Witness, size: int) -> int:
    if witness.key is None:
        return 0
    known = Cosignature.objects.filter(source=heads.source(witness.key), size__lte=size)
    return known.order_by("-size").values_list("size", flat=True).first() or 0


def _log_silence(heard: asking.Heard, size: int) -> None:
    if heard.last is not None:
        logger.error("a witness has cosigned a larger record than this one", extra={"size": heard.last})
    else:
        logger.warning("a witness did not cosign: %s", heard.why_not, extra={"size": size})


def add_cosignatures(checkpoint: Checkpoint, lines: str) -> int:
    """Keep those lines which are good cosignatures of witnesses named in the policy; answers how many are new."""
    try:
        signatures = [NoteSignature.parse(line) for line in lines.removesuffix("\n").split("\n")]
        text = SignedNote.parse(checkpoint.note.encode()).text
        verified = SignedNote(text, tuple(signatures)).verify(trust.keys().witness_keys)
    except (MalformedError, SignatureError) as why:
        logger.warning("a cosignature was not kept: %s", why, extra={"size": checkpoint.size})
        return 0
    added = 0
    for one in verified:
        source = heads.source(one.key)
        with transaction.atomic():
            _, new = Cosignature.objects.get_or_create(
                size=checkpoint.size, source=source, defaults={"bytes": one.signature.line.encode()}
            )
        added += new
    return added


def _publish_what_is_due() -> None:
    """The largest that has its quorum, or has waited long enough for it. A smaller one is never published."""
    now = timezone.now()
    published = heads.latest_published()
    waiting = Checkpoint.objects.filter(size__gt=published.size if published else 0, published_at=None)
    for checkpoint in waiting.order_by("-size"):
        if heads.is_witnessed(checkpoint) or now - checkpoint.signed_at >= PATIENCE:
            Checkpoint.objects.filter(size=checkpoint.size, published_at=None).update(published_at=now)
            return
