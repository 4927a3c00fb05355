"""The report as one JSON object. Other programs rely on its keys."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from undersigned.accounts.lookalikes import LookAlike
from undersigned.accounts.posture.judging import Judgement
from undersigned.accounts.posture.scoring import Fraction
from undersigned.accounts.report.model import AccountLine, AuditReport, Counts, Totals, UnitFigure

Object = Mapping[str, Any]


def as_json(report: AuditReport) -> str:
    """The whole report; `standing` is red, amber, green or grey, and instants are ISO 8601 with their offset."""
    return json.dumps(as_object(report), ensure_ascii=False) + "\n"


def as_object(report: AuditReport) -> Object:
    return {
        "city": report.city,
        "as_of": report.as_of.isoformat(),
        "accounts": [_account(line, report.as_of) for line in report.accounts],
        "units": [_unit(unit) for unit in report.units],
        "totals": _totals(report.totals),
    }


def _account(line: AccountLine, as_of: datetime) -> Object:
    return {
        "network": line.network.value,
        "handle": line.handle,
        "display_name": line.display_name,
        "unit": line.unit,
        "state": line.state,
        "standing": line.standing.value,
        "steward": line.steward or None,
        "steward_left": line.steward_left,
        "owner": line.owner or None,
        "owner_is": line.owner_is and line.owner_is.value,
        "posture": _posture(line.score.fraction),
        "failed": [one.check.id.value for one in line.failed],
        "excepted": [one.check.id.value for one in line.excepted],
        "failures": [_failure(one, as_of) for one in line.failed + line.excepted],
        "oldest_evidence": _instant(line.oldest_evidence),
        "last_post": _instant(line.last_post),
        "dormant_since": _instant(line.dormant_since),
        "dormancy": line.dormancy.wakefulness.value,
        "doubles": [_match(line, match) for match in line.doubles],
        "look_alikes": [_match(line, match) for match in line.look_alikes],
    }


def _failure(judgement: Judgement, as_of: datetime) -> Object:
    age = judgement.age(as_of)
    exception = judgement.exception
    return {
        "check": judgement.check.id.value,
        "passes_when": str(judgement.check.passes_when),
        "severity": judgement.check.severity.name.lower(),
        "outcome": judgement.outcome.value,
        "cause": str(judgement.cause),
        "step": str(judgement.step),
        "evidence_taken_at": _instant(judgement.taken_at),
        "evidence_age_days": None if age is None else age.days,
        "exception": exception and {"owner": exception.owner, "until": exception.until.isoformat()},
    }


def _match(line: AccountLine, match: LookAlike) -> Object:
    other = line.other_than_this(match)
    return {
        "network": other.network.value,
        "handle": other.handle,
        "strength": match.strength.name.lower(),
        "reasons": [str(reason) for reason in match.reasons],
    }


def _unit(figure: UnitFigure) -> Object:
    return {"unit": figure.unit, **_counts(figure.counts), "posture": _posture(figure.fraction)}


def _totals(totals: Totals) -> Object:
    return {
        **_counts(totals.counts),
        "posture": _posture(totals.fraction),
        "without_steward": totals.without_steward,
        "dormant": totals.dormant,
        "doubled": totals.doubled,
        "imitated": totals.imitated,
        "by_state": totals.by_state,
        "by_network": totals.by_network,
        "failed": totals.failed,
    }


def _counts(counts: Counts) -> Object:
    return {
        "accounts": counts.total,
        "red": counts.red,
        "amber": counts.amber,
        "green": counts.green,
        "grey": counts.grey,
    }


def _posture(fraction: Fraction) -> Object:
    return {"passed": fraction.passed, "applicable": fraction.applicable, "percent": fraction.percent}


def _instant(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
