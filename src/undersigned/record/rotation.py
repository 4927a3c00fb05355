"""Changing the log's key (specification, section 9): announced under the old one, both for a time, then the new."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from undersigned.acts.actor import System
from undersigned.record import acts, keyfile, setup, trust
from undersigned.record.models import Entry
from undersigned.record.remembered import StateError
from undersigned.record.signer.door import Embedded, is_embedded
from undersigned.record.tlog.refusals import MalformedError
from undersigned.record.tlog.vkey import ED25519, VerifierKey

PERIOD = timedelta(days=30)
"""How long checkpoints carry both signatures, so that everybody has time to take the new key."""
BY = System("record.key")


class RotationRefused(Exception):
    """The keys are as they were."""


def announce(vkey: str | None = None) -> VerifierKey:
    """Enter the next key in the record and trust it; from the next checkpoint on both keys sign.

    With the signer embedded the key is made here; a signer apart has made it and ``vkey`` tells of it.
    Raises RotationRefused, KeyFileError, NotOpened.
    """
    key = _given(vkey) if vkey else _made()
    acts.rotate_key(by=BY, key=key.vkey)
    trust.add_log_key(key)
    return key


def _given(vkey: str) -> VerifierKey:
    try:
        key = VerifierKey.parse(vkey)
    except MalformedError as why:
        raise RotationRefused(f"{why}. Nothing was changed.") from why
    if key.name != setup.origin() or key.kind != ED25519:
        raise RotationRefused(f"The key must be a log key of {setup.origin()}. Nothing was changed.")
    return key


def _made() -> VerifierKey:
    if not is_embedded():
        raise RotationRefused(
            "The signer stands apart: make the key there, and give its vkey. Nothing was changed."
        )
    following = Path(settings.KEYS) / "log-next.key"
    if not following.exists():
        return keyfile.make(following, setup.origin()).key
    key = keyfile.read_log_key(following).key
    if key in trust.keys().keys:
        raise RotationRefused(f"{following} is there: a rotation is under way. Retire the old key first.")
    return key


def retire(*, at_once: bool = False) -> VerifierKey:
    """End the embedded old key; the next one signs alone. What the old key signed stays valid, and it stays trusted.

    Raises RotationRefused within ``PERIOD`` of the announcement, unless ``at_once``.
    """
    signer = Embedded(Path(settings.KEYS))
    following = Path(settings.KEYS) / "log-next.key"
    if not following.exists():
        raise RotationRefused("No rotation is under way. Nothing was changed.")
    announced = (
        Entry.objects.filter(act="record.rotate_key").order_by("-seq").values_list("t", flat=True).first()
        or 0
    )
    left = announced + PERIOD.total_seconds() - timezone.now().timestamp()
    if left > 0 and not at_once:
        raise RotationRefused(
            f"Both keys must sign for {left / 86400:.0f} more days, so that everybody has the new one."
        )
    old = keyfile.read_log_key(signer.key_file).key
    signer.key_file.rename(signer.key_file.with_name(f"retired-{old.key_id.hex()}.key"))
    following.rename(signer.key_file)
    return old


def remind(checkpoint: bytes) -> None:
    """Tell the embedded signer by hand what it signed last, after its memory was lost with the machine.

    Take the checkpoint from a witness, a mirror or the gazette, not from the backup: the signer would sign another
    history than the one that was shown. Raises RotationRefused.
    """
    try:
        Embedded(Path(settings.KEYS)).state(setup.origin()).tell(checkpoint)
    except (StateError, MalformedError) as why:
        raise RotationRefused(f"{why}. Nothing was changed.") from why
