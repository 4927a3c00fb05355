"""What the printed report says, word for word, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from undersigned.accounts.lookalikes import LookAlike
from undersigned.accounts.posture.checks import CHECKS
from undersigned.accounts.posture.kinds import Severity
from undersigned.accounts.posture.scoring import Standing
from undersigned.accounts.report import words
from undersigned.accounts.report.model import AccountLine, AuditReport, UnitFigure
from undersigned.ui.words import figures, time_in_words

MOST_CHECKS = 5

Value = str | int | float | Sequence["Value"] | Mapping[str, "Value"]
Data = dict[str, Value]

MOST_LINES = 20
"""Lines that units may take on the page of summary; the rest is counted together in a line below."""

UNIT_NAME = 60
"""Characters of a unit's name on that page: two lines of it."""


def on_paper(report: AuditReport) -> Data:
    """Everything the template prints."""
    shown = _fitting(report.units)
    as_of = localtime(report.as_of)
    return {
        "words": _words(),
        "language": report.language,
        "title": words.title(report),
        "author": words.short(report.city),
        "date": {"year": as_of.year, "month": as_of.month, "day": as_of.day},
        "as_of": _("As of %(time)s") % {"time": time_in_words(report.as_of)},
        "footer": f"{words.title(report)}, {time_in_words(report.as_of)}",
        "headline": words.headline(report),
        "tiles": [_tile(report, standing) for standing in Standing],
        "facts": _facts(report),
        "units": [_unit(unit) for unit in shown],
        "unit_inset": 4.6 if len(shown) <= MOST_LINES // 2 else 3,
        "failing_most": _failing_most(report),
        "more_units": _more(report.units[len(shown) :]),
        "red": [_red(line) for line in report.red],
        "accounts": [_account(line) for line in report.accounts],
        "resemblances": list(_resemblances(report)),
        "checks": _checks(report),
    }


def _words() -> Data:
    return {
        "standings": {standing.value: str(standing.label) for standing in Standing},
        "page": _("Page"),
        "of": _("of"),
        "units": _("Units"),
        "unit": _("Unit"),
        "picture": _("Accounts by standing"),
        "accounts": _("Accounts"),
        "account": _("Account"),
        "posture": _("Posture"),
        "standing": _("Standing"),
        "steward": _("Steward"),
        "last_post": _("Last post"),
        "failed": _("Failed checks"),
        "red": _("Red accounts"),
        "red_lead": _("Each fails at least one critical check. Mend these first, whatever the figures say."),
        "to_act": _("Who has to act"),
        "why_red": _("Why it is red"),
        "every": _("Every account"),
        "every_lead": _(
            "Critical checks are printed first and bold. What the numbers stand for is on the last page."
        ),
        "alike": _("Names that look alike"),
        "alike_lead": _(
            "Found by comparing names. Whether it is an imitation, a fan or a namesake, a person decides."
        ),
        "failing_most": _("Checks that fail most"),
        "kind": _("What it is"),
        "looks_like": _("What looks like it, and why"),
        "checks": _("What is checked"),
        "checks_lead": _("Evidence that is too old, or was never shown, counts as failed."),
        "number": _("No."),
        "check": _("Check"),
        "passes_when": _("Passes when"),
        "mended_by": _("What mends it"),
        "severity": _("Severity"),
        "failed_on": _("Accounts that fail"),
        "end": _("End of the report."),
    }


SEVERITIES = {
    Severity.CRITICAL: lambda: _("critical"),
    Severity.HIGH: lambda: _("high"),
    Severity.MEDIUM: lambda: _("medium"),
    Severity.LOW: lambda: _("low"),
}


def _tile(report: AuditReport, standing: Standing) -> Data:
    number = figures(report.totals.counts.of(standing))
    return {"standing": standing.value, "label": str(standing.label), "number": number}


