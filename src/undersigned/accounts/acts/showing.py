"""Evidence for the checks of an account, and exceptions from them (the register's rules, section 8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.accounts import rules
from undersigned.accounts.acts import said
from undersigned.accounts.models import Account, Evidence, PostureException
from undersigned.accounts.posture import attestation, exceptions
from undersigned.accounts.posture.checks import BY_ID
from undersigned.accounts.posture.evidence import Shown
from undersigned.accounts.posture.kinds import Check, CheckId, EvidenceClass
from undersigned.accounts.queries import posture as posture_of
from undersigned.acts import Act, Actor, Countersigned, Fact, act, say
from undersigned.acts.countersigning import signers
from undersigned.acts.refusals import Unfit
from undersigned.people.models import Person

FACTS = {
    "account": Fact.REFERENCE,
    "check": Fact.KEY,
    "shown": Fact.WORD,
    "evidence_class": Fact.KEY,
    "taken_at": Fact.MOMENT,
}


@act(
    Act.EVIDENCE_ATTEST,
    may=rules.vouches,
    on=Account,
    makes=Evidence,
    facts=FACTS,
    commits=["note", "source", "about"],
)
def attest(
    *,
    by: Actor,
    account: Account,
    check: CheckId,
    shown: Shown,
    note: str,
    taken_at: datetime | None = None,
    source: str = "",
    about: Sequence[Person] = (),
) -> Evidence:
    """Put one's name to what one saw. ``about`` are the persons it speaks of.

    Refused for a critical check that the same person attested last time, and for what is about them alone.
    """
    row = _row(by, account, check, EvidenceClass.ATTESTED, shown, taken_at)
    row.note = said.needs(note, _("Say what you looked at and saw."), field="note", rule="attested_in_words")
    row.source, row.about = source, ",".join(person.pk for person in about)
    if shown is Shown.PASS:
        _refuse_a_word_that_does_not_count(row)
    return _keep(row)


@act(
    Act.EVIDENCE_IMPORT,
    may=rules.vouches,
    on=Account,
    makes=Evidence,
    facts=FACTS | {"digest": Fact.DIGEST},
    commits=["note", "source", "about"],
)
def bring(
    *,
    by: Actor,
    account: Account,
    check: CheckId,
    shown: Shown,
    taken_at: datetime,
    source: str,
    digest: str,
    note: str = "",
    about: Sequence[Person] = (),
) -> Evidence:
    """Bring a document that shows it: an export, a picture, a letter. Its SHA-256 (hex) is kept.

    ``taken_at`` is when it was true: the date of the letter, not of its upload.
    """
    row = _row(by, account, check, EvidenceClass.IMPORTED, shown, taken_at)
    row.source = said.needs(source, _("Say what the document is."), field="source", rule="named_document")
    said.must_be_digest(digest, field="digest")
    row.digest, row.note = digest, note
    row.about = ",".join(person.pk for person in about)
    return _keep(row)


def _row(
    by: Actor, account: Account, check: CheckId, klass: EvidenceClass, shown: Shown, taken_at: datetime | None
) -> Evidence:
    now = timezone.now()
    _refuse_a_class_that_shows_nothing(account, BY_ID[check], klass)
    if taken_at is not None and taken_at > now:
        raise Unfit(
            _("That moment has not come yet."),
            rule="seen_in_the_past",
            field="taken_at",
            do=_("Say when it was seen. Nothing was kept."),
        )
    return Evidence(
        account=account,
        check_id=check.value,
        evidence_class=klass.value,
        shown=shown.value,
        taken_at=taken_at or now,
        entered_at=now,
        by_id=said.acting_person(by),
    )


def _keep(row: Evidence) -> Evidence:
    row.save(force_insert=True)
    say(
        account=row.account_id,
        check=row.check_id,
        shown=row.shown,
        evidence_class=row.evidence_class,
        taken_at=row.taken_at,
    )
    return row


def _refuse_a_class_that_shows_nothing(account: Account, check: Check, klass: EvidenceClass) -> None:
    """Evidence of a class that the table does not name would never count; say so instead of keeping it."""
    if posture_of.stands_in_for_books(check.id) and klass is EvidenceClass.ATTESTED:
        return
    reading = check.readings.get(account.place)
    if reading is not None and not check.own_data and klass in reading.classes:
        return
    raise Unfit(
        _("%(check)s on %(network)s is not shown in this way, so it would not count.")
        % {"check": check.title, "network": account.place.label},
        rule="evidence_of_this_class",
        field="check",
        do=_("The account’s page says what counts. Nothing was kept."),
    )


def _refuse_a_word_that_does_not_count(row: Evidence) -> None:
    earlier = [posture_of.evidence_of(one) for one in row.account.evidence.filter(check_id=row.check_id)]
    check = BY_ID[CheckId(row.check_id)]
    refused = attestation.refusal(check, posture_of.evidence_of(row), earlier)
    if refused is not None:
        raise Unfit(
            str(refused), rule="a_second_pair_of_eyes", field="check", do=_("Ask a colleague to attest it.")
        )


def _owner(account: Account, wants: Mapping[str, Any]) -> rules.Proposed:
    return rules.Proposed(account, wants["owner"])


def _which_account(account: Account) -> dict[str, Any]:
    return {"network": account.network, "key": account.key, "unit": account.unit_id}


@act(
    Act.EXCEPTION_GIVE,
    may=rules.vouches,
    on=Account,
    makes=PostureException,
    facts={"account": Fact.REFERENCE, "check": Fact.KEY, "until": Fact.MOMENT, "renewals": Fact.COUNT},
    commits=["owner", "reason"],
    countersigned=Countersigned(
        by=rules.is_not_that_person
        & (rules.is_head_of_communications | rules.is_it_security | rules.is_managing_director),
        says=gettext_lazy(
            "the head of communications, IT security or the managing director, if it is not theirs"
        ),
        binds=_which_account,
        about=_owner,
    ),
)
def except_from(
    *, by: Actor, account: Account, check: CheckId, owner: Person, reason: str, until: datetime
) -> PostureException:
    """Let a named person answer for a failed check until a moment. It never raises the score."""
    now = timezone.now()
    row = PostureException(
        account=account,
        check_id=check.value,
        owner=owner,
        reason=reason.strip(),
        starts_at=now,
        until=until,
        given_by_id=said.acting_person(by),
        countersigned_by_id=signers()[0],
    )
    proposed = posture_of.exception_of(row)
    earlier = [posture_of.exception_of(one) for one in account.exceptions.all()]
    refused = exceptions.refusal(proposed, earlier)
    if refused is not None:
        raise Unfit(str(refused), rule="exceptions_end", field="until")
    row.renewals = exceptions.renewals_before(proposed, earlier)
    row.save(force_insert=True)
    say(account=account, check=check, until=until, renewals=row.renewals)
    return row


@act(
    Act.EXCEPTION_END,
    may=rules.owns_it | rules.gave_it | rules.looks_after,
    on=PostureException,
    facts={"account": Fact.REFERENCE, "check": Fact.KEY},
    commits=["reason"],
)
def end_exception(*, by: Actor, exception: PostureException, reason: str) -> PostureException:
    """End it before its time: what it silenced counts as the failure it is."""
    if exception.ended_at is not None:
        raise Unfit(_("It has ended already. Nothing was changed."), rule="ended_once")
    exception.ended_at = timezone.now()
    exception.ended_reason = said.needs(reason, _("Say why it ends."), field="reason", rule="a_reason")
    exception.save(update_fields=["ended_at", "ended_reason"])
    say(account=exception.account_id, check=exception.check_id)
    return exception
