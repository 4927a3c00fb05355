"""What one reading of a timeline means: new posts, changed ones, gone ones, gaps; and whose they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from undersigned.accounts.models import Account
from undersigned.acts import System
from undersigned.networks.counting import normalised
from undersigned.networks.protocol import Seen, Timeline
from undersigned.publishing import acts, variants
from undersigned.publishing.delivering.looking import digest_of_text
from undersigned.publishing.models import Case, Delivery, Reading, Sighting
from undersigned.publishing.reading import matching
from undersigned.publishing.states import CaseKind, CaseState, DeliveryState, SightingOrigin

CALLER = System("publishing.reader")
PATIENCE = timedelta(minutes=5)
"""How long a post may stand unmatched while something of the account is on its way: it may be ours."""
SHOWN_WITHIN = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Noticed:
    """The sightings that a reading adds: first ones, later versions, and versions that say "not shown any more"."""

    new: Sequence[Sighting]
    changed: Sequence[tuple[Sighting, Sighting]]
    gone: Sequence[tuple[Sighting, Sighting]]

    @property
    def all(self) -> list[Sighting]:
        return [*self.new, *(now for _before, now in self.changed), *(now for _before, now in self.gone)]


def reading_of(account: Account) -> Reading:
    found, _made = Reading.objects.get_or_create(account=account, defaults={"due_at": timezone.now()})
    return found


def notice(account: Account, timeline: Timeline, *, since: datetime) -> Noticed:
    """Keep what is new, and open the cases that it gives rise to. Called within one transaction."""
    reading = reading_of(account)
    first = reading.read_at is None
    noticed = _compared(account, timeline, since, first=first)
    if noticed.all:
        acts.keep_reading(by=CALLER, account=account, sightings=noticed.all, complete=timeline.complete)
    _move_on(reading, timeline, first=first)
    matching.match([account.pk])
    _settle_uncertain(account)
    if not first:
        _open_cases(account, noticed, blind=not timeline.complete)
    _doubt_what_is_not_shown(account, timeline)
    return noticed


def _compared(account: Account, timeline: Timeline, since: datetime, *, first: bool) -> Noticed:
    ids = [one.id for one in timeline.posts]
    known = _latest(Sighting.objects.filter(account=account, far_id__in=ids))
    origin = SightingOrigin.HISTORY if first else SightingOrigin.READ
    new = [_sighting(account, one, origin) for one in timeline.posts if one.id not in known]
    changed = [
        (known[one.id], _sighting(account, one, SightingOrigin(known[one.id].origin), known[one.id]))
        for one in timeline.posts
        if one.id in known and _differs(known[one.id], one)
    ]
    gone = list(_gone(account, timeline, since)) if timeline.complete else []
    return Noticed(new, changed, gone)


def _latest(rows: QuerySet[Sighting]) -> dict[str, Sighting]:
    """The last version of each post among these."""
    return {one.far_id: one for one in rows.select_related("delivery").order_by("version")}


def _differs(before: Sighting, now: Seen) -> bool:
    return (before.normal, before.media, before.visible) != (digest_of_text(now.text), now.media, now.visible)


def _sighting(
    account: Account, seen: Seen, origin: SightingOrigin, before: Sighting | None = None
) -> Sighting:
    now = timezone.now()
    return Sighting(
        account=account,
        far_id=seen.id,
        version=before.version + 1 if before else 1,
        text=seen.text,
        normal=digest_of_text(seen.text),
        media=seen.media,
        made_at=seen.made_at,
        url=seen.url,
        application=seen.application[:200],
        author=seen.author[:200],
        visible=seen.visible,
        raw=seen.raw or digest_of_text(f"{seen.id} {seen.text}"),
        origin=origin,
        seen_at=now,
        last_seen_at=now,
        delivery=before.delivery if before else None,
    )


def _gone(account: Account, timeline: Timeline, since: datetime) -> Iterator[tuple[Sighting, Sighting]]:
    """Posts that were shown within the time that this reading covers, and are not shown any more."""
    shown = {one.id for one in timeline.posts}
    covered = _latest(Sighting.objects.filter(account=account, made_at__gte=since))
    for far_id, before in covered.items():
        if far_id not in shown and before.visible and before.origin != SightingOrigin.ARCHIVE:
            now = Sighting(
                **{
                    name: getattr(before, name)
                    for name in (
                        "account", "far_id", "text", "normal", "media", "made_at", "url", "application", "author",
                        "raw", "origin", "delivery",
                    )
                },
                version=before.version + 1,
                visible=False,
                seen_at=timezone.now(),
                last_seen_at=timezone.now(),
            )  # fmt: skip
            yield before, now


def _move_on(reading: Reading, timeline: Timeline, *, first: bool) -> None:
    now = timezone.now()
    blind = None if timeline.complete or first else (reading.blind_since or reading.read_at)
    Reading.objects.filter(pk=reading.pk).update(
        newest=timeline.newest or reading.newest, read_at=now, failures=0, blind_since=blind
    )


def _settle_uncertain(account: Account) -> None:
    """An uncertain delivery whose words stand there, posted in its time and by nobody else's delivery: it is done."""
    for delivery in Delivery.objects.filter(account=account, state=DeliveryState.UNCERTAIN).select_related(
        "post"
    ):
        begun = (delivery.sent_at or delivery.not_before) - timedelta(minutes=2)
        unmatched = Sighting.objects.filter(
            account=account, delivery__isnull=True, visible=True, made_at__gte=begun, normal=_normal(delivery)
        )
        found = list(unmatched[:2])
        if len(found) == 1:
            acts.delivered(
                by=CALLER, delivery=delivery, far_id=found[0].far_id, url=found[0].url, by_reading=True
            )
            Sighting.objects.filter(pk=found[0].pk).update(delivery=delivery)


