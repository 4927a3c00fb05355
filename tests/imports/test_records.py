"""YAML and JSON: records that hold records, whichever way round they are written."""

import json
from pathlib import Path

import pytest
from tests.imports.bringing import bring, cells_of, rows_of, said

from undersigned.imports.sheets import Limits, Row, Unreadable

REGISTER = """
# official accounts
- id:
    number: '02222'
    ledger: 412664
  social:
    x: HarrowParks
    ok: no
- id:
    number: '02019'
  social:
    x: harrowroads
    mastodon: '@roads@harrow.example'
    nothing: ~
"""


def test_yaml_records_become_rows_with_dotted_columns(tmp_path: Path) -> None:
    sheet = bring(tmp_path, REGISTER, "register.yaml")
    assert sheet.kind == "yaml"
    assert sheet.columns == (
        "id.number",
        "id.ledger",
        "social.x",
        "social.ok",
        "social.mastodon",
        "social.nothing",
    )
    assert cells_of(sheet) == [
        ["02222", "412664", "HarrowParks", "no", "", ""],
        ["02019", "", "harrowroads", "", "@roads@harrow.example", ""],
    ]
    assert [row.number for row in sheet.rows()] == [1, 2]


def test_json_reads_the_same_as_yaml_and_keeps_every_digit(tmp_path: Path) -> None:
    content = (
        '[{"id": {"number": "02222", "x": 234128524123456789012, "share": 1.10}, "live": true, "left": null}]'
    )
    sheet = bring(tmp_path, content, "register.json")
    assert rows_of(sheet) == [
        Row(
            1,
            {
                "id.number": "02222",
                "id.x": "234128524123456789012",
                "id.share": "1.10",
                "live": "true",
                "left": "",
            },
        )
    ]


def test_the_content_decides_the_format_and_not_the_name(tmp_path: Path) -> None:
    assert bring(tmp_path, REGISTER, "register.csv").kind == "yaml"
    assert bring(tmp_path, '[{"name": "Poe"}]', "register.csv").kind == "json"
    assert bring(tmp_path, "Name,Unit\nPoe,Parks\n", "register.json").kind == "csv"
    assert bring(tmp_path, "Name,Unit\nPoe,Parks\n", "register.xlsx").kind == "csv"
    assert bring(tmp_path, "Name,Unit\nPoe,Parks\n", "register").kind == "csv"


@pytest.mark.parametrize(
    "content",
    [
        '[{"name": "Poe", "unit": "Parks"}, {"name": "Roe", "unit": "Roads"}]',
        '{"name": "Poe", "unit": "Parks"}\n\n{"name": "Roe", "unit": "Roads"}\n',
        '{"name": ["Poe", "Roe"], "unit": ["Parks", "Roads"]}',
        '{"people": [{"name": "Poe", "unit": "Parks"}, {"name": "Roe", "unit": "Roads"}]}',
        '[["name", "unit"], ["Poe", "Parks"], ["Roe", "Roads"]]',
        "people:\n  - {name: Poe, unit: Parks}\n  - {name: Roe, unit: Roads}\n",
        "---\nname: Poe\nunit: Parks\n---\nname: Roe\nunit: Roads\n",
    ],
)
def test_the_records_are_found_whichever_way_round_they_are_written(tmp_path: Path, content: str) -> None:
    sheet = bring(tmp_path, content, "people.txt")
    assert sheet.columns == ("name", "unit")
    assert cells_of(sheet) == [["Poe", "Parks"], ["Roe", "Roads"]]


def test_records_under_their_keys_get_the_key_as_a_column(tmp_path: Path) -> None:
    sheet = bring(tmp_path, '{"E7": {"name": "Poe"}, "E8": {"name": "Roe"}}', "people.json")
    assert cells_of(sheet) == [["E7", "Poe"], ["E8", "Roe"]]


def test_what_stands_beside_the_list_of_records_is_named_as_not_read(tmp_path: Path) -> None:
    sheet = bring(tmp_path, '{"made": "2024-12-06", "people": [{"name": "Poe"}]}', "people.json")
    assert said(sheet) == [
        (
            None,
            "“made” was not read: the records were taken from “people”. If it is needed, save it as a file of its own.",
        )
    ]


def test_lists_of_values_are_joined_and_lists_of_records_numbered(tmp_path: Path) -> None:
    record = {
        "tags": ["a", "b"],
        "phones": [{"kind": "desk", "number": "1"}, {"kind": "cell", "number": "2"}],
    }
    sheet = bring(tmp_path, json.dumps([record, {"tags": []}]), "people.json")
    assert rows_of(sheet)[0].cells == {
        "tags": "a; b",
        "phones.1.kind": "desk",
        "phones.1.number": "1",
        "phones.2.kind": "cell",
        "phones.2.number": "2",
    }


@pytest.mark.parametrize("mark", ["&all Poe", "*all", "&all [1, 2]"])
def test_yaml_anchors_and_aliases_are_refused_with_their_line(tmp_path: Path, mark: str) -> None:
    with pytest.raises(Unreadable, match=r"^Line 2 uses an anchor or alias \(& or \*\)") as refusal:
        bring(tmp_path, f"- name: Roe\n- name: {mark}\n", "list.yaml")
    assert str(refusal.value).endswith("Nothing was read. Write the values out.")


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system ['true']", "!!str 7", "!mine x"])
def test_yaml_tags_are_refused_with_their_line(tmp_path: Path, tag: str) -> None:
    with pytest.raises(Unreadable, match=r"^Line 3 uses a tag \(!\)"):
        bring(tmp_path, f"- name: Roe\n  unit: Parks\n  note: {tag}\n", "list.yaml")


