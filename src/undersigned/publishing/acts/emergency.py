"""The emergency post: from desk to dispatch without a countersignature beforehand, and with a review after."""

from __future__ import annotations

import json
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.accounts.models import Account
from undersigned.accounts.permissions import Permission
from undersigned.acts import Act, Actor, Fact, act, say
from undersigned.acts.refusals import NotPermitted, Unfit, WrongState
from undersigned.publishing import binding, checks, rules
from undersigned.publishing.acts import writing
from undersigned.publishing.acts.scheduling import set_on_its_way
from undersigned.publishing.content import Content
from undersigned.publishing.models import Post, PostVersion
from undersigned.publishing.states import PostState, Verdict

WINDOW = timedelta(minutes=30)


@act(
    Act.POST_SEND_EMERGENCY,
    may=rules.may_send_emergencies,
    makes=Post,
    facts={"accounts": Fact.COUNT, "without_countersignature": Fact.FLAG, "drill": Fact.FLAG},
    commits=["content", "digest", "reason"],
)
def send_emergency(*, by: Actor, content: Content, reason: str, drill: bool = False) -> Post:
    """Send at once, without prior countersignature; another person reviews it within a business day."""
    officer = writing.writer(by)
    reason = reason.strip()
    if not reason:
        raise Unfit(_("Say in one sentence what has happened."), rule="a_reason", field="reason")
    if len(set(content.accounts)) > writing.MOST_ACCOUNTS:
        raise Unfit(
            _("An emergency post goes to at most %(most)d accounts at once.")
            % {"most": writing.MOST_ACCOUNTS},
            rule="few_accounts",
            do=_("Send it to the most followed first, then to the others. Nothing was sent."),
        )
    allowed = rules.permitted_on(officer, Permission.POST_EMERGENCY)
    barred = [name for name in content.accounts if name not in allowed]
    if barred or not content.accounts:
        raise NotPermitted(
            _("You have no grant for emergency posts on every account that was chosen."),
            rule="may_send_emergencies",
            do=_("Leave the others out. Nothing was sent."),
        )
    now = timezone.now()
    post = Post(
        author_id=officer.person,
        capacity_id=officer.capacity.reference if officer.capacity else "",
        state=PostState.SCHEDULED,
        purpose=reason,
        emergency=True,
        drill=drill,
        not_before=now,
        not_after=now + WINDOW,
        rule=binding.EMERGENCY,
    )
    post.save(force_insert=True)
    version = PostVersion(
        post=post,
        number=1,
        content=json.dumps(content.to_json(), ensure_ascii=False, sort_keys=True),
        edited_by_id=officer.person,
        edited_at=now,
    )
    version.save(force_insert=True)
    accounts = list(Account.objects.filter(pk__in=content.accounts).select_related("unit").order_by("pk"))
    writing.retarget(post, accounts)
    checks.must_pass(post, accounts, officer, (), emergency=True)
    version.bound = binding.bound(post, accounts)
    version.digest = post.digest = binding.digest(version.bound)
    version.save(update_fields=["bound", "digest"])
    post.save(update_fields=["digest"])
    set_on_its_way(post, accounts, now, now + WINDOW)
    say(accounts=len(accounts), without_countersignature=True, drill=drill, digest=post.digest)
    say(content=content.to_json(), reason=reason)
    return post


@act(
    Act.POST_REVIEW_EMERGENCY,
    may=rules.reviews_emergencies,
    on=Post,
    facts={"verdict": Fact.WORD},
    commits=["note"],
)
def review_emergency(*, by: Actor, post: Post, verdict: Verdict, note: str) -> Post:
    """Say afterwards whether it was justified; never by the person who sent it."""
    officer = writing.writer(by)
    if not post.emergency or post.verdict:
        raise WrongState(_("There is nothing to review here. Nothing was changed."), rule="one_review")
    if not note.strip():
        raise Unfit(_("Say what you found, in a sentence."), rule="a_reason", field="note")
    post.verdict, post.reviewed_by_id, post.reviewed_at = verdict, officer.person, timezone.now()
    post.save(update_fields=["verdict", "reviewed_by", "reviewed_at"])
    return post
