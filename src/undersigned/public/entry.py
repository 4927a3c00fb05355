"""One account's public page: what the register says of it, and what happened to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from undersigned.accounts.models import Account
from undersigned.accounts.queries.chronicle import Happening
from undersigned.public.directory import web
from undersigned.public.names import unit_name
from undersigned.ui.components import Fact, TimelineAct
from undersigned.ui.words import day_in_words

BY_ITSELF = gettext_lazy("Undersigned, by itself")


def facts(account: Account) -> list[Fact]:
    """What the register says of it; what it does not say is left out, for the public cannot ask for it."""
    return [fact for fact in _facts(account) if fact.value]


def _facts(account: Account) -> Iterator[Fact]:
    yield Fact(_("Network"), account.place.label)
    yield Fact(_("Handle"), account.handle)
    yield Fact(_("Run by"), unit_name(account.unit) if account.unit else "")
    yield Fact(_("About"), _in_readers_language(account))
    yield Fact(_("Purpose"), account.purpose)
    yield Fact(_("For whom"), account.audience)
    yield Fact(_("Read and answered"), account.staffing_hours)
    yield Fact(_("Languages"), languages(account.language))
    yield Fact(_("Contact"), " · ".join(filter(None, (account.contact_role, account.contact_mailbox))))
    yield Fact(_("Rules for taking part"), _host_of(account.info_url), url=web(account.info_url))
    yield Fact(_("Page of the city"), _host_of(account.details_url), url=web(account.details_url))
    for label, day in (
        (_("Opened"), account.opened_on),
        (_("Retired"), account.retired_on),
        (_("Entry last confirmed"), account.confirmed_on),
    ):
        yield Fact(label, day_in_words(day) if day else "")


def _in_readers_language(account: Account) -> str:
    french = (get_language() or "").startswith("fr")
    inner = account.short_description_fr if french else ""
    return inner or account.short_description


def languages(codes: str) -> str:
    """ISO 639 codes as the reader calls the languages; a code that nobody translated stays as it is."""
    return ", ".join(_language(code) for code in codes.split())


def _language(code: str) -> str:
    try:
        return capfirst(str(get_language_info(code)["name_translated"]))
    except KeyError:
        return code


def _host_of(address: str) -> str:
    """How a link reads: without its scheme."""
    return web(address).partition("://")[2].rstrip("/")


def story(happenings: Iterable[Happening]) -> list[TimelineAct]:
    """The acts on an account, each by the office that did it."""
    return [
        TimelineAct(
            at=one.at,
            what=one.words,
            who=capfirst(one.office) or str(BY_ITSELF),
            url=reverse("record:act", args=[one.act_id]),
            receipt_url=reverse("record:receipt", args=[one.act_id]),
        )
        for one in happenings
    ]
