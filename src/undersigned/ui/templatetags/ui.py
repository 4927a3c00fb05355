"""``{% load ui %}``: every component of the design as a tag. docs/pages.md shows each with an example."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm, BoundField
from django.template import Context, NodeList
from django.template.base import FilterExpression, Parser, Token
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from undersigned.acts.refusals import Refused
from undersigned.ui import actid, bars, components, difference, drawn, fields, icons, words
from undersigned.ui.listing import Listing

register = template.Library()

Shown = dict[str, Any]


register.simple_tag(icons.draw, name="icon")
register.tag("drawn", drawn.parse)


_MESSAGE_ICONS = {"success": "works", "warning": "waits", "error": "wrong"}


@register.simple_tag
def message_icon(message: Message) -> SafeString | str:
    shape = _MESSAGE_ICONS.get(message.level_tag)
    return icons.draw(shape) if shape else ""


@register.simple_tag
def standing(value: str, word: words.Words = "") -> SafeString:
    """Drawn without a template of its own: a list shows it fifty times."""
    which = components.Standing(value)
    shape = icons.draw(which)
    return format_html(
        '<span class="u-standing u-standing--{}">{}{}</span>', which.value, shape, word or which.label
    )


@register.inclusion_tag("ui/components/breadcrumbs.html")
def breadcrumbs(*labels_and_urls: Any) -> Shown:
    """``{% breadcrumbs "Accounts" list_url "Facebook" network_url %}``: the way here, without the page itself."""
    return {"steps": list(zip(labels_and_urls[::2], labels_and_urls[1::2], strict=True))}


@register.inclusion_tag("ui/components/empty.html")
def empty(title: words.Words, says: words.Words, button: words.Words = "", url: str = "") -> Shown:
    """What will be here, and the first step towards it."""
    return {"title": title, "says": says, "button": button, "url": url}


@register.inclusion_tag("ui/components/facts.html")
def facts(rows: Iterable[components.Fact]) -> Shown:
    return {"facts": list(rows)}


@register.inclusion_tag("ui/components/timeline.html")
def timeline(acts: Iterable[components.TimelineAct]) -> Shown:
    return {"acts": list(acts)}


@register.inclusion_tag("ui/components/duties.html", takes_context=True)
def duties(context: Context, rows: Iterable[components.DutyRow]) -> Shown:
    return {"duties": list(rows), "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/components/refusal.html")
def refusal(refused: components.Refusal | Refused, helpers: Sequence[str] = ()) -> Shown:
    """``helpers``: names with their offices, of those who could help with a refused act."""
    shown = components.Refusal.of(refused, helpers) if isinstance(refused, Refused) else refused
    return {"refusal": shown}


@register.inclusion_tag("ui/components/difference.html")
def text_difference(old: str, new: str) -> Shown:
    return {"stretches": difference.by_words(old, new)}


@register.inclusion_tag("ui/components/changes.html")
def changes(rows: Iterable[components.Change], caption: words.Words = "") -> Shown:
    return {"changes": list(rows), "caption": caption}


@register.inclusion_tag("ui/components/figures.html")
def figures(rows: Iterable[components.Figure]) -> Shown:
    return {"figures": list(rows)}


@register.inclusion_tag("ui/components/progress.html")
def progress(state: components.Progress) -> Shown:
    return {"progress": state}


@register.inclusion_tag("ui/components/progress_refresh.html")
def progress_refresh(state: components.Progress) -> Shown:
    """For the block ``refresh`` of the page's head: without script the page asks again by itself."""
    return {"progress": state}


@register.inclusion_tag("ui/components/bars.html")
def bar_picture(rows: Sequence[components.Bar], caption: words.Words, unit: words.Words) -> Shown:
    return {"picture": bars.draw(rows), "caption": caption, "unit": unit}


@register.inclusion_tag("ui/components/digest.html")
def digest(value: str, label: words.Words = "") -> Shown:
    return {"digest": value, "short": value[:8], "label": label or _("Whole digest")}


@register.simple_tag
def day(value: dt.date | dt.datetime | None, quiet: bool = False) -> SafeString | str:
    """ "12 March 2026"; the exact time shows on hover, and on focus unless ``quiet`` (in tables)."""
    if value is None:
        return ""
    if not isinstance(value, dt.datetime):
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), words.day_in_words(value))
    return _time(value, words.day_in_words(value), quiet=quiet)


@register.simple_tag
def moment(value: dt.datetime | None, quiet: bool = False) -> SafeString | str:
    """ "12 March 2026, 09:30"."""
    return "" if value is None else _time(value, words.time_in_words(value), quiet=quiet)


def _time(value: dt.datetime, says: str, *, quiet: bool) -> SafeString:
    return format_html(
        '<time class="u-day" datetime="{}" title="{}"{}>{}</time>',
        value.isoformat(),
        words.exact_time(value),
        "" if quiet else SafeString(' tabindex="0"'),
        says,
    )


register.filter("in_words", words.count_in_words)
register.filter("grouped", words.figures)


@register.simple_tag(takes_context=True)
def act_id(context: Context) -> SafeString:
    """The hidden number that makes a form sent twice one act."""
    return format_html(
        '<input type="hidden" name="{}" value="{}">', actid.FIELD, actid.kept(context.get("request"))
    )


@register.inclusion_tag("ui/forms/fields.html")
def form_fields(form: BaseForm) -> Shown:
    return {"form": form, "groups": fields.groups_of(form)}


@register.inclusion_tag("ui/forms/field.html")
def form_field(bound: BoundField) -> Shown:
    return {"field": fields.FieldView.of(bound)}


@register.inclusion_tag("ui/forms/summary.html")
def error_summary(*forms: BaseForm) -> Shown:
    return {"mistakes": [mistake for form in forms if form for mistake in fields.mistakes_of(form)]}


@register.simple_tag
def error_prefix(*forms: BaseForm) -> str:
    """ "Error: " for the page's title, so that a screen reader says it first."""
    return _("Error: ") if any(form and form.is_bound and form.errors for form in forms) else ""


@register.inclusion_tag("ui/components/filters.html")
def filters(listing: Listing[Any]) -> Shown:
    return {"listing": listing}


@register.inclusion_tag("ui/components/table_head.html")
def table_head(listing: Listing[Any]) -> Shown:
    return {"headings": listing.headings}


@register.inclusion_tag("ui/components/table_foot.html")
def table_foot(listing: Listing[Any]) -> Shown:
    return {"listing": listing}


class CellNode(template.Node):
    """``{% cell "handle" %}…{% endcell %}`` inside ``{% for row in listing.rows %}<tr role="row">``."""

    def __init__(self, key: FilterExpression, listing: FilterExpression, head: bool, inner: NodeList) -> None:
        self.key, self.listing, self.head, self.nodelist = key, listing, head, inner

    def render(self, context: Context) -> SafeString:
        listing: Listing[Any] = self.listing.resolve(context)
        opening, closing = listing.cell_frames[self.key.resolve(context), self.head]
        return SafeString(f"{opening}{self.nodelist.render(context).strip()}{closing}")


@register.tag
def cell(parser: Parser, token: Token) -> CellNode:
    """A cell under a column of ``listing``; with the word ``head`` it names the row."""
    name, key, *rest = token.split_contents()
    if rest not in ([], ["head"]):
        raise template.TemplateSyntaxError(
            f"{{% {name} %}} takes a column's key and, for the first, the word head."
        )
    inner = parser.parse(("endcell",))
    parser.delete_first_token()
    return CellNode(parser.compile_filter(key), parser.compile_filter("listing"), bool(rest), inner)
