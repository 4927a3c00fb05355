"""The record's own acts. Each names, in public facts, exactly what a verifier must know (specification, section 10)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.db import connection
from django.utils.translation import gettext as _

from undersigned.acts import Act, Actor, Fact, Officer, act, cite, say
from undersigned.acts.governed import Governed
from undersigned.acts.refusals import Unfit
from undersigned.acts.scene import current
from undersigned.record.append import entry_of
from undersigned.record.queries import is_empty, person_of, size
from undersigned.record.rules import is_officer, is_system, keeps_the_record
from undersigned.record.tlog import leaf

RANGE = {"first": Fact.COUNT, "last": Fact.COUNT}


@act(
    Act.RECORD_OPEN,
    may=is_system,
    facts={"origin": Fact.KEY, "cites_origin": Fact.KEY, "cites_size": Fact.COUNT, "cites_root": Fact.KEY},
)
def open_record(
    *,
    by: Actor,
    origin: str,
    cites_origin: str | None = None,
    cites_size: int | None = None,
    cites_root: str | None = None,
) -> None:
    """Entry 0. A record that follows a lost one cites the last witnessed checkpoint of the old."""
    if not is_empty():
        raise Unfit(_("The record is open already."), rule="opened_once")


@act(Act.RECORD_HEARTBEAT, may=is_system)
def heartbeat(*, by: Actor) -> None:
    """Say that time passes while nothing is done, so that time stays bracketed."""


@act(Act.RECORD_ROTATE_KEY, may=keeps_the_record, facts={"key": Fact.KEY})
def rotate_key(*, by: Actor, key: str) -> None:
    """Announce the verifier key that will sign beside the present one, and then alone."""


@act(Act.RECORD_ERASE, may=keeps_the_record, facts={"act": Fact.ACT_ID, "fields": Fact.WORDS})
def erase(*, by: Actor, target: str, fields: list[str], law: str) -> None:
    """Delete nonce and value of these commitments of an earlier act. The leaf stays and still verifies."""
    entry = entry_of(target)
    committed = _committed(entry) if entry else set()
    if not fields or not set(fields) <= committed:
        raise Unfit(
            _("That act commits to %(fields)s only; nothing was erased.")
            % {"fields": ", ".join(sorted(committed)) or _("nothing")},
            rule="committed_fields",
            field="fields",
        )
    if not leaf.is_fact_text(law):
        raise Unfit(
            _("Name the law as a short key without spaces, such as foip.s40; nothing was erased."),
            rule="law_is_named",
            field="law",
        )
    say(act=target, fields=",".join(sorted(fields)))
    cite(law)
    with connection.cursor() as cursor:
        for name in fields:
            cursor.execute("DELETE FROM record_payload WHERE act_id = %s AND field = %s", [target, name])


def _committed(entry: bytes) -> set[str]:
    said = json.loads(entry)
    return set(said["c"]) | ({"who"} if "who" in said["by"] else set())


@act(Act.RECORD_RESTATE, may=is_system, facts={"kind": Fact.WORD, "version": Fact.COUNT})
def restate(*, by: Actor, rows: Sequence[Governed]) -> None:
    """Commit these rows of one kind anew, as they stand; at most 24.

    Needed before a migration drops or renames a governed field, and after a restore that lost their nonces.
    """
    scene = current(type(rows[0]), "restate")
    for row in rows:
        scene.touch(row)
    say(kind=rows[0].kind, version=rows[0].state_version())


@act(Act.RECORD_CORRECT_CLOCK, may=keeps_the_record, facts=RANGE)
def correct_clock(*, by: Actor, first: int, last: int) -> None:
    """Say that the entries from first to last bear a wrong time, and let the clock count again from now."""
    _range(first, last)


@act(Act.RECORD_DECLARE_LOSS, may=keeps_the_record, facts=RANGE)
def declare_loss(*, by: Actor, first: int, last: int) -> None:
    """Say that the values behind these entries are lost after a restore."""
    _range(first, last)


@act(Act.RECORD_REPUDIATE, may=is_officer, facts={"act": Fact.ACT_ID}, commits=["note"], second_factor=False)
def repudiate(*, by: Actor, target: str, note: str = "") -> None:
    """Say that an act recorded in one's name was not done by one's hands."""
    if entry_of(target) is None:
        raise Unfit(_("There is no act of that id."), rule="known_act", field="target")
    if not isinstance(by, Officer) or person_of(target) != by.person:
        raise Unfit(_("That act is not in your name, so it is not yours to deny."), rule="in_ones_own_name")
    say(act=target)


def _range(first: int, last: int) -> None:
    if not 0 <= first <= last < size():
        raise Unfit(
            _("Name the first and the last of entries that are there."), rule="known_entries", field="last"
        )
