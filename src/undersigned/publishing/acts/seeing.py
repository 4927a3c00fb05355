"""What was seen on the networks: readings kept, cases opened and settled."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.accounts.models import Account
from undersigned.acts import Act, Actor, Fact, Officer, act, say
from undersigned.acts.refusals import Unfit, WrongState
from undersigned.publishing import rules
from undersigned.publishing.models import Case, Delivery, Sighting
from undersigned.publishing.states import CaseKind

A_BUSINESS_DAY = timedelta(days=1)


@act(
    Act.SIGHTING_READ,
    may=rules.is_system,
    on=Account,
    facts={"network": Fact.WORD, "sightings": Fact.COUNT, "complete": Fact.FLAG},
    commits=["sightings_digest"],
)
def keep_reading(*, by: Actor, account: Account, sightings: Sequence[Sighting], complete: bool) -> Account:
    """Keep what one reading of an account's timeline showed that was new; the entry commits to all of it."""
    Sighting.objects.bulk_create(list(sightings))
    say(network=account.network, sightings=len(sightings), complete=complete)
    say(sightings_digest=digest_of(sightings))
    return account


@act(
    Act.SIGHTING_IMPORT,
    may=rules.keeps_the_account,
    on=Account,
    facts={"network": Fact.WORD, "sightings": Fact.COUNT},
    commits=["sightings_digest", "file"],
)
def keep_archive(*, by: Actor, account: Account, sightings: Sequence[Sighting], file: str) -> Account:
    """Keep the posts of an export as sightings of the years before; nobody is named as their author."""
    Sighting.objects.bulk_create(list(sightings), batch_size=500)
    say(network=account.network, sightings=len(sightings))
    say(sightings_digest=digest_of(sightings), file=file)
    return account


def digest_of(sightings: Sequence[Sighting]) -> str:
    """SHA-256 (hex) over the network's ids and the digests of its answers, in their order."""
    lines = "".join(f"{one.far_id} {one.version} {one.raw}\n" for one in sightings)
    return hashlib.sha256(lines.encode()).hexdigest()


@act(
    Act.CASE_OPEN,
    may=rules.is_system,
    makes=Case,
    facts={"case_kind": Fact.WORD, "account": Fact.REFERENCE, "delivery": Fact.REFERENCE},
    commits=["far_id", "words"],
)
def open_case(
    *,
    by: Actor,
    account: Account,
    case_kind: CaseKind,
    far_id: str = "",
    words: str = "",
    delivery: Delivery | None = None,
) -> Case:
    """Something is on the network that the city did not do through the system: its steward is asked."""
    urgent = case_kind == CaseKind.DUPLICATE
    today = timezone.localdate()
    case = Case(
        account=account,
        case_kind=case_kind,
        far_id=far_id,
        words=words,
        delivery=delivery,
        opened_at=timezone.now(),
        due_on=today if urgent else today + A_BUSINESS_DAY,
    )
    case.save(force_insert=True)
    return case


@act(Act.CASE_SAY_MINE, may=rules.holds_an_appointment, on=Case, commits=["person"])
def say_mine(*, by: Actor, case: Case) -> Case:
    """Say by name: I posted this. The steward then adopts it for the city, or does not."""
    officer = _person(by)
    if case.case_kind != CaseKind.NATIVE or case.claimed_by_id:
        raise WrongState(
            _("There is nothing to say here any more. Nothing was changed."), rule="claimed_once"
        )
    case.claimed_by_id = officer.person
    case.save(update_fields=["claimed_by"])
    say(person=officer.person)
    return case


@act(
    Act.CASE_ADOPT,
    may=rules.keeps_the_account & rules.did_not_claim_it,
    on=Case,
    commits=["person", "reason"],
)
def adopt(*, by: Actor, case: Case, reason: str) -> Case:
    """Make it the city's own, posted by the person who said so, with no prior countersignature; never back-dated."""
    if not case.claimed_by_id:
        raise WrongState(
            _("Nobody has said yet that they posted it."),
            rule="somebodys",
            do=_("Ask those who work on the account; or explain it, or treat it as an intrusion."),
        )
    _settle(by, case, reason, _("Say why it was posted past the system."))
    say(person=case.claimed_by_id)
    return case


@act(Act.CASE_EXPLAIN, may=rules.keeps_the_account, on=Case, commits=["reason"])
def explain(*, by: Actor, case: Case, reason: str) -> Case:
    """Say what happened, where nothing else has to be done."""
    return _settle(by, case, reason, _("Say what happened."))


@act(Act.CASE_REMOVE, may=rules.keeps_the_account, on=Case, commits=["reason"])
def remove(*, by: Actor, case: Case, reason: str) -> Case:
    """It was taken down on the network."""
    return _settle(by, case, reason, _("Say who took it down."))


@act(Act.CASE_ESCALATE, may=rules.keeps_the_account | rules.is_it_security, on=Case, commits=["reason"])
def escalate(*, by: Actor, case: Case, reason: str) -> Case:
    """Nobody of the city did this: treat it as an intrusion. The account's incident card is next."""
    return _settle(by, case, reason, _("Say what makes you think so."))


def _settle(by: Actor, case: Case, reason: str, ask: str) -> Case:
    reason = reason.strip()
    if not reason:
        raise Unfit(ask, rule="a_reason", field="reason", do=_("Nothing was kept."))
    case.settled_by_id, case.settled_at, case.reason = _person(by).person, timezone.now(), reason
    case.save(update_fields=["settled_by", "settled_at", "reason"])
    return case


def _person(by: Actor) -> Officer:
    if not isinstance(by, Officer):
        raise TypeError("a person settles a case")
    return by
