"""Why the record could not enter an act, or could not number one. One type for each thing a caller can do."""


class AlreadyEntered(Exception):
    """An act of this id is in the record already; what was done now is undone and the first answer holds."""


class ClockWentBack(RuntimeError):
    """The clock stands behind the record. Nothing was done; set the clock, or enter ``record.correct_clock``."""


class EntryTooLong(ValueError):
    """The act would make an entry over 4,096 bytes; it must be split into several acts."""


class WrongIsolation(RuntimeError):
    """Sequencing needs READ COMMITTED: a snapshot older than the lock would number entries twice."""


class HeadMoved(RuntimeError):
    """Somebody else sequenced meanwhile, which the right to sequence excludes. Nothing was written."""
