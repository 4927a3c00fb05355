"""What an act is: the closed list of the city's verbs, who may do each, and how each is entered in the record.

Rooms import from here::

    from undersigned.acts import Act, Actor, act, say

The names are loaded lazily, so that importing this package never needs the application registry.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from undersigned.acts.actor import Actor, Capacity, Officer, System
    from undersigned.acts.book import Act
    from undersigned.acts.countersigned import Countersigned
    from undersigned.acts.declared import DeclaredAct, act
    from undersigned.acts.facts import Fact
    from undersigned.acts.predicates import Rule, rule
    from undersigned.acts.refusals import Refused
    from undersigned.acts.scene import cite, say, together

_HOMES = {
    "Act": "book",
    "Actor": "actor",
    "Capacity": "actor",
    "Countersigned": "countersigned",
    "DeclaredAct": "declared",
    "Fact": "facts",
    "Officer": "actor",
    "Refused": "refusals",
    "Rule": "predicates",
    "System": "actor",
    "act": "declared",
    "cite": "scene",
    "rule": "predicates",
    "say": "scene",
    "together": "scene",
}

__all__ = [
    "Act",
    "Actor",
    "Capacity",
    "Countersigned",
    "DeclaredAct",
    "Fact",
    "Officer",
    "Refused",
    "Rule",
    "System",
    "act",
    "cite",
    "rule",
    "say",
    "together",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
