"""Structured logs: one JSON object a line, without personal data."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime

_ADDRESS = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+")
_FIELDS = ("request_id", "route", "method", "status", "ms", "act", "act_id", "task", "size", "count")


class JsonLines(logging.Formatter):
    """Writes time, level, logger, event and the known fields of a log record; e-mail addresses are blotted out."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, object] = {
            "t": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _ADDRESS.sub("[address]", record.getMessage()),
        }
        said |= {name: getattr(record, name) for name in _FIELDS if hasattr(record, name)}
        if record.exc_info:
            said["trace"] = _ADDRESS.sub("[address]", self.formatException(record.exc_info))
        return json.dumps(said, ensure_ascii=False, default=str)
