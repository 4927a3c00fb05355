"""Acts of this room in words, for the timeline of a post."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.accounts.queries.history import Done
from undersigned.accounts.views.coming_in import way_to
from undersigned.acts.book import Act
from undersigned.acts.names import name_of_act
from undersigned.publishing.states import ApprovalStep, DeliveryState, Verdict
from undersigned.ui.components import TimelineAct
from undersigned.ui.words import Words

DONE: dict[Act, Words] = {
    Act.POST_DRAFT: gettext_lazy("Wrote the post"),
    Act.POST_EDIT: gettext_lazy("Changed the post: version %(number)s"),
    Act.POST_SUBMIT: gettext_lazy("Handed in version %(number)s"),
    Act.POST_DISCARD: gettext_lazy("Discarded the draft"),
    Act.POST_APPROVE: gettext_lazy("Countersigned version %(number)s"),
    Act.POST_RETURN: gettext_lazy("Returned version %(number)s"),
    Act.POST_WITHDRAW_APPROVAL: gettext_lazy("Took their name back"),
    Act.POST_SCHEDULE: gettext_lazy("Scheduled the post"),
    Act.POST_HOLD: gettext_lazy("Held the post"),
    Act.POST_RESUME: gettext_lazy("Let the post go"),
    Act.POST_WITHDRAW: gettext_lazy("Withdrew the post"),
    Act.POST_SEND_EMERGENCY: gettext_lazy("Sent it as an emergency, without prior countersignature"),
    Act.POST_REVIEW_EMERGENCY: gettext_lazy("Reviewed the emergency post: %(verdict)s"),
    Act.DELIVERY_ARM: gettext_lazy("Began to send it, attempt %(attempt)s"),
    Act.DELIVERY_DELIVERED: gettext_lazy("The network gave it an id"),
    Act.DELIVERY_SETTLE: gettext_lazy("Noted how the delivery stands: %(outcome)s"),
    Act.DELIVERY_DOUBT: gettext_lazy("Published, yet not shown: looking again"),
    Act.DELIVERY_ATTEST: gettext_lazy("Looked and said whether it is there"),
}

STEPS: dict[str, Words] = {
    ApprovalStep.APPROVER: gettext_lazy("an approver who is not the author"),
    ApprovalStep.UNIT_HEAD: gettext_lazy("the head of the unit"),
    ApprovalStep.COMMUNICATIONS: gettext_lazy("the communications office"),
}


class _Facts(dict[str, str]):
    """Where an entry says nothing, the sentence keeps a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


def timeline(done: list[Done]) -> list[TimelineAct]:
    return [_told(one) for one in done]


def _told(done: Done) -> TimelineAct:
    return TimelineAct(
        at=done.at,
        what=_in_words(done),
        who=_who(done),
        capacity=done.capacity,
        countersigned_by=", ".join(name for name in done.signers if name),
        url=way_to("record:act", done.act_id),
        receipt_url=way_to("record:receipt", done.act_id),
    )


def _in_words(done: Done) -> str:
    words = DONE.get(done.act)
    return str(words) % _facts(done.facts) if words else name_of_act(done.act.value)


def _facts(facts: Mapping[str, Any]) -> _Facts:
    return _Facts({name: _fact(name, str(value)) for name, value in facts.items()})


def _fact(name: str, value: str) -> str:
    if name == "outcome":
        return str(DeliveryState(value).label)
    return str(Verdict(value).label) if name == "verdict" else value


def _who(done: Done) -> str:
    if done.erased:
        return _("Somebody whose name was erased")
    return done.who or _("Undersigned, by itself")
