"""How much of what the Graph allows is used, by its own headers (vendor's page "Rate Limits"), and what follows.

``X-App-Usage`` and ``X-Page-Usage`` hold percentages; ``X-Business-Use-Case-Usage`` also says in minutes when access
comes back after a refusal. A new page is allowed little: near the limit, readings wait so that posts still get through.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from undersigned.networks.faults import Later

SLOW_PERCENT = 80
PAUSES = ((95, timedelta(minutes=30)), (SLOW_PERCENT, timedelta(minutes=5)))
"""From which percentage readings wait, and how long."""

PERCENTAGES = ("call_count", "total_time", "total_cputime")


class Pace:
    """Until when each account's readings wait. Safe between threads."""

    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def noted(self, account: str, headers: Mapping[str, str]) -> None:
        used = percent_used(headers)
        pause = next((pause for least, pause in PAUSES if used >= least), None)
        with self._lock:
            if pause is None:
                self._until.pop(account, None)
            else:
                self._until[account] = datetime.now(UTC) + pause

    def check(self, account: str) -> None:
        """Raises Later while the account's readings wait."""
        with self._lock:
            until = self._until.get(account)
        if until is not None and until > datetime.now(UTC):
            raise Later("little is left of what the network allows", until=until)


def percent_used(headers: Mapping[str, str]) -> int:
    """The largest percentage that any of the headers tells; 0 where none is there."""
    parts = [*(_read(headers, name) for name in ("x-app-usage", "x-page-usage")), *_cases(headers)]
    said = [part.get(name) for part in parts for name in PERCENTAGES]
    return max((int(one) for one in said if isinstance(one, int | float)), default=0)


def regained_at(headers: Mapping[str, str], now: datetime | None = None) -> datetime | None:
    """When access comes back, by the network's own word in minutes; None where it gives none."""
    minutes = [case.get("estimated_time_to_regain_access") for case in _cases(headers)]
    longest = max((one for one in minutes if isinstance(one, int | float)), default=0)
    return (now or datetime.now(UTC)) + timedelta(minutes=longest) if longest > 0 else None


def _cases(headers: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    for cases in _read(headers, "x-business-use-case-usage").values():
        yield from (case for case in cases if isinstance(case, dict)) if isinstance(cases, list) else ()


def _read(headers: Mapping[str, str], name: str) -> Mapping[str, Any]:
    try:
        found = json.loads(headers.get(name, "{}"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
