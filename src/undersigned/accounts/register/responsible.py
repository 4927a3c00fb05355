"""Who answers for the accounts of a file, as far as its words lead to one person or unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from undersigned.accounts.register import fields
from undersigned.accounts.register.entries import Entry
from undersigned.accounts.register.owners import Ambiguous, Answer, Found, Kind, Owners, Unknown
from undersigned.imports.sheets import Problem

NEEDED: Mapping[str, Kind] = {fields.UNIT: "unit", fields.STEWARD: "person", fields.DEPUTY: "person"}


class Responsible:
    """Asks who is meant, once for each text, and notes once for each row and column what was not answered."""

    def __init__(self, owners: Owners) -> None:
        self._owners = owners
        self._answers: dict[str, Answer] = {}
        self._noted: dict[tuple[int, str], Problem] = {}

    @property
    def problems(self) -> list[Problem]:
        """What a person has to answer."""
        return list(self._noted.values())

    def of(self, entry: Entry) -> dict[str, Found]:
        """Whom the words of an entry name, by field. What leads to nobody is left out, and noted."""
        found: dict[str, Found] = {}
        for name, text in entry.said.items():
            answer = _of_kind(self._ask(text), NEEDED.get(name))
            if isinstance(answer, Found):
                found[name] = answer
            else:
                row = entry.rows[0]
                self._noted.setdefault((row, name), Problem(row, name, _unanswered(text, name, answer)))
        return found

    def _ask(self, text: str) -> Answer:
        if text not in self._answers:
            self._answers[text] = self._owners.find(text)
        return self._answers[text]


def _of_kind(answer: Answer, kind: Kind | None) -> Answer:
    """A steward is a person and never a unit of the same name."""
    if kind is None or isinstance(answer, Unknown):
        return answer
    candidates = answer.candidates if isinstance(answer, Ambiguous) else (answer,)
    fitting = tuple(one for one in candidates if one.kind == kind)
    if len(fitting) == 1:
        return fitting[0]
    return replace(answer, candidates=fitting) if isinstance(answer, Ambiguous) and fitting else Unknown()


def _unanswered(text: str, name: str, answer: Answer) -> str:
    if isinstance(answer, Ambiguous):
        said = _(
            "“%(text)s” can be %(count)d: %(names)s. The account was read without it. Write an e-mail "
            "address or number."
        )
        names = [f"{one.name} ({one.ref})" for one in answer.candidates]
        return said % {"text": text[:60], "count": len(names), "names": ", ".join(names[:4])}
    return _nobody(name) % {"text": text[:60]}


def _nobody(name: str) -> str:
    if name == fields.UNIT:
        return _(
            "“%(text)s” is no unit known here. The account was read without it. Correct the name, or add "
            "the unit first."
        )
    if name == fields.OWNER:
        return _(
            "“%(text)s” is no person or unit known here. The account was read without an owner. Correct "
            "the name, or import the roster first."
        )
    return _(
        "“%(text)s” is no person known here. The account was read without it. Correct the name, or import "
        "the roster first."
    )
