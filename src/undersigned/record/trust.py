"""Whose signatures this record carries: the file ``policy`` among the keys, in the format of C2SP tlog-policy.

The administrator writes witnesses and quorum into it; the product only adds its own keys. Published without addresses.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from undersigned.record import durable
from undersigned.record.tlog.keys import KeyRing
from undersigned.record.tlog.policy import NONE, Policy
from undersigned.record.tlog.vkey import VerifierKey


class NoPolicy(Exception):
    """There is no file ``policy`` among the keys: the record was not opened here, or the file was lost."""


@dataclass(frozen=True, slots=True)
class Witness:
    """``url`` is the prefix of its submissions; a witness without one is asked by mail."""

    key: VerifierKey | None
    url: str


def policy_file() -> Path:
    return Path(settings.KEYS) / "policy"


def begin(key: VerifierKey) -> None:
    """Trust this log key, and ask for no witness until the administrator names some."""
    policy_file().parent.mkdir(parents=True, exist_ok=True)
    durable.write(policy_file(), f"log {key.vkey}\nquorum {NONE}\n".encode(), mode=0o600)


def add_log_key(key: VerifierKey) -> None:
    """Trust another key of the log, as during a rotation. The last line of the log keys is the newest."""
    lines = _lines()
    place = max((at for at, line in enumerate(lines) if line.startswith("log ")), default=-1) + 1
    durable.write(
        policy_file(), "".join([*lines[:place], f"log {key.vkey}\n", *lines[place:]]).encode(), mode=0o600
    )


def policy() -> Policy:
    """Raises NoPolicy, and MalformedError naming the line that is wrong."""
    return Policy.parse("".join(_lines()).encode())


def keys() -> KeyRing:
    return KeyRing.of(policy().keys)


def published_policy() -> bytes:
    """The policy as outsiders get it: who, and how many of them, but not where they are reached."""
    shown = (" ".join(line.split()[:3]) if line.startswith("witness ") else line.strip() for line in _lines())
    return "".join(f"{line}\n" for line in shown if line and not line.startswith("#")).encode()


def witnesses() -> list[Witness]:
    """Everybody to be asked: the witnesses of the policy that have an address, and those of the settings."""
    named = [line.split() for line in _lines() if line.startswith("witness ")]
    known = [Witness(VerifierKey.parse(words[2]), words[3]) for words in named if len(words) > 3]
    asked = {witness.url for witness in known}
    return known + [Witness(None, url) for url in settings.RECORD_WITNESSES if url not in asked]


def _lines() -> list[str]:
    try:
        text = policy_file().read_text(encoding="utf-8")
    except FileNotFoundError as why:
        raise NoPolicy(
            f"{policy_file()} is not there. Open the record with undersigned init, or bring the file back"
        ) from why
    return [f"{line}\n" for line in text.removesuffix("\n").split("\n")]