def test_yaml_that_would_unfold_without_end_is_refused_at_once(tmp_path: Path) -> None:
    laughs = "a: &a [lol, lol]\n" + "".join(
        f"{n}: &{n} [*{p}, *{p}, *{p}]\n" for p, n in zip("abcdef", "bcdefg", strict=False)
    )
    with pytest.raises(Unreadable, match="Line 1 uses an anchor"):
        bring(tmp_path, laughs, "list.yaml")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("- name: Roe\n- name: Poe\n  unit: a\n  name: Poe again\n", "list.yaml"),
        ('[{"name": "Roe"}, {"name": "Poe", "unit": "a", "name": "Poe again"}]', "list.json"),
    ],
)
def test_a_name_that_stands_twice_in_a_record_is_reported_and_the_first_kept(
    tmp_path: Path, content: str, name: str
) -> None:
    sheet = bring(tmp_path, content, name)
    assert [row.cells["name"] for row in sheet.rows()] == ["Roe", "Poe"]
    assert [(problem.row, problem.field) for problem in sheet.problems] == [(2, "name")]
    assert "stands twice in this record" in sheet.problems[0].what


def test_a_record_of_nothing_but_repeated_names_is_read_soon(tmp_path: Path) -> None:
    names = ",".join(f'"n{number % 400}": 1' for number in range(60_000))
    sheet = bring(tmp_path, f"[{{{names}}}]", "list.json")
    assert len(rows_of(sheet)[0].cells) == len(sheet.problems) == 400


@pytest.mark.parametrize(
    ("content", "name", "line"),
    [
        ('[\n{"name": "Poe"},\n{"name": "Ro', "list.json", 3),
        ('[\n{"name": "Poe"}\n{"name": "Roe"}\n]', "list.json", 3),
        ('[{"name": "Poe"}]\n[]', "list.json", 2),
        ('{"people":\n [{"name": "Poe"}', "list.json", 2),
        ("- name: Poe\n- name: 'Roe\n", "list.yaml", 3),
        ("- name: Poe\n\t- name: Roe\n", "list.yaml", 2),
    ],
)
def test_a_file_that_breaks_off_is_refused_whole_with_the_line(
    tmp_path: Path, content: str, name: str, line: int
) -> None:
    with pytest.raises(Unreadable, match=f"it breaks off on line {line}. Nothing was read."):
        bring(tmp_path, content, name)


def test_a_broken_line_among_records_one_a_line_loses_no_other(tmp_path: Path) -> None:
    sheet = bring(tmp_path, '{"name": "Poe"}\n{"name": \n{"name": "Roe"}\n', "list.jsonl")
    assert [(row.number, row.cells["name"]) for row in sheet.rows()] == [(1, "Poe"), (3, "Roe")]
    assert sheet.set_aside == [2]


def test_an_entry_that_is_no_record_is_set_aside(tmp_path: Path) -> None:
    sheet = bring(tmp_path, '[{"name": "Poe"}, 7, {"name": "Roe"}]', "list.json")
    assert cells_of(sheet) == [["Poe"], ["Roe"]]
    assert sheet.problems[0].what == (
        "This entry is not a record with named fields. It was left out. Write it like the others."
    )


def test_a_record_that_is_nested_too_deep_is_set_aside_and_the_others_are_read(tmp_path: Path) -> None:
    deep = '{"a": ' * 30 + "1" + "}" * 30
    sheet = bring(tmp_path, f'[{{"name": "Poe"}}, {deep}, {{"name": "Roe"}}]', "list.json")
    assert cells_of(sheet) == [["Poe"], ["Roe"]]
    assert (sheet.set_aside, sheet.columns) == ([2], ("name",))


@pytest.mark.parametrize(
    "content", ["[" * 200_000, '{"a":' * 200_000, '[{"a":' + "[" * 100_000 + "]" * 100_000 + "}]"]
)
def test_json_nested_without_end_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(Unreadable, match="Nothing was read"):
        bring(tmp_path, content, "list.json")


def test_yaml_nested_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="nested more than 20 levels deep"):
        bring(tmp_path, "- " + "[" * 50_000, "list.yaml")


@pytest.mark.parametrize("content", ["[]", "{}", "[1, 2]", '["a"]', "- a\n- b\n"])
def test_a_file_without_records_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(Unreadable, match="Write it as a list of records"):
        bring(tmp_path, content, "list.yaml" if content.startswith("-") else "list.json")


def test_large_yaml_is_refused_with_a_faster_way(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="Save it as CSV or as JSON"):
        bring(tmp_path, REGISTER, "list.yaml", Limits(yaml=20))


def test_a_large_object_is_refused_with_a_shape_that_can_be_any_size(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="must be a list of records, or hold one record on each line"):
        bring(tmp_path, '{"people":\n [{"name": "Poe"}]}', "list.json", Limits(json_object=20))
