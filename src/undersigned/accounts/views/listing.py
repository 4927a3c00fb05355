"""The list of accounts: see the whole, and find one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from undersigned.accounts import acts, rules
from undersigned.accounts.forms.filtering import AccountFilters
from undersigned.accounts.models import Account
from undersigned.accounts.queries.listing import (
    ORDER,
    Filter,
    Strip,
    narrowed,
    sees_all,
    strip,
    visible_to,
)
from undersigned.accounts.queries.standings import Stands, standings
from undersigned.accounts.states import AccountState
from undersigned.accounts.views.coming_in import officer_of, way_to
from undersigned.accounts.views.wording import shape_of, state_in_words
from undersigned.acts import Officer
from undersigned.ui.components import Figure, Standing
from undersigned.ui.listing import Column, Listing
from undersigned.ui.words import Words

COLUMNS = (
    Column("handle", gettext_lazy("Account"), sort=("key",)),
    Column("network", gettext_lazy("Network"), sort=("network", "key")),
    Column("unit", gettext_lazy("Unit"), sort=("unit__name", "network", "key")),
    Column("steward", gettext_lazy("Steward")),
    Column("standing", gettext_lazy("Standing"), sort=("state", "network", "key")),
    Column("last_post", gettext_lazy("Last post"), sort=("last_post_on",)),
    Column("posture", gettext_lazy("Posture"), kind="number"),
)

SHOWN = (
    "network", "key", "handle", "state", "last_post_on", "unit__name", "steward__name", "next_review_by",
)  # fmt: skip
"""All that a row needs: reading the other fifty columns would take longer than drawing it."""

VIEWS: tuple[tuple[str, Words], ...] = (
    ("", gettext_lazy("All")),
    ("red", gettext_lazy("Red")),
    ("no_steward", gettext_lazy("No steward")),
    ("dormant", gettext_lazy("Dormant")),
    ("review_due", gettext_lazy("Review due")),
    ("waiting", gettext_lazy("Waiting")),
    ("gone", gettext_lazy("No longer listed")),
    ("no_unit", gettext_lazy("No unit")),
)
"""The saved filters."""


@dataclass(frozen=True, slots=True)
class Row:
    """One account as the list shows it. ``stands`` is None for what is in the register no more."""

    account: Account
    stands: Stands | None
    url: str

    @property
    def drawn_from(self) -> tuple[object, ...]:
        """All that a line of the list shows, or is made from."""
        account, standing = self.account, self.stands.standing if self.stands else None
        unit = account.unit.name if account.unit else ""
        shown = (
            account.handle,
            account.network,
            account.key,
            unit,
            self.steward,
            self.steward_left,
            self.posture,
        )
        return (*shown, account.state, standing, account.last_post_on, self.url)

    @property
    def shape(self) -> Standing:
        return shape_of(self.account.state, self.stands.standing if self.stands else None)

    @property
    def standing(self) -> str:
        return state_in_words(self.account.state, self.stands.standing if self.stands else None)

    @property
    def steward(self) -> str:
        return self.account.steward.name if self.account.steward else ""

    @property
    def steward_left(self) -> bool:
        return bool(self.account.steward_id and self.stands and not self.stands.steward_here)

    @property
    def posture(self) -> str:
        """Weight that passes out of weight that applies; empty where nothing is judged."""
        fraction = self.stands.score.fraction if self.stands else None
        return str(fraction) if fraction and fraction.applicable else ""


class Accounts(Listing[Account]):
    """The page's accounts, each with its standing: nothing is asked for one row more."""

    @cached_property
    def narrowed(self) -> QuerySet[Account]:
        """Without a filter too, what is declined or archived is left out."""
        filters = self.filters
        if filters is not None and filters.is_bound and filters.is_valid():
            return filters.narrow(self._rows)
        return narrowed(self._rows, Filter())

    @cached_property
    def by_account(self) -> Mapping[str, Stands]:
        return standings().by_account

    @cached_property
    def shown(self) -> list[Row]:
        return [self.row(account) for account in self.rows]

    def row(self, account: Account) -> Row:
        return Row(account, self.by_account.get(account.pk), f"{self.request.path}{account.pk}/")

    def cells(self, account: Account) -> tuple[object, ...]:
        row = self.row(account)
        unit, last = account.unit or "", account.last_post_on or ""
        place = account.place.label
        return (account.handle, place, unit, row.steward, row.standing, last, row.posture)


@dataclass(frozen=True, slots=True)
class SavedView:
    label: Words
    url: str
    current: bool


@login_required
@require_safe
def accounts(request: HttpRequest) -> HttpResponseBase:
    officer = officer_of(request)
    rows = visible_to(officer).select_related("unit", "steward").only(*SHOWN)
    listing = Accounts(request, rows, COLUMNS, order=ORDER, filters=AccountFilters)
    if listing.wants_csv:
        return listing.csv("accounts", cells=listing.cells)
    return render(request, "accounts/list.html", _shown(listing, strip(officer), officer))


def _shown(listing: Accounts, counted: Strip, officer: Officer) -> dict[str, Any]:
    return {
        "listing": listing,
        "figures": _figures(counted),
        "views": _views(listing.request.GET.get("saved", "")),
        "may_request": acts.request.refusal(officer) is None,
        "may_import": _brings_lists(officer),
        "may_audit": sees_all(officer),
        "import_url": way_to("imports:file", "accounts"),
    }


def _figures(counted: Strip) -> list[Figure]:
    state = AccountState
    return [
        Figure(_("Live"), counted.live, _narrowed_to(state=state.LIVE), Standing.WORKS),
        Figure(_("Waiting"), counted.waiting, _narrowed_to(saved="waiting"), Standing.WAITS),
        Figure(_("Dormant"), counted.dormant, _narrowed_to(saved="dormant"), Standing.ASLEEP),
        Figure(_("Red"), counted.red, _narrowed_to(saved="red"), Standing.WRONG),
    ]


def _views(current: str) -> list[SavedView]:
    return [
        SavedView(label, _narrowed_to(saved=key) if key else reverse("accounts:list"), key == current)
        for key, label in VIEWS
    ]


def _narrowed_to(**query: str) -> str:
    return reverse("accounts:list", query=query)


def _brings_lists(officer: Officer) -> bool:
    return any(rules.is_communications(officer.acting_as(one)) for one in officer.capacities)
