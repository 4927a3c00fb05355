"""What the register asks of people, by when.

Whoever keeps an account, or heads its unit, is asked account by account. Offices that work on the whole register are
asked once for each kind of thing, with a count that leads to the list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from undersigned.accounts.acts.entering import LAPSES_AFTER
from undersigned.accounts.connecting.duties import of_connections
from undersigned.accounts.models import Account, Grant, LookalikeCase, PostureException
from undersigned.accounts.posture.checks import BY_ID
from undersigned.accounts.posture.dormancy import Wakefulness
from undersigned.accounts.posture.kinds import CheckId
from undersigned.accounts.posture.setup import keeping_shut
from undersigned.accounts.queries.listing import REVIEW_AHEAD, Filter, register
from undersigned.accounts.queries.standings import Standings, Stands, standings
from undersigned.accounts.states import AFTER_THE_FACT, FINAL, AccountState, CaseState
from undersigned.acts import Officer
from undersigned.acts.duty import Duty, by_date
from undersigned.people.states import Office

ACCOUNT, LIST, LOOKALIKE = "accounts:account", "accounts:list", "accounts:lookalike"
"""Names of the routes on which these duties are done."""

GRANT_AHEAD = timedelta(days=30)
LAPSE_AHEAD = timedelta(days=30)

LATE_REVIEW = timedelta(days=30)
A_BUSINESS_DAY = timedelta(days=1)


def duties_for(officer: Officer) -> list[Duty]:
    """Everything of this room that waits for this person, the most pressing first.

    The number of questions to the database does not depend on how much waits.
    """
    found = [
        *_of_accounts(officer),
        *of_connections(officer),
        *_of_grants(officer),
        *_of_exceptions(officer),
        *_of_offices(officer),
    ]
    return sorted(found, key=by_date)


@dataclass(frozen=True, slots=True)
class Asked:
    """One account, and as what a person is asked about it."""

    account: Account
    stands: Stands
    open_lines: int
    keeps: bool
    heads: bool

    def duty(
        self, what: str, action: str, *, due: date | None = None, how: str = "", weight: int = 2
    ) -> Duty:
        return Duty(
            what=what,
            subject=self.account.pk,
            subject_words=str(self.account),
            page=ACCOUNT,
            action=action,
            due=due,
            how=how,
            weight=weight,
        )


def _of_accounts(officer: Officer) -> Iterator[Duty]:
    kept = Account.objects.exclude(state__in=FINAL).select_related("unit")
    mine = kept.filter(steward_id=officer.person) | kept.filter(deputy_id=officer.person)
    headed = [unit for capacity in officer.capacities for unit in capacity.heads]
    for unit in headed:
        mine = mine | kept.filter(unit__path__contains=f"{unit}/")
    accounts = list(mine.distinct().prefetch_related("setup_lines"))
    stands = standings()
    for account in accounts:
        if account.pk in stands.by_account:
            yield from _of_account(_asked(account, officer, stands, headed))


def _asked(account: Account, officer: Officer, stands: Standings, headed: list[str]) -> Asked:
    closed = {line.number for line in account.setup_lines.all()}
    above = account.unit.above if account.unit else ()
    return Asked(
        account=account,
        stands=stands.by_account[account.pk],
        open_lines=len(keeping_shut(closed)),
        keeps=officer.person in account.keepers,
        heads=not set(headed).isdisjoint(above),
    )


def _of_account(asked: Asked) -> Iterator[Duty]:
    if asked.keeps:
        yield from _to_set_up(asked)
        yield from _to_mend(asked)
        yield from _to_wake(asked)
        yield from _to_settle(asked)
    if asked.heads:
        yield from _to_assent(asked)
        yield from _to_name(asked)
    yield from _to_review(asked)


def _to_set_up(asked: Asked) -> Iterator[Duty]:
    account = asked.account
    lapses = timezone.localdate(account.state_since + LAPSES_AFTER)
    if account.state == AccountState.APPROVED:
        yield asked.duty(_("The account is approved and can be created"), _("Begin the set-up"), due=lapses)
    soon = lapses - LAPSE_AHEAD <= timezone.localdate()
    if account.state == AccountState.REQUESTED and soon:
        yield asked.duty(_("The request lapses if nobody approves it"), _("Look"), due=lapses)
    if account.state == AccountState.SETTING_UP and asked.open_lines:
        words = ngettext(
            "%(count)d line of the set-up list keeps it shut",
            "%(count)d lines of the set-up list keep it shut",
            asked.open_lines,
        )
        yield asked.duty(words % {"count": asked.open_lines}, _("Close a line"))


def _to_mend(asked: Asked) -> Iterator[Duty]:
    """One duty for what is critical and one for the rest: twenty rows an account would hide what matters."""
    critical = asked.stands.critical
    others = [one for one in asked.stands.failed if one not in critical]
    if critical:
        words = ngettext("%(count)d critical check fails", "%(count)d critical checks fail", len(critical))
        yield _mending(asked, words % {"count": len(critical)}, critical[0], due=timezone.localdate())
    if others:
        heaviest = max(others, key=lambda one: BY_ID[one].weight)
        words = ngettext("%(count)d check fails", "%(count)d checks fail", len(others))
        yield _mending(asked, words % {"count": len(others)}, heaviest)


def _mending(asked: Asked, words: str, check: CheckId, due: date | None = None) -> Duty:
    first = BY_ID[check]
    how = f"{first.title}: {first.mended_on(asked.account.place)}"
    return asked.duty(words, _("Mend"), due=due, how=how, weight=first.weight)


def _to_wake(asked: Asked) -> Iterator[Duty]:
    stands, account = asked.stands.dormancy, asked.account
    if account.state != AccountState.LIVE:
        return
    if stands.wakefulness is Wakefulness.WARNED and stands.sleeps_at:
        sleeps = timezone.localdate(stands.sleeps_at)
        yield asked.duty(_("Nothing was posted for a while"), _("Look"), due=sleeps, how=str(stands.says))
    if stands.asleep:
        yield asked.duty(_("It has fallen asleep"), _("Post, or mark it dormant"), how=str(stands.says))


def _to_settle(asked: Asked) -> Iterator[Duty]:
    if gone := asked.account.gone_since:
        words = _("The last list names it no longer: say whether it is gone")
        yield asked.duty(words, _("Say what happened"), due=gone + A_BUSINESS_DAY, weight=4)


def _to_assent(asked: Asked) -> Iterator[Duty]:
    account = asked.account
    if account.assented_on is None and account.state == AccountState.REQUESTED:
        due = timezone.localdate(account.state_since + LAPSES_AFTER)
        yield asked.duty(_("Somebody in your unit asks for this account"), _("Assent, or say no"), due=due)
    if account.assented_on is None and account.approved_on is None and account.state in AFTER_THE_FACT:
        yield asked.duty(
            _("It was there before the register, and nobody has approved it"), _("Assent to it"), weight=4
        )


def _to_name(asked: Asked) -> Iterator[Duty]:
    if not asked.stands.steward_here and asked.account.state not in (AccountState.RETIRED,):
        yield asked.duty(
            _("Nobody who works here answers for it"), _("Name a steward"), due=timezone.localdate(), weight=4
        )


def _to_review(asked: Asked) -> Iterator[Duty]:
    """Keepers are asked a month ahead; the unit's head when it is a month late."""
    due, today = asked.account.next_review_by, timezone.localdate()
    if due is None or asked.account.state == AccountState.RETIRED:
        return
    if (asked.keeps and due - REVIEW_AHEAD <= today) or (asked.heads and due + LATE_REVIEW <= today):
        yield asked.duty(_("Its review is due"), _("Review"), due=due)


