"""Where the proof of an act is to be had."""

from __future__ import annotations

from django.conf import settings
from django.urls import NoReverseMatch, reverse


def receipt_address(act_id: str | None) -> str | None:
    try:
        return f"{settings.BASE_ADDRESS}{reverse('record:receipt', args=[act_id])}" if act_id else None
    except NoReverseMatch:
        return None
