"""Setting a countersigned post on its way, holding it, letting it go, taking it back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.accounts.models import Account
from undersigned.acts import Act, Actor, Fact, act, say
from undersigned.acts.refusals import Unfit, WrongState
from undersigned.dispatch import queue
from undersigned.dispatch.models import Dispatch
from undersigned.networks.protocol import Form
from undersigned.publishing import rules, variants
from undersigned.publishing.acts import writing
from undersigned.publishing.acts.approving import must_be_the_same
from undersigned.publishing.acts.delivering import WHAT, call_back
from undersigned.publishing.models import Delivery, Post
from undersigned.publishing.states import FINAL_DELIVERIES, DeliveryState, PostState

WINDOW = timedelta(hours=2)
"""How long after its time a post may still go out, where the author chose nothing else."""
MOST_TURNS = 200
"""Of the dispatch row. A delivery itself has six attempts; the others are readings and waits."""


@act(
    Act.POST_SCHEDULE,
    may=rules.publishes_on_all | rules.is_system,
    on=Post,
    facts={"not_before": Fact.MOMENT, "not_after": Fact.MOMENT, "deliveries": Fact.COUNT},
    commits=["digest"],
)
def schedule(*, by: Actor, post: Post, digest: str) -> Post:
    """Set it on its way: one delivery an account, each inside the window and never later."""
    must_be_the_same(post, digest)
    accounts = rules.accounts_of(post)
    begins = max(post.not_before or timezone.now(), timezone.now())
    ends = post.not_after or begins + WINDOW
    if ends <= timezone.now():
        raise WrongState(
            _("The time by which it had to be out has passed, so it is not sent late."),
            rule="window_ahead",
            do=_("Change the time; it then needs its countersignatures anew."),
        )
    sent = set_on_its_way(post, accounts, begins, ends)
    writing.enters(post)
    post.save(update_fields=writing.STATE)
    say(not_before=begins, not_after=ends, deliveries=sent)
    return post


def set_on_its_way(post: Post, accounts: Sequence[Account], begins: datetime, ends: datetime) -> int:
    """Within an act on the post: one delivery an account, with the dispatch row that drives it; answers how many."""
    forms = variants.forms_of(post.version.says, accounts)
    rows = [_delivery(post, account, forms[account.pk], begins, ends) for account in accounts]
    queue.put_all(rows)
    return len(rows)


def _delivery(post: Post, account: Account, form: Form, begins: datetime, ends: datetime) -> Dispatch:
    delivery = Delivery(
        post=post,
        number=post.number,
        account=account,
        form_digest=variants.digest_of(form),
        renderer=form.renderer,
        key=secrets.token_hex(16),
        state_since=timezone.now(),
        not_before=begins,
        not_after=ends,
    )
    delivery.save(force_insert=True)
    return Dispatch(
        what=WHAT,
        idempotency_key=delivery.key,
        payload={"delivery": delivery.pk},
        due_at=begins,
        most_attempts=MOST_TURNS,
    )


@act(
    Act.POST_HOLD,
    may=rules.publishes_on_all | rules.is_author | rules.keeps_the_post | rules.is_system,
    on=Post,
    commits=["reason"],
)
def hold(*, by: Actor, post: Post, reason: str) -> Post:
    """Keep what still waits from leaving, until somebody lets it go or takes it back."""
    reason = reason.strip()
    if not reason:
        raise Unfit(_("Say why it is held."), rule="a_reason", field="reason")
    post.held_since, post.held_reason = timezone.now(), reason
    post.save(update_fields=["held_since", "held_reason"])
    return post


@act(Act.POST_RESUME, may=rules.publishes_on_all, on=Post, commits=["digest"])
def resume(*, by: Actor, post: Post, digest: str) -> Post:
    """Let a held post go on, inside its window."""
    if post.held_since is None:
        raise WrongState(_("It is not held. Nothing was changed."), rule="held")
    must_be_the_same(post, digest)
    post.held_since, post.held_reason = None, ""
    post.save(update_fields=["held_since", "held_reason"])
    keys = post.deliveries.filter(state=DeliveryState.WAITING).values_list("key", flat=True)
    Dispatch.objects.filter(idempotency_key__in=list(keys), lease_until__isnull=True).update(
        due_at=timezone.now()
    )
    return post


@act(
    Act.POST_WITHDRAW,
    may=rules.is_author | rules.publishes_on_all | rules.keeps_the_post,
    on=Post,
    facts={"withdrawn": Fact.COUNT},
    commits=["reason"],
)
def withdraw(*, by: Actor, post: Post, reason: str = "") -> Post:
    """Take it back wherever it still waits; what has left is told truthfully."""
    taken = call_back(post)
    left = post.deliveries.exclude(state__in=FINAL_DELIVERIES)
    if left.exists():
        raise WrongState(
            _("Part of this post is on its way and cannot be taken back any more; wait until it is settled."),
            rule="nothing_under_way",
            do=_("Hold it, so that nothing else leaves."),
        )
    sent = post.deliveries.exclude(state=DeliveryState.CANCELLED).exists()
    post.state = PostState.SETTLED if sent else PostState.WITHDRAWN
    writing.enters(post, reason.strip())
    post.save(update_fields=["state", *writing.STATE])
    say(withdrawn=taken)
    return post
