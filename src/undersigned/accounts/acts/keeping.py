"""How an entry of the register is kept true: changed, confirmed, reviewed, and in the hands of somebody."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.accounts import rules
from undersigned.accounts.acts import said
from undersigned.accounts.models import Account, AccountReview
from undersigned.accounts.permissions import Permission
from undersigned.accounts.states import FINAL, PostSource
from undersigned.acts import Act, Actor, Countersigned, Fact, Officer, act, say
from undersigned.acts.refusals import Unfit, WrongState
from undersigned.networks.addresses import Address
from undersigned.people.models import Person, Unit

CHANGEABLE = frozenset(
    {
        "display_name", "short_description", "short_description_fr", "long_description", "long_description_fr",
        "language", "contact_role", "contact_mailbox", "purpose", "scope", "audience", "account_kind", "tags",
        "info_url", "details_url", "opened_on", "followers", "staffing_hours", "approval_rule", "retention_class",
        "months_still", "review_days", "owner_text", "source_file", "source_row", "source_text",
    }
)  # fmt: skip
"""Fields of an entry that are simply corrected. State, owner and dates of acts change by acts of their own."""


@act(
    Act.ACCOUNT_CHANGE,
    may=rules.administers | rules.is_system,
    on=Account,
    facts=said.IDENTITY | {"fields": Fact.WORDS},
    commits=[said.HELD_BACK],
)
def change(*, by: Actor, account: Account, address: Address | None = None, **fields: Any) -> Account:
    """Correct what the register says of an account. ``address`` follows it to another handle on its network."""
    unknown = fields.keys() - CHANGEABLE
    if unknown:
        raise TypeError(f"an entry is not changed in {', '.join(sorted(unknown))}")
    _refuse_when_final(account)
    if "tags" in fields:
        fields["tags"] = said.as_tags(fields["tags"])
    changed = sorted(name for name, value in fields.items() if getattr(account, name) != value)
    for name in changed:
        setattr(account, name, fields[name])
    said.must_fit(account, changed)
    if address is not None:
        changed += _move_to(account, address)
    if not changed:
        raise Unfit(_("That is what the register says already. Nothing was changed."), rule="a_change")
    account.save(update_fields=changed)
    say(fields=",".join(changed))
    if "key" in changed:
        said.say_identity(account)
    return account


def _move_to(account: Account, address: Address) -> list[str]:
    """A handle can change; the network and the network's own number of an account cannot."""
    other_place = address.network.value != account.network
    other_number = account.network_id and address.network_id and account.network_id != address.network_id
    if other_place or other_number:
        raise Unfit(
            _("That is another account, not another name of this one."),
            rule="same_account",
            field="handle",
            do=_("Request it, or take it in, as an account of its own. Nothing was changed."),
        )
    taken = Account.objects.in_register().filter(network=account.network, key=address.key)
    if taken.exclude(pk=account.pk).exists():
        raise Unfit(
            _("%(handle)s is in the register already.") % {"handle": address.handle},
            rule="one_entry_an_account",
            field="handle",
            do=_("Look at that entry first. Nothing was changed."),
        )
    wanted = {"handle": address.handle, "key": address.key, "url": address.url}
    if address.network_id:
        wanted["network_id"] = address.network_id
    changed = [name for name, value in wanted.items() if getattr(account, name) != value]
    for name in changed:
        setattr(account, name, wanted[name])
    return changed


@act(
    Act.ACCOUNT_ASSIGN,
    may=rules.heads_the_unit | rules.is_communications | rules.is_system,
    on=Account,
    facts={"unit": Fact.REFERENCE},
    commits=["steward", "deputy"],
)
def assign(
    *,
    by: Actor,
    account: Account,
    unit: Unit | None = None,
    steward: Person | None = None,
    deputy: Person | None = None,
) -> Account:
    """Name who answers for an account, and its unit where none is known. Whoever is not named stays.

    An account that has a unit goes to another by ``account.transfer``, with the receiving head's name under it; a
    list brought by the product itself may say who keeps it as it was found, current or not.
    """
    _refuse_when_final(account)
    if unit is not None and account.unit_id not in (None, unit.pk) and isinstance(by, Officer):
        raise Unfit(
            _("The account belongs to %(unit)s.") % {"unit": account.unit},
            rule="owned_once",
            field="unit",
            do=_("Transfer it instead: the head of the receiving unit countersigns. Nothing was changed."),
        )
    account.unit = unit or account.unit
    account.steward = steward or account.steward
    account.deputy = deputy or account.deputy
    if isinstance(by, Officer):
        said.must_keep(account, steward, deputy)
        said.must_differ(account.steward, account.deputy)
    account.save(update_fields=["unit", "steward", "deputy"])
    if account.unit_id:
        say(unit=account.unit_id)
    return account


@act(
    Act.ACCOUNT_TRANSFER,
    may=rules.is_head_of_communications,
    on=Account,
    facts={"unit": Fact.REFERENCE, "from_unit": Fact.REFERENCE},
    commits=["steward", "deputy", "reason"],
    countersigned=Countersigned(
        by=rules.heads_this_unit,
        says=gettext_lazy("the head of the receiving unit"),
        binds=said.signed_state,
        about=lambda account, wants: wants["unit"],
    ),
)
def transfer(
    *, by: Actor, account: Account, unit: Unit, steward: Person, deputy: Person, reason: str
) -> Account:
    """Give the account to another unit, with people who answer for it there. Its state does not change."""
    _refuse_when_final(account)
    said.needs(reason, _("Say why it moves."), field="reason", rule="a_reason")
    if account.unit_id == unit.pk:
        raise Unfit(
            _("The account belongs to this unit already. Nothing was changed."),
            rule="another_unit",
            field="unit",
        )
    said.must_keep(account, steward, deputy)
    if account.unit_id:
        say(from_unit=account.unit_id)
    account.unit, account.steward, account.deputy = unit, steward, deputy
    account.save(update_fields=["unit", "steward", "deputy"])
    return account


