"""From what is known of every account to the report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from undersigned.accounts.lookalikes import LookAlike
from undersigned.accounts.posture import dormancy
from undersigned.accounts.posture.judging import Known, judge_all
from undersigned.accounts.posture.scoring import NOT_JUDGED, Fraction, Score, Standing, score
from undersigned.accounts.report.model import AccountLine, AuditReport, Counts, Office, Totals, UnitFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One account as the register has it. Names of persons and units are as they are to be printed.

    `state` is a state of the account's life cycle; `steward_left` and `deputy_left` say that the roster no longer has
    them. `key` is what look-alikes and doubles name it by.
    """

    key: str
    handle: str
    display_name: str = ""
    unit: str
    state: str
    steward: str = ""
    steward_left: bool = False
    deputy: str = ""
    deputy_left: bool = False
    unit_head: str = ""
    known: Known


def compile_report(
    *,
    city: str,
    as_of: datetime,
    subjects: Iterable[Subject],
    look_alikes: Iterable[LookAlike] = (),
    doubles: Iterable[LookAlike] = (),
    language: str = "en",
) -> AuditReport:
    """Judge every account at one instant and count.

    `look_alikes` are candidates from outside against accounts of the register, `doubles` are pairs within it.
    """
    imitations, twins = _by_official(look_alikes), _by_both(doubles)
    lines = [_line(one, as_of, twins.get(one.key, ()), imitations.get(one.key, ())) for one in subjects]
    accounts = tuple(
        sorted(lines, key=lambda line: (line.unit.casefold(), line.network.value, line.handle.casefold()))
    )
    return AuditReport(
        city=city,
        as_of=as_of,
        accounts=accounts,
        units=_units(accounts),
        totals=_totals(accounts),
        language=language,
    )


def _line(
    subject: Subject, as_of: datetime, doubles: Sequence[LookAlike], look_alikes: Sequence[LookAlike]
) -> AccountLine:
    judgements = () if subject.state in NOT_JUDGED else judge_all(subject.known, as_of)
    clock = subject.known.facts.posts
    stands = dormancy.assess(clock, as_of)
    owner, owner_is = _owner(subject)
    return AccountLine(
        key=subject.key,
        network=subject.known.network,
        handle=subject.handle,
        display_name=subject.display_name,
        unit=subject.unit,
        state=subject.state,
        steward=subject.steward,
        steward_left=subject.steward_left,
        owner=owner,
        owner_is=owner_is,
        score=score(judgements, subject.state),
        judgements=judgements,
        dormancy=stands,
        dormant_since=_dormant_since(subject, stands),
        last_post=clock.newest_post,
        doubles=tuple(doubles),
        look_alikes=tuple(look_alikes),
    )


def _owner(subject: Subject) -> tuple[str, Office | None]:
    if subject.steward and not subject.steward_left:
        return subject.steward, Office.STEWARD
    if subject.deputy and not subject.deputy_left:
        return subject.deputy, Office.DEPUTY
    return subject.unit_head, Office.UNIT_HEAD if subject.unit_head else None


def _dormant_since(subject: Subject, stands: dormancy.Dormancy) -> datetime | None:
    """What the register says, else when the clock ran out; an account that is closed does not sleep."""
    if subject.state in NOT_JUDGED:
        return None
    marked = subject.known.facts.posts.dormant_since if subject.state == "dormant" else None
    return marked or (stands.sleeps_at if stands.asleep else None)


def _by_official(matches: Iterable[LookAlike]) -> dict[str, list[LookAlike]]:
    found: dict[str, list[LookAlike]] = defaultdict(list)
    for match in matches:
        found[match.of.key].append(match)
    return found


def _by_both(matches: Iterable[LookAlike]) -> dict[str, list[LookAlike]]:
    """A double concerns both entries."""
    found: dict[str, list[LookAlike]] = defaultdict(list)
    for match in matches:
        found[match.of.key].append(match)
        found[match.candidate.key].append(match)
    return found


def _units(accounts: Iterable[AccountLine]) -> tuple[UnitFigure, ...]:
    """Worst first."""
    by_unit: dict[str, list[Score]] = defaultdict(list)
    for account in accounts:
        by_unit[account.unit].append(account.score)
    figures = [
        UnitFigure(unit=unit, counts=_counts(scores), fraction=_sum(scores))
        for unit, scores in by_unit.items()
    ]
    return tuple(sorted(figures, key=lambda one: (-one.counts.red, -one.counts.amber, one.unit.casefold())))


def _counts(scores: Iterable[Score]) -> Counts:
    counted = Counter(one.standing for one in scores)
    return Counts(**{standing.value: counted[standing] for standing in Standing})


def _sum(scores: Sequence[Score]) -> Fraction:
    return Fraction(
        sum(one.fraction.passed for one in scores), sum(one.fraction.applicable for one in scores)
    )


def _totals(accounts: Sequence[AccountLine]) -> Totals:
    scores = [account.score for account in accounts]
    failed = Counter(one.check.id.value for account in accounts for one in account.failed)
    open_accounts = [account for account in accounts if account.state not in NOT_JUDGED]
    return Totals(
        counts=_counts(scores),
        fraction=_sum(scores),
        without_steward=sum(not account.has_steward for account in open_accounts),
        dormant=sum(account.dormant_since is not None for account in accounts),
        doubled=sum(bool(account.doubles) for account in accounts),
        imitated=sum(bool(account.look_alikes) for account in accounts),
        by_state=dict(sorted(Counter(account.state for account in accounts).items())),
        by_network=dict(sorted(Counter(account.network.value for account in accounts).items())),
        failed=dict(sorted(failed.items())),
    )
