"""Where a post stands as a whole: a shape and a word, the same on its page, in the list and in the calendar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.publishing.models import Delivery, Post
from undersigned.publishing.states import DeliveryState, PostState
from undersigned.ui.components import Standing
from undersigned.ui.words import Words

PLAIN: dict[str, tuple[Standing, Words]] = {
    PostState.DRAFT: (Standing.ASLEEP, gettext_lazy("Draft")),
    PostState.SUBMITTED: (Standing.WAITS, gettext_lazy("Waits for countersignature")),
    PostState.RETURNED: (Standing.WRONG, gettext_lazy("Returned to its author")),
    PostState.APPROVED: (Standing.WAITS, gettext_lazy("Countersigned, not scheduled yet")),
    PostState.SCHEDULED: (Standing.WAITS, gettext_lazy("Scheduled")),
    PostState.SETTLED: (Standing.WORKS, gettext_lazy("Settled")),
    PostState.DISCARDED: (Standing.ASLEEP, gettext_lazy("Discarded")),
    PostState.WITHDRAWN: (Standing.ASLEEP, gettext_lazy("Withdrawn")),
}


def stands(post: Post, deliveries: Iterable[Delivery]) -> tuple[Standing, str]:
    """The shape and the words. ``deliveries`` may be of every version; those of the present one count."""
    states = Counter(one.state for one in deliveries if one.number == post.number)
    if post.state == PostState.SCHEDULED:
        return _scheduled(post, states)
    if post.state == PostState.SETTLED and states:
        return _settled(states)
    return at_a_glance(post)


def at_a_glance(post: Post) -> tuple[Standing, str]:
    """Without its deliveries."""
    if post.state == PostState.SCHEDULED and post.held_since:
        return Standing.WRONG, _("Held")
    shape, words = PLAIN[post.state]
    return shape, str(words)


def _scheduled(post: Post, states: Counter[str]) -> tuple[Standing, str]:
    if states[DeliveryState.UNCERTAIN] or states[DeliveryState.ARMED]:
        return Standing.WAITS, _("It may be live; we are looking")
    if post.held_since:
        return Standing.WRONG, _("Held")
    if states[DeliveryState.DONE]:
        return Standing.WAITS, _counted(states)
    if post.not_before is None or post.not_before <= timezone.now():
        return Standing.WAITS, _("On its way")
    return at_a_glance(post)


def _settled(states: Counter[str]) -> tuple[Standing, str]:
    done, cancelled = states[DeliveryState.DONE], states[DeliveryState.CANCELLED]
    if done and done + cancelled == states.total():
        return Standing.WORKS, _("Published")
    if done:
        return Standing.WRONG, _counted(states)
    return Standing.WRONG, _("Not published")


def _counted(states: Counter[str]) -> str:
    return _("Published on %(done)d of %(all)d") % {"done": states[DeliveryState.DONE], "all": states.total()}
