"""The 28 checks as data.

Rows and numbers follow the register's table of posture checks. Facebook, X and LinkedIn stand as the table
has them; Instagram and Threads follow Facebook where the portfolio shows it, and are attested otherwise;
Bluesky lists its app passwords; on every other place a named person attests.
"""

from __future__ import annotations

from undersigned.accounts.posture.checks import access, appearance, connection, credentials, register
from undersigned.accounts.posture.kinds import Check, CheckId

BY_ID: dict[CheckId, Check] = {
    check.id: check
    for check in sorted(
        (*register.CHECKS, *credentials.CHECKS, *access.CHECKS, *connection.CHECKS, *appearance.CHECKS),
        key=lambda check: check.id,
    )
}

CHECKS: tuple[Check, ...] = tuple(BY_ID.values())
