"""Where a delivery stands, in plain words.

Nothing is called failed while it may be live, nothing published before the network gave an id or somebody saw it, and
nothing waits without a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.networks.faults import Reason
from undersigned.publishing.models import Delivery, Pause, Post
from undersigned.publishing.states import CaseKind, CaseState, DeliveryState
from undersigned.publishing.stops import InForce
from undersigned.ui.components import Standing
from undersigned.ui.words import Words, time_in_words

HELD_BECAUSE: dict[str, Words] = {
    "account_not_live": gettext_lazy("the account is no longer live"),
    "by_hand": gettext_lazy("this network has no way for programs: a person posts it there by hand"),
    "digest": gettext_lazy("what would be sent is no longer exactly what was countersigned"),
    "own_fault": gettext_lazy("something went wrong here before anything left"),
}

REFUSED_DO: dict[str, Words] = {
    Reason.DUPLICATE: gettext_lazy("It takes the same text only once. Change the words and hand it in anew."),
    Reason.TOO_LONG: gettext_lazy("Shorten it and hand it in anew."),
    Reason.MEDIA: gettext_lazy("Bring another picture and hand it in anew."),
    Reason.PERMISSION: gettext_lazy("The account’s steward mends the connection’s permissions there."),
    Reason.POLICY: gettext_lazy("Read its rules on this, change the post and hand it in anew."),
    Reason.CONNECTION_LOST: gettext_lazy("The account’s steward connects the account anew."),
    Reason.NOT_ALLOWED_HERE: gettext_lazy("Post it by hand, or leave this network out."),
    Reason.QUOTA: gettext_lazy("Its limit for this account is used up. Hand it in anew when it opens again."),
}

NOT_PUBLISHED: dict[str, Words] = {
    "window_passed": gettext_lazy("Its time passed before it could go, and it is never sent late."),
    "attempts": gettext_lazy("Every attempt came back without having posted it."),
    "attested_not_there": gettext_lazy("Somebody looked and says that it is not there."),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One line of truth: how it stands, in words, and what happens next. ``url`` leads to it on the network."""

    shape: Standing
    says: str
    next: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a delivery is told by, beside itself."""

    post: Post
    stopped: InForce
    pauses: Iterable[Pause] = ()


def told(delivery: Delivery, scene: Scene) -> Told:
    """Where this delivery stands."""
    return TELLING[DeliveryState(delivery.state)](delivery, scene)


def _waiting(delivery: Delivery, scene: Scene) -> Told:
    until = clock(delivery.not_after)
    if scene.stopped.holds(delivery.account):
        says = _("Held: publishing is stopped here.")
        return Told(Standing.WRONG, says, _("It goes when the stop is lifted, until %(t)s.") % {"t": until})
    if scene.post.held_since:
        says = _("Held since %(t)s: %(why)s.") % {
            "t": clock(scene.post.held_since),
            "why": held_because(scene.post),
        }
        return Told(Standing.WRONG, says, _("Let it go by %(t)s, or withdraw it.") % {"t": until})
    return _on_its_way(delivery, scene, until)


def _on_its_way(delivery: Delivery, scene: Scene, until: str) -> Told:
    now = timezone.now()
    pause = max((one.until for one in scene.pauses if _is_for(one, delivery)), default=now)
    at_the_latest = _("By %(t)s at the latest, or not at all.") % {"t": until}
    if pause > now:
        says = _("Waits until %(t)s: the network asks us to slow down.") % {"t": clock(pause)}
    elif delivery.reason == "not_there":
        says = _("We looked twice, and it is not there. It is sent again now.")
    elif delivery.again_at and delivery.again_at > now:
        says = _("Waits until %(t)s, then it is tried again. Nothing was posted yet.") % {
            "t": clock(delivery.again_at)
        }
    elif delivery.not_before > now:
        says = _("Goes out at %(t)s.") % {"t": clock(delivery.not_before)}
    else:
        says = _("It is about to be sent.")
    return Told(Standing.WAITS, says, at_the_latest)


def _is_for(pause: Pause, delivery: Delivery) -> bool:
    return pause.scope in (delivery.account_id, delivery.account.network)


def _armed(delivery: Delivery, scene: Scene) -> Told:
    says = _("Being sent since %(t)s. It may be live at any moment; do not post it again.")
    return Told(Standing.WAITS, says % {"t": clock(delivery.sent_at or delivery.state_since)})


def _uncertain(delivery: Delivery, scene: Scene) -> Told:
    says = _("It may be live. We are looking; do not post it again.")
    if delivery.again_at and delivery.again_at > timezone.now():
        then = _("We look again at %(t)s.") % {"t": clock(delivery.again_at)}
    else:
        then = _("If you can see the account, look, and say whether it is there.")
    return Told(Standing.WAITS, says, then, delivery.url)


def _done(delivery: Delivery, scene: Scene) -> Told:
    at = clock(delivery.settled_at or delivery.state_since)
    if _differs(delivery):
        return Told(
            Standing.WRONG,
            _("Published, but the network shows something else."),
            _("Its steward compares the two and decides."),
            delivery.url,
        )
    if delivery.attested_by:
        says = _("Published: %(who)s looked at %(t)s and saw it.") % {
            "who": delivery.attested_by.name,
            "t": at,
        }
    elif delivery.seen_at and delivery.seen_at == delivery.settled_at:
        says = _("Published (confirmed by looking at %(t)s).") % {"t": at}
    else:
        says = _("Published at %(t)s.") % {"t": at}
    return Told(Standing.WORKS, says, url=delivery.url)


def _differs(delivery: Delivery) -> bool:
    return any(
        one.case_kind in (CaseKind.DIFFERS, CaseKind.EDITED) and one.state == CaseState.OPEN
        for one in delivery.cases.all()
    )


def _refused(delivery: Delivery, scene: Scene) -> Told:
    said = f"“{delivery.words}”" if delivery.words else _("it gave no reason")
    return Told(
        Standing.WRONG,
        _("The network refused it: %(said)s.") % {"said": said},
        str(REFUSED_DO.get(delivery.reason, _("Change the post and hand it in anew."))),
    )


def _failed(delivery: Delivery, scene: Scene) -> Told:
    why = NOT_PUBLISHED.get(delivery.reason, _("It certainly is not there."))
    return Told(
        Standing.WRONG,
        f"{_('Not published.')} {why}",
        _("Write it anew for this account if it still matters."),
    )


def _cancelled(delivery: Delivery, scene: Scene) -> Told:
    return Told(Standing.ASLEEP, _("Withdrawn before it was sent."))


TELLING: dict[DeliveryState, Callable[[Delivery, Scene], Told]] = {
    DeliveryState.WAITING: _waiting,
    DeliveryState.ARMED: _armed,
    DeliveryState.UNCERTAIN: _uncertain,
    DeliveryState.DONE: _done,
    DeliveryState.REFUSED: _refused,
    DeliveryState.FAILED: _failed,
    DeliveryState.CANCELLED: _cancelled,
}


def held_because(post: Post) -> str:
    """Why it is held: the words somebody gave, or what the reason code of the dispatch means."""
    return str(HELD_BECAUSE.get(post.held_reason, post.held_reason)).rstrip(".")


def clock(moment: datetime) -> str:
    """ "14:20" today, else with its day; always in the city's time."""
    local = timezone.localtime(moment)
    return (
        formats.date_format(local, "H:i") if local.date() == timezone.localdate() else time_in_words(moment)
    )
