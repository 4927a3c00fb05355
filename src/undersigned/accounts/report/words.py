"""The words of the report, shared by its text and its PDF."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from undersigned.accounts.lookalikes import LookAlike
from undersigned.accounts.posture.judging import Judgement
from undersigned.accounts.posture.own import Outcome
from undersigned.accounts.posture.scoring import Fraction
from undersigned.accounts.report.model import AccountLine, AuditReport, Office
from undersigned.accounts.states import AccountState
from undersigned.networks.letters import is_invisible
from undersigned.ui.words import day_in_words, figures

LONGEST = 120
"""Characters of a name that are printed; the forms that programs read have all of them."""


def short(name: str, longest: int = LONGEST) -> str:
    """A name fit to be printed, and cut where nobody would read on."""
    return visible(name if len(name) <= longest else f"{name[:longest]}…")


def visible(text: str) -> str:
    """A text fit to be printed: what shows as nothing, or turns the writing, is written out by its number.

    A terminal would obey such a character, and a reader of the page would not see it.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"[U+{ord(letter):04X}]" if is_invisible(letter) else letter for letter in text)


def title(report: AuditReport) -> str:
    return _("Official accounts of %(city)s: audit") % {"city": short(report.city)}


def headline(report: AuditReport) -> str:
    """What council should remember."""
    total, red = report.totals.counts.total, report.totals.counts.red
    if not total:
        return _("The register holds no accounts yet.")
    if not red:
        return ngettext("The one account is not red.", "None of the %(total)s accounts is red.", total) % {
            "total": figures(total)
        }
    return ngettext(
        "%(red)s of %(total)s accounts is red: it fails a check that could cost the city the account.",
        "%(red)s of %(total)s accounts are red: each fails a check that could cost the city the account.",
        red,
    ) % {"red": figures(red), "total": figures(total)}


def posture(fraction: Fraction) -> str:
    """60 % (9/15), or a dash where nothing is judged."""
    if fraction.percent is None:
        return "–"
    return _("%(percent)s %% (%(passed)s/%(applicable)s)") % {
        "percent": fraction.percent,
        "passed": figures(fraction.passed),
        "applicable": figures(fraction.applicable),
    }


def steward(line: AccountLine) -> str:
    if not line.steward:
        return _("none")
    return (
        _("%(name)s, who left") % {"name": short(line.steward)} if line.steward_left else short(line.steward)
    )


def owner(line: AccountLine) -> str:
    """Who has to act, and why it is theirs."""
    if line.owner_is is None:
        return _("Nobody yet. The head of communications has to name somebody.")
    offices = {
        Office.STEWARD: _("%(name)s, steward"),
        Office.DEPUTY: _("%(name)s, deputy"),
        Office.UNIT_HEAD: _("%(name)s, head of the unit"),
    }
    return offices[line.owner_is] % {"name": short(line.owner)}


def last_post(line: AccountLine) -> str:
    if line.dormant_since:
        return _("%(last)s; dormant since %(since)s") % {
            "last": day_in_words(line.last_post) if line.last_post else _("never"),
            "since": day_in_words(line.dormant_since),
        }
    return day_in_words(line.last_post) if line.last_post else _("not known")


def cause_groups(judgements: Iterable[Judgement]) -> list[tuple[str, list[str]]]:
    """Failed checks by what is the matter with them, worst first, each in a few words."""
    groups: dict[str, list[str]] = {_("Shown to be wrong"): [], _("Too old"): [], _("Never shown"): []}
    wrong, old, never = groups
    for one in judgements:
        if one.outcome is Outcome.FAIL:
            groups[wrong].append(f"{named(one)}. {visible(str(one.cause))}")
        elif one.taken_at is not None:
            groups[old].append(f"{named(one)}. {visible(str(one.cause))}")
        else:
            groups[never].append(named(one))
    return [(words, members) for words, members in groups.items() if members]


def numbers(judgements: Iterable[Judgement]) -> str:
    """The numbers of checks, three and more in a row as P14–P28."""
    runs: list[list[int]] = []
    for number in sorted(int(one.check.id[1:]) for one in judgements):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return " ".join(map(_run, runs))


def _run(numbers: list[int]) -> str:
    if len(numbers) > 2:
        return f"P{numbers[0]:02d}–P{numbers[-1]:02d}"
    return " ".join(f"P{number:02d}" for number in numbers)


def named(judgement: Judgement) -> str:
    return f"{judgement.check.id} {judgement.check.title}"


def resemblance(line: AccountLine, match: LookAlike) -> str:
    """The other account, and the first reason."""
    other = line.other_than_this(match)
    return _("%(handle)s on %(network)s. %(reason)s") % {
        "handle": short(other.handle),
        "network": other.network.label,
        "reason": str(match.reasons[0]),
    }


def state(line: AccountLine) -> str:
    return str(AccountState(line.state).label)
