"""The key is changed by one command, and nothing that was sealed is lost by that."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings

from undersigned.vault import keeping, sealing
from undersigned.vault.models import Secret

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_new_key_seals_from_now_on_and_what_the_vault_holds_is_sealed_anew(tmp_path: Path) -> None:
    with override_settings(KEYS=tmp_path):
        sealing.make_keys()
        seed = sealing.seal("seed", "second-factors")
        keeping.keep("connection:a", "tokens", "sesame")
        out = io.StringIO()
        call_command("vault_rotate", stdout=out)
        newest = sealing.key_names()[0]
        assert f"{newest} seals from now on; 1 secrets were sealed anew." in out.getvalue()
        assert Secret.objects.get().sealed.startswith(f"{newest}.")
        assert keeping.opened("connection:a", "tokens") == "sesame"
        assert sealing.unseal(seed, "second-factors") == "seed"


def test_where_there_are_no_keys_none_is_made_in_silence(tmp_path: Path) -> None:
    with (
        override_settings(KEYS=tmp_path),
        pytest.raises(CommandError, match="Bring it back from your backup"),
    ):
        call_command("vault_rotate")
    assert list(tmp_path.iterdir()) == []
