"""The grammar of a leaf, as one pattern over its bytes.

A canonical leaf has no escapes, no spaces and one order of keys, so that matching the pattern says as much as
parsing the JSON and writing it again, in a third of the time. What a pattern cannot say (that the keys of
`c` and `fact` and the objects are sorted and distinct) is checked beside it in `leaf`.
"""

import re

LARGEST_INTEGER = 2**53 - 1


def at_most(limit: int) -> str:
    """A pattern for the canonical decimals 0 … `limit`."""
    digits = str(limit)
    shapes = ["0", f"[1-9][0-9]{{0,{len(digits) - 2}}}", digits]
    for place, digit in enumerate(digits):
        lowest = 1 if place == 0 else 0
        if int(digit) > lowest:
            shapes.append(f"{digits[:place]}[{lowest}-{int(digit) - 1}][0-9]{{{len(digits) - place - 1}}}")
    return f"(?:{'|'.join(shapes)})(?![0-9])"


NAME = "[a-z][a-z0-9_]{0,63}"
ACT = rf"{NAME}\.{NAME}"
TEXT = "[A-Za-z0-9._:/+=,-]{1,256}"
ACT_ID = "[0-9a-f]{32}"
COMMITMENT = "[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]="
"""Base64 of 32 bytes: the last character but the pad has two bits that must be zero."""
REFERENCE = f"(?:person:[0-9a-f]{{32}}|(?!person:){NAME}:[0-9a-f]{{16}})"

_NATURAL = at_most(LARGEST_INTEGER)
_FACT = f'"{NAME}":(?:"{TEXT}"|true|false|-?(?!0)(?:{_NATURAL})|0(?![0-9]))'
_SECRET = f'"{NAME}":"{COMMITMENT}"'
_STATE = f'null|"{COMMITMENT}"'
_COUNTED = f'{{"n":(?!0){_NATURAL},"o":"{REFERENCE}","st":(?:{_STATE})}}'


def _listed(item: str) -> str:
    return f"({item}((?:,{item})*))?"


LEAF = re.compile(
    (
        rf'{{"act":"{ACT}",'
        rf'"by":{{(?:"as":"{REFERENCE}","who":"{COMMITMENT}"|"task":"{TEXT}")}},'
        rf'"c":{{{_listed(_SECRET)}}},'
        rf'"fact":{{{_listed(_FACT)}}},'
        rf'"id":"({ACT_ID})",'
        rf'"law":(?:null|"{TEXT}"),'
        rf'"obj":\[(?:{{"n":((?!0){_NATURAL}),"o":"({REFERENCE})","st":({_STATE})}}((?:,{_COUNTED}){{0,23}}))?\],'
        rf'"t":({_NATURAL}),"v":1}}'
    ).encode()
)
"""Groups: 1 inside of c, 2 all but its first; 3 inside of fact, 4 all but its first; 5 id; 6 n, 7 reference and
8 state of the first object, 9 the other objects; 10 t. Groups of nothing are None or empty.

What comes first has a group apart because most acts change one object and have one fact, and an audit that
reads a million of them looks closer only at the others.
"""

KEYS = re.compile(f'"({NAME})":'.encode())
"""The keys inside `c` or `fact`. A string fact cannot hold a quote, so no value looks like a key."""
OBJECTS = re.compile(rb'"n":([0-9]+),"o":"([^"]+)","st":(null|"[^"]+")')
"""Groups: n, reference, state commitment or null."""
