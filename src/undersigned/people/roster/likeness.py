"""Who a row could be about when neither number nor name with unit says it: the reasons for questions.

Nothing is decided here but one case: a row with a number, and one person of that name in that unit whose
number nobody knew yet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from undersigned.people.roster.entries import Entry
from undersigned.people.roster.filing import Filing, row_item
from undersigned.people.roster.known import KnownPerson
from undersigned.people.roster.names import NormalisedName, could_be_same, normalise, parts
from undersigned.people.roster.questions import Choice, Item, Kind
from undersigned.people.roster.units import same_unit

MOST_SHOWN = 10
"""Of very many people whom initials fit, so many are offered."""

ADOPT = None
"""Instead of a kind of question: the one case that is settled without one."""


class Candidate(NamedTuple):
    """A person whom a row may mean; the lower the rank, the more speaks for it."""

    rank: int
    kind: Kind | None
    known: KnownPerson


class Likeness:
    """The persons who met no row, by their names and by the words in them."""

    def __init__(self, loose: list[KnownPerson]) -> None:
        self._people = loose
        self._by_name: dict[str, list[KnownPerson]] = {}
        self._by_word: dict[str, list[tuple[NormalisedName, KnownPerson]]] = {}
        self._spelled: dict[str, list[tuple[NormalisedName, KnownPerson]]] = {}
        self._all_numbered = all(known.staff_number for known in loose)
        for known in loose:
            for name in _names_of(known):
                self._by_name.setdefault(name.key, []).append(known)

    def candidates(self, entry: Entry) -> list[Candidate]:
        """Those for whom most speaks, each once."""
        name = normalise(entry.name)
        found = [*self._of_name(entry, name), *self._of_like_name(entry, name)]
        best = min((candidate.rank for candidate in found), default=0)
        once = {candidate.known.key: candidate for candidate in found if candidate.rank == best}
        return list(once.values())[:MOST_SHOWN]

    def _of_name(self, entry: Entry, name: NormalisedName) -> Iterator[Candidate]:
        for key in {name.key, _alias(entry) or name.key}:
            for known in self._by_name.get(key, ()):
                yield from _same_name(entry, name, known)

    def _of_like_name(self, entry: Entry, name: NormalisedName) -> Iterator[Candidate]:
        if entry.staff_number and self._all_numbered:
            return
        for other, known in self._spellings(name):
            if not (entry.staff_number and known.staff_number) and known.here:
                cut = name.only_initials or other.only_initials
                if _in_unit(entry, known):
                    yield Candidate(1, Kind.INITIALS if cut else Kind.SPELLING, known)
                else:
                    kind = Kind.INITIALS_ELSEWHERE if cut else Kind.SPELLING_ELSEWHERE
                    yield Candidate(2, kind, known)

    def _spellings(self, name: NormalisedName) -> list[tuple[NormalisedName, KnownPerson]]:
        """Persons whose other name could be this one; kept, for initials repeat."""
        if not self._by_word:
            self._lay_words()
        if name.key not in self._spelled:
            near = {id(pair): pair for word in _words(name) for pair in self._by_word.get(word, ())}
            self._spelled[name.key] = [
                pair for pair in near.values() if pair[0].key != name.key and could_be_same(pair[0], name)
            ]
        return self._spelled[name.key]

    def _lay_words(self) -> None:
        for known in self._people:
            for name in _names_of(known):
                for word in set(_words(name)):
                    self._by_word.setdefault(word, []).append((name, known))


def _alias(entry: Entry) -> str:
    """The name as the person is called by, if the file has it."""
    if not entry.preferred:
        return ""
    return normalise(f"{entry.preferred} {entry.family_name or parts(entry.name)[1]}").key


def _names_of(known: KnownPerson) -> set[NormalisedName]:
    return {normalise(known.name), normalise(known.by_parts)}


def _words(name: NormalisedName) -> Iterator[str]:
    """What a name is looked up by: each whole word with each other word's first letter, order aside."""
    tokens = name.tokens
    for word in tokens:
        if len(word) > 1:
            yield from (f"{word} {other[0]}" for other in tokens if other is not word)
    if len(tokens) == 1:
        yield tokens[0]


def _same_name(entry: Entry, name: NormalisedName, known: KnownPerson) -> Iterator[Candidate]:
    numbers_differ = bool(entry.staff_number and known.staff_number)
    if known.here and _in_unit(entry, known):
        yield Candidate(0, Kind.RENUMBERED if numbers_differ else ADOPT, known)
    elif numbers_differ:
        return
    elif not known.here:
        yield Candidate(3 if name.only_initials else 2, Kind.RETURNING, known)
    elif name.only_initials:
        yield Candidate(2, Kind.INITIALS_ELSEWHERE, known)
    else:
        yield Candidate(1, Kind.MOVED if entry.unit else Kind.NAME_ONLY, known)


def _in_unit(entry: Entry, known: KnownPerson) -> bool:
    return any(same_unit(entry.unit, office.unit) for office in known.offices)


def settle_alike(filing: Filing, rows: list[Entry], loose: list[KnownPerson]) -> list[KnownPerson]:
    """Join, ask about or settle every remaining row; the persons whom none of them may mean."""
    if not loose:
        for entry in rows:
            filing.join(entry)
        return []
    likeness = Likeness(loose)
    found = [(entry, likeness.candidates(entry)) for entry in rows]
    perhaps = [candidate.known.key for entry in filing.held for candidate in likeness.candidates(entry)]
    wanted = Counter(candidate.known.key for _entry, candidates in found for candidate in candidates)
    wanted.update(perhaps)
    meant: set[str] = set()
    for entry, candidates in found:
        if candidates:
            meant |= _decide(filing, entry, candidates, wanted, meant)
        else:
            filing.join(entry)
    meant.update(perhaps)
    return [known for known in loose if known.key not in meant]


def _decide(
    filing: Filing, entry: Entry, candidates: list[Candidate], wanted: Counter[str], meant: set[str]
) -> set[str]:
    """Settle or ask about one row; the keys of the persons who are thereby accounted for.

    A person whom another row already means cannot be chosen a second time: then it is asked again.
    """
    one = candidates[0] if len(candidates) == 1 and wanted[candidates[0].known.key] == 1 else None
    if one is not None and one.kind is ADOPT and entry.staff_number:
        filing.settle(entry, one.known, sure=False)
        return {one.known.key}
    refused = filing.answers.of(Kind.SEVERAL, row_item(entry))
    kind = Kind.SEVERAL if one is None or (one.kind is ADOPT and refused) else one.kind or Kind.SPELLING
    answer = filing.answers.of(kind, row_item(entry))
    by_key = {candidate.known.key: candidate.known for candidate in candidates}
    chosen = candidates[0].known if answer == Choice.SAME and one else by_key.get(answer or "")
    if chosen is not None and chosen.key not in meant:
        filing.settle(entry, chosen, sure=False)
        return {chosen.key}
    if answer == Choice.NEW:
        filing.join(entry)
        return set()
    if answer == Choice.SKIP:
        filing.skip(1 + len(entry.also))
        return set(by_key)
    people = tuple(sorted(by_key))
    options = people if kind is Kind.SEVERAL else ()
    filing.ask(kind, Item(row_item(entry), entry, people, options), 1 + len(entry.also))
    return set(by_key)
