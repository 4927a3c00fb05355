"""The tables of the record (specification, section 4). Nothing but ``append`` and ``sequence`` writes them.

``payload`` is the erasable half: nonce and value of each commitment. ``entry`` is for ever.
"""

from __future__ import annotations

from django.db import models


class Intake(models.Model):
    """The outbox: one row an act, committed with the act, until it is sequenced."""

    id = models.BigAutoField(primary_key=True)
    act_id = models.CharField(max_length=32, unique=True)
    entry = models.BinaryField()
    entered_at = models.BigIntegerField(help_text="POSIX seconds; a sweep looks for what was left lying")

    class Meta:
        db_table = "record_intake"

    def __str__(self) -> str:
        return self.act_id


class Entry(models.Model):
    """One sequenced entry. ``act`` and ``t`` are for searching; verification compares them with the bytes."""

    seq = models.BigIntegerField(primary_key=True)
    intake = models.BigIntegerField(unique=True)
    act_id = models.CharField(max_length=32, unique=True)
    entry = models.BinaryField()
    leaf = models.BinaryField(max_length=32)
    act = models.CharField(max_length=129)
    t = models.BigIntegerField()

    class Meta:
        db_table = "record_entry"
        indexes = [
            models.Index(fields=["act", "seq"], name="record_entry_act"),
            models.Index(fields=["t", "seq"], name="record_entry_t"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.act}"


class Touch(models.Model):
    """Which entries changed which object: an index for pages, recomputable from the entries."""

    id = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=97)
    act_id = models.CharField(max_length=32)

    class Meta:
        db_table = "record_touch"
        indexes = [
            models.Index(fields=["reference", "id"], name="record_touch_object"),
            models.Index(fields=["act_id"], name="record_touch_act"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} by {self.act_id}"


class Tile(models.Model):
    """The part of a tile above level 0 that is known so far; level 0 is the ``leaf`` column of the entries."""

    id = models.BigAutoField(primary_key=True)
    level = models.PositiveSmallIntegerField()
    idx = models.BigIntegerField()
    data = models.BinaryField()

    class Meta:
        db_table = "record_tile"
        constraints = [models.UniqueConstraint(fields=["level", "idx"], name="record_tile_place")]

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
    """The last standing of each governed object: its counter, commitment and the nonce that opens it."""

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

    id = models.BigAutoField(primary_key=True)
    act_id = models.CharField(max_length=32)
    field = models.CharField(max_length=64)
    nonce = models.BinaryField()
    value = models.TextField(help_text="canonical JSON")

    class Meta:
        db_table = "record_payload"
        constraints = [models.UniqueConstraint(fields=["act_id", "field"], name="record_payload_place")]

    def __str__(self) -> str:
        return f"{self.act_id} {self.field}"


class Checkpoint(models.Model):
    """A signed head. Inserted once; its size is its key, so that no second root can stand beside it."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    signed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        db_table = "record_checkpoint"

    def __str__(self) -> str:
        return str(self.size)


class Cosignature(models.Model):
    """A witness's line over a checkpoint, or the optional time-stamp reply."""

    id = models.BigAutoField(primary_key=True)
    size = models.BigIntegerField()
    source = models.CharField(max_length=200)
    bytes = models.BinaryField()

    class Meta:
        db_table = "record_cosignature"
        constraints = [models.UniqueConstraint(fields=["size", "source"], name="record_cosignature_place")]

    def __str__(self) -> str:
        return f"{self.size} {self.source}"
