"""What fails next on a wall, as somebody has chosen: once, with the next post or answer that is sent there.

Each is one of the ends that a call to a real network can have (section 1.1 of the networks' rules).
"""

from __future__ import annotations

import time
from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from undersigned.networks.faults import Later, Reason, Refused, TokenExpired, Uncertain
from undersigned.networks.practice.models import Permission, Wall

BUSY_FOR = timedelta(minutes=10)
SLOW_SECONDS = 6.0


class Failing(models.TextChoices):
    NOTHING = "nothing", _("Nothing: the next post goes out")
    ANSWER_LOST = "answer_lost", _("The post is made, and the answer is lost on its way back")
    CUT_BEFORE = "cut_before", _("The line is cut before the post is made")
    ERROR_AFTER = "error_after", _("The post is made, and the wall answers that it broke (502)")
    ERROR_BEFORE = "error_before", _("The post is not made, and the wall answers that it broke (500)")
    BUSY = "busy", _("The wall asks to come again in ten minutes (429)")
    SLOW = "slow", _("The wall takes six seconds to answer")
    REFUSED = "refused", _("The wall says no, finally")
    EXPIRED = "expired", _("The token has run out, and a fresh one is given")
    WITHDRAWN = "withdrawn", _("The permission is withdrawn: the account has to be connected anew")


def taken(wall: Wall) -> Failing:
    """What was chosen, for this call alone: two calls at once do not both fail."""
    chosen = Failing(Wall.objects.values_list("fails_next", flat=True).get(pk=wall.pk))
    mine = Wall.objects.filter(pk=wall.pk, fails_next=chosen).update(fails_next=Failing.NOTHING)
    return chosen if mine else Failing.NOTHING


def before(failing: Failing, wall: Wall) -> None:
    """Fail where nothing is done yet. Raises what a real network's answer would be."""
    if failing is Failing.CUT_BEFORE:
        raise Uncertain("the connection was cut")
    if failing is Failing.ERROR_BEFORE:
        raise Uncertain("the network answered 500")
    if failing is Failing.BUSY:
        raise Later("429", until=timezone.now() + BUSY_FOR)
    if failing is Failing.REFUSED:
        raise Refused(Reason.POLICY, "this wall does not take that")
    if failing is Failing.EXPIRED:
        Permission.objects.filter(wall=wall).update(access_until=timezone.now())
        raise TokenExpired("the token has run out")
    if failing is Failing.WITHDRAWN:
        Permission.objects.filter(wall=wall, withdrawn_at=None).update(withdrawn_at=timezone.now())
        raise TokenExpired("the permission was withdrawn")


def after(failing: Failing) -> None:
    """Fail, or dawdle, where it is done already. Raises Uncertain."""
    if failing is Failing.ANSWER_LOST:
        raise Uncertain("the connection was cut")
    if failing is Failing.ERROR_AFTER:
        raise Uncertain("the network answered 502")
    if failing is Failing.SLOW:
        time.sleep(SLOW_SECONDS)
