"""Scenes of publishing, each in a process of its own: ``python -m bench.publishing_scenes many 1000``."""

from __future__ import annotations

import json
import os
import secrets
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "undersigned.settings")
import django

django.setup()

import psutil  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from tests.cast import Cast  # noqa: E402
from tests.publishing.desk import Desk  # noqa: E402
from tests.publishing.wall import Wall  # noqa: E402

from undersigned.acts import guards  # noqa: E402
from undersigned.dispatch import engine  # noqa: E402
from undersigned.dispatch.models import Dispatch  # noqa: E402
from undersigned.networks import clients  # noqa: E402
from undersigned.networks.names import Network  # noqa: E402
from undersigned.publishing.models import Delivery, Sighting  # noqa: E402
from undersigned.publishing.reading import matching  # noqa: E402

ANSWER_SECONDS = 0.1
PLACES = (
    Network.X,
    Network.FACEBOOK,
    Network.LINKEDIN,
    Network.BLUESKY,
    Network.MASTODON,
    Network.INSTAGRAM,
)
IN_AN_HOUR = timedelta(hours=1)


def desks(cast: Cast) -> list[Desk]:
    """Six accounts on six networks, each answering after a tenth of a second."""
    found = []
    for place in PLACES:
        wall = Wall(network=place, on_publish=lambda: time.sleep(ANSWER_SECONDS))
        clients.install(place, wall)
        found.append(Desk(cast, wall, handle=HANDLES[place], network=place))
    return found


HANDLES = {
    Network.X: "harrowfalls",
    Network.FACEBOOK: "harrowfalls",
    Network.LINKEDIN: "company/harrowfalls",
    Network.BLUESKY: "harrowfalls.bsky.social",
    Network.MASTODON: "@harrowfalls@social.example",
    Network.INSTAGRAM: "harrowfalls",
}


def seeded(count: int) -> list[Desk]:
    all_ = desks(Cast())
    for number in range(count):
        desk = all_[number % len(all_)]
        words = f"Notice {number} of {secrets.token_hex(12)}, {secrets.token_hex(12)}."
        desk.scheduled(words, not_before=timezone.now() + IN_AN_HOUR)
    return all_


def many(count: int) -> dict[str, Any]:
    """All due in this moment, brought by one process."""
    seeded(count)
    connection.close()
    worker = engine.threaded()
    resident = [_resident()]
    Dispatch.objects.filter(what="delivery").update(due_at=timezone.now())
    due, begun = timezone.now(), time.perf_counter()
    while Delivery.objects.exclude(state="done").exists():
        for _ in range(20):
            worker.step()
    took = time.perf_counter() - begun
    worker.finish()
    resident.append(_resident())
    lags = [(one - due).total_seconds() for one in Delivery.objects.values_list("sent_at", flat=True)]
    return {"lags": lags, "share": _bare_loop(count) / took, "resident": resident}


def _resident() -> float:
    return float(psutil.Process().memory_info().rss / 1e6)


def _bare_loop(count: int) -> float:
    begun = time.perf_counter()
    with ThreadPoolExecutor(engine.AT_ONCE) as pool:
        list(pool.map(lambda _: time.sleep(ANSWER_SECONDS), range(count)))
    return time.perf_counter() - begun


def idle(count: int) -> dict[str, Any]:
    """One after the other, while the worker has nothing else to do."""
    desk = desks(Cast())[0]
    posts = [
        desk.scheduled(f"Idle {secrets.token_hex(16)}", not_before=timezone.now() + IN_AN_HOUR)
        for _ in range(count)
    ]
    lags: list[float] = []

    def let_go() -> None:
        for post in posts:
            time.sleep(1.7)
            key = desk.delivery(post).key
            due = timezone.now()
            Dispatch.objects.filter(idempotency_key=key).update(due_at=due)
            while not (sent := Delivery.objects.values_list("sent_at", flat=True).get(key=key)):
                time.sleep(0.02)
            lags.append((sent - due).total_seconds())
        connection.close()
        os.kill(os.getpid(), 15)

    threading.Thread(target=let_go).start()
    call_command("worker", stdout=sys.stderr)
    return {"lags": lags}


def matching_many(count: int) -> dict[str, Any]:
    """As many sightings as deliveries, none of them bound."""
    desk = desks(Cast())[0]
    post = desk.scheduled("The one that the others are copied from", not_before=timezone.now() + IN_AN_HOUR)
    guards.remove(connection)
    first = desk.delivery(post)
    deliveries, sightings = [], []
    for number in range(count):
        copy = Delivery(
            **{one.attname: getattr(first, one.attname) for one in Delivery._meta.concrete_fields}
        )
        copy.pk, copy.key, copy.far_id = f"delivery:{number:016x}", f"{number:032x}", f"far-{number}"
        deliveries.append(copy)
        sightings.append(_sighting(first, copy.far_id))
    with transaction.atomic():
        models.QuerySet(Delivery).bulk_create(deliveries, batch_size=2_000)
        Sighting.objects.bulk_create(sightings, batch_size=2_000)
    begun = time.perf_counter()
    bound = matching.match()
    took = time.perf_counter() - begun
    if bound != count:
        raise RuntimeError(f"only {bound} of {count} were bound")
    return {"seconds": took}


def _sighting(like: Delivery, far_id: str) -> Sighting:
    at = like.not_before
    return Sighting(
        account_id=like.account_id, far_id=far_id, normal="", raw="", made_at=at, seen_at=at, last_seen_at=at
    )


SCENES = {"many": many, "idle": idle, "matching": matching_many}

if __name__ == "__main__":
    print(json.dumps(SCENES[sys.argv[1]](int(sys.argv[2]))))
