"""The Graph's error codes, and what each means for the caller (vendor's page "Handle Errors" and its references).

Every error names a trace by which the vendor finds it again; it is kept at the end of the words.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from undersigned.networks.calling import Answer, retry_after
from undersigned.networks.facebook.usage import regained_at
from undersigned.networks.faults import (
    LONGEST_WORDS,
    Later,
    NetworkFault,
    OperatorsDuty,
    Reason,
    Refused,
)

THROTTLED = frozenset({4, 9, 17, 32, 341, 613, *range(80_000, 80_015)})
LOST = frozenset({102, 190})
MEDIA = frozenset({-1, 324, 352, 9004, 36000, 36001, 36003, 36004})
OF_APPLICATION = frozenset({3, 101})
VERSION_GONE = frozenset({12, 2635})
PASSING = frozenset({1, 2})

MISSING_OR_FORBIDDEN = 33
WRONG_KIND_OF_TOKEN = 2_069_032
ALREADY_POSTED = 1_366_051
SPENT_CODE = frozenset({36_007, 36_008, 36_009})
NO_SUCH_CONTAINER = frozenset({2_207_006, 2_207_008})
NOT_READY, SOON = 9_007, timedelta(seconds=30)

QUERY = re.compile(r"\?\S+")
"""Whatever stands behind an address's question mark: it may open something (signed addresses of pictures)."""


def explained(answer: Answer) -> NetworkFault | None:
    """An answer of the Graph that is not 2xx."""
    error = error_of(answer)
    code, subcode, said = _number(error.get("code")), _number(error.get("error_subcode")), said_by(error)
    if code is None:
        return None
    if code in THROTTLED:
        return Later(f"429 {said}", until=regained_at(answer.headers) or retry_after(answer))
    if code == NOT_READY:
        return Later(said, until=datetime.now(UTC) + SOON)
    if code in LOST:
        return Refused(Reason.CONTRACT if subcode == WRONG_KIND_OF_TOKEN else Reason.CONNECTION_LOST, said)
    if code in PASSING or error.get("is_transient") is True:
        return None
    return _of_application(code, said) or Refused(_reason(code, subcode, said), said)


def explained_token(answer: Answer) -> NetworkFault | None:
    """An answer of the token endpoint that is not 2xx. It says "code 1" of a wrong secret too."""
    error = error_of(answer)
    if "client secret" in str(error.get("message", "")).lower():
        return OperatorsDuty(Reason.PERMISSION, said_by(error))
    if _number(error.get("error_subcode")) in SPENT_CODE:
        return Refused(Reason.CONNECTION_LOST, said_by(error))
    return explained(answer)


def error_of(answer: Answer) -> dict[str, Any]:
    error = answer.object().get("error")
    return error if isinstance(error, dict) else {}


def said_by(error: dict[str, Any]) -> str:
    """What the network writes for people, else for developers; then its trace."""
    words = QUERY.sub("", str(error.get("error_user_msg") or error.get("message") or ""))
    trace = f" [{error['fbtrace_id']}]" if error.get("fbtrace_id") else ""
    return words[: LONGEST_WORDS - len(trace)] + trace


def _of_application(code: int, said: str) -> OperatorsDuty | None:
    """What only an operator mends: a version that has ended, a wrong secret, an application that is not accepted."""
    low = said.lower()
    if code in VERSION_GONE or "unknown path components" in low:
        return OperatorsDuty(Reason.VERSION, said)
    if code in OF_APPLICATION or "appsecret_proof" in low:
        return OperatorsDuty(Reason.PERMISSION, said)
    return None


def _reason(code: int, subcode: int | None, said: str) -> Reason:
    if code == 506 or subcode == ALREADY_POSTED:
        return Reason.DUPLICATE
    if code == 368:
        return Reason.POLICY
    if code == 10 or 200 <= code <= 299:
        return Reason.PERMISSION
    if code in MEDIA:
        return Reason.MEDIA
    if code in {24, 803} or subcode in NO_SUCH_CONTAINER:
        return Reason.GONE
    return _of_100(subcode, said) if code == 100 else Reason.CONTRACT


def _of_100(subcode: int | None, said: str) -> Reason:
    if subcode == MISSING_OR_FORBIDDEN:
        return Reason.GONE
    return Reason.PERMISSION if "missing permission" in said.lower() else Reason.CONTRACT


def _number(said: object) -> int | None:
    """Codes come as numbers, seldom as text."""
    text = str(said)
    return int(text) if text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() else None
