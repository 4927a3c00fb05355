"""Closed lists of the publishing room, and the life cycles of a post, a delivery, and a case."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from undersigned.acts.book import Act
from undersigned.acts.lifecycle import Transition, life_cycle


class PostState(TextChoices):
    """Where a post stands. No state is left by silence: each that is not final has an owner and a date."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waiting for countersignature")
    RETURNED = "returned", _("returned to its author")
    APPROVED = "approved", _("countersigned")
    SCHEDULED = "scheduled", _("scheduled")
    SETTLED = "settled", _("settled")
    DISCARDED = "discarded", _("discarded")
    WITHDRAWN = "withdrawn", _("withdrawn")


P = PostState

FINAL_POSTS = (P.SETTLED, P.DISCARDED, P.WITHDRAWN)
EDITABLE = (P.DRAFT, P.SUBMITTED, P.RETURNED, P.APPROVED, P.SCHEDULED)
"""States in which the text can still be changed; beyond ``draft`` that voids every countersignature."""

POST_CYCLE = life_cycle(
    P.values,
    initial=P.DRAFT,
    final=FINAL_POSTS,
    transitions=[
        Transition(Act.POST_EDIT, EDITABLE, (P.DRAFT,)),
        Transition(Act.POST_SUBMIT, (P.DRAFT, P.RETURNED), (P.SUBMITTED, P.APPROVED)),
        Transition(Act.POST_DISCARD, (P.DRAFT, P.RETURNED), (P.DISCARDED,)),
        Transition(Act.POST_APPROVE, (P.SUBMITTED,), (P.SUBMITTED, P.APPROVED)),
        Transition(Act.POST_RETURN, (P.SUBMITTED, P.APPROVED), (P.RETURNED,)),
        Transition(Act.POST_WITHDRAW_APPROVAL, (P.SUBMITTED, P.APPROVED, P.SCHEDULED), (P.SUBMITTED,)),
        Transition(Act.POST_SCHEDULE, (P.APPROVED,), (P.SCHEDULED,)),
        Transition(Act.POST_HOLD, (P.SCHEDULED,)),
        Transition(Act.POST_RESUME, (P.SCHEDULED,)),
        Transition(Act.POST_WITHDRAW, (P.SUBMITTED, P.APPROVED, P.SCHEDULED), (P.WITHDRAWN, P.SETTLED)),
        Transition(Act.DELIVERY_DELIVERED, (P.SCHEDULED,), (P.SETTLED,)),
        Transition(Act.POST_REVIEW_EMERGENCY, (P.SCHEDULED, P.SETTLED)),
    ],
)


class DeliveryState(TextChoices):
    """Where one attempt to say a post on one account stands; the words are different because the facts are."""

    WAITING = "waiting", _("waiting for its time")
    ARMED = "armed", _("being sent")
    UNCERTAIN = "uncertain", _("it may be live; we are looking")
    DONE = "done", _("published")
    REFUSED = "refused", _("refused by the network")
    FAILED = "failed", _("not published")
    CANCELLED = "cancelled", _("withdrawn before it was sent")


D = DeliveryState

FINAL_DELIVERIES = (D.DONE, D.REFUSED, D.FAILED, D.CANCELLED)
OPEN_DELIVERIES = (D.WAITING, D.ARMED, D.UNCERTAIN)

DELIVERY_CYCLE = life_cycle(
    D.values,
    initial=D.WAITING,
    final=(D.REFUSED, D.FAILED, D.CANCELLED),
    transitions=[
        Transition(Act.DELIVERY_ARM, (D.WAITING,), (D.ARMED,)),
        Transition(Act.DELIVERY_DELIVERED, (D.ARMED, D.UNCERTAIN), (D.DONE,)),
        Transition(
            Act.DELIVERY_SETTLE,
            OPEN_DELIVERIES,
            (D.WAITING, D.UNCERTAIN, D.REFUSED, D.FAILED),
        ),
        Transition(Act.DELIVERY_ATTEST, (D.UNCERTAIN,), (D.DONE, D.WAITING, D.FAILED)),
        Transition(Act.POST_WITHDRAW, (D.WAITING,), (D.CANCELLED,)),
        Transition(Act.DELIVERY_DOUBT, (D.DONE,), (D.UNCERTAIN,)),
    ],
)


class ApprovalStep(TextChoices):
    """Whose countersignature one step of an account's rule asks for."""

    APPROVER = "approver", _("an approver of the account who is not the author")
    UNIT_HEAD = "unit_head", _("the head of the owning unit")
    COMMUNICATIONS = "communications", _("the communications office")


class CaseKind(TextChoices):
    """What was noticed on a network that the city did not do through the system."""

    NATIVE = "native", _("posted past the system")
    EDITED = "edited", _("changed on the network")
    DELETED = "deleted", _("gone from the network")
    DIFFERS = "differs", _("the network shows something else")
    DUPLICATE = "duplicate", _("it is there twice")
    BLIND = "blind", _("a gap in the reading")


class CaseState(TextChoices):
    """What became of it."""

    OPEN = "open", _("to be settled")
    ADOPTED = "adopted", _("adopted by the person who posted it")
    EXPLAINED = "explained", _("explained")
    REMOVED = "removed", _("removed")
    INCIDENT = "incident", _("treated as an intrusion")


C = CaseState

CASE_CYCLE = life_cycle(
    C.values,
    initial=C.OPEN,
    final=(C.ADOPTED, C.EXPLAINED, C.REMOVED, C.INCIDENT),
    transitions=[
        Transition(Act.CASE_SAY_MINE, (C.OPEN,)),
        Transition(Act.CASE_ADOPT, (C.OPEN,), (C.ADOPTED,)),
        Transition(Act.CASE_EXPLAIN, (C.OPEN,), (C.EXPLAINED,)),
        Transition(Act.CASE_REMOVE, (C.OPEN,), (C.REMOVED,)),
        Transition(Act.CASE_ESCALATE, (C.OPEN,), (C.INCIDENT,)),
    ],
)


class SightingOrigin(TextChoices):
    """How a post came to be seen."""

    READ = "read", _("read from the network")
    HISTORY = "history", _("was there before the account was connected")
    ARCHIVE = "archive", _("from an export")


class Verdict(TextChoices):
    """What the reviewer of an emergency post found."""

    JUSTIFIED = "justified", _("justified")
    LESSONS = "lessons", _("justified, with lessons")
    NOT_JUSTIFIED = "not_justified", _("not justified")
