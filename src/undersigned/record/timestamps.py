"""Time stamps of an outside authority over the checkpoint of each day (RFC 3161), kept beside the cosignatures.

Optional: the extra ``timestamps`` brings the library, ``UNDERSIGNED_TIME_AUTHORITY`` says who is asked, and the file
``time-authority.pem`` among the keys says whom to believe. A stamp is over the three lines of the checkpoint, and
shows that they were there at that time to whoever trusts the authority and none of our witnesses.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from undersigned.record import heads
from undersigned.record.calling import Call, post_all
from undersigned.record.models import Checkpoint, Cosignature
from undersigned.record.tlog.note import SignedNote

if TYPE_CHECKING:
    from cryptography import x509
    from rfc3161_client import TimeStampRequest

logger = logging.getLogger("undersigned.record")


class CannotTell(Exception):
    """Stamps cannot be judged here: the library or the authority's certificate is missing. Nothing was found wrong."""


class BadStamp(Exception):
    """The reply is not a stamp of the trusted authority over this checkpoint; the message says what it is."""


def certificates_file() -> Path:
    return Path(settings.KEYS) / "time-authority.pem"


def stamp_of_the_day() -> bool:
    """Have the published checkpoint stamped, once a day (UTC); answers whether a stamp was kept.

    An authority that does not answer, or answers wrongly, is logged and asked again with the next round.
    """
    checkpoint = heads.latest_published()
    if not settings.TIME_AUTHORITY or checkpoint is None or _is_stamped_that_day(checkpoint):
        return False
    text = text_of(checkpoint)
    try:
        reply = _ask(text)
    except (BadStamp, CannotTell) as why:
        logger.warning("no time stamp was kept: %s", why, extra={"size": checkpoint.size})
        return False
    with transaction.atomic():
        Cosignature.objects.get_or_create(
            size=checkpoint.size, source=heads.TIME_STAMP, defaults={"bytes": reply}
        )
        heads.name_for_ever(checkpoint)
    return True


def _is_stamped_that_day(checkpoint: Checkpoint) -> bool:
    newest = Cosignature.objects.filter(source=heads.TIME_STAMP).order_by("-size").values("size")[:1]
    stamped = Checkpoint.objects.filter(size__in=newest).first()
    return stamped is not None and stamped.signed_at.date() >= checkpoint.signed_at.date()


def text_of(checkpoint: Checkpoint) -> bytes:
    """What a stamp is over: origin, size and root, each with its line end."""
    return SignedNote.parse(checkpoint.note.encode()).text


def of(checkpoint: Checkpoint) -> bytes | None:
    """The reply of the authority over this checkpoint, as ``openssl ts`` reads it."""
    found = Cosignature.objects.filter(size=checkpoint.size, source=heads.TIME_STAMP).first()
    return bytes(found.bytes) if found else None


def _ask(text: bytes) -> bytes:
    """A verified reply. Raises BadStamp and CannotTell."""
    asked = _request(text)
    (reply,) = post_all([Call(settings.TIME_AUTHORITY, asked.as_bytes(), "application/timestamp-query")])
    if reply.status != HTTPStatus.OK:
        raise BadStamp(reply.why_not or f"refused with {reply.status}")
    moment_of(reply.body, text, asked.nonce)
    return reply.body


def ready() -> None:
    """Can stamps be judged here? Raises CannotTell."""
    _request(b"anything")
    _trusted()


def _request(text: bytes) -> TimeStampRequest:
    try:
        from rfc3161_client import HashAlgorithm, TimestampRequestBuilder
    except ImportError as why:
        raise CannotTell("the extra is not installed: pip install 'undersigned[timestamps]'") from why
    return TimestampRequestBuilder().data(text).hash_algorithm(HashAlgorithm.SHA256).build()


def moment_of(reply: bytes, text: bytes, nonce: int | None = None) -> int:
    """When the trusted authority saw this text, in POSIX seconds. Raises BadStamp and CannotTell."""
    try:
        from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response
    except ImportError as why:
        raise CannotTell("the extra is not installed: pip install 'undersigned[timestamps]'") from why
    verifier = VerifierBuilder(roots=_trusted(), nonce=nonce).build()
    try:
        stamp = decode_timestamp_response(reply)
        verifier.verify_message(stamp, text)
        return int(stamp.tst_info.gen_time.timestamp())
    except (VerificationError, ValueError) as why:
        raise BadStamp(_in_short(why)) from why


def _in_short(why: Exception) -> str:
    """The library adds the stack of its own errors."""
    return str(why).split(": ErrorStack", 1)[0]


def _trusted() -> list[x509.Certificate]:
    from cryptography import x509  # loaded where a stamp is asked for or judged, and not before

    try:
        return x509.load_pem_x509_certificates(certificates_file().read_bytes())
    except (OSError, ValueError) as why:
        raise CannotTell(f"{certificates_file()} must hold the authority's certificates: {why}") from why
