"""Writing a post, changing it, handing it in, throwing it away."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.acts import Act, Actor, Fact, act, say
from undersigned.acts.refusals import Unfit, WrongState
from undersigned.publishing import approval, binding, checks, rules
from undersigned.publishing.acts import writing
from undersigned.publishing.content import Content, as_written
from undersigned.publishing.models import Post, PostVersion
from undersigned.publishing.states import DeliveryState, PostState

CHANGED_HEADS = ("topic", "purpose", "not_before", "not_after")


@act(
    Act.POST_DRAFT,
    may=rules.writes_somewhere,
    makes=Post,
    facts={"accounts": Fact.COUNT},
    commits=["content"],
)
def draft(
    *,
    by: Actor,
    content: Content,
    topic: str = "",
    purpose: str = "",
    not_before: datetime | None = None,
    not_after: datetime | None = None,
    corrects: Post | None = None,
) -> Post:
    """Begin a post for accounts on which one may write; nothing leaves before others have put their names under it."""
    officer = writing.writer(by)
    accounts = writing.accounts_for(officer, content)
    writing.must_have_media(content)
    refuse_times(not_before, not_after)
    post = Post(
        author_id=officer.person,
        capacity_id=officer.capacity.reference if officer.capacity else "",
        topic=topic.strip(),
        purpose=purpose.strip(),
        not_before=not_before,
        not_after=not_after,
        corrects=corrects,
    )
    post.save(force_insert=True)
    _keep_version(post, officer.person, content)
    writing.retarget(post, accounts)
    say(accounts=len(accounts), content=content.to_json())
    return post


@act(
    Act.POST_EDIT,
    may=rules.is_author | rules.writes_on_all,
    on=Post,
    facts={"number": Fact.COUNT, "void": Fact.COUNT},
    commits=["content"],
)
def edit(*, by: Actor, post: Post, content: Content, seen: int, **heads: Any) -> Post:
    """Change a post. From the moment it was handed in this makes a new version and voids every name under the old.

    ``seen`` is the number of the version that was changed: two people at once do not overwrite each other.
    """
    officer = writing.writer(by)
    _refuse_an_older_version(post, seen)
    _refuse_what_is_on_its_way(post)
    accounts = writing.accounts_for(officer, content)
    writing.must_have_media(content)
    refuse_times(heads.get("not_before", post.not_before), heads.get("not_after", post.not_after))
    writing.refuse_too_much(post, accounts)
    void = writing.void_assents(post)
    for name in heads.keys() & set(CHANGED_HEADS):
        setattr(post, name, heads[name])
    post.number += 1
    post.digest, post.rule, post.held_since, post.held_reason = "", "", None, ""
    writing.enters(post, _("changed by %(who)s") % {"who": officer.name} if void else "")
    post.save(
        update_fields=[
            *CHANGED_HEADS,
            *writing.STATE,
            "number",
            "digest",
            "rule",
            "held_since",
            "held_reason",
        ]
    )
    _keep_version(post, officer.person, content)
    writing.retarget(post, accounts)
    _call_back(post)
    say(number=post.number, void=void, content=content.to_json())
    return post


@act(
    Act.POST_SUBMIT,
    may=rules.is_author | rules.writes_on_all,
    on=Post,
    facts={"number": Fact.COUNT, "rule": Fact.KEY, "needed": Fact.COUNT},
    commits=["digest", "ticked"],
)
def submit(*, by: Actor, post: Post, ticked: Iterable[str] = ()) -> Post:
    """Hand it in: its bytes are frozen, and those whose names it needs are asked.

    Every check is made again; ``ticked`` are the warnings that the author has read and lets stand.
    """
    officer = writing.writer(by)
    accounts = rules.accounts_of(post)
    post.rule = approval.rules_of(accounts)
    ticks = tuple(sorted(set(ticked)))
    checks.must_pass(post, accounts, officer, ticks)
    version = post.version
    version.bound = binding.bound(post, accounts)
    version.digest = post.digest = binding.digest(version.bound)
    version.ticked = " ".join(ticks)
    version.save(update_fields=["bound", "digest", "ticked"])
    missing = approval.missing(accounts, ())
    post.state = PostState.SUBMITTED if missing else PostState.APPROVED
    writing.enters(post)
    post.save(update_fields=["rule", "digest", "state", *writing.STATE])
    say(number=post.number, rule=post.rule, needed=len(missing), digest=post.digest, ticked=list(ticks))
    return post


@act(Act.POST_DISCARD, may=rules.is_author, on=Post)
def discard(*, by: Actor, post: Post) -> Post:
    """Throw a draft away. That it was there stays in the record; what it said is kept by its digest alone."""
    writing.enters(post)
    post.save(update_fields=writing.STATE)
    return post


def _keep_version(post: Post, editor: str, content: Content) -> None:
    PostVersion(
        post=post,
        number=post.number,
        content=json.dumps(_as_kept(content).to_json(), ensure_ascii=False, sort_keys=True),
        edited_by_id=editor,
        edited_at=timezone.now(),
    ).save(force_insert=True)


def _as_kept(content: Content) -> Content:
    wordings = {name: replace(one, text=as_written(one.text)) for name, one in content.wordings.items()}
    return replace(content, text=as_written(content.text), wordings=wordings)


def refuse_times(not_before: datetime | None, not_after: datetime | None) -> None:
    """Refuse a window that ends before it begins, or that has passed."""
    if not_before and not_after and not_after <= not_before:
        raise Unfit(
            _("The latest time stands before the time at which it goes out."),
            rule="window_in_order",
            field="not_after",
            do=_("Choose a later one. Nothing was kept."),
        )
    if not_after and not_after <= timezone.now():
        raise Unfit(
            _("The time by which it must be out has passed."),
            rule="window_ahead",
            field="not_after",
            do=_("Choose a later one. Nothing was kept."),
        )


def _refuse_an_older_version(post: Post, seen: int) -> None:
    if seen != post.number:
        raise WrongState(
            _(
                "Somebody changed this post while you were writing: it is at version %(now)d, and you changed %(seen)d."
            )
            % {"now": post.number, "seen": seen},
            rule="newest_version",
            do=_("Your text is kept in the form. Open the post anew beside it and bring the two together."),
        )


def _refuse_what_is_on_its_way(post: Post) -> None:
    gone = post.deliveries.exclude(state__in=(DeliveryState.WAITING, DeliveryState.CANCELLED))
    if post.state == PostState.SCHEDULED and gone.exists():
        raise WrongState(
            _("Part of this post is on its way or published, so its text can no longer be changed."),
            rule="nothing_sent_yet",
            do=_("Correct it in public, or withdraw it where it still waits. Nothing was changed."),
        )


def _call_back(post: Post) -> None:
    """Take back the deliveries that wait for a version that is none any more."""
    from undersigned.publishing.acts.delivering import call_back

    call_back(post)
