"""The record's pages: for everybody what is public, and to those who may know it what is not."""

from __future__ import annotations

import io
import json
import re
import secrets
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.cast import Cast, filled
from tests.record.conftest import Neighbour, Opened
from tests.record.test_publishing import grow_to

from undersigned.acts import Officer
from undersigned.people import acts
from undersigned.people.states import Office
from undersigned.record.models import Entry, Payload

Make = Callable[[str], Neighbour]

pytestmark = pytest.mark.django_db(transaction=True)


def act_of(officer: Officer) -> str:
    act_id = secrets.token_hex(16)
    acts.add_unit.once(act_id)(by=officer, name="Parks and paths")
    return act_id


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def page(act_id: str, route: str = "record:act") -> str:
    return reverse(route, args=[act_id])


def test_everybody_reads_how_the_record_stands(opened: Opened, client: Client) -> None:
    assert "nothing signed yet" in text(client, "/record/")
    made = opened.checkpoint()
    shown = text(client, "/record/")
    assert "signed, without witnesses" in shown
    assert opened.origin in shown
    assert "Whoever owns that server could sign another history" in shown
    assert bytes(made.root).hex()[:8] in shown


def test_the_page_names_each_witness_and_what_it_saw(
    opened: Opened, neighbour: Make, client: Client, cast: Cast
) -> None:
    clerk, auditor = neighbour("clerk"), neighbour("auditor")
    opened.trust("clerk", "auditor", needed=1, witnesses=[clerk, auditor])
    auditor.stop()
    opened.checkpoint()
    shown = text(client, "/record/")
    assert "signed and witnessed" in shown
    assert "auditor" in shown
    assert "never" in shown


def test_acts_are_found_by_id_by_what_they_changed_by_kind_and_by_day(
    opened: Opened, client: Client, cast: Cast
) -> None:
    act_id = act_of(cast.officer(Office.HR))
    unit = json.loads(bytes(Entry.objects.get(act_id=act_id).entry))["obj"][0]["o"]
    for query, found in {
        f"about={act_id}": True,
        f"about={unit}": True,
        "act=unit.add": True,
        "about=" + "f" * 32: False,
        "about=unit:0000000000000000": False,
        "act=unit.close": False,
        "day_day=1&day_month=1&day_year=1999": False,
    }.items():
        assert (page(act_id) in text(client, f"/record/?{query}")) is found, query
    assert "An id has 32 letters and figures" in text(client, "/record/?about=nonsense")


def test_an_act_shows_everybody_its_office_and_not_its_name(
    opened: Opened, client: Client, cast: Cast
) -> None:
    act_id = act_of(cast.officer(Office.HR))
    shown = text(client, page(act_id))
    assert "human resources officer, Harrow Falls" in shown
    assert "Harriet Lowmoor" not in shown
    assert "closed" in shown
    assert "entered, not yet signed" in shown
    opened.checkpoint()
    assert "entered and signed" in text(client, page(act_id))


@pytest.mark.parametrize("office", [Office.CLERK, Office.RECORDS_OFFICER, Office.AUDITOR])
def test_clerk_records_officer_and_auditor_see_the_values(opened: Opened, cast: Cast, office: Office) -> None:
    act_id = act_of(cast.officer(Office.HR))
    shown = text(cast.browser(office), page(act_id))
    assert "Harriet Lowmoor, human resources officer, Harrow Falls" in shown


def test_who_acted_sees_the_values_and_a_colleague_does_not(opened: Opened, cast: Cast) -> None:
    act_id = act_of(cast.officer(Office.HR))
    assert "Harriet Lowmoor, human" in text(cast.browser(Office.HR), page(act_id))
    assert "Harriet Lowmoor, human" not in text(cast.browser(Office.MEMBER), page(act_id))


def test_a_receipt_discloses_what_its_reader_may_know_and_no_more(
    opened: Opened, client: Client, cast: Cast
) -> None:
    act_id = act_of(cast.officer(Office.HR))
    opened.checkpoint()
    for browser, disclosed in ((client, set()), (cast.browser(Office.HR), {"who", "name"})):
        answer = browser.get(page(act_id, "record:receipt"))
        assert answer["Content-Disposition"] == f'attachment; filename="{act_id}.zip"'
        with ZipFile(io.BytesIO(answer.content)) as packed:
            assert set(packed.namelist()) == {
                f"{act_id}.{kind}" for kind in ("tlog-proof", "entry", "disclosed.json")
            }
            assert set(json.loads(packed.read(f"{act_id}.disclosed.json"))["open"]) == disclosed
    entry = client.get(reverse("record:receipt_file", args=[act_id, "entry"]))
    assert entry.content == bytes(Entry.objects.get(act_id=act_id).entry)
    proof = client.get(reverse("record:receipt_file", args=[act_id, "tlog-proof"]))
    assert proof.content.startswith(b"c2sp.org/tlog-proof@v1\n")


