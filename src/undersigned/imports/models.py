"""What is kept of bringing a file: the columns' meanings for next time, and the run from file to report."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Subject(models.TextChoices):
    """What a file lists."""

    ACCOUNTS = "accounts", _("accounts")
    ROSTER = "roster", _("people")


class KeptMapping(models.Model):
    """What the columns of a kind of file mean, as somebody confirmed it. Found again by the set of its headers."""

    id = models.BigAutoField(primary_key=True)
    subject = models.CharField(max_length=16, choices=Subject.choices)
    headers_key = models.CharField(max_length=64)
    mapping = models.TextField(help_text="as Mapping.to_json writes it")
    kept_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "headers_key"], name="one_mapping_a_file")]

    def __str__(self) -> str:
        return f"{self.subject} {self.headers_key[:8]}"


class RunState(models.TextChoices):
    BROUGHT = "brought", _("brought")
    WAITING = "waiting", _("waiting for the worker")
    APPLYING = "applying", _("being applied")
    APPLIED = "applied", _("applied")
    STOPPED = "stopped", _("stopped")


class ImportRun(models.Model):
    """One file on its way from the person who brought it to what it changed.

    Not governed: until it is applied it changes nothing, and what it changes is entered act by act. The file itself
    is kept under its SHA-256 until the run is over, its report for as long as the run.
    """

    id = models.BigAutoField(primary_key=True)
    subject = models.CharField(max_length=16, choices=Subject.choices)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    brought_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=255)
    file_digest = models.CharField(max_length=64)
    file_bytes = models.PositiveBigIntegerField()
    options = models.JSONField(default=dict, help_text="what was said about the file: as_of, full")
    mapping = models.TextField(blank=True)
    answers = models.JSONField(default=dict)
    preview = models.JSONField(default=dict, help_text="what it would change, as last worked out")
    state = models.CharField(max_length=16, choices=RunState.choices, default=RunState.BROUGHT)
    act_id = models.CharField(max_length=32, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True, help_text="the worker's last sign of life")
    promised = models.JSONField(default=dict, help_text="the numbers under which somebody put their name")
    report = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["state", "beat_at"], name="import_run_alive")]

    def __str__(self) -> str:
        return f"{self.subject}: {self.file_name}"

    @property
    def standing(self) -> str:
        """How it stands, as pages show it."""
        return {RunState.APPLIED: "works", RunState.STOPPED: "wrong"}.get(RunState(self.state), "waits")