def _of_grants(officer: Officer) -> Iterator[Duty]:
    """Grants that run out soon: told to whoever holds them and to whoever keeps the account."""
    today = timezone.localdate()
    ending = Grant.objects.current().filter(ends_on__lte=today + GRANT_AHEAD)
    mine = ending.filter(person_id=officer.person)
    kept = ending.filter(account__steward_id=officer.person) | ending.filter(
        account__deputy_id=officer.person
    )
    for grant in (mine | kept).select_related("person", "account").distinct():
        yours = grant.person_id == officer.person
        what = (
            _("Your grant ends") if yours else _("The grant of %(name)s ends") % {"name": grant.person.name}
        )
        yield Duty(
            what=what,
            subject=grant.account_id,
            subject_words=str(grant.account),
            page=ACCOUNT,
            action=_("Ask for a new one") if yours else _("Give a new one, or let it end"),
            due=grant.ends_on,
            how=grant.get_preset_display(),
            weight=1,
        )


def _of_exceptions(officer: Officer) -> Iterator[Duty]:
    """After its end an exception is a failure again, and its owner hears of it until the check is mended."""
    now = timezone.now()
    rows = PostureException.objects.filter(owner_id=officer.person, ended_at=None).select_related("account")
    stands = standings()
    for row in rows:
        failed = (
            row.account_id in stands.by_account
            and CheckId(row.check_id) in stands.by_account[row.account_id].failed
        )
        if row.until > now or failed:
            check = BY_ID[CheckId(row.check_id)]
            yield Duty(
                what=_("You answer for this until it is mended: %(check)s") % {"check": check.title},
                subject=row.account_id,
                subject_words=str(row.account),
                page=ACCOUNT,
                action=_("Mend"),
                due=timezone.localdate(row.until),
                how=str(check.mended_on(row.account.place)),
                weight=check.weight,
            )


