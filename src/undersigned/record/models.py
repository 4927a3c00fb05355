"""The tables of the record (specification, section 4). Nothing but this room writes them.

``payload`` is the erasable half: nonce and value of each commitment. ``entry`` is for ever.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Intake(models.Model):
    """The outbox: one row an act, committed with the act, until it is sequenced.

    On SQLite an act is sequenced in its own transaction and never passes through here.
    """

    id = models.BigAutoField(primary_key=True)
    act_id = models.CharField(max_length=32, unique=True)
    entry = models.BinaryField()
    entered_at = models.BigIntegerField(help_text="POSIX seconds; verification names what was left lying")

    class Meta:
        db_table = "record_intake"

    def __str__(self) -> str:
        return self.act_id


class Entry(models.Model):
    """One sequenced entry. ``act``, ``t`` and ``capacity`` serve searching; verification compares them with the bytes.

    ``capacity`` is the reference of the appointment in which the person acted, empty for the system.
    """

    seq = models.BigIntegerField(primary_key=True)
    intake = models.BigIntegerField(unique=True, null=True)
    act_id = models.CharField(max_length=32, unique=True)
    entry = models.BinaryField()
    leaf = models.BinaryField(max_length=32)
    act = models.CharField(max_length=129)
    t = models.BigIntegerField()
    capacity = models.CharField(max_length=97, blank=True)

    class Meta:
        db_table = "record_entry"
        indexes = [
            models.Index(fields=["act", "seq"], name="record_entry_act"),
            models.Index(fields=["t", "seq"], name="record_entry_t"),
            models.Index(fields=["capacity", "seq"], name="record_entry_capacity", condition=~Q(capacity="")),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.act}"


class Touch(models.Model):
    """Which act changed which object as its ``n``-th: an index for pages, recomputable from the entries."""

    pk = models.CompositePrimaryKey("reference", "n")
    reference = models.CharField(max_length=97)
    n = models.BigIntegerField()
    act_id = models.CharField(max_length=32)

    class Meta:
        db_table = "record_touch"

    def __str__(self) -> str:
        return f"{self.reference} #{self.n}"


class Tile(models.Model):
    """The part of a tile above level 0 that is known so far; level 0 is the ``leaf`` column of the entries."""

    pk = models.CompositePrimaryKey("level", "idx")
    level = models.PositiveSmallIntegerField()
    idx = models.BigIntegerField()
    data = models.BinaryField()

    class Meta:
        db_table = "record_tile"

    def __str__(self) -> str:
        return f"{self.level}/{self.idx}"


class Head(models.Model):
    """One row: how many entries there are, the frontier of the tree, and the latest time in it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)
    frontier = models.BinaryField(default=bytes)
    t_max = models.BigIntegerField(default=0)

    class Meta:
        db_table = "record_head"

    def __str__(self) -> str:
        return str(self.size)


class Standing(models.Model):
    """The last standing of each governed object: its counter, commitment and the nonce that opens it.

    An empty nonce stands where a restore brought the entry back and the nonce was lost.
    """

    reference = models.CharField(max_length=97, primary_key=True)
    n = models.BigIntegerField()
    st = models.CharField(max_length=44, null=True)  # noqa: DJ001 - null is the leaf's own word for "gone"
    sv = models.PositiveIntegerField()
    nonce = models.BinaryField()
    act_id = models.CharField(max_length=32)

    class Meta:
        db_table = "record_object"

    def __str__(self) -> str:
        return f"{self.reference} #{self.n}"


class Payload(models.Model):
    """Nonce and value of one commitment. Deleted only together with a ``record.erase``."""

    pk = models.CompositePrimaryKey("act_id", "field")
    act_id = models.CharField(max_length=32)
    field = models.CharField(max_length=64)
    nonce = models.BinaryField()
    value = models.TextField(help_text="canonical JSON")

    class Meta:
        db_table = "record_payload"

    def __str__(self) -> str:
        return f"{self.act_id} {self.field}"


class Checkpoint(models.Model):
    """A signed head. Inserted once; its size is its key, so that no second root can stand beside it.

    ``named`` says that a receipt, a mail or a gazette names this size, so that it is published for ever.
    """

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    signed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True, db_index=True)
    named = models.BooleanField(default=False)

    class Meta:
        db_table = "record_checkpoint"

    def __str__(self) -> str:
        return str(self.size)


class Cosignature(models.Model):
    """A witness's line over a checkpoint, or the optional time-stamp reply. ``source`` is a key name and its ID."""

    pk = models.CompositePrimaryKey("size", "source")
    size = models.BigIntegerField()
    source = models.CharField(max_length=200)
    bytes = models.BinaryField()

    class Meta:
        db_table = "record_cosignature"

    def __str__(self) -> str:
        return f"{self.size} {self.source}"
