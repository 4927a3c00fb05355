"""Who may do every act, compared with a table that people have read."""

from __future__ import annotations

import pytest

from tests.acts import matrix
from tests.cast import Cast
from undersigned.acts.book import Act
from undersigned.acts.governed import KINDS
from undersigned.acts.names import NAMES
from undersigned.acts.pages import entries

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_act_of_the_closed_list_is_declared() -> None:
    assert matrix.undeclared() == set()


def test_who_may_do_each_act_in_each_state_is_what_was_reviewed(
    cast: Cast, request: pytest.FixtureRequest
) -> None:
    found = matrix.as_text(matrix.Matrix(cast).rows())
    if request.config.getoption("--write-who-may"):
        matrix.TABLE.write_text(found)
    assert found.splitlines() == matrix.TABLE.read_text().splitlines()


def test_nobody_without_an_appointment_and_nobody_without_a_second_factor_acts_in_the_citys_name(
    cast: Cast,
) -> None:
    rows = matrix.Matrix(cast).rows()
    kinds = next(rows)
    for row in rows:
        cells = dict(zip(kinds, row, strict=True))
        own = {"invitation.accept", "lookalike.report", "record.repudiate", "session.end"}
        assert cells["without_appointment"] == "-" or row[0] in own, row[0]
        assert cells["without_second_factor"] == "-" or row[0] in own, row[0]


def test_every_life_cycle_names_only_declared_acts() -> None:
    declared = {one.name for one in entries()}
    for model in KINDS.values():
        if model.lifecycle:
            assert set(model.lifecycle.by_act) <= declared, model


def test_every_act_has_words_of_its_own() -> None:
    assert set(NAMES) == set(Act)
    assert len({str(words) for words in NAMES.values()}) == len(NAMES)
