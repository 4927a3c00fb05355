"""A receipt: what anybody needs to check one act, offline and for ever."""

from __future__ import annotations

import io
import json
import secrets
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.cast import SYSTEM, Cast
from tests.record.conftest import Neighbour, Opened
from tests.record.test_publishing import grow_to

from undersigned.people import acts
from undersigned.people.states import Office
from undersigned.record import audit, queries, trust
from undersigned.record.models import Checkpoint, Entry
from undersigned.record.receipts import Receipt

Make = Callable[[str], Neighbour]

pytestmark = pytest.mark.django_db(transaction=True)


def receipt_of_an_act(cast: Cast) -> Receipt:
    act_id = secrets.token_hex(16)
    acts.add_unit.once(act_id)(by=cast.officer(Office.HR), name="Parks")
    found = queries.receipt(act_id)
    assert found
    return found


def audited(receipt: Receipt, folder: Path, *words: str) -> int:
    """Unpack the zip and have it checked by the auditor."""
    with ZipFile(io.BytesIO(receipt.archive())) as packed:
        packed.extractall(folder)
    (folder / "my-keys").write_bytes(trust.keys().encode())
    name = str(folder / receipt.act_id)
    return audit.main(
        [f"{name}.tlog-proof", "--entry", f"{name}.entry", "--disclosed", f"{name}.disclosed.json",
         "--keys", str(folder / "my-keys"), *words]
    )  # fmt: skip


def test_an_act_is_entered_before_it_is_signed(opened: Opened, cast: Cast) -> None:
    receipt = receipt_of_an_act(cast)
    assert receipt.checkpoint is None
    assert receipt.proof() is None
    assert receipt.signed_by.timestamp() == json.loads(receipt.entry)["t"] + 360
    with ZipFile(io.BytesIO(receipt.archive())) as packed:
        assert {name.partition(".")[2] for name in packed.namelist()} == {"entry", "disclosed.json"}


def test_a_receipt_is_sound_to_the_auditor_with_its_values_disclosed(
    opened: Opened, cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt = receipt_of_an_act(cast)
    opened.checkpoint()
    found = queries.receipt(receipt.act_id)
    assert found
    assert found.checkpoint
    assert audited(found, tmp_path) == 0, capsys.readouterr().out
    opened_fields = json.loads(found.disclosed())["open"]
    assert opened_fields["who"]["value"]["name"] == "Harriet Lowmoor"
    assert opened_fields["name"]["value"] == "Parks"


def test_a_receipt_stays_valid_when_the_record_has_grown(
    opened: Opened, cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt = receipt_of_an_act(cast)
    opened.checkpoint()
    found = queries.receipt(receipt.act_id)
    assert found
    before = found.proof()
    grow_to(300)
    opened.checkpoint()
    later = queries.receipt(receipt.act_id)
    assert later
    assert later.proof() != before
    assert audited(found, tmp_path / "then") == audited(later, tmp_path / "now") == 0, capsys.readouterr().out


def test_a_checkpoint_that_a_receipt_names_is_published_for_ever(opened: Opened, cast: Cast) -> None:
    receipt = receipt_of_an_act(cast)
    made = opened.checkpoint()
    assert not made.named
    found = queries.receipt(receipt.act_id)
    assert found
    found.proof()
    assert Checkpoint.objects.get(size=made.size).named


def test_only_the_fields_which_the_reader_may_know_are_disclosed(opened: Opened, cast: Cast) -> None:
    receipt = receipt_of_an_act(cast)
    assert json.loads(receipt.disclosed(()))["open"] == {}
    assert set(json.loads(receipt.disclosed({"name"}))["open"]) == {"name"}


def test_a_receipt_is_made_against_a_checkpoint_with_the_quorum_if_there_is_one(
    opened: Opened, cast: Cast, neighbour: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clerk = neighbour("clerk")
    opened.trust("clerk", needed=1, witnesses=[clerk])
    receipt = receipt_of_an_act(cast)
    witnessed = opened.checkpoint()
    clerk.stop()
    grow_to(20)
    opened.checkpoint()
    found = queries.receipt(receipt.act_id)
    assert found
    assert found.checkpoint == witnessed
    (tmp_path / "my-policy").write_bytes(trust.published_policy())
    assert audited(found, tmp_path, "--policy", str(tmp_path / "my-policy")) == 0, capsys.readouterr().out


def test_a_receipt_of_every_size_up_to_the_edges_of_tiles_is_sound(
    opened: Opened, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for size in (2, 3, 255, 256, 257, 513):
        grow_to(size)
        opened.checkpoint()
        for index in {0, size // 2, size - 1}:
            found = queries.receipt(Entry.objects.get(seq=index).act_id)
            assert found
            assert audited(found, tmp_path / f"{size}-{index}") == 0, capsys.readouterr().out


def test_there_is_no_receipt_of_an_act_that_was_not_done(opened: Opened) -> None:
    acts.add_unit(by=SYSTEM, name="Parks")
    assert queries.receipt("f" * 32) is None
