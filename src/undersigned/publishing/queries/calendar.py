"""What goes out when: the posts of some days, in a number of questions that does not depend on how many there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Min, QuerySet
from django.utils import timezone

from undersigned.acts import Officer
from undersigned.publishing.models import Post, Target
from undersigned.publishing.queries.listing import visible_posts, with_their_words
from undersigned.publishing.states import PostState

NOT_SHOWN = (PostState.DISCARDED, PostState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Wanted:
    """From ``begins`` to before ``ends``; an empty ``account`` or ``unit`` asks for all."""

    begins: date
    ends: date
    account: str = ""
    unit: str = ""

    @property
    def days(self) -> list[date]:
        return [self.begins + timedelta(days=one) for one in range((self.ends - self.begins).days)]


@dataclass(slots=True)
class Day:
    """``posts`` are the first of that day, each with its time; ``more`` how many others there are."""

    day: date
    posts: list[tuple[datetime, Post]] = field(default_factory=list)
    total: int = 0

    @property
    def more(self) -> int:
        return self.total - len(self.posts)


def days_of(officer: Officer, wanted: Wanted, most_a_day: int) -> list[Day]:
    """Each day with the first of its posts. Of the others only their times are read."""
    posts = _narrowed(visible_posts(officer).exclude(state__in=NOT_SHOWN), wanted)
    days = {one: Day(one) for one in wanted.days}
    first: dict[str, tuple[Day, datetime]] = {}
    for reference, at in sorted(_times(posts, wanted), key=lambda one: one[1]):
        day = days[timezone.localdate(at)]
        day.total += 1
        if day.total <= most_a_day:
            first[reference] = (day, at)
    shown = {one.pk: one for one in with_their_words(Post.objects.filter(pk__in=list(first)))}
    for reference, (day, at) in first.items():
        day.posts.append((at, shown[reference]))
    return list(days.values())


def _narrowed(posts: QuerySet[Post], wanted: Wanted) -> QuerySet[Post]:
    targets = Target.objects.filter(dropped=False)
    if wanted.account:
        posts = posts.filter(pk__in=targets.filter(account_id=wanted.account).values("post_id"))
    if wanted.unit:
        below = targets.filter(account__unit__path__contains=f"{wanted.unit}/")
        posts = posts.filter(pk__in=below.values("post_id"))
    return posts


def _times(posts: QuerySet[Post], wanted: Wanted) -> Iterator[tuple[str, datetime]]:
    """A post that was given no time stands where its deliveries do."""
    begins, ends = _midnight(wanted.begins), _midnight(wanted.ends)
    planned = posts.filter(not_before__gte=begins, not_before__lt=ends)
    yield from ((name, at) for name, at in planned.values_list("pk", "not_before") if at)
    at_once = posts.filter(
        not_before=None, deliveries__not_before__gte=begins, deliveries__not_before__lt=ends
    )
    yield from at_once.annotate(at=Min("deliveries__not_before")).values_list("pk", "at")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
