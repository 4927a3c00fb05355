"""Keeping secrets, opening them for one call, and destroying them."""

from __future__ import annotations

from undersigned.vault import sealing
from undersigned.vault.models import Secret


def keep(holder: str, purpose: str, text: str) -> None:
    """Seal a secret for this row, in place of an earlier one."""
    sealed = sealing.seal(text, _place(holder, purpose))
    Secret.objects.update_or_create(holder=holder, purpose=purpose, defaults={"sealed": sealed})


def opened(holder: str, purpose: str) -> str:
    """The secret, for one use: nobody keeps it longer than the call it is for.

    Raises Secret.DoesNotExist, and CannotOpen when it was moved here from another row or changed.
    """
    row = Secret.objects.get(holder=holder, purpose=purpose)
    return sealing.unseal(row.sealed, _place(holder, purpose))


def destroy(holder: str) -> int:
    """Destroy every secret of this row; answers how many there were."""
    return Secret.objects.filter(holder=holder).delete()[0]


def _place(holder: str, purpose: str) -> str:
    return f"vault_secret {holder} {purpose}"
