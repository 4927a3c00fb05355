"""What ``check --deploy`` says of the record."""

from __future__ import annotations

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, register

from undersigned.record import timestamps, trust
from undersigned.record.signer.door import is_embedded
from undersigned.record.tlog.policy import NONE
from undersigned.record.tlog.refusals import MalformedError


@register("record", deploy=True)
def the_signer_stands_apart(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Within the same process, whoever owns the database owns the key as well."""
    if not is_embedded():
        return []
    return [
        checks.Warning(
            "the record is signed by the web process itself",
            hint="Run `undersigned record sign` as another user and give its socket as UNDERSIGNED_SIGNER_SOCKET.",
            id="record.W001",
        )
    ]


@register("record", deploy=True)
def witnesses_are_asked(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Without a quorum of witnesses, the owner of key and database can show two records."""
    try:
        policy = trust.policy()
    except (trust.NoPolicy, MalformedError) as why:
        return [checks.Error(str(why), id="record.E001")]
    if policy.quorum != NONE:
        return []
    return [
        checks.Warning(
            "no witness has to cosign the record",
            hint=f"Name witnesses and a quorum in {trust.policy_file()}.",
            id="record.W002",
        )
    ]


@register("record", deploy=True)
def the_time_authority_can_be_judged(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    """Who asks for stamps must be able to tell a true one from a false one, or none is kept."""
    if not settings.TIME_AUTHORITY:
        return []
    try:
        timestamps.ready()
    except timestamps.CannotTell as why:
        return [checks.Error(f"no time stamp can be kept: {why}", id="record.E002")]
    return []
