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


def destroy(holder: str, purpose: str = "") -> int:
    """Destroy this secret of the row, or every one it has; answers how many there were."""
    rows = Secret.objects.filter(holder=holder)
    return (rows.filter(purpose=purpose) if purpose else rows).delete()[0]


def seal_anew() -> int:
    """Seal with the first key of the ring whatever an older one sealed; answers how many secrets that were.

    One row at a time, and only where nobody has written it meanwhile: a refresh may be at work beside it.
    """
    here, done = sealing.key_names(), 0
    for row in Secret.objects.exclude(sealed__startswith=f"{here[0]}.").iterator(chunk_size=500):
        if sealing.key_of(row.sealed) not in here:
            continue  # nobody can open it; the doctor says so
        place = _place(row.holder, row.purpose)
        fresh = sealing.seal(sealing.unseal(row.sealed, place), place)
        done += Secret.objects.filter(pk=row.pk, sealed=row.sealed).update(sealed=fresh)
    return done


def lost_keys() -> dict[str, int]:
    """Names of keys that are not here any more, and how many secrets each would open."""
    here, missing = set(sealing.key_names()), dict[str, int]()
    for sealed in Secret.objects.values_list("sealed", flat=True).iterator(chunk_size=500):
        name = sealing.key_of(sealed)
        if name not in here:
            missing[name] = missing.get(name, 0) + 1
    return missing


def _place(holder: str, purpose: str) -> str:
    return f"vault_secret {holder} {purpose}"
