"""The report as plain text for a terminal: the figures, the red accounts with what to do, then every account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from django.utils.translation import gettext as _

from undersigned.accounts.posture.scoring import Standing
from undersigned.accounts.report import words
from undersigned.accounts.report.model import AccountLine, AuditReport, UnitFigure
from undersigned.ui.words import figures, time_in_words

WIDTH = 100


def as_text(report: AuditReport) -> str:
    """Lines of at most 100 columns, except where a name is longer."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: AuditReport) -> Iterator[str]:
    yield from _heading(words.title(report), "=")
    yield _("As of %(time)s") % {"time": time_in_words(report.as_of)}
    yield ""
    yield words.headline(report)
    yield ""
    yield from _summary(report)
    yield from _units(report.units)
    yield from _red(report.red)
    yield from _all(report.accounts)


def _heading(text: str, rule: str = "-") -> Iterator[str]:
    yield text
    yield rule * min(len(text), WIDTH)


def _summary(report: AuditReport) -> Iterator[str]:
    totals = report.totals
    facts = [(str(standing.label), figures(totals.counts.of(standing))) for standing in Standing]
    facts += [
        (_("Posture of the city"), words.posture(totals.fraction)),
        (_("Without a steward who is still here"), figures(totals.without_steward)),
        (_("Dormant"), figures(totals.dormant)),
        (_("In the register twice"), figures(totals.doubled)),
        (_("Imitated"), figures(totals.imitated)),
    ]
    yield from _table([], facts)
    yield ""


def _units(units: Sequence[UnitFigure]) -> Iterator[str]:
    if not units:
        return
    yield from _heading(_("Units"))
    titles = [_("Unit"), _("Accounts"), *(str(standing.label) for standing in Standing), _("Posture")]
    rows = [
        [
            words.short(unit.unit) or _("no unit"),
            figures(unit.counts.total),
            *(figures(unit.counts.of(standing)) for standing in Standing),
            words.posture(unit.fraction),
        ]
        for unit in units
    ]
    yield from _table(titles, rows)
    yield ""


def _red(accounts: Sequence[AccountLine]) -> Iterator[str]:
    if not accounts:
        return
    yield from _heading(_("Red accounts"))
    for line in accounts:
        yield f"{words.short(line.handle)} ({line.network.label}), {words.short(line.unit) or _('no unit')}"
        yield from _paragraph(_("Who has to act: %(owner)s") % {"owner": words.owner(line)})
        for cause, members in words.cause_groups(line.critical):
            yield from _paragraph(f"{cause}: {'; '.join(members)}")
        yield ""


def _all(accounts: Sequence[AccountLine]) -> Iterator[str]:
    if not accounts:
        return
    yield from _heading(_("Every account"))
    for line in accounts:
        yield (
            f"{line.standing.label}: {words.short(line.handle)} ({line.network.label}), "
            f"{words.short(line.unit) or _('no unit')}"
        )
        yield from _paragraph(
            _("Steward: %(steward)s. Posture: %(posture)s. Last post: %(last)s.")
            % {
                "steward": words.steward(line),
                "posture": words.posture(line.score.fraction),
                "last": words.last_post(line),
            }
        )
        failed = words.numbers(line.failed) or _("none")
        yield from _paragraph(_("Failed: %(checks)s") % {"checks": failed})
        for match in line.doubles + line.look_alikes:
            yield from _paragraph(_("Looks like it: %(match)s") % {"match": words.resemblance(line, match)})


def _paragraph(text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent="    ", subsequent_indent="      ", break_long_words=False)


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Columns as wide as their widest cell, numbers to the right."""
    lines = [list(row) for row in ([titles] if titles else [])] + [list(row) for row in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for first, *others in lines:
        numbers = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        yield "  ".join([first.ljust(widths[0]), *numbers]).rstrip()
