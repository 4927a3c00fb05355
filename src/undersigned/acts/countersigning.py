"""Asking for, giving, declining and voiding a countersignature, whatever the act it is for."""

from __future__ import annotations

import hashlib
import inspect
import json
from contextvars import ContextVar
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, get_type_hints

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.acts.actor import Actor, Officer, System
from undersigned.acts.book import Act
from undersigned.acts.declared import BOOK, DeclaredAct, act
from undersigned.acts.directory import directory
from undersigned.acts.facts import Fact
from undersigned.acts.governed import Governed, find, states
from undersigned.acts.models import Countersignature, CountersignatureState, Signature
from undersigned.acts.predicates import Objection, Rule, rule
from undersigned.acts.refusals import Changed, Unfit
from undersigned.acts.scene import Scene, opened, say

if TYPE_CHECKING:
    from django.db.models import QuerySet

FACTS = {"act": Fact.WORD, "subject": Fact.REFERENCE}


def _objects_to_signing(actor: Actor, subject: Any) -> Objection | None:
    declared = BOOK[Act(subject.act)]
    if not isinstance(actor, Officer) or declared.countersigned is None:
        return Objection("a_person", _("Only a person can countersign."), ())
    helps = declared.countersigned.by.helps
    if actor.person == subject.asked_by:
        return Objection(
            "not_the_author", _("You asked for this, so somebody else must countersign it."), helps
        )
    if subject.signatures.filter(person=actor.person).exists():
        return Objection("not_twice", _("Your name is already under this; it needs another person’s."), helps)
    return declared.countersigned.by.objects(actor, subject_of(subject))


may_countersign = Rule(
    "may_countersign",
    gettext_lazy("Only somebody whom the act’s own rule names, and who did not ask for it, can countersign."),
    (),
    _objects_to_signing,
)


@rule(gettext_lazy("Only the person who asked for this can take it back."))
def asked_for_it(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, Officer) and actor.person == subject.asked_by


@rule(gettext_lazy("The product does this by itself."))
def the_system(actor: Actor, subject: Any) -> bool:
    return isinstance(actor, System)


def ask(
    *, declared: DeclaredAct[Any, Any], by: Actor, act_id: str | None = None, **wants: Any
) -> Countersignature:
    """Ask others to put their names under ``declared`` done with these arguments. It is checked as if done now."""
    if declared.countersigned is None:
        raise TypeError(f"{declared.name} needs no countersignature")
    inspect.signature(declared.body).bind(by=by, **wants)
    subject = wants.get(declared.subject_name)
    with transaction.atomic():
        if isinstance(subject, Governed):
            subject.locked()
        acting = declared.capable(by, subject)
        refusal = declared.refusal(by, subject)
        if refusal:
            raise refusal
        _try_out(declared, acting, wants)
        if isinstance(subject, Governed):
            subject.locked()
        asking = _ask.once(act_id) if act_id else _ask
        return asking(by=acting, declared=declared, subject=subject, wants=wants)


_signers: ContextVar[tuple[str, ...]] = ContextVar("signers", default=())


def signers() -> tuple[str, ...]:
    """References of the persons who countersigned the act now being done, the first to sign first.

    While an act is tried out before anybody signs, the person who asks stands in for them.
    """
    return _signers.get()


class _Undone(Exception):
    """Ends a trial so that nothing of it stays."""


def _try_out(declared: DeclaredAct[Any, Any], by: Actor, wants: dict[str, Any]) -> None:
    """Do the act and undo it: what it would refuse is said now, not to whoever puts their name under it."""
    token = _signers.set((by.person,) if isinstance(by, Officer) else ())
    try:
        with transaction.atomic():
            with opened(Scene(declared.name, "", by, declared.facts, declared.commits)):
                declared.body(**{**wants, "by": by})
            raise _Undone
    except _Undone:
        return
    finally:
        _signers.reset(token)


def _may_ask(actor: Actor, subject: Any) -> Objection | None:
    return None


