"""What a page tells of one act: what is public, what this reader may know, what is closed, and what was erased."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from undersigned.acts import Officer
from undersigned.acts.declared import BOOK
from undersigned.acts.governed import KINDS
from undersigned.acts.names import name_of_act
from undersigned.acts.pages import first_sentence
from undersigned.record import queries, rules, sequels, wording
from undersigned.record.models import Payload
from undersigned.record.receipts import Receipt
from undersigned.record.sequels import Sequel
from undersigned.ui.components import Fact


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
    def does(self) -> str:
        """What such an act does, in the words of the book of acts; empty for one that is in it no longer."""
        return next((first_sentence(one) for name, one in BOOK.items() if name == self.act), "")

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

    @cached_property
    def countersignatures(self) -> list[Fact]:
        """Whose names let it take effect: the office to everybody, the name to whoever may know it."""
        given = sequels.countersignatures_of(self.act, self.receipt)
        offices = wording.in_words([one.capacity for one in given], to_everybody=True)
        names = sequels.names_of(given) if self.may_know else {}
        return [
            Fact(
                _("Countersigned by"),
                ", ".join(filter(None, (names.get(one.act_id, ""), offices[one.capacity]))),
                source=_("entry %(seq)d") % {"seq": one.seq},
                at=one.at,
                url=reverse("record:act", args=[one.act_id]),
            )
            for one in given
        ]

    @cached_property
    def repudiation(self) -> Sequel | None:
        """The entry by which the person said that it was not them."""
        return sequels.repudiation_of(self.receipt)

    @property
    def fields(self) -> list[str]:
        who = ["who"] if "who" in self._said["by"] else []
        return [*who, *self._said["c"]]

    @property
    def erasable(self) -> list[str]:
        return [name for name in self.fields if name in self._values]

    def _disclosed(self, name: str) -> str:
        if name in self._values:
            return self._opened(name, self._values[name]) if self.may_know else _("closed")
        if name in self._erasures:
            return _("erased")
        return _("lost") if self._loss else _("missing, and nothing in the record says why")

    def _opened(self, name: str, value: Any) -> str:
        """The reference of the person stands in the receipt; people read names."""
        return str(value["name"]) if name == "who" else self._fact(value)

    def _why_not(self, name: str) -> str:
        if name in self._erasures:
            return _("by entry %(seq)d") % {"seq": self._erasures[name].seq}
        if name in self._values:
            closed = _("only the person themself, the clerk, the records officer and the auditor see it")
            return "" if self.may_know else closed
        if self._loss:
            return _("with a restore, as entry %(seq)d says") % {"seq": self._loss.seq}
        return _("show this page to the clerk and to the auditor")

    def _erased_at(self, name: str) -> datetime | None:
        if name in self._values:
            return None
        because = self._erasures.get(name) or self._loss
        return because.at if because else None

    def _fact(self, value: Any) -> str:
        return self._words.get(value, wording.said(value)) if isinstance(value, str) else wording.said(value)

    @cached_property
    def _values(self) -> dict[str, Any]:
        rows = Payload.objects.filter(act_id=self.receipt.act_id).values_list("field", "value")
        return {name: json.loads(value) for name, value in rows}

    @cached_property
    def _erasures(self) -> Mapping[str, Sequel]:
        missing = set(self.fields) - self._values.keys()
        return sequels.erasures_of(self.receipt.act_id) if missing else {}

    @cached_property
    def _loss(self) -> Sequel | None:
        """What says that the values were lost; asked only where one is missing and was not erased."""
        return sequels.loss_of(self.receipt.index) if self.receipt.index is not None else None

    @cached_property
    def _words(self) -> dict[str, str]:
        named = [one["o"] for one in self._said["obj"]]
        named += [value for value in self._said["fact"].values() if _is_reference(value)]
        named += [value for value in self._values.values() if self.may_know and _is_reference(value)]
        named += [self._said["by"]["as"]] if "as" in self._said["by"] else []
        return wording.in_words(named, to_everybody=not self.may_know)


def _is_reference(value: object) -> bool:
    return isinstance(value, str) and value.partition(":")[0] in KINDS and ":" in value
