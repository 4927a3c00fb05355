"""Case 11: what is erased cannot be found by trying, equal values look unequal, and old states cannot be opened."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product

import pytest
from tests.cast import SYSTEM, Cast

from undersigned.people import acts
from undersigned.people.acts.people import change_unit
from undersigned.people.states import Office
from undersigned.record import acts as record_acts
from undersigned.record.append import entry_of
from undersigned.record.models import Entry, Payload, Standing, Touch
from undersigned.record.tlog import leaf

pytestmark = pytest.mark.django_db(transaction=True)

TWO_VALUES = ("Yes", "No")


def committed(act_id: str, field: str = "name") -> str:
    entry = entry_of(act_id)
    assert entry is not None
    return str(json.loads(entry)["c"][field])


def every_nonce_left() -> Iterator[bytes]:
    """Whatever somebody with the whole database could try: each nonce that is still there, and plain guesses."""
    yield from (bytes(one) for one in Payload.objects.values_list("nonce", flat=True))
    yield from (bytes(one) for one in Standing.objects.values_list("nonce", flat=True))
    yield from (bytes(leaf) for leaf in Entry.objects.values_list("leaf", flat=True))
    yield from (number.to_bytes(32, "big") for number in range(1000))


def found_by_trying(act_id: str) -> set[str]:
    return {
        value
        for nonce, value in product(every_nonce_left(), TWO_VALUES)
        if leaf.commit("name", nonce, value) == committed(act_id)
    }


def test_case_11_a_value_of_two_is_found_by_trying_until_it_is_erased_and_not_afterwards(cast: Cast) -> None:
    acts.add_unit.once("a" * 32)(by=SYSTEM, name="Yes")
    assert found_by_trying("a" * 32) == {"Yes"}, "with its nonce a value of two is known at once"
    clerk = cast.officer(Office.CLERK)
    record_acts.erase(by=clerk, target="a" * 32, fields=["name"], law="law.s1")
    assert found_by_trying("a" * 32) == set()
    assert not Payload.objects.filter(act_id="a" * 32, field="name").exists()


def test_case_11_equal_values_give_unequal_commitments(cast: Cast) -> None:
    """Of the same field, at the same second, by the same person: nothing shows that two names are one."""
    head = cast.unit("Harrow Falls")
    for number, one in enumerate(("a" * 32, "b" * 32, "c" * 32)):
        acts.add_unit.once(one)(
            by=SYSTEM, name="Parks", parent=acts.add_unit(by=SYSTEM, name=f"{number}", parent=head)
        )
    assert len({committed(one) for one in ("a" * 32, "b" * 32, "c" * 32)}) == 3
    nonces = [bytes(one) for one in Payload.objects.values_list("nonce", flat=True)]
    nonces += [bytes(one) for one in Standing.objects.values_list("nonce", flat=True)]
    assert len(set(nonces)) == len(nonces)
    assert {len(nonce) for nonce in nonces} == {32}


def test_case_11_who_acted_is_committed_to_anew_each_time(cast: Cast) -> None:
    hr = cast.officer(Office.HR)
    for name in ("Parks", "Library"):
        acts.add_unit(by=hr, name=name)
    entries = [json.loads(bytes(one)) for one in Entry.objects.values_list("entry", flat=True)]
    who = [one["by"]["who"] for one in entries if "who" in one["by"]]
    assert len(who) == len(set(who)) == 2


def test_case_11_the_nonce_of_an_old_state_is_gone(cast: Cast) -> None:
    """A row set back to what it was has another commitment, and the old one can no longer be opened."""
    unit = cast.unit("Parks")
    old = bytes(Standing.objects.get(pk=unit.pk).nonce)
    state = {"name": "Parks", "name_fr": "", "unit_kind": "city", "code": "", "parent": None,
             "path": f"{unit.pk}/", "closed_on": None}  # fmt: skip
    first = Touch.objects.get(reference=unit.pk, n=1).act_id
    entered = json.loads(entry_of(first) or b"")["obj"][0]["st"]
    assert leaf.commit_state(unit.pk, old, 1, state) == entered, "until then it opens"
    change_unit(by=SYSTEM, unit=unit, code="x")
    change_unit(by=SYSTEM, unit=unit, code="")
    now = Standing.objects.get(pk=unit.pk)
    assert leaf.commit_state(unit.pk, bytes(now.nonce), 1, state) == now.st != entered
    assert old not in set(every_nonce_left())
    assert all(leaf.commit_state(unit.pk, nonce, 1, state) != entered for nonce in every_nonce_left())
