"""Numbers, days and spans of time as people say them."""

from __future__ import annotations

import datetime as dt

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

Words = str | Promise


def count_in_words(number: int) -> str:
    """Zero to twelve in letters, more in figures grouped by the person's language: "three", "1,204"."""
    letters = [
        pgettext("count", "no"),
        pgettext("count", "one"),
        pgettext("count", "two"),
        pgettext("count", "three"),
        pgettext("count", "four"),
        pgettext("count", "five"),
        pgettext("count", "six"),
        pgettext("count", "seven"),
        pgettext("count", "eight"),
        pgettext("count", "nine"),
        pgettext("count", "ten"),
        pgettext("count", "eleven"),
        pgettext("count", "twelve"),
    ]
    return letters[number] if 0 <= number < len(letters) else figures(number)


def figures(number: float) -> str:
    return formats.number_format(number, use_l10n=True, force_grouping=True)


def day_in_words(value: dt.date) -> str:
    """ "12 March 2026", in the city's own time zone."""
    local = timezone.localtime(value) if isinstance(value, dt.datetime) else value
    return formats.date_format(local, _("j F Y"))


def exact_time(value: dt.datetime) -> str:
    """ "Thursday 12 March 2026, 09:30:12 EDT"."""
    return formats.date_format(timezone.localtime(value), _("l j F Y, H:i:s T"))


def time_in_words(value: dt.datetime) -> str:
    """ "12 March 2026, 09:30"."""
    return formats.date_format(timezone.localtime(value), _("j F Y, H:i"))


def span_in_words(seconds: float) -> str:
    """About how long: "less than a minute", "about 4 minutes", "about 2 hours"."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return _("less than a minute")
    if minutes < 90:
        return ngettext("about %(count)s minute", "about %(count)s minutes", minutes) % {"count": minutes}
    hours = round(minutes / 60)
    return ngettext("about %(count)s hour", "about %(count)s hours", hours) % {"count": hours}


def due_in_words(due: dt.date, today: dt.date) -> str:
    """ "today", "tomorrow", "3 days late", or the day itself."""
    days = (due - today).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days < 0:
        return ngettext("%(count)s day late", "%(count)s days late", -days) % {"count": figures(-days)}
    return day_in_words(due)