_anyone_whom_the_act_allows = Rule(
    "whoever_may_do_the_act",
    gettext_lazy("Whoever may do the act may ask for its countersignature."),
    (),
    _may_ask,
)


@act(
    Act.COUNTERSIGNATURE_ASK,
    may=_anyone_whom_the_act_allows,
    makes=Countersignature,
    facts=FACTS,
    commits=["digest"],
)
def _ask(
    *, by: Actor, declared: DeclaredAct[Any, Any], subject: Governed | None, wants: dict[str, Any]
) -> Countersignature:
    """Ask others to put their names under an act before it takes effect."""
    if not isinstance(by, Officer) or by.capacity is None or declared.countersigned is None:
        raise TypeError("a countersignature is asked for by a person in a capacity")
    said = json.dumps({k: _encode(v) for k, v in wants.items() if v is not subject}, sort_keys=True)
    request = Countersignature(
        act=declared.name,
        subject=subject.reference if subject else "",
        wants=said,
        digest=digest_of(declared, subject, said),
        rule=declared.countersigned.by.name,
        needed=declared.countersigned.needed,
        asked_by=by.person,
        asked_as=by.capacity.reference,
        asked_at=timezone.now(),
    )
    request.save(force_insert=True)
    say(act=declared.name, digest=request.digest)
    if subject:
        say(subject=subject)
    return request


@act(
    Act.COUNTERSIGNATURE_GIVE,
    may=may_countersign,
    on=Countersignature,
    facts=FACTS,
    commits=["digest", "note"],
)
def give(*, by: Actor, countersignature: Countersignature, digest: str, note: str = "") -> Countersignature:
    """Put one's name under exactly what the request says; ``digest`` is what the signer was shown."""
    if not isinstance(by, Officer) or by.capacity is None:
        raise TypeError("a countersignature is given by a person in a capacity")
    _still_the_same(countersignature, digest)
    now = timezone.now()
    Signature(
        countersignature=countersignature,
        person=by.person,
        capacity=by.capacity.reference,
        signed_at=now,
        digest=countersignature.digest,
    ).save(force_insert=True)
    if countersignature.signatures.count() >= countersignature.needed:
        countersignature.state = CountersignatureState.GIVEN
        countersignature.settled_at = now
        countersignature.save(update_fields=["state", "settled_at"])
        _take_effect(countersignature)
    _say_what(countersignature)
    return countersignature


@act(
    Act.COUNTERSIGNATURE_DECLINE,
    may=may_countersign | asked_for_it,
    on=Countersignature,
    facts=FACTS,
    commits=["note"],
)
def decline(*, by: Actor, countersignature: Countersignature, note: str) -> Countersignature:
    """Return it with a reason; or take it back, for the person who asked."""
    if not note.strip():
        raise Unfit(_("Say why you return it, so that it can be mended."), rule="a_reason", field="note")
    return _settle(countersignature)


@act(Act.COUNTERSIGNATURE_VOID, may=the_system, on=Countersignature, facts=FACTS, commits=["note"])
def void(*, by: Actor, countersignature: Countersignature, note: str) -> Countersignature:
    """What was to be countersigned has changed, or may no longer be asked for."""
    return _settle(countersignature)


def _settle(countersignature: Countersignature) -> Countersignature:
    countersignature.settled_at = timezone.now()
    countersignature.save(update_fields=["settled_at"])
    _say_what(countersignature)
    return countersignature


def _say_what(countersignature: Countersignature) -> None:
    say(act=countersignature.act)
    if countersignature.subject:
        say(subject=countersignature.subject)


def _take_effect(countersignature: Countersignature) -> None:
    declared = BOOK[Act(countersignature.act)]
    asker = directory().officer(countersignature.asked_by)
    if asker is None:
        raise Changed(
            _("Who asked for this holds no appointment any more, so it cannot take effect."),
            rule="asker_is_current",
            do=_("Return it; somebody else can ask again."),
        )
    kwargs = _decode_all(declared, json.loads(countersignature.wants))
    if declared.subject_name:
        kwargs[declared.subject_name] = find(countersignature.subject)
    proven = Officer(asker.person, asker.name, asker.person_class, asker.capacities, second_factor=True)
    signed = countersignature.signatures.order_by("signed_at").values_list("person", flat=True)
    token = _signers.set(tuple(signed))
    try:
        declared.perform(act_id_of(countersignature), {**kwargs, "by": proven})
    finally:
        _signers.reset(token)


