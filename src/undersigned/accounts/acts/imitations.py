"""Accounts that could be taken for the city's: anyone reports one, a person decides (section 10)."""

from __future__ import annotations

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.accounts import rules
from undersigned.accounts.acts import entering, said
from undersigned.accounts.models import Account, LookalikeCase
from undersigned.accounts.states import CaseState, Origin
from undersigned.acts import Act, Actor, Fact, act, say
from undersigned.acts.refusals import Unfit
from undersigned.networks.addresses import Address, LooksDeceptive, understand
from undersigned.networks.names import Network
from undersigned.people.rules import is_communications, is_it_security


def as_reported(text: str, network: Network | None = None) -> Address:
    """What somebody pasted, as the address of a case.

    One that is built to deceive names no account as the networks read it, and is the very thing to report, so it is
    kept as it was pasted. Raises NotUnderstood for everything else that names no account.
    """
    try:
        return understand(text, network=network)
    except LooksDeceptive:
        pasted = text.strip()[:300]
        return Address(network or Network.OTHER, pasted.casefold(), pasted, "")


@act(
    Act.LOOKALIKE_REPORT,
    may=rules.is_anybody,
    makes=LookalikeCase,
    facts={"network": Fact.WORD, "resembles": Fact.REFERENCE, "reports": Fact.COUNT},
    commits=["key", "note", "contact"],
    second_factor=False,
)
def report(
    *,
    by: Actor,
    address: Address,
    note: str = "",
    why: str = "",
    display_name: str = "",
    resembles: Account | None = None,
    contact: str = "",
) -> LookalikeCase:
    """Say that an account could be taken for the city's. Reported again while it is being decided, it is counted.

    The handle is committed to, never shown in a leaf: it may be a private person's, and harmless.
    """
    _refuse_our_own(address)
    undecided = LookalikeCase.objects.filter(
        network=address.network.value, key=address.key, state__in=[CaseState.OPEN, CaseState.REPORTED]
    )
    case = undecided.select_for_update().first()
    if case is None:
        case = LookalikeCase(
            network=address.network.value,
            handle=address.handle,
            key=address.key,
            url=address.url,
            display_name=display_name,
            resembles=resembles,
            why=why,
            reported_at=timezone.now(),
            reported_by_id=said.person_of(by),
            contact=contact,
            note=note,
        )
        _keep(case)
    else:
        case.reports += 1
        case.save(update_fields=["reports"])
    say(network=case.network, key=case.key, reports=case.reports)
    return case


def _keep(case: LookalikeCase) -> None:
    try:
        case.save(force_insert=True)
    except IntegrityError as refused:
        raise Unfit(
            _("Somebody else reported this at the same moment, so it is known now. Nothing more is needed."),
            rule="one_case_a_lookalike",
        ) from refused


@act(
    Act.LOOKALIKE_DECIDE,
    may=is_communications | is_it_security,
    on=LookalikeCase,
    facts={"network": Fact.WORD, "decision": Fact.WORD},
    commits=["note"],
)
def decide(*, by: Actor, case: LookalikeCase, decision: CaseState, note: str) -> LookalikeCase:
    """Say what it is: reported to the network, taken down, left up by it, harmless, or the city's own.

    One that is the city's own comes to the register as *found*, and takes the whole way from there.
    """
    if decision in (CaseState.OPEN, case.state):
        raise Unfit(
            _("Say what it is, or leave it as it stands. Nothing was changed."),
            rule="a_decision",
            field="decision",
        )
    case.state = decision
    case.decided_at = timezone.now()
    case.decided_by_id = said.acting_person(by)
    case.decision_note = said.needs(note, _("Say how you know."), field="note", rule="a_reason")
    case.save(update_fields=["state", "decided_at", "decided_by", "decision_note"])
    say(network=case.network)
    if decision == CaseState.OURS:
        _take_in(by, case)
    return case


def _take_in(by: Actor, case: LookalikeCase) -> None:
    address = Address(network=case.place, key=case.key, handle=case.handle, url=case.url)
    case.account = entering.take_in(
        by=by, address=address, origin=Origin.FOUND, display_name=case.display_name
    )
    case.save(update_fields=["account"])


def _refuse_our_own(address: Address) -> None:
    ours = Account.objects.in_register().filter(network=address.network.value, key=address.key).first()
    if ours is not None:
        raise Unfit(
            _("%(handle)s is in the city’s own register. Nothing was reported.") % {"handle": ours.handle},
            rule="not_in_the_register",
            field="address",
        )
