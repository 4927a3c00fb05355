from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

import pikepdf
import pytest
from django.utils import translation
from tests.accounts.report.test_forms import HOSTILE, hostile
from tests.accounts.report.town import report, subjects

from undersigned.accounts.report import AuditReport, as_pdf, compile_report
from undersigned.accounts.report.to_pdf import drawable


def opened(given: AuditReport) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(as_pdf(given)))


def tags(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Every element of the structure tree, in reading order."""
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop(0)
        if not isinstance(element, pikepdf.Dictionary):
            continue
        if "/S" in element:
            yield element
        kids = element.get("/K", [])
        waiting[:0] = list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def named(pdf: pikepdf.Pdf, *names: str) -> list[pikepdf.Dictionary]:
    return [element for element in tags(pdf) if str(element.S) in names]


def titles(pdf: pikepdf.Pdf) -> list[str]:
    """The headings, as the outline of the document lists them."""
    with pdf.open_outline() as outline:
        return [item.title for item in outline.root]


def test_the_document_is_tagged_and_says_that_it_is_accessible() -> None:
    pdf = opened(report())
    assert bool(pdf.Root.MarkInfo.Marked)
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Official accounts of Harrow Falls: audit"


def test_the_document_shows_its_title_and_names_its_language() -> None:
    pdf = opened(report())
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.Root.Lang) == "en"


def test_a_french_report_says_so() -> None:
    with translation.override("fr"):
        assert str(opened(replace(report(), language="fr")).Root.Lang) == "fr"


def test_its_parts_are_headings_in_the_order_council_reads_them() -> None:
    assert titles(opened(report())) == [
        "Units",
        "Checks that fail most",
        "Red accounts",
        "Every account",
        "Names that look alike",
        "What is checked",
    ]


def test_every_table_has_header_cells() -> None:
    pdf = opened(report())
    tables = named(pdf, "/Table")
    assert len(tables) == 6
    assert len(named(pdf, "/TH")) == 8 + 3 + 3 + 7 + 4 + 6


def test_one_page_of_summary_comes_first_however_many_units_there_are() -> None:
    some = subjects()
    for units in (1, 18, 60):
        given = [
            replace(some[n % 7], key=str(n), handle=f"a{n}", unit=f"Unit {n % units}") for n in range(120)
        ]
        pdf = opened(compile_report(city="Harrow Falls", as_of=report().as_of, subjects=given))
        with pdf.open_outline() as outline:
            pages = {item.title: pdf.pages.index(pikepdf.Page(item.destination[0])) for item in outline.root}
        assert (pages["Units"], pages["Checks that fail most"], pages["Red accounts"]) == (0, 0, 1)


def test_every_page_has_a_number() -> None:
    pdf = opened(report())
    assert [pdf.pages[n].label for n in range(len(pdf.pages))] == [str(n + 1) for n in range(len(pdf.pages))]


def test_a_report_without_accounts_still_says_what_is_checked() -> None:
    assert titles(opened(report([]))) == ["What is checked"]


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_can_be_printed(name: str) -> None:
    assert len(opened(hostile(name)).pages) >= 3


def test_a_letter_that_no_face_has_is_written_out_by_its_number() -> None:
    assert drawable(["Ольга", {"name": "王 é"}, 3]) == ["Ольга", {"name": "[U+738B] é"}, 3]


def test_the_same_report_is_the_same_document() -> None:
    assert as_pdf(report()) == as_pdf(report())
