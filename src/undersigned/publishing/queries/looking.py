"""One post as its page shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from undersigned.accounts.models import Account
from undersigned.accounts.queries import history
from undersigned.accounts.queries.history import Done
from undersigned.acts import Officer
from undersigned.publishing import approval, rules, stops
from undersigned.publishing.approval import Needed
from undersigned.publishing.models import Assent, Delivery, Pause, Post, PostVersion
from undersigned.publishing.queries.listing import visible_posts
from undersigned.publishing.stops import InForce


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """Everything the page of a post shows, in a number of questions that does not depend on how much there is."""

    post: Post
    version: PostVersion
    accounts: list[Account]
    deliveries: dict[str, Delivery]
    assents: list[Assent]
    missing: list[Needed]
    stopped: InForce
    pauses: list[Pause]


def post_for(officer: Officer, reference: str) -> Post | None:
    """The post, if this person may see it; else None, so that nobody learns that it exists."""
    found = visible_posts(officer).filter(pk=reference)
    return found.select_related("author", "capacity__unit", "reviewed_by", "corrects").first()


def look(post: Post) -> Looked:
    accounts = rules.accounts_of(post)
    deliveries = post.deliveries.filter(number=post.number).select_related("account", "attested_by")
    standing = approval.standing(post)
    scopes = [one.pk for one in accounts] + [one.network for one in accounts]
    return Looked(
        post=post,
        version=PostVersion.objects.select_related("edited_by").get(post=post, number=post.number),
        accounts=accounts,
        deliveries={one.account_id: one for one in deliveries},
        assents=list(_names(post)),
        missing=[] if post.emergency else approval.missing(accounts, standing),
        stopped=stops.in_force(),
        pauses=list(Pause.objects.filter(scope__in=scopes)),
    )


def _names(post: Post) -> Iterator[Assent]:
    """Names that stand under the present version, and those that stood and were taken away, the newest first."""
    kept = post.assents.select_related("person", "capacity__unit").order_by("-signed_at")
    yield from kept[:50]


def acts_on(post: Post, most: int = 50) -> list[Done]:
    """The newest acts on this post and its deliveries."""
    return history.of([post.pk, *post.deliveries.values_list("pk", flat=True)], post.pk, most)
