"""What a page tells of one act: what is public, what this reader may know, what is closed, and what was erased."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from undersigned.acts import Officer
from undersigned.acts.governed import KINDS
from undersigned.acts.pages import name_of_act
from undersigned.record import queries, rules, wording
from undersigned.record.models import Entry, Payload
from undersigned.record.receipts import Receipt
from undersigned.ui.components import Fact


@dataclass(frozen=True, slots=True)
class Erasure:
    """The entry which erased a value, and when."""

    seq: int
    at: datetime


class Told:
    """One act for one reader."""

    def __init__(self, receipt: Receipt, reader: Officer | None) -> None:
        self.receipt = receipt
        self.reader = reader
        self._said: dict[str, Any] = json.loads(receipt.entry)

    @property
    def name(self) -> str:
        return name_of_act(self._said["act"])

    @property
    def act(self) -> str:
        return str(self._said["act"])

    @property
    def at(self) -> datetime:
        return datetime.fromtimestamp(self._said["t"], UTC)

    @cached_property
    def person(self) -> str | None:
        """Whose name is under it."""
        return queries.person_of(self.receipt.act_id)

    @cached_property
    def may_know(self) -> bool:
        return rules.may_know(self.reader, self.person)

    @property
    def is_own(self) -> bool:
        return self.reader is not None and self.reader.person == self.person

    @property
    def who(self) -> Fact:
        """The name if this reader may know it; the office is public."""
        by = self._said["by"]
        if "task" in by:
            return Fact(_("Done by"), _("Undersigned itself (%(task)s)") % {"task": by["task"]})
        office = self._words.get(by["as"], by["as"])
        name = self._values["who"]["name"] if self.may_know and "who" in self._values else ""
        return Fact(_("Done by"), f"{name}, {office}" if name else office)

    @property
    def facts(self) -> list[Fact]:
        """What is in the leaf for everybody."""
        public = [
            Fact(name.replace("_", " "), self._fact(value)) for name, value in self._said["fact"].items()
        ]
        law = [Fact(_("Legal basis"), self._said["law"])] if self._said["law"] else []
        return [self.who, *public, *law]

    @property
    def objects(self) -> list[Fact]:
        """What it changed, and how often each of these was changed."""
        return [
            Fact(
                one["o"].partition(":")[0],
                self._words.get(one["o"], one["o"]),
                source=_("its change number %(n)d") % {"n": one["n"]} if one["st"] else _("gone since then"),
                url=f"{reverse('record:record')}?about={one['o']}",
            )
            for one in self._said["obj"]
        ]

    @property
    def commitments(self) -> list[Fact]:
        """Each field to which the act committed: disclosed, closed to this reader, or erased."""
        return [
            Fact(
                name.replace("_", " "),
                self._disclosed(name),
                source=self._why_not(name),
                at=self._erased_at(name),
            )
            for name in self.fields
        ]

    @property
    def fields(self) -> list[str]:
        who = ["who"] if "who" in self._said["by"] else []
        return [*who, *self._said["c"]]

    @property
    def erasable(self) -> list[str]:
        return [name for name in self.fields if name in self._values]

    def _disclosed(self, name: str) -> str:
        if name in self._values:
            return wording.said(self._values[name]) if self.may_know else _("closed")
        return _("erased") if name in self._erasures else _("lost")

    def _why_not(self, name: str) -> str:
        if name in self._erasures:
            return _("by entry %(seq)d") % {"seq": self._erasures[name].seq}
        if name in self._values and not self.may_know:
            return _("only the person themself, the clerk, the records officer and the auditor see it")
        return ""

    def _erased_at(self, name: str) -> datetime | None:
        return self._erasures[name].at if name in self._erasures else None

    def _fact(self, value: Any) -> str:
        return self._words.get(value, wording.said(value)) if isinstance(value, str) else wording.said(value)

    @cached_property
    def _values(self) -> dict[str, Any]:
        rows = Payload.objects.filter(act_id=self.receipt.act_id).values_list("field", "value")
        return {name: json.loads(value) for name, value in rows}

    @cached_property
    def _erasures(self) -> Mapping[str, Erasure]:
        missing = set(self.fields) - self._values.keys()
        return erasures_of(self.receipt.act_id) if missing else {}

    @cached_property
    def _words(self) -> dict[str, str]:
        named = [one["o"] for one in self._said["obj"]]
        named += [value for value in self._said["fact"].values() if _is_reference(value)]
        named += [self._said["by"]["as"]] if "as" in self._said["by"] else []
        return wording.in_words(named, to_everybody=self.reader is None)


def _is_reference(value: object) -> bool:
    return isinstance(value, str) and value.partition(":")[0] in KINDS and ":" in value


def erasures_of(act_id: str) -> dict[str, Erasure]:
    """Field → the erasure that took its value away."""
    found: dict[str, Erasure] = {}
    for seq, t, entry in Entry.objects.filter(act="record.erase").values_list("seq", "t", "entry").iterator():
        said = json.loads(bytes(entry))["fact"]
        if said.get("act") == act_id:
            at = datetime.fromtimestamp(t, UTC)
            found |= {name: Erasure(seq, at) for name in said["fields"].split(",")}
    return found
