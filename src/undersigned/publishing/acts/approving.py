"""Putting one's name under a post, returning it, taking one's name back."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.acts import Act, Actor, Fact, act, say
from undersigned.acts.refusals import Changed, Unfit, WrongState
from undersigned.publishing import approval, binding, rules
from undersigned.publishing.acts import writing
from undersigned.publishing.models import Assent, Post
from undersigned.publishing.states import DeliveryState, PostState


@act(
    Act.POST_APPROVE,
    may=rules.can_sign,
    on=Post,
    facts={"number": Fact.COUNT, "satisfies": Fact.COUNT, "missing": Fact.COUNT},
    commits=["digest", "note"],
)
def approve(*, by: Actor, post: Post, digest: str, note: str = "") -> Post:
    """Put one's name under exactly the bytes that were shown; ``digest`` is theirs."""
    officer = writing.writer(by)
    accounts = rules.accounts_of(post)
    must_be_the_same(post, digest)
    satisfied = approval.satisfied_by(officer, post, accounts)
    Assent(
        post=post,
        number=post.number,
        digest=post.digest,
        person_id=officer.person,
        capacity_id=officer.capacity.reference if officer.capacity else "",
        steps=" ".join(one.key for one in satisfied),
        note=note.strip(),
        signed_at=timezone.now(),
    ).save(force_insert=True)
    missing = approval.missing(accounts, approval.standing(post))
    post.state = PostState.SUBMITTED if missing else PostState.APPROVED
    writing.enters(post)
    post.save(update_fields=["state", *writing.STATE])
    say(number=post.number, satisfies=len(satisfied), missing=len(missing))
    return post


@act(
    Act.POST_RETURN,
    may=rules.can_sign | rules.keeps_the_post,
    on=Post,
    facts={"number": Fact.COUNT},
    commits=["remark"],
)
def send_back(*, by: Actor, post: Post, remark: str) -> Post:
    """Return it to its author with what has to change; every name under it is void."""
    remark = remark.strip()
    if not remark:
        raise Unfit(
            _("Say what has to change, so that the author can mend it."), rule="a_reason", field="remark"
        )
    version = post.version
    version.remark = remark
    version.save(update_fields=["remark"])
    writing.void_assents(post)
    post.digest = ""
    writing.enters(post, remark)
    post.save(update_fields=["digest", *writing.STATE])
    say(number=post.number)
    return post


@act(
    Act.POST_WITHDRAW_APPROVAL,
    may=rules.has_signed,
    on=Post,
    facts={"number": Fact.COUNT},
    commits=["reason"],
)
def withdraw_approval(*, by: Actor, post: Post, reason: str = "") -> Post:
    """Take one's name back, until the first delivery is on its way."""
    officer = writing.writer(by)
    if post.deliveries.exclude(state__in=(DeliveryState.WAITING, DeliveryState.CANCELLED)).exists():
        raise WrongState(
            _("Part of this post is on its way or published, so a name under it stays."),
            rule="nothing_sent_yet",
            do=_("Stop the rest, or correct it in public."),
        )
    for one in approval.standing(post):
        if one.person_id == officer.person:
            one.withdrawn_at = timezone.now()
            one.save(update_fields=["withdrawn_at"])
    from undersigned.publishing.acts.delivering import call_back

    call_back(post)
    writing.enters(post, _("%(who)s took their name back") % {"who": officer.name})
    post.save(update_fields=writing.STATE)
    say(number=post.number)
    return post


def must_be_the_same(post: Post, shown: str) -> None:
    """Refuse when what was shown, what was handed in and what would be sent now are not the same bytes."""
    now = binding.digest(binding.bound(post, rules.accounts_of(post)))
    if shown == post.digest == now:
        return
    raise Changed(
        _(
            "This is no longer what was handed in, or not what you were shown, so your name was not put under it."
        ),
        rule="exact_bytes",
        do=_("Look at it again. If an account’s rule or a network’s form has changed, it is handed in anew."),
    )
