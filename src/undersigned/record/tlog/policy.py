"""Policies (C2SP tlog-policy): which log, and which witnesses together are believed."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from undersigned.record.tlog.encoding import decode_decimal, decode_text, shorten
from undersigned.record.tlog.refusals import MalformedError
from undersigned.record.tlog.vkey import COSIGNATURE, ED25519, ML_DSA_44, VerifierKey

NONE = "none"


@dataclass(frozen=True, slots=True)
class Group:
    """Members are names of witnesses and groups; `needed` of them must have witnessed."""

    needed: int
    members: tuple[str, ...]


@dataclass(slots=True)
class Policy:
    """What a policy file says. Witnesses and groups share one set of names."""

    logs: list[VerifierKey] = field(default_factory=list)
    witnesses: dict[str, VerifierKey] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    quorum: str | None = None
    _members: set[str] = field(default_factory=set)

    @classmethod
    def parse(cls, data: bytes) -> "Policy":
        """Read a policy file. Raises MalformedError with the number of the line that is wrong."""
        policy = cls()
        for number, line in enumerate(decode_text(data.replace(b"\t", b" ")).split("\n"), start=1):
            words = [word for word in line.split(" ") if word]
            if words and not words[0].startswith("#"):
                try:
                    policy._read(words)
                except MalformedError as why:
                    raise MalformedError(f"line {number}: {why}") from why
        if policy.quorum is None:
            raise MalformedError("a policy must have exactly one quorum line, this one has none")
        return policy

    @property
    def keys(self) -> list[VerifierKey]:
        return [*self.logs, *self.witnesses.values()]

    def is_met(self, public_keys: Iterable[bytes]) -> bool:
        """Whether witnesses with these public keys make the quorum. A key counts once, under any name."""
        seen = set(public_keys)
        return self.quorum == NONE or self._witnessed(str(self.quorum), seen)

    def _witnessed(self, name: str, seen: set[bytes]) -> bool:
        if name in self.witnesses:
            return self.witnesses[name].public in seen
        group = self.groups[name]
        return sum(self._witnessed(member, seen) for member in group.members) >= group.needed

    def _read(self, words: list[str]) -> None:
        match words:
            case ["log", vkey] | ["log", vkey, _]:
                self.logs.append(self._new_key(vkey, (ED25519, ML_DSA_44)))
            case ["witness", name, vkey] | ["witness", name, vkey, _]:
                self.witnesses[self._new_name(name)] = self._new_key(vkey, (COSIGNATURE, ML_DSA_44))
            case ["group", name, needed, first, *others]:
                self._read_group(name, needed, (first, *others))
            case ["quorum", name]:
                self._read_quorum(name)
            case _:
                raise MalformedError(f"not a line of a policy: {shorten(' '.join(words))}")

    def _read_group(self, name: str, needed: str, members: tuple[str, ...]) -> None:
        for member in members:
            if member not in self.witnesses and member not in self.groups:
                raise MalformedError(f"{shorten(member)} is not named above this line")
            if member in self._members:
                raise MalformedError(f"{shorten(member)} may stand in one group only, and there only once")
            self._members.add(member)
        count = {"any": 1, "all": len(members)}.get(needed) or decode_decimal(needed)
        if not 1 <= count <= len(members):
            raise MalformedError(f"{count} of {len(members)} cannot be asked for")
        self.groups[self._new_name(name)] = Group(count, members)

    def _read_quorum(self, name: str) -> None:
        if self.quorum is not None:
            raise MalformedError("a second quorum line; exactly one is allowed")
        if name != NONE and name not in self.witnesses and name not in self.groups:
            raise MalformedError(f"the quorum {shorten(name)} is not named above this line")
        self.quorum = name

    def _new_name(self, name: str) -> str:
        if name == NONE or name in self.witnesses or name in self.groups:
            raise MalformedError(f"the name {shorten(name)} is taken")
        return name

    def _new_key(self, vkey: str, kinds: tuple[int, ...]) -> VerifierKey:
        key = VerifierKey.parse(vkey)
        if key.kind not in kinds:
            raise MalformedError(f"a key of type 0x{key.kind:02x} cannot serve here: {shorten(vkey)}")
        if any(key.public == other.public for other in self.keys):
            raise MalformedError(
                f"the public key of {shorten(key.name)} is already in the policy; one key counts once"
            )
        return key
