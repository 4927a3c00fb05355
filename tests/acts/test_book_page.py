"""The documentation's book of acts is what the program declares."""

from __future__ import annotations

import io
import json
from pathlib import Path

from django.core.management import call_command

from undersigned.acts.book import Act

PAGE = Path(__file__).resolve().parents[2] / "docs" / "acts.md"


def printed(*words: str) -> str:
    out = io.StringIO()
    call_command("acts", *words, stdout=out)
    return out.getvalue()


def test_the_page_is_what_the_program_prints() -> None:
    """When this fails: undersigned acts --markdown > docs/acts.md"""
    assert PAGE.read_text(encoding="utf-8") == printed("--markdown")


def test_every_act_of_the_closed_list_stands_in_it_once() -> None:
    acts = [one["act"] for one in json.loads(printed("--json"))["acts"]]
    assert acts == [act.value for act in Act]
