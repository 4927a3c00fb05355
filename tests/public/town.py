"""The invented city as the public sees it: official accounts in every state, made by acts alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.accounts.stages import Stages, address, countersigned, fresh
from tests.cast import SYSTEM, Cast
from undersigned.accounts import acts
from undersigned.accounts.models import Account, LookalikeCase
from undersigned.accounts.states import AccountState, CaseState, Farewell, HandleFate
from undersigned.acts import System, together
from undersigned.networks.names import Network
from undersigned.people import acts as people
from undersigned.people.states import Office

REPORTER = System("public.report")


@dataclass
class Town:
    """Harrow Falls, founded, with the Parks running its accounts."""

    cast: Cast

    def __post_init__(self) -> None:
        people.found_city(by=SYSTEM, name="Harrow Falls")
        self.stages = Stages(self.cast)

    def official(self, handle: str = "harrowfalls", **fields: Any) -> Account:
        """Live, with a steward, and confirmed by them today."""
        account = self.stages.kept(handle, **fields)
        return acts.confirm(by=self.stages.steward, account=account)

    def unconfirmed(self, handle: str = "harrowfalls", **fields: Any) -> Account:
        return self.stages.kept(handle, **fields)

    def in_state(self, state: AccountState, handle: str = "harrowfalls") -> Account:
        if state == AccountState.RETIRED:
            return self.retired(handle)
        return self.stages.in_state(state, handle)

    def retired(self, handle: str = "harrowfalls") -> Account:
        """Retired today by the head of communications, with the unit head's name under it."""
        account = self.official(handle)
        countersigned(
            acts.retire,
            by=self.stages.head_of_communications,
            signer=self.stages.unit_head,
            account=account,
            reason="The festival is over",
            farewell=Farewell.SENT,
            followers_told=True,
            handle_fate=HandleFate.KEEP,
        )
        return fresh(account)

    def reported(self, handle: str, decision: CaseState | None = None) -> LookalikeCase:
        case = acts.report_lookalike(by=REPORTER, address=address(handle))
        if decision is not None:
            officer = self.cast.officer(Office.COMMUNICATIONS)
            acts.decide_lookalike(by=officer, case=case, decision=decision, note="Looked at it")
        return case

    def many(self, number: int, network: Network = Network.X) -> None:
        """Many accounts of several units, as an import brings them."""
        units = [self.cast.unit(name, parent="Harrow Falls") for name in ("Parks", "Transit", "Library")]
        with together():
            for at in range(number):
                acts.take_in(
                    by=SYSTEM,
                    address=address(f"harrow{at:04}", network),
                    unit=units[at % len(units)],
                    display_name=f"Harrow Falls {at}",
                )


__all__ = ["Town"]
