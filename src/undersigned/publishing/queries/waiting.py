"""Posts that wait for a person's name or hand, asked in a number of questions that does not depend on how many."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Prefetch, QuerySet

from undersigned.accounts.permissions import Permission
from undersigned.accounts.rules import heads
from undersigned.acts import Officer
from undersigned.people.states import Office
from undersigned.publishing import approval
from undersigned.publishing.approval import Needed
from undersigned.publishing.models import Assent, Post, PostVersion, Target
from undersigned.publishing.queries.listing import visible_posts
from undersigned.publishing.rules import permitted_on
from undersigned.publishing.states import ApprovalStep, PostState

MOST = 100
"""Of each kind, the oldest first: a longer list would help nobody."""


def to_sign(officer: Officer) -> list[Post]:
    """Handed-in posts under which one of this person's capacities could put their name now."""
    waiting = _with_accounts(visible_posts(officer).filter(state=PostState.SUBMITTED))
    standing = Assent.objects.filter(withdrawn_at=None, void_since=None).order_by("signed_at", "pk")
    posts = list(waiting.prefetch_related(Prefetch("assents", standing, to_attr="names"), _present()))
    capacities = [officer.acting_as(one) for one in officer.capacities]
    allowed = {one: permitted_on(one, Permission.POST_APPROVE) for one in capacities}
    return [
        post
        for post in posts
        if not _is_own(post, officer)
        and any(_fits(by, held, needed) for needed in _next(post) for by, held in allowed.items())
    ]


def _present() -> Prefetch[str]:
    return Prefetch("versions", PostVersion.objects.only("post_id", "number", "edited_by_id"))


def _with_accounts(posts: QuerySet[Post]) -> QuerySet[Post]:
    targets = Target.objects.filter(dropped=False).select_related("account__unit")
    return posts.prefetch_related(Prefetch("targets", targets)).order_by("state_since")[:MOST]


def _is_own(post: Post, officer: Officer) -> bool:
    """The author, the last editor, and who has signed already do not sign."""
    editors = {one.edited_by_id for one in post.versions.all() if one.number == post.number}
    return officer.person in {post.author_id, *editors, *(one.person_id for one in _names(post))}


def _names(post: Post) -> list[Assent]:
    names: list[Assent] = post.names  # type: ignore[attr-defined] # by the prefetch above
    return [one for one in names if one.digest == post.digest]


def _next(post: Post) -> list[Needed]:
    accounts = [one.account for one in post.targets.all()]
    return approval.next_steps(accounts, _names(post))


def _fits(by: Officer, held: set[str], needed: Needed) -> bool:
    if needed.step == ApprovalStep.UNIT_HEAD:
        return heads(by, needed.account.unit)
    if needed.step == ApprovalStep.COMMUNICATIONS:
        return by.holds(Office.HEAD_OF_COMMUNICATIONS, Office.COMMUNICATIONS)
    return needed.account.pk in held


def to_schedule(officer: Officer) -> Iterator[Post]:
    """Countersigned posts, and held ones, on accounts where this person may schedule."""
    allowed: set[str] = set()
    for capacity in officer.capacities:
        allowed |= permitted_on(officer.acting_as(capacity), Permission.POST_SCHEDULE)
    if not allowed:
        return
    there = Target.objects.filter(account__in=allowed, dropped=False).values("post_id")
    rows = Post.objects.filter(pk__in=there, state__in=(PostState.APPROVED, PostState.SCHEDULED))
    for post in _with_accounts(rows.exclude(state=PostState.SCHEDULED, held_since=None)):
        if {one.account_id for one in post.targets.all()} <= allowed:
            yield post
