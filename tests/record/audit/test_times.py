"""Cases 35 and 36: what an entry's time may say, given the others and what witnesses saw."""

from pathlib import Path

from tests.record.audit.exports import AUDITOR, CLERK, OPENED, CityLog, audit, signed, write, write_export


def test_case_35_an_entry_backdated_below_the_running_maximum(tmp_path: Path, log: CityLog) -> None:
    log.enter("post.approve", on=["post:00000000000000ff"], t=OPENED + 60)
    tolerated = write_export(tmp_path / "tolerated", log.entries)
    assert audit(tolerated).status == 0, "300 seconds are what clocks and transactions may take"

    log.enter("post.approve", on=["post:00000000000000fe"], t=OPENED + 59)
    said = audit(write_export(tmp_path / "export", log.entries))

    assert said.words == {"TIME"}
    assert "FAIL TIME tile/entries/000.p/9#8: " in said.text()


def test_case_35_an_entry_dated_after_a_witness_had_already_seen_it(tmp_path: Path, log: CityLog) -> None:
    seen = OPENED + 360
    log.enter("post.approve", on=["post:00000000000000ff"], t=seen + 301)
    export = write_export(tmp_path / "export", log.entries, signed(log.entries, at=seen))

    said = audit(export)

    assert said.words == {"TIME"}
    assert f"is after {seen}, when a witness had already seen it" in said.text()


def test_case_35_the_witness_may_be_one_that_only_a_kept_checkpoint_shows(
    tmp_path: Path, log: CityLog
) -> None:
    log.enter("post.approve", on=["post:00000000000000ff"], t=OPENED + 5_000)
    export = write_export(tmp_path / "export", log.entries, signed(log.entries, at=OPENED + 6_000))
    kept = signed(log.entries, at=OPENED + 500, witnesses=(AUDITOR,))

    assert audit(export).status == 0
    assert audit(export, kept=[kept]).words == {"TIME"}


def test_case_35_the_smallest_checkpoint_that_covers_an_entry_counts(tmp_path: Path, log: CityLog) -> None:
    export = write_export(tmp_path / "export", log.entries)
    write(export / "checkpoints/4", signed(log.entries[:4], at=OPENED + 180))
    assert audit(export).status == 0

    write(export / "checkpoints/6", signed(log.entries[:6], at=OPENED - 100))
    said = audit(export)
    assert said.words == {"TIME"}
    assert "#4: " in said.text()
    assert "#5: " in said.text()
    assert "#6: " not in said.text()


def test_an_entry_dated_before_the_checkpoint_that_lacks_it_is_remarked(tmp_path: Path, log: CityLog) -> None:
    export = write_export(tmp_path / "export", log.entries, signed(log.entries, at=OPENED + 2_000))
    write(export / "checkpoints/4", signed(log.entries[:4], at=OPENED + 1_000))

    said = audit(export)

    assert said.status == 0, "a late witness looks the same"
    assert "NOTE TIME tile/entries/000.p/7#4: 3 entries from here on are dated before " in said.text()


def ahead_of_time(log: CityLog) -> None:
    """Two entries made while the clock was a day ahead, and two after it was set right."""
    day = 86_400
    for number in range(2):
        log.enter("post.adopt", on=[f"post:{0xA0 + number:016x}"], t=OPENED + day + number)
    log.enter("record.correct_clock", facts={"first": 7, "last": 8}, t=OPENED + 600)
    log.enter("post.adopt", on=[f"post:{0xA2:016x}"], t=OPENED + 660)


def test_case_36_a_clock_that_was_ahead_and_is_corrected_by_an_act_is_printed(
    tmp_path: Path, log: CityLog
) -> None:
    ahead_of_time(log)

    said = audit(write_export(tmp_path / "export", log.entries))

    assert said.status == 0
    assert (
        "NOTE TIME tile/entries/000.p/11#9: record.correct_clock says that entries 7 to 8 bear a wrong time"
        in said.lines
    )
    assert any(line.startswith("NOTE TIME tile/entries/000.p/11#7: ") for line in said.lines)


def test_case_36_a_correction_covers_only_the_entries_that_it_names(tmp_path: Path, log: CityLog) -> None:
    ahead_of_time(log)
    log.entries[9] = log.entries[9].replace(b'"first":7', b'"first":8')

    said = audit(write_export(tmp_path / "export", log.entries))

    assert said.words == {"TIME"}


def test_case_36_a_correction_must_name_earlier_entries(tmp_path: Path, log: CityLog) -> None:
    log.enter("record.correct_clock", facts={"first": 5, "last": 7})

    assert audit(write_export(tmp_path / "export", log.entries)).words == {"LEAF"}


def test_a_late_cosignature_beside_an_early_one_does_not_matter(tmp_path: Path, log: CityLog) -> None:
    export = write_export(tmp_path / "export", log.entries, signed(log.entries, witnesses=(CLERK, AUDITOR)))

    assert audit(export, kept=[signed(log.entries, at=OPENED + 90_000)]).status == 0