def _of_offices(officer: Officer) -> Iterator[Duty]:
    offices = {capacity.office for capacity in officer.capacities}
    if offices & {Office.HEAD_OF_COMMUNICATIONS}:
        yield from _to_approve()
    if offices & {Office.HEAD_OF_COMMUNICATIONS, Office.COMMUNICATIONS}:
        yield from _for_communications(officer)
    if offices & {Office.HEAD_OF_COMMUNICATIONS, Office.COMMUNICATIONS, Office.IT_SECURITY}:
        yield from _lookalikes()
    if Office.IT_SECURITY in offices:
        yield from _counted(
            len(standings().red()), _("%(count)d accounts are red"), _("Look at them"), {"saved": "red"}, 8
        )


def _to_approve() -> Iterator[Duty]:
    waiting = Account.objects.filter(assented_on__isnull=False, approved_on=None)
    for account in waiting.filter(state__in=[AccountState.REQUESTED, *AFTER_THE_FACT]).order_by(
        "assented_on"
    )[:50]:
        asked_for = account.state == AccountState.REQUESTED
        yield Duty(
            what=_("The unit has assented to this account") if asked_for else _("Approve after the fact"),
            subject=account.pk,
            subject_words=str(account),
            page=ACCOUNT,
            action=_("Approve or decline") if asked_for else _("Adopt it"),
            due=timezone.localdate(account.state_since + LAPSES_AFTER) if asked_for else None,
        )


def _for_communications(officer: Officer) -> Iterator[Duty]:
    gone = register(officer, Filter(saved="gone")).count()
    unowned = register(officer).filter(unit=None).count()
    orphans, stands = len(standings().without_steward()), standings()
    asleep = [
        ref
        for ref, one in stands.by_account.items()
        if one.state == AccountState.DORMANT and one.dormancy.wakefulness is Wakefulness.TO_RETIRE
    ]
    yield from _counted(
        gone, _("%(count)d accounts are no longer listed: confirm"), _("Confirm"), {"saved": "gone"}, 4
    )
    yield from _counted(
        unowned, _("%(count)d accounts have no owning unit"), _("Find their units"), {"saved": "no_unit"}, 4
    )
    yield from _counted(
        orphans,
        _("%(count)d accounts have no steward who works here"),
        _("Find stewards"),
        {"saved": "no_steward"},
        4,
    )
    yield from _counted(
        len(asleep), _("%(count)d accounts have slept for a year"), _("Retire them"), {"saved": "dormant"}, 2
    )


def _counted(count: int, words: str, action: str, query: dict[str, str], weight: int) -> Iterator[Duty]:
    if count:
        yield Duty(
            what=words % {"count": count},
            subject="",
            subject_words=_("The register"),
            page=LIST,
            action=action,
            query=query,
            weight=weight,
        )


def _lookalikes() -> Iterator[Duty]:
    waiting = LookalikeCase.objects.filter(state=CaseState.OPEN).order_by("reported_at", "pk")
    for case in waiting[:50]:
        yield Duty(
            what=_("Somebody takes this for an imitation"),
            subject=case.pk,
            subject_words=str(case),
            page=LOOKALIKE,
            action=_("Decide"),
            due=timezone.localdate(case.reported_at) + timedelta(days=7),
            how=case.why,
            weight=4,
        )
