"""Names that could be taken for the city's.

`find` holds what was reported or found against the official accounts; `doubles` holds the register against itself. A
match opens a case for a person to decide. It is never proof: parody, fans and namesakes look alike too.
"""

from undersigned.accounts.lookalikes.matching import doubles, doubles_of, find
from undersigned.accounts.lookalikes.presence import LookAlike, Presence
from undersigned.accounts.lookalikes.reasons import Reason, Strength

__all__ = ["LookAlike", "Presence", "Reason", "Strength", "doubles", "doubles_of", "find"]