@act(
    Act.ACCOUNT_CONFIRM,
    may=rules.keeps_it | rules.heads_the_unit | rules.is_communications,
    on=Account,
    facts={"confirmed_on": Fact.DATE},
)
def confirm(*, by: Actor, account: Account) -> Account:
    """Put one's name to it that what the register says is true today."""
    _refuse_when_final(account)
    account.confirmed_on = timezone.localdate()
    account.confirmed_by_id = said.acting_person(by)
    account.save(update_fields=["confirmed_on", "confirmed_by"])
    say(confirmed_on=account.confirmed_on)
    return account


@act(
    Act.ACCOUNT_REVIEW,
    may=rules.keeps_it | rules.heads_the_unit | rules.is_communications,
    on=Account,
    makes=AccountReview,
    facts={
        "still_needed": Fact.FLAG,
        "fields_true": Fact.FLAG,
        "people_right": Fact.FLAG,
        "posture_read": Fact.FLAG,
        "terms_linked": Fact.FLAG,
        "next_review_by": Fact.DATE,
    },
    commits=["note"],
)
def review(
    *,
    by: Actor,
    account: Account,
    still_needed: bool,
    fields_true: bool,
    people_right: bool,
    posture_read: bool,
    terms_linked: bool,
    note: str = "",
) -> AccountReview:
    """Answer the questions of the review. Whatever is answered with no needs a word on what will be done."""
    _refuse_when_final(account)
    if not (still_needed and fields_true and people_right and posture_read and terms_linked):
        said.needs(note, _("Say what will be done about each no."), field="note", rule="no_needs_a_word")
    person, today = said.acting_person(by), timezone.localdate()
    due = said.plan_review(account)
    account.last_reviewed_on = today
    if fields_true:
        account.confirmed_on, account.confirmed_by_id = today, person
    account.save(update_fields=["last_reviewed_on", "next_review_by", "confirmed_on", "confirmed_by"])
    made = AccountReview(
        account=account,
        reviewed_by_id=person,
        reviewed_on=today,
        still_needed=still_needed,
        fields_true=fields_true,
        people_right=people_right,
        posture_read=posture_read,
        terms_linked=terms_linked,
        note=note,
        next_review_by=due,
    )
    made.save(force_insert=True)
    say(next_review_by=due)
    return made


@act(
    Act.ACCOUNT_NOTE_GONE,
    may=rules.brings_lists,
    on=Account,
    facts={"gone_since": Fact.DATE},
    commits=["gone_from"],
)
def note_gone(*, by: Actor, account: Account, gone_from: str) -> Account:
    """A later list names it no longer. That is a question to somebody, and changes nothing yet."""
    _refuse_when_final(account)
    if account.gone_since is not None:
        raise Unfit(_("That was noted already. Nothing was changed."), rule="noted_once")
    account.gone_since, account.gone_from = timezone.localdate(), gone_from
    account.save(update_fields=["gone_since", "gone_from"])
    say(gone_since=account.gone_since)
    return account


@act(
    Act.ACCOUNT_SETTLE_GONE,
    may=rules.keeps_it | rules.heads_the_unit | rules.brings_lists,
    on=Account,
    commits=["note"],
)
def settle_gone(*, by: Actor, account: Account, note: str) -> Account:
    """It is still there and still the city's, whatever the list left out. If it is gone, ``retire`` says so."""
    if account.gone_since is None:
        raise Unfit(_("Nothing says that it is gone. Nothing was changed."), rule="noted_before")
    said.needs(note, _("Say how you know."), field="note", rule="a_reason")
    account.gone_since, account.gone_from = None, ""
    account.save(update_fields=["gone_since", "gone_from"])
    return account


@act(
    Act.ACCOUNT_SEE_POST,
    may=rules.keeps_it | rules.granted(Permission.ACCOUNT_READ) | rules.brings_lists,
    on=Account,
    facts={"last_post_on": Fact.DATE, "source": Fact.WORD},
)
def see_post(*, by: Actor, account: Account, last_post_on: date, source: PostSource) -> Account:
    """Note the day of the newest post that anybody knows of, whoever made it."""
    _refuse_when_final(account)
    if last_post_on > timezone.localdate():
        raise Unfit(
            _("That day has not come yet."),
            rule="posted_in_the_past",
            field="last_post_on",
            do=_("Give the day of the newest post. Nothing was changed."),
        )
    if account.last_post_on is not None and last_post_on <= account.last_post_on:
        raise Unfit(
            _("A post of %(day)s is known already, and the newest decides. Nothing was changed.")
            % {"day": account.last_post_on},
            rule="newest_decides",
            field="last_post_on",
        )
    account.last_post_on, account.last_post_source = last_post_on, source
    account.save(update_fields=["last_post_on", "last_post_source"])
    return account


def _refuse_when_final(account: Account) -> None:
    if account.state in FINAL:
        raise WrongState(
            _("This entry is %(state)s and changes no more. Nothing was changed.")
            % {"state": account.get_state_display()},
            rule="life_cycle",
        )
