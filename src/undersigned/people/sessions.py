"""Open sessions of a sign-in, and the sealing of what sign-in must keep for a while."""

from __future__ import annotations

import base64
import os
from pathlib import Path

from allauth.usersessions.models import UserSession
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from django.conf import settings
from django.db.models import F

from undersigned.people.models import Person, User

KEY_FILE = "signin.key"


def end_all(person: Person) -> int:
    """End every session of this person's sign-in at once, listed or not; answers how many were listed."""
    User.objects.filter(person=person).update(session_generation=F("session_generation") + 1)
    ended = 0
    for session in UserSession.objects.filter(user__person=person):
        session.end()
        ended += 1
    return ended


def close_sign_in(person: Person) -> None:
    """End every session of a person who has left, and let them begin no other."""
    User.objects.filter(person=person).update(is_active=False)
    end_all(person)


def seal(text: str, place: str) -> str:
    """Encrypt for one place: the result opens nowhere else (AES-GCM-SIV with the place as associated data)."""
    nonce = os.urandom(12)
    sealed = AESGCMSIV(_key()).encrypt(nonce, text.encode(), place.encode())
    return base64.b64encode(nonce + sealed).decode()


def unseal(sealed: str, place: str) -> str:
    """Raises cryptography's InvalidTag when the text was sealed for another place or with another key."""
    raw = base64.b64decode(sealed)
    return AESGCMSIV(_key()).decrypt(raw[:12], raw[12:], place.encode()).decode()


def _key() -> bytes:
    """The key of this installation; made once by ``init``. Raises FileNotFoundError without one."""
    return (Path(settings.KEYS) / KEY_FILE).read_bytes()


def make_key() -> None:
    """Make the key, readable by its owner alone; an existing one is left as it is."""
    path = Path(settings.KEYS) / KEY_FILE
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(AESGCMSIV.generate_key(256))
