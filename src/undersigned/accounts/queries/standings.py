"""How every account stands now, kept in memory until something happens or some evidence expires.

Judging a large city takes half a second, and lists, counts and the desk ask all day. What was judged stays true until
an act of this room or of the people room is entered, until the first piece of evidence or exception that it rests on
runs out, until the day turns, and never for more than ten minutes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import ClassVar

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from undersigned.accounts.models import Account
from undersigned.accounts.posture import dormancy
from undersigned.accounts.posture.checks import BY_ID
from undersigned.accounts.posture.dormancy import Dormancy
from undersigned.accounts.posture.exceptions import ends_at
from undersigned.accounts.posture.judging import Judgement, judge_all
from undersigned.accounts.posture.kinds import CheckId
from undersigned.accounts.posture.scoring import NOT_JUDGED, Score, Standing
from undersigned.accounts.queries import posture
from undersigned.acts.book import Act
from undersigned.record.models import Intake

LONGEST = timedelta(minutes=10)
NOUNS = ("account", "grant", "evidence", "exception", "person", "unit", "appointment", "roster", "lookalike")
MATTERS = [act.value for act in Act if act.value.partition(".")[0] in NOUNS]
"""Acts after which an account may stand otherwise."""


OF_EACH = " UNION ALL ".join(
    ["SELECT (SELECT max(seq) FROM record_entry WHERE act = %s) AS seq"] * len(MATTERS)
)
NEWEST = f"SELECT seq, act_id FROM record_entry WHERE seq = (SELECT max(seq) FROM ({OF_EACH}) AS each_act)"  # noqa: S608 - only placeholders are formatted in


@dataclass(frozen=True, slots=True)
class Stands:
    """How one account stands: its score, its failed checks and whether it sleeps."""

    score: Score
    failed: tuple[CheckId, ...]
    state: str
    steward_here: bool
    dormancy: Dormancy

    @property
    def critical(self) -> tuple[CheckId, ...]:
        """The critical checks among those that fail."""
        return tuple(one for one in self.failed if BY_ID[one].critical)

    @property
    def standing(self) -> Standing:
        return self.score.standing


@dataclass(frozen=True, slots=True)
class Standings:
    """All accounts by reference, and until when that is true."""

    by_account: dict[str, Stands]
    since: datetime
    until: datetime

    def red(self) -> list[str]:
        return [ref for ref, stands in self.by_account.items() if stands.standing is Standing.RED]

    def without_steward(self) -> list[str]:
        """Accounts on the network that no steward who works for the city today answers for."""
        return [
            ref
            for ref, stands in self.by_account.items()
            if not stands.steward_here and stands.state not in NOT_JUDGED
        ]

    def counts(self) -> dict[Standing, int]:
        counted = Counter(stands.standing for stands in self.by_account.values())
        return {standing: counted[standing] for standing in Standing}


class _Kept:
    """The last standings of this process, by database: tests and restores change it under our feet."""

    lock: ClassVar = Lock()
    token: ClassVar[tuple[object, ...]] = ()
    standings: ClassVar[Standings | None] = None


def standings(now: datetime | None = None) -> Standings:
    """How every account stands at ``now``, in three questions while nothing happened."""
    now = now or timezone.now()
    token = _token()
    with _Kept.lock:
        kept = _Kept.standings
        if kept is None or token != _Kept.token or not kept.since <= now < kept.until:
            kept = _judge(now)
            _Kept.token, _Kept.standings = token, kept
        return kept


def _token() -> tuple[object, ...]:
    """Changes with every act that matters; entries that wait to be sequenced count as soon as they are there.

    Each act's newest entry is found by its own place in the index, however long the record is.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, MATTERS)
        newest = cursor.fetchone()
    waiting = Intake.objects.aggregate(Max("id"))["id__max"]
    return connection.settings_dict["NAME"], newest, waiting


def _judge(now: datetime) -> Standings:
    accounts = list(Account.objects.in_register().select_related("unit", "steward", "deputy"))
    until = min(now + LONGEST, _midnight(now))
    by_account = {}
    for account, known in zip(accounts, posture.known(accounts, now).values(), strict=True):
        judgements = judge_all(known, now)
        keepers = known.facts.keepers
        by_account[account.pk] = Stands(
            score=posture.score_of(account, judgements),
            failed=tuple(one.check.id for one in judgements if one.counts_as_failed),
            state=account.state,
            steward_here=bool(keepers and keepers.steward and keepers.steward not in keepers.left),
            dormancy=dormancy.assess(known.facts.posts, now),
        )
        until = min([until, *_ends(judgements, now)])
    return Standings(by_account, now, until)


def _ends(judgements: Iterable[Judgement], now: datetime) -> Iterator[datetime]:
    for one in judgements:
        if one.expires_at is not None and one.expires_at > now:
            yield one.expires_at
        if one.exception is not None:
            yield ends_at(one.exception)


def _midnight(now: datetime) -> datetime:
    tomorrow = timezone.localtime(now) + timedelta(days=1)
    return tomorrow.replace(hour=0, minute=0, second=0, microsecond=0)
