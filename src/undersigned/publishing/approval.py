"""Whose names have to stand under a post before it is sent: one rule an account, a post satisfies each.

The author never countersigns, nor does the last editor; one person counts once on an account however many offices
they hold; what is in order is signed in order. An account without a rule lets nothing through.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from undersigned.accounts.models import Account, Grant
from undersigned.accounts.permissions import Permission
from undersigned.accounts.rules import heads
from undersigned.accounts.states import ApprovalRule
from undersigned.acts.actor import Officer
from undersigned.people.states import Office
from undersigned.publishing.models import Assent, Post
from undersigned.publishing.states import ApprovalStep

STEPS: dict[str, tuple[ApprovalStep, ...]] = {
    ApprovalRule.NONE: (),
    ApprovalRule.ONE_OF: (ApprovalStep.APPROVER,),
    ApprovalRule.ANY_TWO: (ApprovalStep.APPROVER, ApprovalStep.APPROVER),
    ApprovalRule.UNIT_THEN_COMMS: (ApprovalStep.UNIT_HEAD, ApprovalStep.COMMUNICATIONS),
}
"""What each rule asks for, in its order."""


@dataclass(frozen=True, slots=True)
class Needed:
    """One name that is still missing under a post."""

    account: Account
    step: ApprovalStep

    @property
    def key(self) -> str:
        return f"{self.account.pk}/{self.step}"


def rules_of(accounts: Iterable[Account]) -> str:
    """The rules that ask, as a word for the bound bytes: a changed rule voids what waits under it."""
    return ",".join(sorted({one.approval_rule or "unset" for one in accounts}))


def standing(post: Post) -> list[Assent]:
    """The names that stand under exactly the present bytes, the first to sign first."""
    if not post.digest:
        return []
    kept = post.assents.filter(digest=post.digest, withdrawn_at__isnull=True, void_since__isnull=True)
    return list(kept.order_by("signed_at", "pk"))


def missing(accounts: Sequence[Account], assents: Iterable[Assent]) -> list[Needed]:
    """Every name that is still missing, account by account, in the order in which they sign."""
    given = Counter(step for assent in assents for step in assent.steps.split())
    found: list[Needed] = []
    for account in accounts:
        for step in STEPS.get(account.approval_rule, (ApprovalStep.COMMUNICATIONS,)):
            needed = Needed(account, step)
            if given[needed.key]:
                given[needed.key] -= 1
            else:
                found.append(needed)
    return found


def next_steps(accounts: Sequence[Account], assents: Sequence[Assent]) -> list[Needed]:
    """Of what is missing, what can be signed now: an account's later step waits for its earlier one."""
    found: dict[str, Needed] = {}
    for needed in missing(accounts, assents):
        found.setdefault(needed.account.pk, needed)
    return list(found.values())


def satisfied_by(officer: Officer, post: Post, accounts: Sequence[Account]) -> list[Needed]:
    """What this person could sign now in the capacity used. Nothing for author, last editor, or who has signed."""
    if officer.person in {post.author_id, post.version.edited_by_id}:
        return []
    assents = standing(post)
    if any(one.person_id == officer.person for one in assents):
        return []
    return [needed for needed in next_steps(accounts, assents) if _fits(officer, needed)]


def _fits(officer: Officer, needed: Needed) -> bool:
    if needed.step == ApprovalStep.UNIT_HEAD:
        return heads(officer, needed.account.unit)
    if needed.step == ApprovalStep.COMMUNICATIONS:
        return officer.holds(Office.HEAD_OF_COMMUNICATIONS, Office.COMMUNICATIONS)
    return officer.capacity is not None and officer.capacity.reference in approvers_of(needed.account)


def approvers_of(account: Account) -> set[str]:
    """The appointments in which somebody may approve posts on this account today."""
    held = Grant.objects.current().filter(account=account)
    return {one.appointment_id for one in held if Permission.POST_APPROVE in one.permission_list}


def could_ever_sign(account: Account, author: str) -> Iterator[str]:
    """References of persons who hold an approver's grant on the account and are not the author."""
    held = Grant.objects.current().filter(account=account).exclude(person_id=author)
    yield from {one.person_id for one in held if Permission.POST_APPROVE in one.permission_list}
