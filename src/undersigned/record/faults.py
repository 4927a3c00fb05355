"""Why the record could not enter an act, or could not number one. One type for each thing a caller can do."""

from datetime import UTC, datetime

from django.utils.translation import gettext as _

from undersigned.acts.refusals import Refused


class AlreadyEntered(Exception):
    """An act of this id is in the record already; what was done now is undone and the first answer holds."""


class ClockWentBack(Refused):
    """The clock stands behind the record. Nothing was done; set the clock, or enter ``record.correct_clock``."""

    def __init__(self, now: int, latest: int) -> None:
        super().__init__(
            _("The clock has gone back: it shows %(now)s and the latest time in the record is %(latest)s.")
            % {"now": _spoken(now), "latest": _spoken(latest)},
            rule="clock_goes_forward",
            helps=("administrator",),
            do=_(
                "Nothing was done. Set the clock right; or, if the time in the record is the wrong one, let the clerk "
                "correct it with undersigned manage record_clock."
            ),
        )


def _spoken(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")


class EntryTooLong(ValueError):
    """The act would make an entry over 4,096 bytes; it must be split into several acts."""


class WrongIsolation(RuntimeError):
    """Sequencing needs READ COMMITTED: a snapshot older than the lock would number entries twice."""


class HeadMoved(RuntimeError):
    """Somebody else sequenced meanwhile, which the right to sequence excludes. Nothing was written."""
