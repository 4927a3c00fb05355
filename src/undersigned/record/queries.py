"""Reads of the record that are used in more than one place."""

from __future__ import annotations

import json

from django.db import connection

from undersigned.record.heads import latest_published as latest_published
from undersigned.record.models import Entry, Intake, Payload
from undersigned.record.receipts import receipt as receipt


def size() -> int:
    """How many entries are sequenced."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT size FROM record_head WHERE id = 1")
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def is_empty() -> bool:
    """Has nothing been entered, sequenced or waiting?"""
    return not (Entry.objects.exists() or Intake.objects.exists())


def origin() -> str | None:
    """The record's name as its entry 0 says it; None while it is not open."""
    first = Entry.objects.filter(seq=0, act="record.open").values_list("entry", flat=True).first()
    return str(json.loads(bytes(first))["fact"]["origin"]) if first is not None else None


def person_of(act_id: str) -> str | None:
    """The reference of the person who did this act; None for the system, and where it was erased."""
    found = Payload.objects.filter(act_id=act_id, field="who").values_list("value", flat=True).first()
    return str(json.loads(found)["person"]) if found else None
