"""The list of accounts on the pages of an import: what is asked, and what it would change, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from undersigned.accounts import importing_words as words
from undersigned.accounts import rules
from undersigned.accounts.acts import importing
from undersigned.accounts.queries.importing import (
    CityOwners,
    existing_accounts,
    only_later_editions,
    source_files,
)
from undersigned.accounts.register import fields
from undersigned.accounts.register.columns import guess, holds_accounts
from undersigned.accounts.register.owners import Ambiguous, Answer, Found, Owners
from undersigned.accounts.register.plan import Plan
from undersigned.accounts.register.planning import plan
from undersigned.accounts.register.vocabulary import VOCABULARY
from undersigned.acts.actor import Actor
from undersigned.acts.predicates import Rule
from undersigned.acts.refusals import Words
from undersigned.imports import dates, subjects
from undersigned.imports.columns import Mapping as Columns
from undersigned.imports.columns import MappingRefused, Meaning
from undersigned.imports.dates import Order
from undersigned.imports.forms import FileForm
from undersigned.imports.models import Subject
from undersigned.imports.preview import Group, Item, Option, Preview, Question, Report, listed
from undersigned.imports.row import Problem
from undersigned.imports.sheets import Limits, Sheet, read
from undersigned.imports.subjects import About, Brought, Count, Progress
from undersigned.people.roster_words import Names

MOST_EXAMPLES = 50
ITEMS_SHOWN = 20

DATE_ORDER, WHOSE = "date_order", "whose"
NOBODY = "nobody"
SENTENCES: Mapping[str, Words] = {
    DATE_ORDER: _("The dates of a column can be read in more than one order. Which comes first?"),
    WHOSE: _("A name in the list fits several people or units. Who is meant?"),
}
ORDERS: Mapping[Order, Words] = {
    Order.DAY_FIRST: _("The day, as in 31/12/2026"),
    Order.MONTH_FIRST: _("The month, as in 12/31/2026"),
    Order.YEAR_FIRST: _("The year, as in 26/12/31"),
}


class AnsweredOwners:
    """Whom a text means: as somebody answered, else as the city's own list says. What is open is kept to be asked."""

    def __init__(self, owners: Owners, answers: Mapping[str, str]) -> None:
        self._owners, self._answers = owners, answers
        self.open: dict[str, Ambiguous] = {}

    def find(self, text: str) -> Answer:
        found = self._owners.find(text)
        if not isinstance(found, Ambiguous):
            return found
        answer = self._answers.get(f"{WHOSE}:{text}") or self._answers.get(WHOSE)
        chosen = next((one for one in found.candidates if one.ref == answer), None)
        if chosen is None and answer != NOBODY:
            self.open[text] = found
        return chosen or found


@dataclass(frozen=True, slots=True)
class PreparedAccounts:
    """A list set against the register."""

    file: str
    plan: Plan
    preview: Preview

    def apply(self, *, by: Actor, confirmed: int | None, progress: Progress) -> Report:
        done = importing.apply(by=by, plan=self.plan, file=self.file, progress=progress)
        counts = counts_of(self.plan) | {
            name: getattr(done, name) for name in ("created", "changed", "gone", "unchanged")
        }
        return Report(counts, [*self.preview.problems, *done.problems])


class AccountsImporter:
    """The list of accounts (:class:`undersigned.imports.subjects.Importer`)."""

    subject = Subject.ACCOUNTS
    may: Rule = rules.brings_lists
    form: type[FileForm] = FileForm
    vocabulary: Mapping[str, Meaning] = VOCABULARY
    never_shown = frozenset({fields.SECRET})
    about = About(
        title=_("Bring a list of accounts"),
        what=_(
            "The list of official accounts that you have, whatever its shape: a row an account or a column a network, "
            "with handles or addresses, and whoever answers for them."
        ),
        needs=_(
            "Bring the list of people first, so that owners are found. Passwords in the file are not read."
        ),
        route="accounts:list",
        room=_("See the accounts"),
    )
    counts: Sequence[Count] = (
        Count("created", _("New accounts"), "adds"),
        Count("changed", _("Changed"), "changes"),
        Count("gone", _("No longer listed, to be confirmed"), "ends"),
        Count("unchanged", _("As they were"), "keeps"),
        Count("duplicates", _("Listed more than once"), "keeps", rare=True),
    )

    def meanings(self) -> Sequence[tuple[Words, Sequence[tuple[str, Words]]]]:
        return words.meanings()

    def guess(self, sheet: Sheet) -> Columns:
        return guess(sheet)

    def remarks(self, mapping: Columns) -> Mapping[str, str]:
        said = gettext(
            "Passwords are neither read nor kept. Everybody who had this file knows them: change them."
        )
        return {column.name: said for column in mapping.columns if column.field == fields.SECRET}

    def sentence(self, question: str) -> Words:
        return SENTENCES[question]

    def check(self, mapping: Columns) -> None:
        if not holds_accounts(mapping):
            raise MappingRefused(
                gettext("Choose at least one column that holds handles, addresses or numbers of accounts.")
            )

    def prepare(self, brought: Brought, progress: Progress) -> PreparedAccounts:
        sheet = read(brought.path, limits=Limits(file=settings.LARGEST_IMPORT_BYTES))
        undecided = _undecided(sheet, brought)
        progress(0, None)
        owners = AnsweredOwners(CityOwners(), brought.answers)
        whole = plan(
            sheet, brought.mapping, existing_accounts(), owners, date_orders=_orders(brought, undecided)
        )
        found = only_later_editions(whole, source_files(), brought.name)
        questions = [*_order_questions(brought, undecided), *_owner_questions(owners.open)]
        return PreparedAccounts(brought.name, found, _preview(found, questions, undecided, owners.open))


