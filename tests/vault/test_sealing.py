"""What is sealed opens for the row and purpose it was sealed for, by any key that is still on the ring."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from undersigned.vault import keeping, sealing
from undersigned.vault.models import Secret


@pytest.fixture
def keys(tmp_path: Path) -> Iterator[Path]:
    """A folder of keys with one fresh key."""
    with override_settings(KEYS=tmp_path / "keys"):
        sealing.make_keys()
        yield tmp_path / "keys"


def sealed_before_the_vault(folder: Path, text: str, place: str) -> str:
    """As installations did that had one key for sign-in alone."""
    key, nonce = AESGCMSIV.generate_key(256), os.urandom(12)
    (folder / "signin.key").write_bytes(key)
    return base64.b64encode(nonce + AESGCMSIV(key).encrypt(nonce, text.encode(), place.encode())).decode()


@given(text=st.text(max_size=200), place=st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_text_opens_where_it_was_sealed(text: str, place: str) -> None:
    assert sealing.unseal(sealing.seal(text, place), place) == text


def test_the_same_text_is_never_sealed_alike(keys: Path) -> None:
    assert len({sealing.seal("token", "here") for _ in range(50)}) == 50


def test_it_opens_in_no_other_place(keys: Path) -> None:
    sealed = sealing.seal("token", "here")
    with pytest.raises(sealing.CannotOpen) as refused:
        sealing.unseal(sealed, "there")
    assert "token" not in str(refused.value)
    assert sealed not in str(refused.value)


@pytest.mark.parametrize("broken", ["", "k0.", "no such key.AAAA", "not base64 at all!", "é.é", "AAAA"])
def test_what_was_never_sealed_is_refused_and_not_a_crash(keys: Path, broken: str) -> None:
    with pytest.raises(sealing.CannotOpen):
        sealing.unseal(broken, "here")


def test_a_changed_letter_is_noticed(keys: Path) -> None:
    name, _, rest = sealing.seal("token", "here").partition(".")
    raw = bytearray(base64.b64decode(rest))
    for at in range(len(raw)):
        changed = bytearray(raw)
        changed[at] ^= 1
        with pytest.raises(sealing.CannotOpen):
            sealing.unseal(f"{name}.{base64.b64encode(changed).decode()}", "here")


def test_a_new_key_seals_from_then_on_and_the_older_one_still_opens(keys: Path) -> None:
    before = sealing.seal("token", "here")
    name = sealing.add_key()
    after = sealing.seal("token", "here")
    assert (sealing.key_of(after), sealing.key_names()[0]) == (name, name)
    assert [sealing.unseal(one, "here") for one in (before, after)] == ["token", "token"]


def test_the_key_of_an_earlier_installation_still_opens_and_seals(tmp_path: Path) -> None:
    with override_settings(KEYS=tmp_path):
        before = sealed_before_the_vault(tmp_path, "seed", "second-factors")
        assert sealing.unseal(before, "second-factors") == "seed"
        with pytest.raises(sealing.CannotOpen):
            sealing.unseal(before, "elsewhere")
        meanwhile = sealing.seal("seed", "second-factors")
        sealing.make_keys()
        assert sealing.unseal(meanwhile, "second-factors") == "seed"
        assert sealing.unseal(before, "second-factors") == "seed"
        assert sealing.key_names()[1:] == ["signin"]


def test_the_ring_is_readable_by_its_owner_alone_also_after_a_new_key(keys: Path) -> None:
    sealing.add_key()
    assert [path.name for path in keys.iterdir()] == ["vault.keys"]
    assert (keys / "vault.keys").stat().st_mode & 0o077 == 0


def test_making_keys_twice_leaves_the_first(keys: Path) -> None:
    before = sealing.key_names()
    sealing.make_keys()
    assert sealing.key_names() == before


@pytest.mark.django_db(transaction=True)
def test_a_secret_copied_to_another_row_or_purpose_does_not_open(keys: Path) -> None:
    keeping.keep("connection:a", "tokens", "secret")
    sealed = Secret.objects.get().sealed
    for holder, purpose in (("connection:b", "tokens"), ("connection:a", "application")):
        Secret.objects.create(holder=holder, purpose=purpose, sealed=sealed)
        with pytest.raises(sealing.CannotOpen):
            keeping.opened(holder, purpose)
    assert keeping.opened("connection:a", "tokens") == "secret"


@pytest.mark.django_db(transaction=True)
def test_a_secret_is_kept_in_place_of_the_earlier_one_and_destroyed_for_good(keys: Path) -> None:
    keeping.keep("connection:a", "tokens", "first")
    keeping.keep("connection:a", "tokens", "second")
    keeping.keep("connection:a", "application", "third")
    assert keeping.opened("connection:a", "tokens") == "second"
    assert keeping.destroy("connection:a", "tokens") == 1
    assert keeping.destroy("connection:a") == 1
    with pytest.raises(Secret.DoesNotExist):
        keeping.opened("connection:a", "tokens")


@pytest.mark.django_db(transaction=True)
def test_sealing_anew_moves_every_secret_to_the_newest_key_and_says_which_cannot_be_opened(
    keys: Path,
) -> None:
    for number in range(3):
        keeping.keep(f"connection:{number}", "tokens", f"secret {number}")
    Secret.objects.create(holder="connection:x", purpose="tokens", sealed="k00000000.AAAA")
    name = sealing.add_key()
    assert keeping.seal_anew() == 3
    assert keeping.seal_anew() == 0
    assert keeping.lost_keys() == {"k00000000": 1}
    assert [keeping.opened(f"connection:{n}", "tokens") for n in range(3)] == [
        "secret 0",
        "secret 1",
        "secret 2",
    ]
    assert Secret.objects.filter(sealed__startswith=f"{name}.").count() == 3
