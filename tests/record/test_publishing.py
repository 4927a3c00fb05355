"""The files that anybody may fetch, and what is not shown yet."""

from __future__ import annotations

import gzip
from hashlib import sha256

import pytest
from django.test import Client
from tests.cast import SYSTEM, Cast
from tests.record.conftest import Opened

from undersigned.acts import together
from undersigned.people import acts
from undersigned.record import heads, trust
from undersigned.record.models import Entry
from undersigned.record.tlog import tiles
from undersigned.record.tlog.keys import KeyRing
from undersigned.record.tlog.policy import Policy

pytestmark = pytest.mark.django_db(transaction=True)

PLACE = "/.well-known/undersigned/record"


def grow_to(size: int) -> None:
    with together():
        for index in range(Entry.objects.count(), size):
            acts.add_unit(by=SYSTEM, name=f"Unit {index}")


def fetch(client: Client, name: str, **headers: str) -> tuple[int, bytes]:
    answer = client.get(f"{PLACE}/{name}", headers=headers)
    assert answer["Access-Control-Allow-Origin"] == "*"
    return answer.status_code, answer.content


def test_nothing_is_shown_before_the_first_checkpoint(opened: Opened, client: Client) -> None:
    for name in ("checkpoint", "tile/0/000.p/1", "tile/entries/000.p/1", "checkpoints/1", "latest.zip"):
        assert fetch(client, name)[0] == 404, name


def test_the_checkpoint_is_shown_as_it_was_signed_and_never_kept_by_caches(
    opened: Opened, client: Client
) -> None:
    made = opened.checkpoint()
    answer = client.get(f"{PLACE}/checkpoint")
    assert answer.content == heads.note(made)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in answer
    assert fetch(client, "checkpoints/1") == (200, heads.note(made))


def test_tiles_and_bundles_hold_hashes_and_entries_and_may_be_kept_for_ever(
    opened: Opened, client: Client
) -> None:
    grow_to(300)
    opened.checkpoint()
    stored = [bytes(each) for each in Entry.objects.order_by("seq").values_list("entry", flat=True)]
    leaves = [sha256(b"\x00" + each).digest() for each in stored]
    answer = client.get(f"{PLACE}/tile/0/000")
    assert answer.content == b"".join(leaves[:256])
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert fetch(client, "tile/0/001.p/44") == (200, b"".join(leaves[256:]))
    status, root_of_the_first = fetch(client, "tile/1/000.p/1")
    assert (status, len(root_of_the_first)) == (200, 32)
    assert tiles.decode_bundle(fetch(client, "tile/entries/001.p/44")[1], 44) == stored[256:]


def test_bundles_are_compressed_for_whoever_takes_that(opened: Opened, client: Client) -> None:
    grow_to(50)
    opened.checkpoint()
    plain = client.get(f"{PLACE}/tile/entries/000.p/50")
    assert "Content-Encoding" not in plain
    packed = client.get(f"{PLACE}/tile/entries/000.p/50", headers={"Accept-Encoding": "br, gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed["Vary"]


def test_what_no_published_checkpoint_covers_is_not_found(opened: Opened, client: Client, cast: Cast) -> None:
    opened.checkpoint()
    cast.unit("Parks")
    assert Entry.objects.count() == 2
    for name in (
        "tile/0/000.p/2",
        "tile/entries/000.p/2",
        "checkpoints/2",
        "tile/1/000.p/1",
        "tile/0/001.p/1",
    ):
        assert fetch(client, name)[0] == 404, name
    opened.checkpoint()
    assert fetch(client, "tile/0/000.p/2")[0] == 200


def test_any_narrower_tile_is_a_prefix_of_the_wider(opened: Opened, client: Client) -> None:
    grow_to(20)
    opened.checkpoint()
    whole = fetch(client, "tile/0/000.p/20")[1]
    assert all(fetch(client, f"tile/0/000.p/{width}") == (200, whole[: 32 * width]) for width in (1, 7, 19))


@pytest.mark.parametrize(
    "name",
    ["tile/0/0", "tile/0/0000", "tile/00/000.p/1", "tile/0/x000/000.p/1", "tile/0/000.p/0", "tile/0/000.p/01",
     "tile/0/000.p/256", "tile/64/000", "tile/0/000.p/1/", "tile/entries/000.p/+1", "tile//000", "checkpoints/01",
     "checkpoints/-1", "checkpoints/9223372036854775808", "../keys", "TILE/0/000.p/1", "secret", "checkpoint/"],
)  # fmt: skip
def test_only_the_canonical_spelling_of_a_name_is_known(opened: Opened, client: Client, name: str) -> None:
    opened.checkpoint()
    assert client.get(f"{PLACE}/{name}").status_code == 404


def test_the_database_is_not_asked_for_a_name_that_cannot_be(
    opened: Opened, client: Client, django_assert_num_queries: object
) -> None:
    opened.checkpoint()
    with django_assert_num_queries(0):
        client.get(f"{PLACE}/tile/0/999999")


def test_keys_and_policy_are_shown_without_the_addresses_of_witnesses(opened: Opened, client: Client) -> None:
    trust.policy_file().write_text(
        f"# ours\nlog {opened.key.key.vkey}\n"
        "witness clerk clerk.city.example/witness+17c2afbe+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU"
        " http://10.0.0.7:8100\nquorum clerk\n"
    )
    keys = KeyRing.parse(fetch(client, "keys")[1])
    assert keys.log_keys == (opened.key.key,)
    policy = fetch(client, "policy")[1]
    assert Policy.parse(policy).quorum == "clerk"
    assert b"10.0.0.7" not in policy


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_the_published_files_are_only_read(opened: Opened, client: Client, method: str) -> None:
    assert getattr(client, method)(f"{PLACE}/checkpoint").status_code == 405
