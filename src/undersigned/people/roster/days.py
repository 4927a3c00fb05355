"""The order of day and month in each date column of a roster, decided over the whole column or asked."""

from __future__ import annotations

from datetime import date

from undersigned.imports import dates
from undersigned.imports.columns import Mapping
from undersigned.imports.sheets import Sheet
from undersigned.people.roster.questions import Answers, Item, Kind
from undersigned.people.roster.vocabulary import Field

SAMPLE = 2_000


class Days:
    """Reads the dates of a roster. `undecided` names the columns whose order a person must give first."""

    def __init__(self, sheet: Sheet, mapping: Mapping, answers: Answers) -> None:
        self.undecided: list[Item] = []
        self._orders: dict[Field, dates.Order | None] = {}
        for meaning in (Field.BEGINS_ON, Field.ENDS_ON):
            for column in mapping.of(meaning)[:1]:
                self._orders[meaning] = self._decide(sheet, column, meaning, answers)

    def read(self, meaning: Field, text: str) -> date:
        """Raises ValueError with a sentence for what is no date, or not one day only."""
        return dates.parse(text, self._orders.get(meaning))

    def _decide(self, sheet: Sheet, column: str, meaning: Field, answers: Answers) -> dates.Order | None:
        found = _order(sheet, column)
        if not isinstance(found, dates.Ambiguous):
            return found
        answer = answers.of(Kind.DATE_ORDER, meaning)
        if answer in set(dates.Order):
            return dates.Order(answer)
        self.undecided.append(Item(meaning, options=found.orders, about=str(found)))
        return None


def _order(sheet: Sheet, column: str) -> dates.Order | dates.Ambiguous | None:
    """A sample is enough unless it leaves the order open: then every row is asked."""
    found = dates.order_of(sheet.samples(SAMPLE)[column])
    if isinstance(found, dates.Ambiguous) and not found.contradicts:
        return dates.order_of(row.cells.get(column, "") for row in sheet.rows())
    return found
