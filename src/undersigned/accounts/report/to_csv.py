"""The report as a table with a row an account, safe to open in a spreadsheet program."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.timezone import localtime

from undersigned.accounts.lookalikes import LookAlike
from undersigned.accounts.posture.judging import Judgement
from undersigned.accounts.report.model import AccountLine, AuditReport
from undersigned.imports.text import write_csv

COLUMNS = (
    "network",
    "handle",
    "display_name",
    "unit",
    "state",
    "standing",
    "steward",
    "steward_left",
    "owner",
    "posture_passed",
    "posture_applicable",
    "posture_percent",
    "failed",
    "failed_critical",
    "excepted",
    "causes",
    "oldest_evidence",
    "last_post",
    "dormant_since",
    "doubles",
    "look_alikes",
)
"""The same words as in the JSON form; never translated, because programs read them."""


def as_csv(report: AuditReport) -> str:
    """RFC 4180, in the order of the report. Days are the city's own."""
    return "".join(write_csv(COLUMNS, (_row(line) for line in report.accounts)))


def _row(line: AccountLine) -> list[str]:
    fraction = line.score.fraction
    return [
        line.network.value,
        line.handle,
        line.display_name,
        line.unit,
        line.state,
        line.standing.value,
        line.steward,
        "yes" if line.steward_left else "",
        line.owner,
        str(fraction.passed),
        str(fraction.applicable),
        "" if fraction.percent is None else str(fraction.percent),
        _ids(line.failed),
        _ids(line.critical),
        _ids(line.excepted),
        " ".join(f"{one.check.id}: {one.cause}" for one in line.critical),
        _day(line.oldest_evidence),
        _day(line.last_post),
        _day(line.dormant_since),
        _names(line, line.doubles),
        _names(line, line.look_alikes),
    ]


def _ids(judgements: Iterable[Judgement]) -> str:
    return " ".join(one.check.id.value for one in judgements)


def _day(value: datetime | None) -> str:
    return localtime(value).date().isoformat() if value else ""


def _names(line: AccountLine, matches: Iterable[LookAlike]) -> str:
    others = (line.other_than_this(match) for match in matches)
    return " ".join(f"{other.network.value}:{other.handle}" for other in others)
