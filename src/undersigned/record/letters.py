"""The record's daily letters: to those who watch it, and to everybody in whose name something was done."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.acts.directory import directory
from undersigned.acts.names import name_of_act
from undersigned.dispatch import mail
from undersigned.dispatch.models import Dispatch
from undersigned.record import heads, reading, setup
from undersigned.record.add_checkpoint import AddCheckpoint
from undersigned.record.models import Checkpoint, Entry, Payload
from undersigned.record.tlog.encoding import Digest, encode_base64

WATCH, NAME = "record.daily", "record.in_your_name"
WATCHERS = ("clerk", "auditor")
"""Offices whose holders get the daily letter; who else subscribed stands in the settings."""
MOST_TOLD = 50


def register() -> None:
    mail.composer(WATCH, to_watchers)
    mail.composer(NAME, to_whom_it_names)


def send_those_of_the_day() -> None:
    """Queue the letters about yesterday, once each."""
    day = timezone.localdate() - timedelta(days=1)
    latest = heads.latest_published()
    if latest is None:
        return
    mail.send(WATCH, key=f"{WATCH}:{day}", day=str(day), size=latest.size, old=_size_told_before(day))
    for person in sorted(_people_of(day)):
        mail.send(NAME, key=f"named:{day}:{person}", day=str(day), person=person)


def _size_told_before(day: date) -> int:
    """What the letter before told, from which an offline witness goes on; 0 before the first."""
    letters = Dispatch.objects.filter(idempotency_key__startswith=f"mail:{WATCH}:")
    last = letters.exclude(idempotency_key=f"mail:{WATCH}:{day}").order_by("-id").first()
    return int(last.payload["about"]["size"]) if last else 0


def to_watchers(about: Mapping[str, object]) -> EmailMessage | None:
    """Counts in plain words; the checkpoint and the request of an offline witness as files, which mail leaves whole."""
    recipients = [*directory().addresses(WATCHERS), *settings.RECORD_MAIL_TO]
    checkpoint = Checkpoint.objects.filter(size=int(str(about["size"]))).first()
    if checkpoint is None or not recipients:
        return None
    heads.name_for_ever(checkpoint)
    note, old = heads.note(checkpoint), int(str(about["old"]))
    asked = AddCheckpoint(old, tuple(reading.consistency(old, checkpoint.size)), note)
    letter = EmailMessage(
        _("The record, %(day)s") % {"day": about["day"]}, _told(about, checkpoint), bcc=recipients
    )
    letter.attach("checkpoint", note, "application/octet-stream")
    letter.attach("add-checkpoint", asked.encode(), "application/octet-stream")
    return letter


def _told(about: Mapping[str, object], checkpoint: Checkpoint) -> str:
    counts = Counter(_of_day(date.fromisoformat(str(about["day"]))).values_list("act", flat=True))
    lines = [f"{count:6}  {name_of_act(act)}" for act, count in sorted(counts.items())]
    return _(
        "What was done in the city's name on %(day)s:\n\n%(lines)s\n\n"
        "The record since then, to compare with what others hold:\n\n%(origin)s\n%(size)d\n%(root)s\n\n"
        "A witness without a network gives the attached file add-checkpoint to undersigned record witness, and answers "
        "this letter with the line that it prints.\n"
    ) % {
        "day": about["day"],
        "lines": "\n".join(lines) or _("nothing"),
        "origin": setup.origin(),
        "size": checkpoint.size,
        "root": encode_base64(Digest(bytes(checkpoint.root))),
    }


def to_whom_it_names(about: Mapping[str, object]) -> EmailMessage | None:
    """The record cannot know that a stolen session lied; the person can."""
    person = str(about["person"])
    address = directory().address(person)
    acts = list(_done_by(person, date.fromisoformat(str(about["day"]))))
    if not address or not acts:
        return None
    lines = [
        f"{timezone.localtime(datetime.fromtimestamp(one.t, UTC)):%H:%M}  {name_of_act(one.act)}\n"
        f"       {settings.BASE_ADDRESS}{reverse('record:act', args=[one.act_id])}"
        for one in acts[:MOST_TOLD]
    ]
    body = _(
        "On %(day)s, %(count)d acts were entered in the record in your name:\n\n%(lines)s\n\n"
        "If one of these was not done by you, open it and say so, and tell IT security.\n"
    ) % {"day": about["day"], "count": len(acts), "lines": "\n".join(lines)}
    return EmailMessage(_("Done in your name on %(day)s") % {"day": about["day"]}, body, to=[address])


def _done_by(person: str, day: date) -> QuerySet[Entry]:
    named = _names_of(day).filter(value__contains=f'"person":"{person}"')
    return Entry.objects.filter(act_id__in=named.values("act_id")).order_by("seq")


def _people_of(day: date) -> set[str]:
    """Everybody in whose name something was done, except where that was erased since."""
    return {str(json.loads(value)["person"]) for value in _names_of(day).values_list("value", flat=True)}


def _names_of(day: date) -> QuerySet[Payload]:
    done = _of_day(day).exclude(capacity="")
    return Payload.objects.filter(field="who", act_id__in=done.values("act_id"))


def _of_day(day: date) -> QuerySet[Entry]:
    """The entries of a day in the city's own time zone."""
    began = timezone.make_aware(datetime.combine(day, time.min))
    ended = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    return Entry.objects.filter(t__gte=int(began.timestamp()), t__lt=int(ended.timestamp()))
