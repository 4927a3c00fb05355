"""One question from the public, from what was pasted to what the page shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from undersigned.accounts.queries import verifying
from undersigned.accounts.queries.verifying import Answer, Reason
from undersigned.networks.addresses import NotUnderstood, WhichNetwork
from undersigned.networks.letters import shown
from undersigned.public import directory
from undersigned.public.answers import Said, said
from undersigned.public.directory import Row
from undersigned.public.forms import VerifyForm, networks_in_use
from undersigned.public.likeness import Likeness, nearest

COMMON = 9
"""So many networks stand first; the others are seldom meant."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the page shows. Without ``said``, the question is which network, and ``networks`` are the answers."""

    text: str
    said: Said | None = None
    where: str = ""
    row: Row | None = None
    near: Likeness | None = None
    report: str = ""
    networks: Sequence[tuple[str, str]] = ()
    further: Sequence[tuple[str, str]] = ()


def look_up(form: VerifyForm, city: str) -> Found | None:
    """Answer a valid form; where its text names no account, the form says so and there is nothing to show."""
    text, network = form.asked
    try:
        return _found(verifying.verify(text, network=network), city)
    except WhichNetwork:
        networks = [(label, _again(text, value)) for value, label in networks_in_use()]
        return Found(shown(text), networks=networks[:COMMON], further=networks[COMMON:])
    except NotUnderstood as unclear:
        form.add_error("account", str(unclear))
        return None


def _found(answer: Answer, city: str) -> Found:
    address = answer.address
    unknown = answer.reason is Reason.UNKNOWN
    told = said(answer, city)
    return Found(
        text=_name(answer),
        said=told,
        where=address.network.label if address else "",
        row=directory.row(answer.account) if answer.account else None,
        near=nearest(address) if address and unknown else None,
        report=_report(answer) if told.may_be_reported else "",
    )


def _name(answer: Answer) -> str:
    """As the register writes it, where it knows it: that is what a reader has to compare with."""
    known = answer.account or answer.address
    return shown(known.handle if known else answer.query)


def _again(text: str, network: str) -> str:
    return f"{reverse('public:verify')}?{urlencode({'account': text, 'network': network})}"


def _report(answer: Answer) -> str:
    """The form to report it, filled in as far as it is known."""
    asked = {"account": answer.query}
    if answer.address and not answer.address.url:
        asked["network"] = answer.address.network.value
    elif answer.address:
        asked["account"] = answer.address.url
    return f"{reverse('public:report')}?{urlencode(asked)}"
