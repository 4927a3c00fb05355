"""Official names, kept so that the one nearest to any other name is found without trying them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from undersigned.accounts.lookalikes.comparing import (
    SHORTEST_ALIKE,
    SHORTEST_WITH_ADDITION,
    Form,
    slips_allowed,
)
from undersigned.accounts.lookalikes.presence import LookAlike, Presence, reasons_between, strongest_first

Shelf = dict[str, list[Presence]]


class Index:
    """Names on shelves: by how they look, by their letters, by how they are read aloud, by their core."""

    def __init__(self, official: Iterable[Presence]) -> None:
        self.addresses = set()
        self.looks: Shelf = defaultdict(list)
        self.letters: Shelf = defaultdict(list)
        self.spoken: Shelf = defaultdict(list)
        self.cores: Shelf = defaultdict(list)
        self.cores_by_length: dict[int, list[str]] = defaultdict(list)
        for presence in official:
            self.addresses.add(presence.address)
            for form in presence.forms():
                self._shelve(form, presence)
        for core in self.cores:
            self.cores_by_length[len(core)].append(core)

    def _shelve(self, form: Form, presence: Presence) -> None:
        self.looks[form.skeleton].append(presence)
        self.letters[form.letters].append(presence)
        self.spoken[form.spoken].append(presence)
        self.cores[form.core].append(presence)

    def nearest(self, candidate: Presence) -> LookAlike | None:
        """The official account that the candidate is most easily taken for."""
        forms = tuple(candidate.forms())
        for search in (self._looking, self._alike, self._slipped, self._added):
            if found := self._best(candidate, search(forms)):
                return found
        return None

    def _best(self, candidate: Presence, hits: Iterator[Presence]) -> LookAlike | None:
        """The strongest and nearest of the hits; on the candidate's own network where there is a choice."""
        unique = {hit.key: hit for hit in hits}.values()
        matches = [
            LookAlike(candidate, hit, reasons)
            for hit in unique
            if (reasons := reasons_between(candidate, hit))
        ]
        return min(matches, key=_nearest_first, default=None)

    def _looking(self, forms: Sequence[Form]) -> Iterator[Presence]:
        yield from self._on(self.looks, forms, lambda form: form.skeleton, shortest=1)

    def _alike(self, forms: Sequence[Form]) -> Iterator[Presence]:
        yield from self._on(self.letters, forms, lambda form: form.letters)
        yield from self._on(self.spoken, forms, lambda form: form.spoken)
        yield from self._on(self.cores, forms, lambda form: form.core)

    def _on(
        self, shelf: Shelf, forms: Sequence[Form], key: Callable[[Form], str], shortest: int = SHORTEST_ALIKE
    ) -> Iterator[Presence]:
        for form in forms:
            if len(key(form)) >= shortest:
                yield from shelf.get(key(form), ())

    def _slipped(self, forms: Sequence[Form]) -> Iterator[Presence]:
        for form in forms:
            allowed = slips_allowed(len(form.core))
            for length in range(len(form.core) - allowed, len(form.core) + allowed + 1) if allowed else ():
                for core, _distance, _place in process.extract(
                    form.core,
                    self.cores_by_length.get(length, ()),
                    scorer=OSA.distance,
                    score_cutoff=allowed,
                    limit=None,
                ):
                    yield from self.cores[core]

    def _added(self, forms: Sequence[Form]) -> Iterator[Presence]:
        for text in {whole for form in forms for whole in (form.letters, form.core)}:
            for cut in range(SHORTEST_WITH_ADDITION, len(text)):
                yield from self.letters.get(text[:cut], ())
                yield from self.letters.get(text[-cut:], ())


def _nearest_first(match: LookAlike) -> tuple[int, int, int, bool, str]:
    strength, kind, _candidate = strongest_first(match)
    distance = OSA.distance(match.candidate.address[1], match.of.address[1])
    return strength, kind, distance, match.of.network is not match.candidate.network, match.of.key
