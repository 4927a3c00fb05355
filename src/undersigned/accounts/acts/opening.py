"""From approval to the day an account opens: the set-up list, line by line."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from undersigned.accounts import rules
from undersigned.accounts.acts import said
from undersigned.accounts.models import Account, Grant, SetupLine
from undersigned.accounts.permissions import Permission
from undersigned.accounts.posture.setup import LINES, SetUpLine, keeping_shut
from undersigned.accounts.states import AccountState, ApprovalRule, LineClosedBy, Origin
from undersigned.acts import Act, Actor, Countersigned, Fact, act, say
from undersigned.acts.refusals import Unfit

GRANTS_GIVEN, RULE_CHOSEN, SECRETS_SEALED = 9, 10, 5
"""Numbers of lines that other acts ask about."""


@act(
    Act.ACCOUNT_BEGIN_SETUP,
    may=rules.is_steward,
    on=Account,
    facts={"network": Fact.WORD},
    commits=["network_id", "url"],
)
def begin_setup(*, by: Actor, account: Account, network_id: str, url: str) -> Account:
    """The account exists on the network. Its number there decides identity from now on: a handle can change."""
    account.network_id = said.needs(
        network_id,
        _("Give the network’s own number of the account."),
        field="network_id",
        rule="known_by_number",
    )
    account.url = said.needs(
        url, _("Give the address of the account’s page."), field="url", rule="an_address"
    )
    said.enters_state(account)
    account.save(update_fields=["network_id", "url", "state_since", "state_reason"])
    say(network=account.network)
    return account


@act(
    Act.ACCOUNT_CLOSE_LINE,
    may=rules.vouches,
    on=Account,
    makes=SetupLine,
    facts={"line": Fact.COUNT, "closed_on": Fact.WORD},
    commits=["note"],
)
def close_line(*, by: Actor, account: Account, number: int, note: str = "") -> SetupLine:
    """Close one line of the set-up list: on the city's own books where they hold it, else on a named person's word."""
    line = _line(number)
    on_what = LineClosedBy.OWN_DATA if number in (GRANTS_GIVEN, RULE_CHOSEN) else LineClosedBy.ATTESTED
    _refuse_against_the_books(account, number)
    if on_what == LineClosedBy.ATTESTED:
        note = said.needs(note, _("Say what you looked at."), field="note", rule="attested_in_words")
    if account.setup_lines.filter(number=number).exists():
        raise Unfit(
            _("Line %(number)d is closed already. Nothing was changed.") % {"number": line.number},
            rule="closed_once",
        )
    closed = SetupLine(
        account=account,
        number=number,
        closed_by_id=said.acting_person(by),
        closed_at=timezone.now(),
        closed_on_what=on_what,
        note=note,
    )
    closed.save(force_insert=True)
    say(line=number, closed_on=on_what)
    return closed


@act(
    Act.ACCOUNT_OPEN,
    may=rules.is_communications,
    on=Account,
    facts=said.IDENTITY | {"opened_on": Fact.DATE},
    commits=[said.HELD_BACK],
    countersigned=Countersigned(
        by=rules.is_it_security,
        says=gettext_lazy("one person of IT security who did not ask for it"),
        binds=said.signed_state,
    ),
)
def open_account(*, by: Actor, account: Account) -> Account:
    """Open the account to the public. Refused while a line that blocks it is open, or one no longer holds."""
    _refuse_what_keeps_it_shut(account)
    today = timezone.localdate()
    account.opened_on = account.opened_on or today
    account.confirmed_on, account.confirmed_by_id = today, said.acting_person(by)
    said.enters_state(account)
    said.plan_review(account)
    account.save(
        update_fields=[
            "opened_on", "confirmed_on", "confirmed_by", "next_review_by", "state_since", "state_reason",
        ]
    )  # fmt: skip
    say(opened_on=account.opened_on)
    said.say_identity(account)
    return account


@act(
    Act.ACCOUNT_RESERVE,
    may=rules.is_communications,
    on=Account,
    facts=said.IDENTITY | {"official": Fact.REFERENCE},
    commits=[said.HELD_BACK],
)
def reserve(*, by: Actor, account: Account, official: Account) -> Account:
    """Hold a handle so that nobody else takes it. Its profile points readers to the official account."""
    if account.origin != Origin.RESERVATION:
        raise Unfit(
            _("Only an account that was requested to hold its handle is reserved."),
            rule="requested_as_reservation",
            do=_("Open it instead, once its set-up list is done. Nothing was changed."),
        )
    if not account.setup_lines.filter(number=SECRETS_SEALED).exists():
        raise Unfit(
            _("Its password is not sealed yet: line 5 of the set-up list is open."),
            rule="secret_sealed",
            do=_("Close line 5 first. Nothing was changed."),
        )
    if official.state != AccountState.LIVE or official.pk == account.pk:
        raise Unfit(
            _("The profile has to point to an official account that is live."),
            rule="points_to_the_official_account",
            field="official",
            do=_("Choose another one. Nothing was changed."),
        )
    said.enters_state(account)
    account.save(update_fields=["state_since", "state_reason"])
    said.say_identity(account)
    return account


def _line(number: int) -> SetUpLine:
    found = next((line for line in LINES if line.number == number), None)
    if found is None:
        raise Unfit(_("The set-up list has no such line. Nothing was changed."), rule="a_line_of_the_list")
    return found


def _refuse_what_keeps_it_shut(account: Account) -> None:
    shut = keeping_shut(set(account.setup_lines.values_list("number", flat=True)))
    if shut:
        raise Unfit(
            ngettext(
                "A line of the set-up list keeps the account shut: %(numbers)s.",
                "%(count)d lines of the set-up list keep the account shut: %(numbers)s.",
                len(shut),
            )
            % {"count": len(shut), "numbers": ", ".join(str(line.number) for line in shut)},
            rule="every_blocking_line_closed",
            do=_("Close them first; each says how. The account stays as it is."),
        )
    for number in (GRANTS_GIVEN, RULE_CHOSEN):
        _refuse_against_the_books(account, number)


def _refuse_against_the_books(account: Account, number: int) -> None:
    """What the city's own books can answer is asked of them, not of a person."""
    if number == GRANTS_GIVEN and not _grants(account):
        raise Unfit(
            _("Nobody has been granted anything on this account yet."),
            rule="grants_given",
            do=_("Give at least one grant first. Nothing was changed."),
        )
    if number == RULE_CHOSEN:
        _refuse_an_empty_approver_set(account)


def _refuse_an_empty_approver_set(account: Account) -> None:
    """An approver set that is empty, or holds only the author, would let everything through (fail closed)."""
    if not account.approval_rule:
        raise Unfit(
            _("No rule for approving posts is chosen yet."),
            rule="approval_rule_chosen",
            do=_("Choose one under the account’s settings. Nothing was changed."),
        )
    grants = _grants(account)
    approvers = {one.person_id for one in grants if Permission.POST_APPROVE in one.permission_list}
    needed = 2 if account.approval_rule == ApprovalRule.ANY_TWO else 1
    authors = {one.person_id for one in grants if Permission.POST_DRAFT in one.permission_list}
    if len(approvers) < needed or any(len(approvers - {author}) < needed for author in authors):
        raise Unfit(
            _(
                "Nobody could approve what is written: the rule asks for %(needed)d approvers beside the author."
            )
            % {"needed": needed},
            rule="somebody_can_approve",
            do=_("Grant somebody else the right to approve. Nothing was changed."),
        )


def _grants(account: Account) -> list[Grant]:
    return list(Grant.objects.current().filter(account=account))
