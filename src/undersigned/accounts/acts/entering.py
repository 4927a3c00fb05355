"""How an account comes to the register: it is requested, assented to and approved, or taken in as it was found."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.accounts import rules
from undersigned.accounts.acts import said
from undersigned.accounts.models import Account
from undersigned.accounts.models.account import REVIEW_DAYS
from undersigned.accounts.states import TAKEN_IN_AS, AccountState, Kind, Origin, PostSource
from undersigned.acts import Act, Actor, Countersigned, Fact, act, say
from undersigned.acts.refusals import Unfit
from undersigned.networks.addresses import Address
from undersigned.people.models import Person, Unit

LAPSES_AFTER = timedelta(days=90)
"""How long a request, or an approval that nobody begins to use, waits before it ends by itself."""

FIRST_REVIEW_DAYS = 90
"""Days within which an account that was taken in is looked at for the first time."""

NOT_THE_REQUESTER = Countersigned(
    by=rules.is_employee & rules.did_not_request_it,
    says=gettext_lazy("an employee who did not request the account and is not the one who approves"),
    binds=said.signed_state,
)


@act(
    Act.ACCOUNT_REQUEST,
    may=rules.is_employee,
    makes=Account,
    facts=said.IDENTITY | {"account_kind": Fact.WORD, "origin": Fact.WORD, "unit": Fact.REFERENCE},
    commits=[said.HELD_BACK, "purpose", "steward", "deputy", "second_account_because"],
)
def request(
    *,
    by: Actor,
    address: Address,
    unit: Unit,
    steward: Person,
    deputy: Person,
    purpose: str,
    audience: str,
    staffing_hours: str,
    scope: str = "",
    account_kind: Kind = Kind.MUNICIPAL,
    origin: Origin = Origin.NEW,
    review_days: int = REVIEW_DAYS,
    language: str = "en",
    display_name: str = "",
    second_account_because: str = "",
) -> Account:
    """Ask for an account before it is opened, for a handle to be held, or for one that was found to be taken in."""
    account = Account(
        network=address.network.value,
        handle=address.handle,
        key=address.key,
        network_id=address.network_id,
        url=address.url,
        unit=unit,
        steward=steward,
        deputy=deputy,
        purpose=said.needs(purpose, _("Say what the account is for."), field="purpose", rule="a_purpose"),
        audience=said.needs(
            audience, _("Say whom the account speaks to."), field="audience", rule="an_audience"
        ),
        staffing_hours=said.needs(
            staffing_hours,
            _("Say at which hours somebody reads what people write there."),
            field="staffing_hours",
            rule="staffed",
        ),
        scope=scope,
        account_kind=account_kind,
        origin=origin,
        review_days=review_days,
        language=language,
        display_name=display_name,
        requested_by_id=said.acting_person(by),
        requested_on=timezone.localdate(),
    )
    _refuse_a_second_entry(account)
    _refuse_a_second_account(account, second_account_because)
    said.must_keep(account, steward, deputy)
    said.must_fit(account, ASKED)
    said.enter_once(account)
    said.say_identity(account)
    return account


ASKED = (
    "purpose", "audience", "staffing_hours", "scope", "account_kind", "origin", "review_days", "language",
    "display_name",
)  # fmt: skip
"""What whoever requests an account fills in."""


@act(
    Act.ACCOUNT_TAKE_IN,
    may=rules.brings_lists,
    makes=Account,
    facts=said.IDENTITY | {"state": Fact.WORD, "account_kind": Fact.WORD, "origin": Fact.WORD},
    commits=[said.HELD_BACK, "owner_text", "steward", "source_text"],
)
def take_in(
    *,
    by: Actor,
    address: Address,
    state: AccountState = AccountState.LIVE,
    origin: Origin = Origin.EXISTING,
    account_kind: Kind = Kind.MUNICIPAL,
    unit: Unit | None = None,
    owner_text: str = "",
    steward: Person | None = None,
    deputy: Person | None = None,
    last_post_on: date | None = None,
    source_file: str = "",
    source_row: int | None = None,
    source_text: str = "",
    **fields: Any,
) -> Account:
    """Enter an account as it was found, without scolding whoever opened it.

    A city's own list names accounts that speak for it already, so they enter in the state in which they are
    (``live``, unless the list says otherwise) with origin ``existing``: sending each through request and set-up would
    show the public an empty register while the accounts go on publishing. Nothing is claimed by it: nobody has
    approved or confirmed the entry, so its posture says so and the public verification does not answer *yes* until
    somebody does. An account with origin ``found`` is one the office did not know: it enters as ``requested`` and
    takes the whole way.
    """
    unknown = fields.keys() - TAKEN_WITH
    if unknown:
        raise TypeError(f"an account is not taken in with {', '.join(sorted(unknown))}")
    if state not in TAKEN_IN_AS:
        raise TypeError(f"an account is not taken in as {state}")
    account = Account(
        network=address.network.value,
        handle=address.handle,
        key=address.key,
        network_id=address.network_id,
        url=address.url,
        state=AccountState.REQUESTED if origin == Origin.FOUND else state,
        origin=origin,
        account_kind=account_kind,
        unit=unit,
        owner_text=owner_text,
        steward=steward,
        deputy=deputy,
        last_post_on=last_post_on,
        last_post_source=PostSource.IMPORTED if last_post_on else "",
        requested_by_id=said.person_of(by),
        requested_on=timezone.localdate(),
        source_file=source_file,
        source_row=source_row,
        source_text=source_text,
        **fields,
    )
    _plan_first_review(account)
    account.tags = said.as_tags(account.tags)
    said.must_fit(account, fields)
    said.enter_once(account)
    say(state=account.state, account_kind=account.account_kind, origin=account.origin)
    said.say_identity(account)
    return account


TAKEN_WITH = frozenset(
    {
        "display_name", "short_description", "short_description_fr", "long_description", "long_description_fr",
        "language", "contact_role", "contact_mailbox", "purpose", "scope", "audience", "tags", "info_url",
        "details_url", "opened_on", "followers", "staffing_hours", "retention_class", "months_still",
        "last_reviewed_on",
    }
)  # fmt: skip
"""Further fields that a list may bring."""


def _plan_first_review(account: Account) -> None:
    """Within a quarter; or when it was due anyway, where the last review is known."""
    if account.last_reviewed_on is None:
        said.plan_review(account, FIRST_REVIEW_DAYS)
    else:
        account.next_review_by = account.last_reviewed_on + timedelta(days=account.review_every)


@act(Act.ACCOUNT_ASSENT, may=rules.heads_the_unit, on=Account, facts={"unit": Fact.REFERENCE})
def assent(*, by: Actor, account: Account) -> Account:
    """The owning unit's head wants this account and gives it people and hours."""
    if account.approved_on is not None:
        raise Unfit(_("This account is approved already. Nothing was changed."), rule="assented_once")
    account.assented_by_id = said.acting_person(by)
    account.assented_on = timezone.localdate()
    account.save(update_fields=["assented_by", "assented_on"])
    say(unit=account.unit_id)
    return account


