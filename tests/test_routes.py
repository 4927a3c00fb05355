"""The list of routes is frozen in ``routes.txt``: adding or losing an address is a deliberate act.

Each line: address, methods, who may come in. ``python -m pytest tests/test_routes.py --write-routes`` writes it anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

TABLE = Path(__file__).parent / "routes.txt"
ALL = "any"
OPEN, SIGNED_IN, LIBRARY = "anybody", "signed in", "library"


def test_the_routes_are_those_that_were_reviewed(request: pytest.FixtureRequest) -> None:
    found = sorted(set(_lines(get_resolver())))
    if request.config.getoption("--write-routes"):
        TABLE.write_text("\n".join(found) + "\n")
    assert found == TABLE.read_text().splitlines()


def test_no_page_of_ours_takes_every_method() -> None:
    """The interface for programs answers 405 by itself, from its own declaration."""
    ours = [line for line in _lines(get_resolver()) if not line.endswith(LIBRARY) and "/api/" not in line]
    assert [line for line in ours if f"  {ALL}  " in line] == []


def _lines(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    for entry in resolver.url_patterns:
        address = before + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLResolver):
            yield from _lines(entry, address)
        elif isinstance(entry, URLPattern):
            yield f"{address}  {_methods(entry.callback)}  {_who(entry.callback)}"


def _layers(view: Any) -> Iterator[Any]:
    while view is not None:
        yield view
        view = getattr(view, "__wrapped__", None)


def _methods(view: Any) -> str:
    """The methods that the view's decorator allows, read from what it closes over."""
    for layer in _layers(view):
        closed = (
            dict(zip(layer.__code__.co_freevars, layer.__closure__ or (), strict=True))
            if _plain(layer)
            else {}
        )
        if "request_method_list" in closed:
            return ",".join(closed["request_method_list"].cell_contents)
        operations = getattr(getattr(layer, "__self__", None), "operations", None)
        if operations:
            return ",".join(sorted({method for one in operations for method in one.methods}))
    return ALL


def _plain(layer: Any) -> bool:
    return hasattr(layer, "__code__")


def _who(view: Any) -> str:
    layers = list(_layers(view))
    if all(not str(getattr(layer, "__module__", "")).startswith("undersigned") for layer in layers):
        return LIBRARY
    closes_over_sign_in = any(_plain(layer) and "test_func" in layer.__code__.co_freevars for layer in layers)
    return SIGNED_IN if closes_over_sign_in else OPEN