def act_id_of(countersignature: Countersignature) -> str:
    """The id of the act that the request leads to: the same however often its last signature is tried."""
    return hashlib.sha256(f"act of {countersignature.reference}".encode()).hexdigest()[:32]


def _still_the_same(countersignature: Countersignature, shown: str) -> None:
    now = present_digest(countersignature)
    if shown == countersignature.digest == now:
        return
    raise Changed(
        _(
            "This is no longer what was asked for, or not what you were shown, so your name was not put under it."
        ),
        rule="exact_bytes",
        do=_("Look at what changed and ask for the countersignature again."),
    )


def present_digest(countersignature: Countersignature) -> str:
    """The digest of what the request would do if it took effect now."""
    subject = find(countersignature.subject) if countersignature.subject else None
    return digest_of(BOOK[Act(countersignature.act)], subject, countersignature.wants)


def digest_of(declared: DeclaredAct[Any, Any], subject: Governed | None, wants: str) -> str:
    """SHA-256 (hex) over act, subject, bound state and arguments."""
    bound: Any = None
    if subject is not None and declared.countersigned is not None:
        binds = declared.countersigned.binds
        bound = binds(subject) if binds else states(type(subject), [subject.reference])[subject.reference]
    whole = {
        "act": declared.name,
        "subject": subject.reference if subject else None,
        "state": bound,
        "wants": wants,
    }
    return hashlib.sha256(json.dumps(whole, sort_keys=True, default=str).encode()).hexdigest()


def subject_of(countersignature: Countersignature) -> Any:
    """What the countersigner's rule is asked about: the act's subject, or its arguments where it makes a new row."""
    declared = BOOK[Act(countersignature.act)]
    about = declared.countersigned.about if declared.countersigned else None
    subject = find(countersignature.subject) if countersignature.subject else None
    if subject is not None and about is None:
        return subject
    wants = wishes_of(countersignature)
    return about(subject, wants) if about else wants


def wishes_of(countersignature: Countersignature) -> dict[str, Any]:
    """The arguments with which the act was asked for, for the rule and for the page that shows them."""
    return _decode_all(BOOK[Act(countersignature.act)], json.loads(countersignature.wants))


def open_requests() -> QuerySet[Countersignature]:
    return Countersignature.objects.filter(state=CountersignatureState.ASKED).order_by("asked_at")


def waiting_for(officer: Officer) -> list[Countersignature]:
    """The open requests which this person could countersign today, the oldest first."""
    return [request for request in open_requests() if give.refusal(officer, request) is None]


def _encode(value: Any) -> Any:
    if isinstance(value, Governed):
        return {"row": value.reference}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {"map": {str(k): _encode(v) for k, v in value.items()}}
    if isinstance(value, list | tuple | set | frozenset):
        return [_encode(inner) for inner in value]
    if isinstance(value, str | int | bool) or value is None:
        return value
    raise TypeError(f"{type(value).__name__} cannot wait for a countersignature")


def _decode(value: Any) -> Any:
    if isinstance(value, list):
        return [_decode(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    ((tag, inner),) = value.items()
    if tag == "row":
        return find(inner)
    if tag == "moment":
        return datetime.fromisoformat(inner)
    if tag == "day":
        return date.fromisoformat(inner)
    return {k: _decode(v) for k, v in inner.items()}


def _decode_all(declared: DeclaredAct[Any, Any], wants: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(declared.body)
    found = {name: _decode(value) for name, value in wants.items()}
    for name, value in found.items():
        hint = hints.get(name)
        if isinstance(hint, type) and issubclass(hint, Enum) and value is not None:
            found[name] = hint(value)
    return found
