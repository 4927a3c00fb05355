"""A page of acts in words: two questions to the database, however many acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from undersigned.acts import Officer
from undersigned.acts.names import name_of_act
from undersigned.record import wording
from undersigned.record.models import Entry


@dataclass(frozen=True, slots=True)
class Listed:
    """One line."""

    seq: int
    act_id: str
    at: datetime
    what: str
    capacity: str


def listed(entries: Sequence[Entry], reader: Officer | None) -> list[Listed]:
    capacities = {one.capacity for one in entries if one.capacity}
    words = wording.in_words(capacities, to_everybody=reader is None)
    return [
        Listed(
            one.seq,
            one.act_id,
            datetime.fromtimestamp(one.t, UTC),
            name_of_act(one.act),
            words.get(one.capacity, _("Undersigned itself")),
        )
        for one in entries
    ]
