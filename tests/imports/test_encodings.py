"""Files in any encoding, and in two at once."""

from pathlib import Path

import pytest
from tests.imports.bringing import bring, cells_of, rows_of, said

ACCENTED = "Nom,Unité\nZoé Lefèvre,Façade à l’été\nFrançois Noël,Hôtel-de-Ville\n"
EXPECTED = [["Zoé Lefèvre", "Façade à l’été"], ["François Noël", "Hôtel-de-Ville"]]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"]
)
def test_a_file_reads_the_same_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    sheet = bring(tmp_path, ACCENTED.encode(encoding))
    assert sheet.columns == ("Nom", "Unité")
    assert cells_of(sheet) == EXPECTED


@pytest.mark.parametrize(("encoding", "label"), [("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman")])
def test_an_older_encoding_is_named_once_with_the_first_row_to_check(
    tmp_path: Path, encoding: str, label: str
) -> None:
    plain = "Name,Unit\nAnn Roe,Roads\n"
    sheet = bring(tmp_path, plain.encode() + "Zoé Lefèvre,Parks\nNoël Poe,Water\n".encode(encoding))
    assert said(sheet) == [
        (
            3,
            (
                f"This file is not written in UTF-8. It was read as {label}: check the accents, of which this row has "
                "the first. If they are wrong, save the file as CSV UTF-8."
            ),
        )
    ]


def test_rows_in_another_encoding_than_the_rest_are_read_and_named(tmp_path: Path) -> None:
    content = "Name,Unit\nZoé,Cité\n".encode() + "Noël,Fête\n".encode("cp1252") + "Léa,Été\n".encode()
    sheet = bring(tmp_path, content)
    assert cells_of(sheet) == [["Zoé", "Cité"], ["Noël", "Fête"], ["Léa", "Été"]]
    assert said(sheet) == [
        (
            3,
            (
                "This row is not written in UTF-8 as others are. It was read as Windows-1252: check its accents, "
                "and save the whole file in one encoding."
            ),
        )
    ]


def test_two_encodings_within_one_row_are_both_read(tmp_path: Path) -> None:
    sheet = bring(tmp_path, b"Name,Unit\n" + "Zoé,".encode() + "Cité\n".encode("cp1252"))
    assert cells_of(sheet) == [["Zoé", "Cité"]]


def test_bytes_that_are_no_letter_in_any_encoding_are_shown_as_such_and_named(tmp_path: Path) -> None:
    sheet = bring(tmp_path, b"Name,Unit\nAnn Roe,Roads\nCaf\x81 \xe9t\xe9,Parks\n")
    assert (
        3,
        "This row holds characters that could not be read; each stands as \ufffd. Type them again.",
    ) in said(sheet)
    assert len(rows_of(sheet)) == 2


def test_nul_characters_are_left_out_and_their_row_named(tmp_path: Path) -> None:
    sheet = bring(tmp_path, b"Name,Unit\nAnn\0 Roe,Roads\nMary Poe,Parks\n")
    assert cells_of(sheet)[0] == ["Ann Roe", "Roads"]
    assert said(sheet) == [
        (2, "This row held NUL characters, which mean nothing in a table. They were left out.")
    ]


def test_json_in_an_older_encoding_is_read_and_its_line_named(tmp_path: Path) -> None:
    sheet = bring(tmp_path, '[\n{"name": "Zoé"}]'.encode("cp1252"), "list.json")
    assert cells_of(sheet) == [["Zoé"]]
    assert said(sheet)[0][1].startswith("Line 2 is not written in UTF-8 throughout.")


def test_characters_that_were_lost_before_are_reported_in_json_too(tmp_path: Path) -> None:
    sheet = bring(tmp_path, '[\n{"name": "Zo\ufffd"}]', "list.json")
    assert said(sheet) == [
        (None, "Line 2 holds characters that could not be read. Look for \ufffd and type them again.")
    ]


def test_yaml_in_an_older_encoding_is_read_and_its_line_named(tmp_path: Path) -> None:
    sheet = bring(tmp_path, "- name: Zoé\n- name: Noël\n".encode("cp1252"), "list.yaml")
    assert cells_of(sheet) == [["Zoé"], ["Noël"]]
    assert said(sheet)[0][1].startswith("Line 1 is not written in UTF-8 throughout.")
