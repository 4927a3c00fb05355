"""Scenes with several processes: ``python -m tests.record.kernel.program SCENE …`` prints a report as JSON.

The program loads the product once; each process is forked from it while it has no connection open.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - nothing of the product may be imported before it is set up
from django.db import connections  # noqa: E402
from django.utils import timezone  # noqa: E402
from tests.record.kernel import acting, marksman, soundness  # noqa: E402
from tests.record.kernel.forking import Forked, alone, fork  # noqa: E402

from undersigned.acts.refusals import Refused  # noqa: E402
from undersigned.people import acts  # noqa: E402
from undersigned.people.acts.people import change_unit, close_unit  # noqa: E402
from undersigned.people.models import Unit  # noqa: E402
from undersigned.record import sequence  # noqa: E402
from undersigned.record.models import Entry, Intake  # noqa: E402

HOME = Path(settings.HOME)
AT_A_TIME = 16
"""Processes that are killed before a fresh one looks at what they left."""


def _begin() -> None:
    """Make what the processes need, and run through it once: what is loaded now need not be loaded by each of them."""
    acting.settle()
    _every_shape("beginning")
    connections.close_all()


def many_writers(writers: str, count: str) -> dict[str, Any]:
    """Writers at once, with a sweep beside them; what each did, and how the record stands afterwards."""
    _begin()
    crew = [fork(partial(_write, f"w{one}", int(count))) for one in range(int(writers))]
    sweeper = fork(_sweep_until_told)
    done = [one.wait() for one in crew]
    (HOME / "enough").touch()
    swept = sweeper.wait()
    return {"ended": [one.status for one in [*done, swept]], "ids": [one.answer for one in done]} | alone(
        _stand
    )


def _write(tag: str, count: int) -> list[str]:
    return acting.write(tag, count, acting.Log(HOME / tag))


def _sweep_until_told() -> int:
    swept = 0
    while not (HOME / "enough").exists():
        swept += sequence.sweep()
    return swept


def _stand() -> dict[str, Any]:
    acting.wait_until_alone()
    order = list(Entry.objects.order_by("seq").values_list("act_id", flat=True))
    waiting = list(Intake.objects.values_list("act_id", flat=True))
    return {"order": order, "waiting": waiting, "faults": soundness.faults()}


def two_sweeps(count: str) -> dict[str, Any]:
    """Acts that a held right left in the intake; then two sweeps and two writers begin at the same moment."""
    _begin()
    start = multiprocessing.get_context("fork").Barrier(4)
    alone(partial(acting.write, "stranded", int(count), acting.Log(HOME / "stranded")))
    before = alone(lambda: Intake.objects.count())
    (HOME / "stranded-are-there").touch()
    while not (HOME / "right-is-free").exists():
        time.sleep(0.01)
    crew = [fork(partial(_after, start, sequence.sweep)) for _ in range(2)]
    crew += [fork(partial(_after, start, partial(_write, f"x{one}", 20))) for one in range(2)]
    ended = [one.wait() for one in crew]
    return {"before": before, "ended": [one.status for one in ended]} | alone(_stand)


def _after(start: Any, do: Any) -> Any:
    start.wait()
    return do()


def killed_at_every_line(seed: str) -> dict[str, Any]:
    """Kill a process at one visit of each line that writing the record runs through, the first, last or any other."""
    _begin()
    visits = fork(_rehearse).wait().answer
    chance, missed, wrong = random.Random(seed), [], []  # noqa: S311 - moments, not secrets
    for start in range(0, len(visits), AT_A_TIME):
        tags = []
        for line, count in visits[start : start + AT_A_TIME]:
            tags.append(f"k{start + len(tags)}")
            shot = partial(_killed_at, tuple(line), chance.randint(1, count), tags[-1])
            missed += [] if fork(shot).wait().was_killed else [line]
        wrong += alone(partial(_restart, tags))
    return {"lines": [line for line, _ in visits], "missed": missed, "wrong": wrong} | alone(_stand)


def _rehearse() -> list[tuple[marksman.Line, int]]:
    return list(marksman.watched(partial(_every_shape, "rehearsal")).items())


def _every_shape(tag: str) -> None:
    acting.every_shape(tag, acting.Log(HOME / tag))


def _killed_at(line: marksman.Line, visit: int, tag: str) -> None:
    marksman.watched(partial(_every_shape, tag), marksman.kill_at(line, visit))


def _restart(tags: list[str]) -> list[str]:
    """What a fresh process finds wrong: before it does anything, and after it has done the acts again."""
    acting.wait_until_alone()
    wrong = [one for tag in tags for one in _lost_or_phantom(tag)]
    sequence.sweep()
    for tag in tags:
        _every_shape(tag)
        wrong += _doubled(tag)
    return wrong


def _lost_or_phantom(tag: str) -> Iterator[str]:
    said, entered = acting.logged(HOME / tag), _entered()
    if lost := said["done"] - entered:
        yield f"{tag} lost: {lost}"
    made = Unit.objects.filter(name=f"{tag} made").count()
    if made != (acting.act_id(tag, "made") in entered):
        yield f"{tag} phantom: {made} rows, and the entry is {'' if made else 'not '}wanting"


def _entered() -> set[str]:
    return {*Entry.objects.values_list("act_id", flat=True), *Intake.objects.values_list("act_id", flat=True)}


def _doubled(tag: str) -> Iterator[str]:
    for name in ("made", "first"):
        if (count := Unit.objects.filter(name=f"{tag} {name}").count()) != 1:
            yield f"{tag} {name}: {count} times"
    ids = [acting.act_id(tag, step) for step in acting.STEPS]
    if Entry.objects.filter(act_id__in=ids).count() != len(ids) or Intake.objects.exists():
        yield f"{tag}: not every act has its one entry"
    if Unit.objects.filter(name__startswith="undone").exists():
        yield f"{tag}: what was rolled back is there"


def killed_at_random(kills: str, seed: str) -> dict[str, Any]:
    """Two writers at a time, both killed at a random moment; then the last act of each is done again."""
    _begin()
    chance, lost, killed = random.Random(seed), [], 0  # noqa: S311 - moments, not secrets
    for pair in range(int(kills) // 2):
        tags = [f"r{pair}-{one}" for one in range(2)]
        crew = [fork(partial(_write, tag, 10_000)) for tag in tags]
        _wait_for_acts(tags, chance.randint(1, 6))
        time.sleep(chance.uniform(0, 0.03))
        killed += _kill(crew)
        lost += alone(partial(_go_on, tags))
    return {"killed": killed, "wrong": lost} | alone(_stand)


def _wait_for_acts(tags: list[str], count: int) -> None:
    while not all(len(acting.logged(HOME / tag)["done"]) >= count for tag in tags):
        time.sleep(0.002)


def _kill(crew: list[Forked]) -> int:
    for one in crew:
        one.kill()
    return sum(one.wait().was_killed for one in crew)


def _go_on(tags: list[str]) -> list[str]:
    """Lost, phantom and doubled acts of these two writers, of whom each had at most one act unanswered."""
    acting.wait_until_alone()
    sequence.sweep()
    wrong, entered = [], _entered()
    for tag in tags:
        said = acting.logged(HOME / tag)
        mine = {acting.act_id(tag, number) for number in range(len(said["begun"]))}
        wrong += [f"{tag} lost {one}" for one in said["done"] - entered]
        wrong += [f"{tag} was never begun: {one}" for one in said["begun"] - mine]
        _write(tag, len(said["begun"]))
        if Unit.objects.filter(name__startswith="undone").exists():
            wrong.append(f"{tag}: what was rolled back is there")
    return wrong


def at_once(kind: str, people: str) -> dict[str, Any]:
    """The same act under the same id, by several who all saw that it is not done yet."""
    _begin()
    start = multiprocessing.get_context("fork").Barrier(int(people))
    crew = [fork(partial(_same, kind, start)) for _ in range(int(people))]
    return {"answers": [one.wait().answer for one in crew], "again": alone(partial(_do, kind))} | alone(
        _stand
    )


def _same(kind: str, start: Any) -> str:
    answer: list[str] = []

    def wait_at_the_door(line: marksman.Line, visit: int) -> None:
        if line[1] == "DeclaredAct.perform" and line[2] and visit == 1 and not met:
            met.append(True)
            start.wait()

    met: list[bool] = []
    marksman.watched(lambda: answer.append(_do(kind)), wait_at_the_door)
    return answer[0]


def _do(kind: str) -> str:
    unit = Unit.objects.get(name="Shared 0") if kind != "make" else None
    one = acting.act_id("at once", kind)
    try:
        if unit is None:
            return acts.add_unit.once(one)(by=acting.hr(), name="Library").reference
        if kind == "change":
            return change_unit.once(one)(by=acting.hr(), unit=unit, code="same").reference
        return close_unit.once(one)(by=acting.hr(), unit=unit, closed_on=timezone.localdate()).reference
    except Refused as refused:
        return f"refused: {refused}"


SCENES = {
    "many-writers": many_writers,
    "two-sweeps": two_sweeps,
    "killed-at-every-line": killed_at_every_line,
    "killed-at-random": killed_at_random,
    "at-once": at_once,
}

if __name__ == "__main__":
    report = SCENES[sys.argv[1]](*sys.argv[2:])
    sys.stdout.write(json.dumps(report))
    sys.stdout.flush()
    os._exit(0)
