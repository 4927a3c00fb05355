"""The answer to *is this account really the city's?*, as a sentence with a mark, and what to do with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.accounts.models import Account
from undersigned.accounts.queries.verifying import Answer, Reason
from undersigned.public.names import unit_name
from undersigned.ui.components import Standing
from undersigned.ui.words import day_in_words


@dataclass(frozen=True, slots=True)
class Said:
    """``word`` is the mark's; ``sentence`` the answer; ``advice`` what follows for whoever asked."""

    standing: Standing
    word: str
    sentence: str
    advice: str
    may_be_reported: bool = False


def said(answer: Answer, city: str) -> Said:
    """The answer in words. ``city`` is the name that the city goes by."""
    if answer.account is not None:
        return said_of(answer.account, answer.reason, city)
    if answer.address is None:
        return _unclear(answer.warning)
    return WITHOUT_ENTRY[answer.reason or Reason.UNKNOWN](city)


def said_of(account: Account, reason: Reason | None, city: str) -> Said:
    """The same for an entry of the register."""
    if reason is None:
        return _yes(account, city)
    return OF_ENTRY[reason](account, _owner(account, city))


def _owner(account: Account, city: str) -> str:
    """Whose account it is: the unit's, or the city's where no unit is known."""
    return unit_name(account.unit) if account.unit else city


def _yes(account: Account, city: str) -> Said:
    facts = {"unit": _owner(account, city), "city": city, "since": _day(account.opened_on)}
    if account.unit and account.opened_on:
        sentence = _("%(unit)s runs this account for %(city)s, since %(since)s.")
    elif account.unit:
        sentence = _("%(unit)s runs this account for %(city)s.")
    elif account.opened_on:
        sentence = _("%(city)s runs this account, since %(since)s.")
    else:
        sentence = _("%(city)s runs this account.")
    advice = _(
        "Compare this name letter by letter with the one you were shown: imitations often differ in one."
    )
    return Said(Standing.WORKS, _("Yes."), sentence % facts, advice)


def _unconfirmed(account: Account, owner: str) -> Said:
    return Said(
        Standing.WAITS,
        _("Not confirmed."),
        _(
            "The register lists this account as one of %(owner)s, but nobody there has put their name to that in "
            "the last 400 days."
        )
        % {"owner": owner},
        _("It is probably theirs. Ask them on another way before you rely on it."),
    )


def _dormant(account: Account, owner: str) -> Said:
    return Said(
        Standing.ASLEEP,
        _("Dormant."),
        _("This account belongs to %(owner)s, but nothing has been posted there for a long time.")
        % {"owner": owner},
        _("Do not expect an answer there. If something new appears, do not take it for the city’s word."),
    )


def _paused(account: Account, owner: str) -> Said:
    return Said(
        Standing.WRONG,
        _("Paused."),
        _("This account belongs to %(owner)s, and was stopped on %(day)s because of an incident.")
        % {"owner": owner, "day": _day(timezone.localdate(account.state_since))},
        _("Do not trust what you read there until this page says yes again."),
    )


def _reserved(account: Account, owner: str) -> Said:
    return Said(
        Standing.ASLEEP,
        _("Reserved."),
        _("%(owner)s holds this name so that nobody else takes it, and posts nothing there.")
        % {"owner": owner},
        _("If something is posted there, it does not come from the city."),
    )


def _retired(account: Account, owner: str) -> Said:
    sentence = _("This was an account of %(owner)s, and has been retired.")
    if account.retired_on:
        sentence = _("This was an account of %(owner)s. It was retired on %(day)s.")
    return Said(
        Standing.ASLEEP,
        _("Not any more."),
        sentence % {"owner": owner, "day": _day(account.retired_on)},
        _(
            "What is posted there since then does not come from the city: somebody else may hold the name now."
        ),
    )


def _reported(city: str) -> Said:
    return Said(
        Standing.WRONG,
        _("No."),
        _("This account was reported, and a person at %(city)s has decided: it is not the city’s.")
        % {"city": city},
        _("Do not give it money, passwords or anything about yourself, and do not pass on what it says."),
    )


def _unclear(warning: str) -> Said:
    """A short link, or an address built to be taken for another: what is wrong with it is the answer."""
    advice = _("Until you know whose it is, do not give it money, passwords or anything about yourself.")
    return Said(Standing.WAITS, _("Not known."), warning, advice, may_be_reported=True)


def _unknown(city: str) -> Said:
    return Said(
        Standing.WAITS,
        _("Not known."),
        _("This account is not in the register of %(city)s, so the city has not put its name to it.")
        % {"city": city},
        _(
            "That alone does not make it a fake. But if it speaks as the city, or asks for money, passwords or "
            "anything about you, do not answer it, and report it."
        ),
        may_be_reported=True,
    )


OF_ENTRY: dict[Reason, Callable[[Account, str], Said]] = {
    Reason.UNCONFIRMED: _unconfirmed,
    Reason.DORMANT: _dormant,
    Reason.PAUSED: _paused,
    Reason.RESERVED: _reserved,
    Reason.RETIRED: _retired,
}
WITHOUT_ENTRY: dict[Reason, Callable[[str], Said]] = {
    Reason.UNKNOWN: _unknown,
    Reason.REPORTED_NOT_OURS: _reported,
}


def _day(day: date | None) -> str:
    return day_in_words(day) if day else ""