def test_there_is_no_proof_before_the_first_checkpoint(opened: Opened, client: Client, cast: Cast) -> None:
    act_id = act_of(cast.officer(Office.HR))
    assert client.get(reverse("record:receipt_file", args=[act_id, "tlog-proof"])).status_code == 404
    assert client.get(reverse("record:receipt_file", args=[act_id, "entry"])).status_code == 200


def test_an_act_that_was_not_done_has_no_page(opened: Opened, client: Client) -> None:
    assert client.get(page("f" * 32)).status_code == 404
    assert client.get(page("f" * 32, "record:receipt")).status_code == 404


def test_the_person_says_that_an_act_in_their_name_was_not_theirs(opened: Opened, cast: Cast) -> None:
    act_id = act_of(cast.officer(Office.HR))
    browser = cast.browser(Office.HR)
    assert "This was not me" in text(browser, page(act_id))
    sent = filled(note="My session was stolen")
    answer = browser.post(page(act_id, "record:repudiate"), sent)
    assert answer.status_code == 302
    browser.post(page(act_id, "record:repudiate"), sent)
    (entered,) = Entry.objects.filter(act="record.repudiate")
    assert json.loads(bytes(entered.entry))["fact"] == {"act": act_id}


def test_nobody_denies_an_act_of_somebody_else(opened: Opened, cast: Cast, client: Client) -> None:
    act_id = act_of(cast.officer(Office.HR))
    assert cast.browser(Office.CLERK).get(page(act_id, "record:repudiate")).status_code == 404
    assert client.get(page(act_id, "record:repudiate")).status_code == 302


def test_the_clerk_erases_a_value_and_the_page_says_by_which_entry(
    opened: Opened, cast: Cast, client: Client
) -> None:
    act_id = act_of(cast.officer(Office.HR))
    browser = cast.browser(Office.CLERK)
    wrong = browser.post(
        page(act_id, "record:erase"), filled(fields_to_erase=["name"], law="a law with spaces")
    )
    assert "Name the law as a short key" in wrong.content.decode()
    assert Payload.objects.filter(act_id=act_id, field="name").exists()
    done = browser.post(page(act_id, "record:erase"), filled(fields_to_erase=["name"], law="foip.s40"))
    assert done.status_code == 302
    eraser = Entry.objects.get(act="record.erase").seq
    shown = text(client, page(act_id))
    assert "erased" in shown
    assert f"by entry {eraser}" in shown


def test_only_the_clerk_and_the_records_officer_erase(opened: Opened, cast: Cast) -> None:
    act_id = act_of(cast.officer(Office.HR))
    for office in (Office.HR, Office.AUDITOR, Office.ADMINISTRATOR, Office.MEMBER):
        assert cast.browser(office).post(page(act_id, "record:erase"), filled()).status_code == 404, office


def test_the_list_asks_the_database_the_same_at_one_and_at_fifty_rows(
    opened: Opened, client: Client, cast: Cast
) -> None:
    cast.unit()
    counts = []
    for size in (3, 80):
        grow_to(size)
        cast.officer(Office.HR)
        with CaptureQueriesContext(connection) as asked:
            text(client, "/record/")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 15


def test_the_printed_loop_fetches_a_whole_record_that_an_auditor_finds_sound(
    opened: Opened, live_server: LiveServer, settings: Settings, client: Client, tmp_path: Path
) -> None:
    settings.BASE_ADDRESS = live_server.url
    grow_to(300)
    opened.checkpoint()
    shown = client.get("/record/how-to-verify/").content.decode()
    loop = next(
        block for block in re.findall(r"<code>(.*?)</code>", shown, re.DOTALL) if "urlretrieve" in block
    )
    program = loop.replace("&quot;", '"').replace("&#x27;", "'").replace("&gt;", ">").replace("&lt;", "<")
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True)
    (tmp_path / "my-keys").write_bytes(client.get("/.well-known/undersigned/record/keys").content)
    command = [
        sys.executable,
        "-m",
        "undersigned.record.audit",
        str(tmp_path),
        "--keys",
        str(tmp_path / "my-keys"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PYTHONPATH": "src"})
    assert done.stdout.startswith("OK size=300 "), done.stdout + done.stderr