def _normal(delivery: Delivery) -> str:
    return digest_of_text(_shown(delivery))


def _shown(delivery: Delivery) -> str:
    content = delivery.post.versions.get(number=delivery.number).says
    return variants.forms_of(content, [delivery.account])[delivery.account_id].shown


def _open_cases(account: Account, noticed: Noticed, *, blind: bool) -> None:
    open_ = set(Case.objects.filter(account=account, state=CaseState.OPEN).values_list("case_kind", "far_id"))
    for case_kind, far_id, delivery, words in _findings(account, noticed, blind=blind):
        if (case_kind, far_id) not in open_:
            acts.open_case(
                by=CALLER, account=account, case_kind=case_kind, far_id=far_id, delivery=delivery, words=words
            )


Finding = tuple[CaseKind, str, Delivery | None, str]


def _findings(account: Account, noticed: Noticed, *, blind: bool) -> Iterator[Finding]:
    if blind:
        yield CaseKind.BLIND, "", None, ""
    yield from _native(account)
    for before, _now in noticed.changed:
        if before.delivery_id:
            yield CaseKind.EDITED, before.far_id, before.delivery, before.url
    for before, _now in noticed.gone:
        if before.delivery_id:
            yield CaseKind.DELETED, before.far_id, before.delivery, before.url
    yield from _not_as_sent(account, noticed)


def _native(account: Account) -> Iterator[Finding]:
    """Posts behind which no delivery stands; not while something that may be them is on its way."""
    under_way = Delivery.objects.filter(
        account=account, state__in=(DeliveryState.ARMED, DeliveryState.UNCERTAIN)
    ).exists()
    told = Case.objects.filter(account=account, case_kind=CaseKind.NATIVE).values("far_id")
    unmatched = Sighting.objects.filter(
        account=account, delivery__isnull=True, origin=SightingOrigin.READ, version=1
    ).exclude(far_id__in=told)
    if under_way:
        unmatched = unmatched.filter(seen_at__lt=timezone.now() - PATIENCE)
    for one in unmatched.order_by("made_at")[:50]:
        yield (
            CaseKind.NATIVE,
            one.far_id,
            None,
            " ".join(filter(None, (one.application, one.author, one.url))),
        )


def _not_as_sent(account: Account, noticed: Noticed) -> Iterator[Finding]:
    """Matched for the first time, and the network shows something else than was countersigned."""
    ids = [one.far_id for one in noticed.new]
    matched: Mapping[str, Sighting] = {
        one.far_id: one
        for one in Sighting.objects.filter(
            account=account, far_id__in=ids, version=1, delivery__isnull=False
        ).select_related("delivery__post", "delivery__account")
    }
    for far_id, one in matched.items():
        if one.delivery and normalised(one.text) != normalised(_shown(one.delivery)):
            yield CaseKind.DIFFERS, far_id, one.delivery, one.url


def _doubt_what_is_not_shown(account: Account, timeline: Timeline) -> None:
    """We say done, and a complete reading half an hour later does not show it: look again, never in silence."""
    if not timeline.complete:
        return
    late = timezone.now() - SHOWN_WITHIN
    silent = Delivery.objects.filter(
        account=account,
        state=DeliveryState.DONE,
        settled_at__lt=late,
        settled_at__gt=late - timedelta(days=1),
        sightings__isnull=True,
        attested_by__isnull=True,
    )
    for delivery in silent[:20]:
        acts.doubt(by=CALLER, delivery=delivery)
