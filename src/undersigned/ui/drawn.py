"""Rows of a list that were drawn before are not drawn again: drawing them is most of the work of a list page."""

from __future__ import annotations

from collections.abc import Hashable

from django import template
from django.template import Context, NodeList
from django.template.base import FilterExpression, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 500
"""Rows of one list that a process keeps, some 1,000 bytes each; then it begins anew. They lie in memory alone."""


class DrawnNode(template.Node):
    """``{% drawn row.drawn_from %}<tr>…</tr>{% enddrawn %}``.

    What is given must hold every value that the inside shows, the language apart: so a row is never shown as it was.
    """

    def __init__(self, values: FilterExpression, nodelist: NodeList) -> None:
        self.values, self.nodelist = values, nodelist
        self.kept: dict[tuple[str | None, Hashable], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        key = (get_language(), self.values.resolve(context))
        drawn = self.kept.get(key)
        if drawn is None:
            drawn = self.nodelist.render(context)
            if len(self.kept) >= MOST:
                self.kept.clear()
            self.kept[key] = drawn
        return drawn


def parse(parser: Parser, token: Token) -> DrawnNode:
    name, *values = token.split_contents()
    if len(values) != 1:
        raise template.TemplateSyntaxError(
            f"{{% {name} %}} takes the one value that its inside is drawn from."
        )
    inner = parser.parse(("enddrawn",))
    parser.delete_first_token()
    return DrawnNode(parser.compile_filter(values[0]), inner)
