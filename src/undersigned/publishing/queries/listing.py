"""Posts as a list: which of them a person may see, each with its text, its accounts and its deliveries."""

from __future__ import annotations

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from undersigned.accounts.models import Account
from undersigned.accounts.queries.listing import sees_all, visible_to
from undersigned.acts import Officer
from undersigned.publishing.models import Assent, Delivery, Post, PostVersion, Target

ORDER = ("-made_at", "pk")
"""The newest first; the key for pages of the list."""


def visible_posts(officer: Officer) -> QuerySet[Post]:
    """Everything for offices that see every account; else what one wrote, signed, or may see the account of."""
    if sees_all(officer):
        return Post.objects.all()
    there = Target.objects.filter(account__in=visible_to(officer).values("pk"), dropped=False)
    signed = Assent.objects.filter(person_id=officer.person)
    return Post.objects.filter(
        Q(author_id=officer.person) | Q(pk__in=there.values("post_id")) | Q(pk__in=signed.values("post_id"))
    )


def with_their_words(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Each with the content of its present version (``kept``), its accounts and its deliveries, in three questions."""
    present = PostVersion.objects.filter(post=OuterRef("pk"), number=OuterRef("number"))
    return (
        posts.select_related("author")
        .annotate(kept=Subquery(present.values("content")[:1]))
        .prefetch_related(
            Prefetch("targets", Target.objects.filter(dropped=False).select_related("account")),
            Prefetch("deliveries", Delivery.objects.order_by("pk")),
        )
    )


def accounts_with_posts(officer: Officer) -> QuerySet[Account]:
    """For the filter row: accounts that this person may see and that some post is for."""
    return (
        visible_to(officer)
        .filter(pk__in=Target.objects.filter(dropped=False).values("account_id"))
        .order_by("network", "key")
    )
