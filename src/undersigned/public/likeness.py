"""The official account that another is most easily taken for."""

from __future__ import annotations

from dataclasses import dataclass

from undersigned.accounts.lookalikes import Presence, find
from undersigned.accounts.models import Account
from undersigned.accounts.queries import verifying
from undersigned.accounts.queries.auditing import presence_of
from undersigned.accounts.states import AccountState
from undersigned.networks.addresses import Address


@dataclass(frozen=True, slots=True)
class Likeness:
    """``why`` is the reasons as sentences, the strongest first."""

    account: Account
    why: str


def nearest(address: Address) -> Likeness | None:
    """What somebody could have meant who was shown this address, or None. One question to the database."""
    rows = verifying.public_accounts(state=AccountState.LIVE).select_related(None).only(*COMPARED)
    official = {account.pk: account for account in rows}
    candidate = Presence(key="asked", network=address.network, handle=address.handle)
    found = find([candidate], [presence_of(account) for account in official.values()])
    if not found:
        return None
    return Likeness(official[found[0].of.key], " ".join(str(reason) for reason in found[0].reasons))


COMPARED = ("network", "handle", "display_name", "unit_id")
"""What a reader sees of an account, and no more of it is read."""
