"""How an installation stands: what prevents its start, what is missing, and whether it is healthy now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.dispatch import queue
from undersigned.networks.configuration import application_of, setting
from undersigned.networks.linkedin.versions import ends_on
from undersigned.networks.names import Network
from undersigned.people.models import City
from undersigned.record import queries as record
from undersigned.vault import keeping, sealing

A_MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the doctor looked at. ``do`` says how to mend it and is empty when it is well."""

    what: str
    well: bool
    do: str = ""


def prevents_start() -> list[str]:
    """Sentences for what must be there before the web process starts."""
    found: list[str] = []
    if not (Path(settings.KEYS) / "secret.key").exists() and not settings.DEBUG:
        found.append(
            _("There are no keys in %(folder)s. Run: undersigned init --city NAME")
            % {"folder": settings.KEYS}
        )
    elif unmigrated():
        found.append(_("The database is older than this program. Run: undersigned manage migrate"))
    return found


def unmigrated() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def examine() -> list[Finding]:
    """Everything that the doctor looks at, in the order in which it would be mended."""
    try:
        return list(_examine())
    except DatabaseError as fault:
        return [Finding(_("database"), False, f"{type(fault).__name__}: {fault}")]


def _examine() -> Iterator[Finding]:
    yield Finding(_("keys"), not prevents_start(), " ".join(prevents_start()))
    if unmigrated():
        return
    yield Finding(_("city"), City.objects.exists(), _("Run: undersigned init --city NAME"))
    yield _keys_are_private()
    yield _vault()
    yield _address()
    yield _mail()
    yield _worker()
    yield _failures()
    yield _signer()
    if application_of(Network.LINKEDIN):
        yield _linkedin_version()


def _keys_are_private() -> Finding:
    open_ones = [path.name for path in Path(settings.KEYS).glob("*") if path.stat().st_mode & 0o077]
    says = _("Others can read %(names)s. Run: chmod 600 on them.") % {"names": ", ".join(open_ones)}
    return Finding(_("keys are private"), not open_ones, says)


def _vault() -> Finding:
    """Sealed are tokens of connections, applications' secrets and the seeds of second factors."""
    if not sealing.key_names():
        says = _(
            "There is no %(file)s: nothing that was sealed opens. Bring it back from your backup; without it second "
            "factors are set up and accounts connected anew."
        )
        return Finding(_("vault"), False, says % {"file": sealing.key_file()})
    lost = keeping.lost_keys()
    says = _(
        "%(count)d secrets were sealed with keys that are not in %(file)s: %(names)s. Bring them back from your "
        "backup, or connect the accounts anew."
    ) % {"count": sum(lost.values()), "file": sealing.key_file(), "names": ", ".join(sorted(lost))}
    return Finding(_("vault"), not lost, says if lost else "")


def _address() -> Finding:
    says = _("This is a trial: set UNDERSIGNED_DOMAIN before the record is opened for real use.")
    return Finding(_("public address"), not settings.DOMAIN.startswith("localhost"), says)


def _mail() -> Finding:
    says = _("Mail goes to %(folder)s. Set UNDERSIGNED_EMAIL=smtp and the server.") % {
        "folder": settings.EMAIL_FILE_PATH
    }
    return Finding(_("e-mail"), "filebased" not in settings.EMAIL_BACKEND, says)


def _worker() -> Finding:
    says = _("Nothing has been sequenced or signed lately. Start: undersigned worker")
    return Finding(_("worker"), worker_is_alive(), says)


def worker_is_alive() -> bool:
    """Has a checkpoint been signed in the last day, or the record begun in it?"""
    latest = record.latest_published()
    return latest is not None and latest.signed_at > timezone.now() - timedelta(days=1, minutes=10)


def _failures() -> Finding:
    failed = queue.failed()
    says = _("%(count)d pieces of work were given up: look at the desk of an administrator.") % {
        "count": failed
    }
    return Finding(_("work that leaves the building"), not failed, says)


def _signer() -> Finding:
    says = _(
        "The signer runs inside this program. For real use give it a user of its own: UNDERSIGNED_SIGNER_SOCKET."
    )
    return Finding(_("signer apart"), bool(settings.RECORD_SIGNER), says)


def _linkedin_version() -> Finding:
    """LinkedIn takes a version for a year; then every account there stands still. A month is left to change it."""
    version = setting(Network.LINKEDIN, "version")
    ends = ends_on(version)
    says = _(
        "LinkedIn takes version %(version)s until %(ends)s. Set UNDERSIGNED_LINKEDIN_VERSION to a later one."
    )
    left = ends - timezone.now().date()
    return Finding(
        _("version of LinkedIn"), left > A_MONTH, says % {"version": version, "ends": ends.isoformat()}
    )
