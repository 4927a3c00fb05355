"""STAMP: the time stamps that are kept beside the cosignatures (RFC 3161), each over the checkpoint of its size."""

from __future__ import annotations

from undersigned.record import heads, timestamps
from undersigned.record.audit.report import Report
from undersigned.record.models import Checkpoint, Cosignature
from undersigned.record.tlog.refusals import MalformedError
from undersigned.record.verify.words import Inside


def check_stamps(report: Report) -> dict[int, int]:
    """Size → the moment at which the trusted authority saw that checkpoint, for TIME to hold the entries against."""
    seen: dict[int, int] = {}
    for stamp in Cosignature.objects.filter(source=heads.TIME_STAMP).order_by("size"):
        try:
            moment = _moment(stamp, report)
        except timestamps.CannotTell as why:
            report.note(Inside.STAMP, f"checkpoint {stamp.size}", f"time stamps were not looked at: {why}")
            break
        if moment is not None:
            seen[stamp.size] = moment
    return seen


def _moment(stamp: Cosignature, report: Report) -> int | None:
    where = f"checkpoint {stamp.size}"
    checkpoint = Checkpoint.objects.filter(size=stamp.size).first()
    if checkpoint is None:
        report.fail(Inside.STAMP, where, "a time stamp is kept for it, and no such checkpoint is there")
        return None
    try:
        return timestamps.moment_of(bytes(stamp.bytes), timestamps.text_of(checkpoint))
    except (timestamps.BadStamp, MalformedError) as why:
        what = f"its time stamp is not one of the trusted authority over this checkpoint: {why}; it proves nothing"
        report.fail(Inside.STAMP, where, what)
        return None