@act(
    Act.ACCOUNT_APPROVE,
    may=rules.is_head_of_communications,
    on=Account,
    facts={"approved_on": Fact.DATE},
    commits=["note"],
    countersigned=NOT_THE_REQUESTER,
)
def approve(*, by: Actor, account: Account, note: str = "") -> Account:
    """Approve that the account is created or taken over (Canada, Directive on Communications, App. C)."""
    _approved(account)
    said.enters_state(account, note)
    account.save(update_fields=["approved_on", "state_since", "state_reason"])
    return account


@act(
    Act.ACCOUNT_ADOPT,
    may=rules.is_head_of_communications,
    on=Account,
    facts={"approved_on": Fact.DATE},
    commits=["note"],
    countersigned=NOT_THE_REQUESTER,
)
def adopt(*, by: Actor, account: Account, note: str = "") -> Account:
    """Approve after the fact that an account exists which was there before the register. It stays as it is."""
    _approved(account)
    account.save(update_fields=["approved_on"])
    return account


@act(
    Act.ACCOUNT_DECLINE,
    may=rules.is_head_of_communications,
    on=Account,
    commits=["reason"],
    countersigned=NOT_THE_REQUESTER,
)
def decline(*, by: Actor, account: Account, reason: str) -> Account:
    """Decline a request; the reason is kept and shown to whoever asked."""
    reason = said.needs(
        reason, _("Say why, so that whoever asked can do better."), field="reason", rule="a_reason"
    )
    said.enters_state(account, reason)
    account.save(update_fields=["state_since", "state_reason"])
    return account


@act(Act.ACCOUNT_LAPSE, may=rules.is_system, on=Account)
def lapse(*, by: Actor, account: Account) -> Account:
    """End a request or an approval with which nothing was done for 90 days. The steward was told 30 days before."""
    if timezone.now() - account.state_since < LAPSES_AFTER:
        raise Unfit(_("It has not waited 90 days yet. Nothing was changed."), rule="lapses_after_90_days")
    said.enters_state(account, _("Nothing was done with it for 90 days."))
    account.save(update_fields=["state_since", "state_reason"])
    return account


def _approved(account: Account) -> None:
    if account.approved_on is not None:
        raise Unfit(_("This account is approved already. Nothing was changed."), rule="approved_once")
    if account.assented_on is None:
        raise Unfit(
            _("The head of the owning unit has not assented yet."),
            rule="unit_head_has_assented",
            do=_("Ask them to; it takes one click on this page. Nothing was changed."),
        )
    _refuse_what_is_missing(account)
    account.approved_on = timezone.localdate()
    say(approved_on=account.approved_on)


def _refuse_a_second_entry(account: Account) -> None:
    taken = Account.objects.in_register().filter(network=account.network, key=account.key)
    if taken.exists():
        there = taken.get()
        raise Unfit(
            _("%(handle)s on %(network)s is in the register already, as %(state)s.")
            % {
                "handle": there.handle,
                "network": there.place.label,
                "state": there.get_state_display(),
            },
            rule="one_entry_an_account",
            field="handle",
            do=_("Open that entry instead. Nothing was added."),
        )


def _refuse_a_second_account(account: Account, because: str) -> None:
    """A unit with two accounts on one network splits its readers, so it has to say why (section 2)."""
    others = Account.objects.in_register().filter(network=account.network, unit=account.unit)
    if not because.strip() and others.exists():
        raise Unfit(
            _("%(unit)s has an account on %(network)s already.")
            % {"unit": account.unit, "network": account.place.label},
            rule="second_account_needs_a_reason",
            field="second_account_because",
            do=_("Say why a second one is needed. Nothing was kept."),
        )


def _refuse_what_is_missing(account: Account) -> None:
    """An account that was found is completed before it is approved."""
    required = {
        "unit": (account.unit_id, _("the owning unit")),
        "purpose": (account.purpose, _("the purpose")),
        "audience": (account.audience, _("the audience")),
        "steward": (account.steward_id, _("the steward")),
        "deputy": (account.deputy_id, _("the deputy")),
    }
    missing = {field: words for field, (value, words) in required.items() if not value}
    if missing:
        raise Unfit(
            _("Not in the register yet: %(fields)s.") % {"fields": ", ".join(missing.values())},
            rule="complete_before_approval",
            field=next(iter(missing)),
            do=_("Fill that in first. Nothing was changed."),
        )
