"""The record's own acts: what they must say so that the auditor believes them."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.record.audit.exports import LOG, ORIGIN, CityLog, audit, write_export

from undersigned.record.tlog.leaf import Fact


def of(tmp_path: Path, log: CityLog) -> set[str]:
    return audit(write_export(tmp_path / "export", log.entries)).words


def test_a_record_that_does_not_begin_with_record_open_is_refused(tmp_path: Path) -> None:
    log = CityLog()
    log.enter("post.draft", on=["post:0000000000000001"])

    assert of(tmp_path, log) == {"LEAF"}


@pytest.mark.parametrize("act", ["record.heartbeat", "record.rotate_key"])
def test_no_other_act_of_the_record_may_stand_first(tmp_path: Path, act: str) -> None:
    log = CityLog()
    log.enter(act, facts={"key": LOG.key.vkey, "origin": ORIGIN})

    assert of(tmp_path, log) == {"LEAF"}


def test_a_record_is_opened_only_once(tmp_path: Path, log: CityLog) -> None:
    log.enter("record.open", facts={"origin": ORIGIN})

    assert of(tmp_path, log) == {"LEAF"}


def test_a_record_opened_for_another_origin_is_refused(tmp_path: Path) -> None:
    log = CityLog()
    log.enter("record.open", facts={"origin": "elsewhere.example/.well-known/undersigned/record"})

    assert of(tmp_path, log) == {"LEAF"}


OLD = "city.example/.well-known/undersigned/record"
CITES: Mapping[str, Fact] = {"cites_origin": OLD, "cites_size": 70, "cites_root": f"{'A' * 43}="}


def test_a_record_that_follows_another_says_from_which_checkpoint(tmp_path: Path) -> None:
    log = CityLog()
    log.enter("record.open", facts={"origin": ORIGIN, **CITES})

    said = audit(write_export(tmp_path / "export", log.entries))

    assert said.status == 0
    (remark,) = [line for line in said.lines if line.startswith("NOTE ORIGIN")]
    assert f"follows {OLD} from its first 70 entries on, whose root is {CITES['cites_root']}" in remark


@pytest.mark.parametrize(
    "forged",
    [
        {"cites_size": 0},
        {"cites_size": "70"},
        {"cites_root": "AAAA"},
        {"cites_root": "not/base64!".replace("!", "=")},
        {"cites_origin": ORIGIN},
        {"cites_origin": 7},
        {"cites_size": None},
        {"cites_root": None},
        {"cites_origin": None},
    ],
)
def test_a_record_that_cites_half_a_checkpoint_or_itself_is_refused(
    tmp_path: Path, forged: Mapping[str, Fact | None]
) -> None:
    said = {"origin": ORIGIN, **CITES, **forged}
    log = CityLog()
    log.enter("record.open", facts={name: value for name, value in said.items() if value is not None})

    assert of(tmp_path, log) == {"LEAF"}


def test_heartbeats_restatements_and_repudiations_are_plain_acts(tmp_path: Path, log: CityLog) -> None:
    log.enter("record.heartbeat")
    log.enter("record.restate", on=["post:0000000000000000"])
    log.enter("record.repudiate", facts={"act": list(log.secrets)[2]})
    log.enter("record.rotate_key", facts={"key": LOG.key.vkey})
    log.enter("record.declare_loss", facts={"first": 1, "last": 10})

    assert of(tmp_path, log) == set()


@pytest.mark.parametrize(
    "facts",
    [
        {"fields": "note"},
        {"act": "0" * 32, "fields": "note"},
        {"act": "later", "fields": "note"},
        {"act": "target"},
        {"act": "target", "fields": "note,name"},
        {"act": "target", "fields": "note,"},
        {"act": "target", "fields": 1},
    ],
)
def test_an_erasure_must_name_fields_that_an_earlier_act_committed_to(
    tmp_path: Path, log: CityLog, facts: Mapping[str, Fact]
) -> None:
    named = {"target": list(log.secrets)[3], "later": "f" * 32}
    log.enter(
        "record.erase",
        facts={name: named.get(str(value), value) for name, value in facts.items()},
        law="gdpr-17.1",
    )
    log.enter("post.draft", on=["post:00000000000000ee"], act_id="f" * 32)

    assert of(tmp_path, log) == {"LEAF"}


def test_an_erasure_must_cite_a_law(tmp_path: Path, log: CityLog) -> None:
    log.enter("record.erase", facts={"act": list(log.secrets)[3], "fields": "note"})

    assert of(tmp_path, log) == {"LEAF"}


@pytest.mark.parametrize("act", ["record.correct_clock", "record.declare_loss"])
@pytest.mark.parametrize(
    "facts",
    [
        {"first": 1},
        {"first": 3, "last": 2},
        {"first": -1, "last": 2},
        {"first": 1, "last": 7},
        {"first": True, "last": 2},
        {"first": "1", "last": "2"},
    ],
)
def test_a_range_of_entries_must_be_of_earlier_ones(
    tmp_path: Path, log: CityLog, act: str, facts: Mapping[str, Fact]
) -> None:
    log.enter(act, facts=facts)

    assert of(tmp_path, log) == {"LEAF"}


def test_a_rotation_must_name_its_key(tmp_path: Path, log: CityLog) -> None:
    log.enter("record.rotate_key")

    assert of(tmp_path, log) == {"LEAF"}


def test_an_entry_over_4096_bytes_is_remarked_and_not_refused(tmp_path: Path, log: CityLog) -> None:
    log.enter("post.draft", facts={f"f{number:03d}": "x" * 250 for number in range(20)})

    said = audit(write_export(tmp_path / "export", log.entries))

    assert said.status == 0
    assert "NOTE LEAF tile/entries/000.p/8#7: an entry of more than 4096 bytes" in said.lines


def test_entries_that_are_not_of_the_grammar_are_named(tmp_path: Path, log: CityLog) -> None:
    log.entries.append(b'{"hello":"world"}')
    log.entries.append(log.entries[3].replace(b'"law":null', b'"law": null'))

    said = audit(write_export(tmp_path / "export", log.entries))

    assert said.words == {"LEAF"}
    assert [line.split(":")[0] for line in said.lines] == [
        "FAIL LEAF tile/entries/000.p/9#7",
        "FAIL LEAF tile/entries/000.p/9#8",
    ]


def test_many_findings_of_one_kind_are_counted_and_not_all_shown(tmp_path: Path, log: CityLog) -> None:
    log.entries += [b"junk"] * 50

    said = audit(write_export(tmp_path / "export", log.entries))

    assert len(said.lines) == 21
    assert said.lines[-1] == "FAIL LEAF elsewhere: 30 more of this kind are not shown"
