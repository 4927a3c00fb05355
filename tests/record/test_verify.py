"""What the owner of the database may try, shown to be done first, and named afterwards by ``record verify``."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable

import pytest
from tests.cast import SYSTEM, Cast
from tests.record import behind
from tests.record.conftest import Neighbour, Opened
from tests.record.test_publishing import grow_to

from undersigned.acts.governed import new_reference
from undersigned.people.acts.people import change_unit
from undersigned.people.models import Unit
from undersigned.people.states import Office
from undersigned.record import acts as record_acts
from undersigned.record import checkpoints
from undersigned.record.audit.report import Report
from undersigned.record.models import Checkpoint, Entry, Intake, Payload, Standing
from undersigned.record.tlog import checkpoint as tlog
from undersigned.record.tlog import leaf, tree
from undersigned.record.verify import verify

Make = Callable[[str], Neighbour]

pytestmark = pytest.mark.django_db(transaction=True)


def findings(*, state: bool = False) -> list[str]:
    report = Report()
    verify(report, state=state)
    return report.lines()


def fails(*, state: bool = False) -> list[str]:
    return [line for line in findings(state=state) if line.startswith("FAIL")]


def words(*, state: bool = False) -> set[str]:
    return {line.split()[1] for line in fails(state=state)}


@pytest.fixture
def signed(opened: Opened, cast: Cast) -> Opened:
    """A record of some acts, the last of which is signed."""
    cast.officer(Office.CLERK)
    grow_to(9)
    opened.checkpoint()
    assert fails(state=True) == []
    return opened


def test_a_sound_record_says_so_with_its_size_and_root(signed: Opened) -> None:
    report = Report()
    last = verify(report, state=True)
    assert report.sound
    assert last.startswith("OK size=9 root=")
    assert " rows=8 " in last


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 600])
def test_case_41_a_record_of_any_size_is_sound(opened: Opened, size: int) -> None:
    grow_to(size)
    opened.checkpoint()
    assert fails(state=True) == []
    tree_of_all = tree.root_of(tree.leaf_hash(entry) for entry in behind.entries())
    assert bytes(Checkpoint.objects.get(size=size).root) == tree_of_all


def test_entries_that_are_not_signed_yet_are_sound(signed: Opened) -> None:
    grow_to(20)
    assert fails(state=True) == []


def test_case_01_one_byte_of_an_entry_edited(signed: Opened) -> None:
    entry = behind.entries()[3]
    behind.edit("UPDATE record_entry SET entry = %s WHERE seq = 3", entry.replace(b'"v":1', b'"v":2'))
    assert "ROOT" in words()
    assert any("#3" in line for line in fails() if " ROOT " in line)


def test_case_02_entry_and_its_leaf_hash_both_rewritten(signed: Opened) -> None:
    forged = behind.altered(behind.entries()[3], t=1_700_000_000)
    hashed = tree.leaf_hash(forged)
    behind.edit("UPDATE record_entry SET entry = %s, leaf = %s, t = 1700000000 WHERE seq = 3", forged, hashed)
    assert "ROOT" in words()


def test_case_03_everything_rewritten_coherently_without_a_new_signature(signed: Opened) -> None:
    def forge(entries: list[bytes]) -> list[bytes]:
        return [*entries[:5], behind.altered(entries[5], law="law.s1"), *entries[6:]]

    behind.rewrite(forge)
    assert words() == {"ROOT"}


def test_case_05_columns_for_searching_edited(signed: Opened) -> None:
    behind.edit("UPDATE record_entry SET act = 'unit.close' WHERE seq = 4")
    behind.edit("UPDATE record_entry SET t = t + 1 WHERE seq = 5")
    behind.edit("UPDATE record_entry SET act_id = %s WHERE seq = 6", "f" * 32)
    behind.edit("UPDATE record_entry SET capacity = 'appointment:0000000000000000' WHERE seq = 7")
    named = [line for line in fails() if " INDEX " in line]
    assert [line.split()[3].rstrip(":") for line in named] == ["#4", "#5", "#6", "#7"]


def test_case_06_a_governed_row_edited_behind_the_record(signed: Opened) -> None:
    unit = Unit.objects.order_by("pk")[0]
    behind.edit("UPDATE people_unit SET name = 'Somebody else''s' WHERE id = %s", unit.pk)
    assert fails() == []
    (named,) = fails(state=True)
    assert named.startswith(f"FAIL STATE {unit.pk}: ")


def test_case_06_a_governed_row_inserted_behind_the_record(signed: Opened) -> None:
    forged = new_reference("unit")
    behind.edit(
        "INSERT INTO people_unit (id, name, name_fr, unit_kind, code, path) VALUES (%s, 'x', '', 'city', '', 'x/')",
        forged,
    )
    (named,) = fails(state=True)
    assert named.startswith(f"FAIL STATE {forged}: no act made it")


def test_case_06_a_governed_row_deleted_behind_the_record(signed: Opened) -> None:
    unit = Unit.objects.order_by("-pk").filter(appointments=None)[0]
    behind.edit("DELETE FROM people_unit WHERE id = %s", unit.pk)
    (named,) = fails(state=True)
    assert named.startswith(f"FAIL STATE {unit.pk}: entry #")
    assert "deleted behind the record" in named


def test_case_06_a_row_edited_together_with_its_object(signed: Opened) -> None:
    """The commitment in ``object`` is made to match; the one in the entry cannot be."""
    unit = Unit.objects.order_by("pk")[0]
    behind.edit("UPDATE people_unit SET name = 'x' WHERE id = %s", unit.pk)
    standing = Standing.objects.get(pk=unit.pk)
    state = {"name": "x", "name_fr": "", "unit_kind": unit.unit_kind, "code": "", "parent": unit.parent_id,
             "path": unit.path, "closed_on": None}  # fmt: skip
    forged = leaf.commit_state(unit.pk, bytes(standing.nonce), standing.sv, state)
    behind.edit("UPDATE record_object SET st = %s WHERE reference = %s", forged, unit.pk)
    assert words(state=True) == {"OBJECT", "STATE"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE record_object SET n = n + 1 WHERE reference = %s",
        "UPDATE record_object SET act_id = 'x' WHERE reference = %s",
        "DELETE FROM record_object WHERE reference = %s",
        "UPDATE record_object SET reference = 'unit:0000000000000000' WHERE reference = %s",
    ],
)
def test_case_06_an_object_edited_or_taken_away(signed: Opened, statement: str) -> None:
    unit = Unit.objects.order_by("pk")[0]
    behind.edit(statement, unit.pk)
    assert "OBJECT" in words()


def test_a_nonce_edited_so_that_a_row_cannot_be_compared(signed: Opened) -> None:
    unit = Unit.objects.order_by("pk")[0]
    behind.edit("UPDATE record_object SET nonce = %s WHERE reference = %s", b"", unit.pk)
    (named,) = fails(state=True)
    assert "its nonce is gone, and no act declares the loss" in named


def test_case_07_a_disclosed_value_swapped(signed: Opened) -> None:
    behind.edit(
        "UPDATE record_payload SET value = '\"Another name\"' WHERE field = 'name' AND act_id = %s", _an_act()
    )
    (named,) = fails()
    assert named.startswith("FAIL COMMITMENT entry #")


def test_case_08_a_nonce_swapped(signed: Opened) -> None:
    behind.edit("UPDATE record_payload SET nonce = %s WHERE act_id = %s", secrets.token_bytes(32), _an_act())
    assert words() == {"COMMITMENT"}


def _an_act() -> str:
    return Entry.objects.filter(act="unit.add").order_by("seq")[0].act_id


def test_case_09_a_value_erased_by_an_act_is_sound_and_reported(signed: Opened, cast: Cast) -> None:
    target = _an_act()
    record_acts.erase(by=cast.officer(Office.CLERK), target=target, fields=["name"], law="foip.s1")
    assert not Payload.objects.filter(act_id=target, field="name").exists()
    said = findings(state=True)
    eraser = Entry.objects.get(act="record.erase").seq
    seq = Entry.objects.get(act_id=target).seq
    assert said == [f"NOTE COMMITMENT entry #{seq}: name was erased by #{eraser}"]


def test_an_erased_value_that_came_back_is_named(signed: Opened, cast: Cast) -> None:
    """As after a restore that did not erase anew."""
    target = _an_act()
    kept = Payload.objects.get(act_id=target, field="name")
    record_acts.erase(by=cast.officer(Office.CLERK), target=target, fields=["name"], law="foip.s1")
    behind.edit(
        "INSERT INTO record_payload (act_id, field, nonce, value) VALUES (%s, 'name', %s, %s)",
        target,
        bytes(kept.nonce),
        kept.value,
    )
    (named,) = fails()
    assert "is there again" in named


def test_case_10_a_value_missing_without_an_act_raises_the_alarm(signed: Opened) -> None:
    behind.edit("DELETE FROM record_payload WHERE act_id = %s", _an_act())
    (named,) = fails()
    assert "no act erased it" in named


def test_values_of_acts_that_are_not_in_the_record_are_named(signed: Opened) -> None:
    behind.edit(
        "INSERT INTO record_payload (act_id, field, nonce, value) VALUES (%s, 'name', %s, '1')",
        "f" * 32,
        b"n" * 32,
    )
    (named,) = fails()
    assert named.startswith("FAIL COMMITMENT " + "f" * 32)


def test_a_value_of_a_field_to_which_the_act_did_not_commit_is_named(signed: Opened) -> None:
    behind.edit(
        "INSERT INTO record_payload (act_id, field, nonce, value) VALUES (%s, 'code', %s, '1')",
        _an_act(),
        b"n" * 32,
    )
    (named,) = fails()
    assert "did not commit to a field 'code'" in named


def test_case_12_an_entry_deleted(signed: Opened) -> None:
    behind.edit("DELETE FROM record_entry WHERE seq = 4")
    assert {"BUNDLE", "ROOT"} <= words()


def test_case_12_the_last_signed_entry_deleted(signed: Opened) -> None:
    behind.edit("DELETE FROM record_entry WHERE seq = 8")
    assert "ROLLBACK" in words()


def test_case_12_an_entry_deleted_and_the_others_moved_up(signed: Opened, cast: Cast) -> None:
    unit = cast.unit()
    change_unit(by=SYSTEM, unit=unit, name="Harrow Falls and surroundings")
    change_unit(by=SYSTEM, unit=unit, name="Harrow Falls")
    gap = Entry.objects.filter(act="unit.change").order_by("seq")[0].seq
    behind.rewrite(lambda entries: entries[:gap] + entries[gap + 1 :])
    assert "COUNTER" in words()


def test_case_13_two_entries_swapped_with_their_hashes(signed: Opened) -> None:
    behind.rewrite(lambda entries: [*entries[:3], entries[4], entries[3], *entries[5:]])
    assert words() == {"ROOT"}


def test_case_14_an_entry_inserted_in_the_middle(signed: Opened) -> None:
    forged = behind.altered(behind.entries()[-1], id="f" * 32, obj=[])
    behind.rewrite(lambda entries: [*entries[:4], forged, *entries[4:]])
    assert "ROOT" in words()


@pytest.mark.parametrize("junk", [b"", b"{}", b"[]", b"\xff", b"x" * 70_000])
def test_case_14_what_is_no_entry_at_all_is_named_and_nothing_falls_over(signed: Opened, junk: bytes) -> None:
    behind.edit("UPDATE record_entry SET entry = %s WHERE seq = 4", junk)
    assert "ROOT" in words(state=True)


def test_case_16_a_database_put_back_to_yesterday(signed: Opened, cast: Cast) -> None:
    """Checkpoints and all are of yesterday, so that only the signer remembers."""
    grow_to(20)
    opened_later = signed.checkpoint()
    behind.rewrite(lambda entries: entries[:9])
    behind.edit("DELETE FROM record_checkpoint WHERE size = %s", opened_later.size)
    behind.edit("DELETE FROM record_object WHERE n >= 1 AND act_id NOT IN (SELECT act_id FROM record_entry)")
    behind.edit("DELETE FROM record_payload WHERE act_id NOT IN (SELECT act_id FROM record_entry)")
    behind.edit("DELETE FROM record_touch WHERE act_id NOT IN (SELECT act_id FROM record_entry)")
    (named,) = fails()
    assert named.startswith("FAIL ROLLBACK signer: the signer has signed 20 entries and there are 9")
    cast.unit("Library")
    with pytest.raises(checkpoints.Alarm):
        checkpoints.make_if_grown()


def test_case_18_an_entry_doubled(signed: Opened) -> None:
    doubled = behind.place([*behind.entries(), behind.entries()[4]]).entries[-1]
    behind.edit(
        "INSERT INTO record_entry (seq, act_id, entry, leaf, act, t, capacity) VALUES (9, %s, %s, %s, %s, %s, %s)",
        "e" * 32, doubled.entry, doubled.leaf, doubled.act, doubled.t, doubled.capacity,
    )  # fmt: skip
    found = words()
    assert {"LEAF", "HEAD", "INDEX"} <= found
    behind.edit("UPDATE record_checkpoint SET size = 10 WHERE size = 9")
    assert "SIGNATURE" in words()


def test_case_18_an_entry_doubled_in_the_middle(signed: Opened) -> None:
    def double(entries: list[bytes]) -> list[bytes]:
        return [*entries[:5], entries[4], *entries[5:8]]

    rows = behind.place(double(behind.entries())).entries
    for row in rows[5:]:
        behind.edit("UPDATE record_entry SET act_id = %s WHERE seq = %s", f"moving{row.seq}", row.seq)
    for row in rows[5:]:
        act_id = "e" * 32 if row.seq == 5 else row.act_id
        behind.edit(
            "UPDATE record_entry SET act_id = %s, entry = %s, leaf = %s WHERE seq = %s",
            act_id, row.entry, row.leaf, row.seq,
        )  # fmt: skip
    assert {"ROOT", "LEAF"} <= words()


def test_case_19_one_act_of_an_object_dropped_before_sequencing(signed: Opened, cast: Cast) -> None:
    unit = cast.unit()
    for name in ("One", "Two", "Three"):
        change_unit(by=SYSTEM, unit=unit, name=name)
    dropped = Entry.objects.filter(act="unit.change").order_by("seq")[1]
    behind.rewrite(lambda entries: [entry for entry in entries if dropped.act_id.encode() not in entry])
    assert "COUNTER" in words()


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        ("UPDATE record_head SET size = %s", 10),
        ("UPDATE record_head SET t_max = %s", 2_000_000_000),
        ("UPDATE record_head SET frontier = %s", b"x" * 64),
        ("UPDATE record_head SET frontier = %s", b"x"),
    ],
)
def test_a_head_edited_so_that_the_next_entry_would_be_misplaced(
    signed: Opened, statement: str, value: object
) -> None:
    behind.edit(statement, value)
    assert words() == {"HEAD"}


def test_a_tile_edited_or_taken_away_or_put_in(opened: Opened) -> None:
    grow_to(300)
    opened.checkpoint()
    behind.edit("UPDATE record_tile SET data = leaf FROM record_entry WHERE seq = 3")
    assert words() == {"TILE"}
    behind.edit("DELETE FROM record_tile")
    assert words() == {"TILE"}
    behind.edit("INSERT INTO record_tile (level, idx, data) VALUES (2, 7, %s)", b"x" * 32)
    assert any("tile/2/007" in line for line in fails())


def test_a_leaf_hash_edited_alone(signed: Opened) -> None:
    behind.edit("UPDATE record_entry SET leaf = %s WHERE seq = 3", b"x" * 32)
    assert words() == {"TILE"}


def test_a_checkpoint_whose_columns_are_not_its_notes(signed: Opened) -> None:
    behind.edit("UPDATE record_checkpoint SET root = %s", b"x" * 32)
    assert words() == {"SIGNATURE"}


def test_a_checkpoint_with_a_forged_signature(signed: Opened) -> None:
    note = Checkpoint.objects.get().note
    behind.edit("UPDATE record_checkpoint SET note = %s", note.replace("\n9\n", "\n8\n"))
    assert words() == {"SIGNATURE", "SIGNER"}


def test_a_checkpoint_larger_than_the_record_and_signed_by_its_key(signed: Opened) -> None:
    text = tlog.Checkpoint(signed.origin, 40, tree.leaf_hash(b"x")).text
    note = (text + b"\n" + signed.key.sign(text).line.encode()).decode()
    behind.edit(
        "INSERT INTO record_checkpoint (size, root, note, signed_at, published_at, named)"
        " SELECT 40, %s, %s, signed_at, published_at, named FROM record_checkpoint",
        tree.leaf_hash(b"x"),
        note,
    )
    assert "ROLLBACK" in words()


def test_an_older_checkpoint_of_another_history_is_a_fork(signed: Opened) -> None:
    text = tlog.Checkpoint(signed.origin, 5, tree.leaf_hash(b"x")).text
    note = (text + b"\n" + signed.key.sign(text).line.encode()).decode()
    behind.edit(
        "INSERT INTO record_checkpoint (size, root, note, signed_at, published_at, named)"
        " SELECT 5, %s, %s, signed_at, published_at, named FROM record_checkpoint",
        tree.leaf_hash(b"x"),
        note,
    )
    assert words() == {"FORK"}


def test_case_31_a_signer_with_an_older_memory_is_named(signed: Opened) -> None:
    older = signed.signer_state.read_bytes()
    grow_to(20)
    signed.checkpoint()
    for name in ("log.state", "log.mark"):
        (signed.keys / name).write_bytes(older)
    (named,) = fails()
    assert "remembers 9 entries only" in named


def test_case_33_a_signer_that_signed_another_root_is_named(signed: Opened) -> None:
    other = tlog.Checkpoint(signed.origin, 9, tree.leaf_hash(b"x")).text
    for name in ("log.state", "log.mark"):
        (signed.keys / name).write_bytes(other)
    (named,) = fails()
    assert "two different roots" in named


def test_what_waits_longer_than_a_minute_for_its_place_is_named(signed: Opened) -> None:
    Intake.objects.create(act_id="f" * 32, entry=b"{}", entered_at=1)
    (named,) = fails()
    assert named.startswith("FAIL INTAKE " + "f" * 32)


def test_case_35_a_time_set_back_is_named(signed: Opened) -> None:
    def backdate(entries: list[bytes]) -> list[bytes]:
        early = json.loads(entries[5])["t"] - 4000
        return [*entries[:5], behind.altered(entries[5], t=early), *entries[6:]]

    behind.rewrite(backdate)
    assert words() == {"ROOT", "TIME"}


def test_the_index_of_acts_by_object_is_recounted(signed: Opened) -> None:
    behind.edit("UPDATE record_touch SET act_id = %s WHERE n = 1 AND act_id = %s", "f" * 32, _an_act())
    assert words() == {"INDEX"}


def test_the_quorum_is_asked_for_as_the_policy_says(opened: Opened, neighbour: Make, cast: Cast) -> None:
    clerk = neighbour("clerk")
    opened.trust("clerk", needed=1, witnesses=[clerk])
    opened.checkpoint()
    assert verify(Report()).endswith("quorum=met")
    clerk.stop()
    cast.unit("Parks")
    opened.checkpoint()
    assert verify(Report()).endswith("quorum=not met (1 entries not yet witnessed)")
