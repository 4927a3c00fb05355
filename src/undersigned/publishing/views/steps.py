"""What can be done with a post, a delivery or a case: one row for each act that has a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from undersigned.acts.declared import DeclaredAct
from undersigned.publishing import acts
from undersigned.publishing.forms import acting
from undersigned.publishing.models import Case, Post
from undersigned.publishing.states import FINAL_DELIVERIES, CaseKind, DeliveryState, PostState
from undersigned.ui.words import Words


def always(subject: Any) -> bool:
    return True


def is_held(post: Post) -> bool:
    return post.held_since is not None


def can_be_held(post: Post) -> bool:
    return post.held_since is None and post.deliveries.filter(state=DeliveryState.WAITING).exists()


def waits_for_review(post: Post) -> bool:
    return post.emergency and not post.verdict


def can_be_withdrawn(post: Post) -> bool:
    """Until it is scheduled, or while something still waits and nothing is under way."""
    if post.state != PostState.SCHEDULED:
        return True
    left = set(post.deliveries.exclude(state__in=FINAL_DELIVERIES).values_list("state", flat=True))
    return left == {DeliveryState.WAITING}


def nothing_has_left(post: Post) -> bool:
    gone = post.deliveries.exclude(state__in=(DeliveryState.WAITING, DeliveryState.CANCELLED))
    return not gone.exists()


def is_nobodys(case: Case) -> bool:
    return case.case_kind == CaseKind.NATIVE and not case.claimed_by_id


def is_claimed(case: Case) -> bool:
    return bool(case.claimed_by_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """``verb`` heads the page and is the link; ``button`` names the act; ``says`` is what will happen.

    ``when`` is what the act's rule and life cycle do not know: whether there is any reason to do it now.
    """

    slug: str
    act: DeclaredAct[Any, Any]
    verb: Words
    button: Words
    says: Words
    done: Words
    form: type[acting.StepForm] = acting.StepForm
    when: Callable[[Any], bool] = always
    leads: bool = False
    ends_something: bool = False

    @property
    def name(self) -> str:
        """The name of its route in this room."""
        return self.slug.replace("-", "_")


SUBMIT = Step(
    slug="submit",
    act=acts.submit,
    verb=_("Hand in"),
    button=_("Hand it in"),
    says=_("Its text, pictures, accounts and time are frozen, and those whose names it needs are asked."),
    done=_("It is handed in."),
    form=acting.SubmitForm,
    leads=True,
)

ON_POSTS: tuple[Step, ...] = (
    SUBMIT,
    Step(
        slug="schedule",
        act=acts.schedule,
        verb=_("Schedule"),
        button=_("Schedule it"),
        says=_("It goes out on each of its accounts at its time, or at once where it has none."),
        done=_("It is on its way."),
        form=acting.DigestForm,
        leads=True,
    ),
    Step(
        slug="resume",
        act=acts.resume,
        verb=_("Let it go"),
        button=_("Let it go"),
        says=_("What still waits goes out inside its time. What was countersigned has not changed."),
        done=_("It goes on."),
        form=acting.DigestForm,
        when=is_held,
        leads=True,
    ),
    Step(
        slug="review",
        act=acts.review_emergency,
        verb=_("Review the emergency"),
        button=_("Put my finding on record"),
        says=_("It was sent without a countersignature. You say, by name, whether that was right."),
        done=_("Your finding is on record."),
        form=acting.ReviewForm,
        when=waits_for_review,
        leads=True,
    ),
    Step(
        slug="return",
        act=acts.send_back,
        verb=_("Return with a reason"),
        button=_("Return it"),
        says=_("It goes back to its author with what has to change. Every name under it is void."),
        done=_("It is back with its author."),
        form=acting.RemarkForm,
    ),
    Step(
        slug="take-back",
        act=acts.withdraw_approval,
        verb=_("Take my name back"),
        button=_("Take my name back"),
        says=_(
            "Your countersignature no longer stands under it, and nothing of it leaves before somebody signs anew."
        ),
        done=_("Your name is no longer under it."),
        form=acting.MayReasonForm,
        when=nothing_has_left,
        ends_something=True,
    ),
    Step(
        slug="hold",
        act=acts.hold,
        verb=_("Hold"),
        button=_("Hold it"),
        says=_("What still waits does not leave until somebody lets it go."),
        done=_("It is held."),
        form=acting.ReasonForm,
        when=can_be_held,
    ),
    Step(
        slug="withdraw",
        act=acts.withdraw,
        verb=_("Withdraw"),
        button=_("Withdraw it"),
        says=_("It is taken back wherever it still waits. What has left is told truthfully."),
        done=_("It is withdrawn."),
        form=acting.MayReasonForm,
        when=can_be_withdrawn,
        ends_something=True,
    ),
    Step(
        slug="discard",
        act=acts.discard,
        verb=_("Discard"),
        button=_("Discard the draft"),
        says=_("The draft is thrown away. That it was there stays in the record."),
        done=_("The draft is discarded."),
        ends_something=True,
    ),
)

LOOK = Step(
    slug="look",
    act=acts.attest,
    verb=_("Look and say"),
    button=_("Put it on record by my name"),
    says=_("Open the account on the network, look for the post, and say whether it is there."),
    done=_("What you saw is on record."),
    form=acting.LookForm,
)

ON_CASES: tuple[Step, ...] = (
    Step(
        slug="say-mine",
        act=acts.say_mine,
        verb=_("I posted this"),
        button=_("Yes, I posted this"),
        says=_(
            "You say by name that you posted it past the system. The account’s steward then adopts it, or not."
        ),
        done=_("Your name is on it. The steward decides."),
        when=is_nobodys,
    ),
    Step(
        slug="adopt",
        act=acts.adopt,
        verb=_("Adopt it"),
        button=_("Adopt it"),
        says=_("It becomes the city’s own, with no prior countersignature on record. Nothing is back-dated."),
        done=_("It is adopted."),
        form=acting.ReasonForm,
        when=is_claimed,
        leads=True,
    ),
    Step(
        slug="explain",
        act=acts.explain,
        verb=_("Explain it"),
        button=_("Put the explanation on record"),
        says=_("You say what happened, where nothing else has to be done."),
        done=_("It is explained."),
        form=acting.ReasonForm,
    ),
    Step(
        slug="removed",
        act=acts.remove,
        verb=_("It was taken down"),
        button=_("It was taken down"),
        says=_("You say that it is gone from the network, and who took it down."),
        done=_("That is on record."),
        form=acting.ReasonForm,
    ),
    Step(
        slug="intrusion",
        act=acts.escalate,
        verb=_("Treat it as an intrusion"),
        button=_("Treat it as an intrusion"),
        says=_("Nobody of the city did this. Stop the account next, then follow its incident card."),
        done=_("It is treated as an intrusion. Stop what is published there, now."),
        form=acting.ReasonForm,
        ends_something=True,
    ),
)
