"""How often reports may come from one place, without keeping where they came from.

What is counted is not an address but one of 65,536 buckets into which a keyed digest throws addresses, by another
throw each hour. A bucket holds 65,536 addresses of the old kind, so a count says nothing about anybody.
"""

from __future__ import annotations

import hmac
import ipaddress
import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from undersigned.acts.refusals import Unfit

REPORTS_AN_HOUR = 10
HOUR = 3600
RULE = "reports_an_hour"


def count_report(request: HttpRequest) -> None:
    """Count one more report from where this request comes. Raises Unfit once there were enough within the hour."""
    bucket = f"public.report.{_bucket(_network(_address(request)), int(time.time()) // HOUR)}"
    cache.add(bucket, 0, HOUR)
    if cache.incr(bucket) > REPORTS_AN_HOUR:
        raise Unfit(
            _("From where you are, %(most)s reports came within this hour, and no more are taken.")
            % {"most": REPORTS_AN_HOUR},
            rule=RULE,
            do=_("Nothing was sent, and what you wrote is still below: send it again in an hour."),
        )


def _bucket(network: str, hour: int) -> str:
    thrown = hmac.digest(settings.SECRET_KEY.encode(), f"public.report {hour} {network}".encode(), "sha256")
    return f"{hour}.{thrown[:2].hex()}"


def _network(address: str) -> str:
    """A line has one address of the old kind, and 64 bits full of the new."""
    known = ipaddress.ip_address(address)
    return str(ipaddress.ip_network((known, 64), strict=False)) if known.version == 6 else str(known)


def _address(request: HttpRequest) -> str:
    """Where the request comes from, as sign-in counts it too; all of whom that cannot be told are one place."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return "::"