def register() -> None:
    subjects.register(AccountsImporter())


def counts_of(found: Plan) -> dict[str, int]:
    return {
        "created": len(found.created),
        "changed": len(found.changed),
        "gone": len(found.gone),
        "unchanged": len(found.unchanged),
        "duplicates": len(found.duplicates),
    }


Undecided = Mapping[str, dates.Ambiguous]
"""By column, dates that can be read in several orders."""


def _undecided(sheet: Sheet, brought: Brought) -> Undecided:
    columns = [
        one.name
        for one in brought.mapping.columns
        if one.field and one.field.rpartition(".")[2] in fields.DATES and one.name in sheet.columns
    ]
    if not columns:
        return {}
    values: dict[str, list[str]] = {name: [] for name in columns}
    for row in sheet.rows():
        for name in columns:
            values[name].append(row.cells.get(name, ""))
    found = {name: dates.order_of(values[name]) for name in columns}
    return {
        name: order
        for name, order in found.items()
        if isinstance(order, dates.Ambiguous) and not order.contradicts
    }


def _orders(brought: Brought, undecided: Undecided) -> dict[str, Order]:
    answers = {name: _order_answered(brought, name) for name in undecided}
    return {name: Order(answer) for name, answer in answers.items() if answer}


def _order_answered(brought: Brought, column: str) -> str | None:
    return brought.answers.get(f"{DATE_ORDER}:{column}") or brought.answers.get(DATE_ORDER)


def _order_questions(brought: Brought, undecided: Undecided) -> Iterator[Question]:
    items = [
        Item(name, name, str(order), tuple(Option(one, str(ORDERS[one])) for one in order.orders))
        for name, order in undecided.items()
        if not _order_answered(brought, name)
    ]
    if items:
        options = tuple(Option(order, str(label)) for order, label in ORDERS.items())
        yield Question(DATE_ORDER, str(SENTENCES[DATE_ORDER]), options, tuple(items), len(items))


def _owner_questions(open_: Mapping[str, Ambiguous]) -> Iterator[Question]:
    if open_:
        shown = list(open_.items())[:ITEMS_SHOWN]
        names = Names(one.ref for _text, answer in shown for one in answer.candidates)
        items = tuple(
            Item(text, text, options=tuple(_candidate(one, names) for one in answer.candidates))
            for text, answer in shown
        )
        nobody = Option(NOBODY, gettext("None of them: take the accounts without"))
        yield Question(WHOSE, str(SENTENCES[WHOSE]), (nobody,), items, len(open_))


def _candidate(found: Found, names: Names) -> Option:
    """Who or what it is, told so that two people of one name differ."""
    if found.kind == "unit":
        return Option(found.ref, gettext("%(name)s, a unit") % {"name": found.name})
    return Option(found.ref, names.described(found.ref))


def _preview(
    found: Plan, questions: Sequence[Question], undecided: Undecided, open_: Mapping[str, Ambiguous]
) -> Preview:
    problems, unlisted = listed(_problems(found, undecided))
    names = words.Names(words.named(found.changed[:MOST_EXAMPLES]))
    return Preview(
        read=len(found.rows),
        counts=counts_of(found),
        groups=[group for group in _groups(found, names) if group.examples],
        problems=problems,
        unlisted=unlisted,
        questions=questions,
        changes_nothing=not (found.created or found.changed or found.gone),
    )


def _problems(found: Plan, undecided: Undecided) -> list[Problem]:
    """What was not taken and what should be looked at, in the order of the file; what is asked is no problem."""
    asked = {(None, name, str(order)) for name, order in undecided.items()}
    told = [one for one in found.problems if (one.row, one.field, one.what) not in asked]
    return sorted((*told, *found.warnings), key=lambda one: one.row or 0)


def _groups(found: Plan, names: words.Names) -> Iterator[Group]:
    yield Group("created", tuple(map(words.created_example, found.created[:MOST_EXAMPLES])))
    changed = found.changed[:MOST_EXAMPLES]
    yield Group("changed", tuple(words.changed_example(one, names) for one in changed))
    yield Group("gone", tuple(map(words.gone_example, found.gone[:MOST_EXAMPLES])))
