"""What an account's page says beside its checks: who answers for it, what the register has, what was done."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from undersigned.accounts.models import Account
from undersigned.accounts.queries import history
from undersigned.accounts.queries.history import Done
from undersigned.accounts.queries.looking import Looked
from undersigned.accounts.states import AccountState
from undersigned.accounts.views.coming_in import way_to
from undersigned.accounts.views.wording import done_in_words
from undersigned.acts import Officer
from undersigned.people.models import Person
from undersigned.people.queries import people_for
from undersigned.ui.components import Fact, TimelineAct
from undersigned.ui.words import Words, day_in_words, figures


def keepers(looked: Looked, officer: Officer) -> list[Fact]:
    """Who answers for the account, and whether they still work here; their pages, for whoever may open them."""
    account = looked.account
    seen = people_for(officer).filter(pk__in=account.keepers)
    pages = {reference: way_to("people:person", reference) for reference in seen.values_list("pk", flat=True)}
    return [
        _keeper(_("Steward"), account.steward, looked.steward_here, pages),
        _keeper(_("Deputy"), account.deputy, looked.deputy_here, pages),
        Fact(_("Owning unit"), account.unit or "", source=_owner_as_found(account)),
    ]


def _keeper(label: str, person: Person | None, here: bool, pages: Mapping[str, str]) -> Fact:
    if person is None:
        return Fact(label, _("Nobody"))
    source = _("works for the city today") if here else _("no longer works for the city")
    return Fact(label, person.name, source=source, url=pages.get(person.pk, ""))


def _owner_as_found(account: Account) -> str:
    if not account.owner_text:
        return ""
    return _("the list says: %(owner)s") % {"owner": account.owner_text}


def entry(account: Account) -> list[Fact]:
    """What the register says of the account, and who confirmed it when."""
    rows: tuple[tuple[Words, object], ...] = (
        (_("Name shown"), account.display_name),
        (_("Kind"), capfirst(account.get_account_kind_display())),
        (_("Purpose"), account.purpose),
        (_("Audience"), account.audience),
        (_("Contact"), account.contact_mailbox or account.contact_role),
        (_("Staffed hours"), account.staffing_hours),
        (_("Terms of engagement"), account.info_url),
        (_("Page of the city that links back"), account.details_url),
    )
    told = [Fact(label, value) for label, value in rows]
    return [*told, *_if_known(account), _confirmed(account)]


def _confirmed(account: Account) -> Fact:
    if account.confirmed_on is None:
        return Fact(_("Confirmed"), _("Not yet: nobody has put their name to it."))
    by = account.confirmed_by.name if account.confirmed_by else ""
    return Fact(_("Confirmed"), day_in_words(account.confirmed_on), source=by)


def _if_known(account: Account) -> Iterator[Fact]:
    """Fields that most accounts leave empty and nobody misses."""
    rows: tuple[tuple[Words, object], ...] = (
        (_("Short description"), account.short_description),
        (_("Description"), account.long_description),
        (_("Scope"), account.scope),
        (_("Tags"), ", ".join(account.tag_list)),
        (_("Followers"), figures(account.followers) if account.followers is not None else ""),
        (_("The network’s own number"), account.network_id),
        (_("Rule for approving posts"), account.get_approval_rule_display() if account.approval_rule else ""),
        (_("Retention class"), account.retention_class),
        (_("Opened"), day_in_words(account.opened_on) if account.opened_on else ""),
        (_("Approved"), day_in_words(account.approved_on) if account.approved_on else ""),
    )
    return (Fact(label, value) for label, value in rows if value)


def source(account: Account) -> list[Fact]:
    """The row of the list that brought the account, as it came."""
    if not account.source_file:
        return []
    where = _("%(file)s, row %(row)s") % {"file": account.source_file, "row": account.source_row or "–"}
    return [Fact(_("List"), where), *(Fact(name, value) for name, value in _cells(account).items())]


def _cells(account: Account) -> dict[str, str]:
    return dict(json.loads(account.source_text)["cells"]) if account.source_text else {}


def posts(looked: Looked) -> list[Fact]:
    account = looked.account
    told = account.get_last_post_source_display() if account.last_post_source else ""
    newest = day_in_words(account.last_post_on) if account.last_post_on else _("No post is known")
    rests = [day for day in (looked.dormancy.sleeps_at, looked.dormancy.retires_at) if day]
    return [
        Fact(_("Newest post"), newest, source=told),
        *(
            [Fact(_("Counts as dormant from"), day_in_words(rests[0]))]
            if rests and not looked.dormancy.asleep
            else []
        ),
        Fact(_("How it stands"), str(looked.dormancy.says)),
    ]


def happens_next(looked: Looked) -> str:
    """What the account waits for, where its state is one of waiting."""
    account = looked.account
    head = account.unit or _("the owning unit")
    if account.state == AccountState.REQUESTED and account.assented_on is None:
        return _("Waits for the head of %(unit)s to assent.") % {"unit": head}
    waits: dict[str, str] = {
        AccountState.REQUESTED: _("Waits for the head of communications to approve it."),
        AccountState.APPROVED: _("Waits for its steward to create it and begin the set-up."),
        AccountState.SETTING_UP: _("Waits for its set-up list to be closed."),
        AccountState.SUSPENDED: _(
            "Waits for the incident to be closed: the head of communications then resumes it."
        ),
        AccountState.RETIRED: _("Waits for the records officer to archive it."),
    }
    return waits.get(account.state, "")


def timeline(account: Account) -> list[TimelineAct]:
    return [_told(done) for done in history.of_account(account)]


def _told(done: Done) -> TimelineAct:
    return TimelineAct(
        at=done.at,
        what=done_in_words(done),
        who=_who(done),
        capacity=done.capacity,
        countersigned_by=", ".join(name for name in done.signers if name),
        url=way_to("record:act", done.act_id),
        receipt_url=way_to("record:receipt", done.act_id),
    )


def _who(done: Done) -> str:
    if done.erased:
        return _("Somebody whose name was erased")
    return done.who or _("Undersigned, by itself")
