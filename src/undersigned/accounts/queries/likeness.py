"""Entries of the register that look like one account twice, seen from one of them."""

from __future__ import annotations

from dataclasses import dataclass

from undersigned.accounts.lookalikes import Reason, doubles_of
from undersigned.accounts.models import Account
from undersigned.accounts.queries.auditing import presence_of
from undersigned.accounts.queries.listing import visible_to
from undersigned.acts import Officer


@dataclass(frozen=True, slots=True)
class Twin:
    """Another entry, and why it looks like the same account; ``seen`` says that the person may open it."""

    account: Account
    reasons: tuple[Reason, ...]
    seen: bool


def twins(account: Account, officer: Officer) -> list[Twin]:
    """On one network: a unit that speaks on several under one name is as it should be."""
    same_network = Account.objects.in_register().filter(network=account.network)
    fields = ("network", "handle", "display_name", "unit")
    others = {one.pk: one for one in same_network.exclude(pk=account.pk).only(*fields)}
    found = {
        match.candidate.key if match.of.key == account.pk else match.of.key: match.reasons
        for match in doubles_of(presence_of(account), map(presence_of, others.values()))
    }
    seen = set(visible_to(officer).filter(pk__in=found).values_list("pk", flat=True)) if found else set()
    return [Twin(others[key], reasons, key in seen) for key, reasons in found.items()]