def _facts(report: AuditReport) -> list[Data]:
    totals = report.totals
    facts = [
        (_("Accounts in the register"), figures(totals.counts.total)),
        (_("Posture of the city"), words.posture(totals.fraction)),
        (_("Without a steward who is still here"), figures(totals.without_steward)),
        (_("Dormant"), figures(totals.dormant)),
        (_("In the register twice"), figures(totals.doubled)),
        (_("Imitated by others"), figures(totals.imitated)),
    ]
    return [{"label": label, "value": value} for label, value in facts]


def _failing_most(report: AuditReport) -> list[Data]:
    """The checks that most accounts fail; of those that fail on as many, the more severe first."""
    failed = report.totals.failed
    worst = sorted(CHECKS, key=lambda check: (-failed.get(check.id.value, 0), -check.weight, check.id))
    return [
        {
            "check": f"{check.id} {check.title}",
            "severity": SEVERITIES[check.severity](),
            "failed": figures(failed[check.id]),
        }
        for check in worst[:MOST_CHECKS]
        if check.id in failed
    ]


def _fitting(units: Sequence[UnitFigure]) -> Sequence[UnitFigure]:
    """The first units, as many as leave the summary on one page."""
    lines = accumulate(2 if len(unit.unit) > UNIT_NAME // 2 else 1 for unit in units)
    return units[: sum(1 for line in lines if line <= MOST_LINES)]


def _unit(figure: UnitFigure) -> Data:
    counts: Data = {standing.value: figure.counts.of(standing) for standing in Standing}
    return {
        "unit": words.short(figure.unit, UNIT_NAME) or _("no unit"),
        "total": figure.counts.total,
        "posture": words.posture(figure.fraction),
        **counts,
    }


def _more(units: Sequence[UnitFigure]) -> str:
    if not units:
        return ""
    red = sum(unit.counts.red for unit in units)
    return ngettext(
        "One more unit, with %(red)s red accounts, is in the table of every account.",
        "%(count)s more units, with %(red)s red accounts together, are in the table of every account.",
        len(units),
    ) % {"count": figures(len(units)), "red": figures(red)}


def unit_name(unit: str) -> str:
    return words.short(unit) or _("no unit")


def _red(line: AccountLine) -> Data:
    causes: list[Data] = [
        {"words": cause, "checks": "; ".join(members)} for cause, members in words.cause_groups(line.critical)
    ]
    return {
        "handle": words.short(line.handle),
        "network": line.network.label,
        "unit": unit_name(line.unit),
        "owner": words.owner(line),
        "causes": causes,
    }


def _account(line: AccountLine) -> Data:
    others = words.numbers(one for one in line.failed if not one.check.critical)
    return {
        "handle": words.short(line.handle),
        "network": line.network.label,
        "unit": unit_name(line.unit),
        "steward": words.steward(line),
        "standing": line.standing.value,
        "state": words.state(line),
        "posture": words.posture(line.score.fraction),
        "last_post": words.last_post(line),
        "critical": words.numbers(line.critical),
        "failed": f" {others}" if line.critical else others,
    }


def _resemblances(report: AuditReport) -> Iterator[Data]:
    for line in report.accounts:
        for kind, matches in ((_("twice"), line.doubles), (_("imitation"), line.look_alikes)):
            yield from (_resemblance(line, kind, match) for match in matches)


def _resemblance(line: AccountLine, kind: str, match: LookAlike) -> Data:
    return {
        "handle": words.short(line.handle),
        "network": line.network.label,
        "unit": unit_name(line.unit),
        "kind": kind,
        "text": words.resemblance(line, match),
    }


def _checks(report: AuditReport) -> list[Data]:
    return [
        {
            "id": check.id.value,
            "title": str(check.title),
            "passes_when": str(check.passes_when),
            "mended_by": str(check.step),
            "severity": SEVERITIES[check.severity](),
            "failed": figures(report.totals.failed.get(check.id.value, 0)),
        }
        for check in CHECKS
    ]
