"""Whether the web process answers, whether it can do its work, and what the doctor finds missing."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, override_settings
from django.utils import timezone

from undersigned.dispatch.models import Dispatch
from undersigned.dispatch.states import Outcome
from undersigned.people.models import Invitation
from undersigned.record.models import Checkpoint
from undersigned.running import setup
from undersigned.vault import keeping, sealing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    with override_settings(HOME=tmp_path, KEYS=tmp_path / "keys", MEDIA_ROOT=tmp_path / "media"):
        yield tmp_path


def begun(city: str = "Harrow Falls") -> dict[str, Any]:
    out = io.StringIO()
    call_command("init", "--city", city, "--json", stdout=out)
    said: dict[str, Any] = json.loads(out.getvalue())
    return said


def examined() -> dict[str, dict[str, Any]]:
    """What the doctor says of each thing, by name; it ends with 1 while anything is missing."""
    out, status = io.StringIO(), 0
    try:
        call_command("doctor", "--json", stdout=out)
    except CommandError as ended:
        status = ended.returncode
    said = json.loads(out.getvalue())
    assert said["well"] == all(one["well"] for one in said["findings"]) == (status == 0)
    return {one["what"]: one for one in said["findings"]}


def signed_checkpoint(at: datetime) -> None:
    Checkpoint.objects.create(size=1, root=b"0" * 32, note="", signed_at=at, published_at=at)


def newest(room: str) -> tuple[str, str]:
    """The last migration of a room."""
    found: tuple[str, str] = MigrationLoader(connection).graph.leaf_nodes(room)[0]
    return found


def test_it_is_ready_while_the_database_is_of_this_version() -> None:
    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"ready": True})
    assert "no-store" in answer["Cache-Control"]


def test_it_is_not_ready_over_an_older_database() -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied(*newest("accounts"))
    try:
        answer = Client().get("/health/ready")
    finally:
        recorder.record_applied(*newest("accounts"))
    assert (answer.status_code, answer.json()) == (503, {"ready": False})


def test_it_is_alive_without_asking_the_database(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert Client().get("/health/alive").json() == {"alive": True}


def test_a_city_is_begun_by_one_command_and_its_first_administrator_is_invited(home: Path) -> None:
    said = begun()
    assert said["city"] == "Harrow Falls"
    assert Client().get(said["invitation"]).status_code == 200
    assert Invitation.objects.get().expires_at > timezone.now() + timedelta(days=6)


def test_a_city_is_begun_once(home: Path) -> None:
    begun()
    with pytest.raises(CommandError, match="There is a city here already. Nothing was changed"):
        begun("Another")


def test_a_city_without_a_name_is_wrong_use(home: Path) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("init", "--city", " ")
    assert refused.value.returncode == 2


def test_before_the_beginning_the_doctor_names_the_command_that_begins(home: Path) -> None:
    found = examined()
    assert not found["keys"]["well"]
    assert "undersigned init" in found["keys"]["do"]


def test_a_new_trial_lacks_only_what_makes_it_real(home: Path) -> None:
    begun()
    assert {name for name, one in examined().items() if not one["well"]} == {
        "public address", "worker", "e-mail", "signer apart",
    } - _mail_is_elsewhere()  # fmt: skip


def _mail_is_elsewhere() -> set[str]:
    """The tests' own mail goes to memory, which the doctor takes for a server."""
    return {"e-mail"}


def test_the_doctor_is_content_with_a_worker_that_signed_today(home: Path) -> None:
    begun()
    signed_checkpoint(timezone.now())
    assert examined()["worker"]["well"]


def test_the_doctor_misses_a_worker_that_signed_two_days_ago(home: Path) -> None:
    begun()
    signed_checkpoint(timezone.now() - timedelta(days=2))
    assert not examined()["worker"]["well"]


def test_a_key_that_others_can_read_is_named(home: Path) -> None:
    begun()
    (home / "keys" / "secret.key").chmod(0o644)
    found = examined()["keys are private"]
    assert not found["well"]
    assert "secret.key" in found["do"]


def test_keys_are_made_readable_by_their_owner_alone_and_only_once(home: Path) -> None:
    setup.make_home()
    first = (home / "keys" / "secret.key").read_text()
    setup.make_home()
    assert (home / "keys" / "secret.key").read_text() == first
    assert {path.stat().st_mode & 0o077 for path in (home / "keys").iterdir()} == {0}


def test_work_that_was_given_up_is_counted(home: Path) -> None:
    begun()
    Dispatch.objects.update(outcome=Outcome.FAILED)
    found = examined()["work that leaves the building"]
    assert not found["well"]
    assert "1 pieces of work" in found["do"]


def test_with_everything_in_place_the_doctor_ends_well(home: Path) -> None:
    begun()
    signed_checkpoint(timezone.now())
    with override_settings(DOMAIN="accounts.example.org", RECORD_SIGNER="/run/signer"):
        out = io.StringIO()
        call_command("doctor", stdout=out)
    assert "WANTING" not in out.getvalue()


def test_the_web_process_does_not_start_without_keys(home: Path) -> None:
    with pytest.raises(CommandError, match="There are no keys"):
        call_command("serve")


def test_the_web_process_does_not_start_over_an_older_database(home: Path) -> None:
    setup.make_home()
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied(*newest("accounts"))
    try:
        with pytest.raises(CommandError, match="older than this program"):
            call_command("serve")
    finally:
        recorder.record_applied(*newest("accounts"))


def test_a_ring_of_keys_that_others_can_read_is_named(home: Path) -> None:
    begun()
    (home / "keys" / "vault.keys").chmod(0o640)
    assert "vault.keys" in examined()["keys are private"]["do"]


def test_without_its_keys_the_doctor_says_what_does_not_open_any_more(home: Path) -> None:
    begun()
    assert examined()["vault"]["well"]
    (home / "keys" / "vault.keys").unlink()
    found = examined()["vault"]
    assert not found["well"]
    assert "Bring it back from your backup" in found["do"]


def test_secrets_whose_key_is_gone_are_counted_and_the_key_named(home: Path) -> None:
    begun()
    keeping.keep("connection:a", "tokens", "sesame")
    (gone,) = sealing.key_names()
    (home / "keys" / "vault.keys").unlink()
    sealing.make_keys()
    found = examined()["vault"]
    assert not found["well"]
    assert f"1 secrets were sealed with keys that are not in {home}/keys/vault.keys: {gone}" in found["do"]


def on_linkedin(version: str) -> dict[str, dict[str, str]]:
    group = {**settings.NETWORKS["linkedin"], "version": version, "client_id": "86city"}
    return {**settings.NETWORKS, "linkedin": group}


def test_the_doctor_asks_in_time_for_a_later_version_of_linkedin(home: Path) -> None:
    begun()
    this_year = timezone.now().date()
    last_year = this_year.replace(year=this_year.year - 1, day=1)
    assert "version of LinkedIn" not in examined()
    with override_settings(NETWORKS=on_linkedin(f"{this_year:%Y%m}")):
        assert examined()["version of LinkedIn"]["well"]
    for ending in (last_year, last_year.replace(year=last_year.year - 1)):
        with override_settings(NETWORKS=on_linkedin(f"{ending:%Y%m}")):
            assert "UNDERSIGNED_LINKEDIN_VERSION" in examined()["version of LinkedIn"]["do"]
