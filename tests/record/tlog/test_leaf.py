"""The grammar of a leaf, and commitments."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.record.tlog import grammar, leaf
from undersigned.record.tlog.leaf import Leaf, Standing, canonical, check, commit, commit_state, is_fact_text
from undersigned.record.tlog.refusals import LeafError, MalformedError

SECRET = commit("note", b"\x04" * 32, "Approved as written")
POST = "post:0123456789abcdef"
PLAIN = Leaf(
    act="post.approve",
    by={"as": "appointment:00000000000000aa", "who": SECRET},
    commitments={"note": SECRET, "text": SECRET},
    facts={"account": "account:00000000000000bb", "count": -3, "live": True},
    id="0f0e0d0c0b0a09080706050403020100",
    law="gdpr-17.1.b",
    objects=(Standing(POST, 1, SECRET), Standing("account:00000000000000bb", 2, None)),
    t=1_790_000_060,
)

names = st.from_regex(grammar.NAME, fullmatch=True)
texts = st.from_regex(grammar.TEXT, fullmatch=True)
references = st.from_regex(r"person:[0-9a-f]{32}|unit:[0-9a-f]{16}", fullmatch=True)
integers = st.integers(-grammar.LARGEST_INTEGER, grammar.LARGEST_INTEGER)
secrets = st.binary(min_size=32, max_size=32).map(lambda nonce: commit("a", nonce, 1))
leaves = st.builds(
    Leaf,
    act=st.tuples(names, names).map(".".join),
    by=st.one_of(
        st.fixed_dictionaries({"as": references, "who": secrets}), st.fixed_dictionaries({"task": texts})
    ),
    commitments=st.dictionaries(names, secrets, max_size=4),
    facts=st.dictionaries(names, st.one_of(texts, st.booleans(), integers), max_size=4),
    id=st.from_regex(grammar.ACT_ID, fullmatch=True),
    law=st.one_of(st.none(), texts),
    objects=st.lists(
        st.builds(
            Standing, references, st.integers(1, grammar.LARGEST_INTEGER), st.one_of(st.none(), secrets)
        ),
        max_size=24,
        unique_by=lambda each: each.reference,
    ).map(tuple),
    t=st.integers(0, grammar.LARGEST_INTEGER),
)


@given(leaves)
def test_every_leaf_is_canonical_json_and_is_read_as_it_was_written(written: Leaf) -> None:
    data = written.encode()

    assert data == canonical(json.loads(data))
    read = check(data)
    assert read.encode() == data
    assert sorted(read.objects, key=lambda each: each.reference) == list(read.objects)


def replaced(old: str, new: str) -> bytes:
    data = PLAIN.encode().decode()
    assert old in data
    return data.replace(old, new, 1).encode()


@pytest.mark.parametrize(
    ("what", "data"),
    [
        ("a space", replaced('"law":', '"law": ')),
        ("a line end behind", PLAIN.encode() + b"\n"),
        ("a float", replaced(":-3", ":-3.0")),
        ("an exponent", replaced(":-3", ":-3e0")),
        ("minus zero", replaced(":-3", ":-0")),
        ("a leading zero", replaced(":-3", ":03")),
        ("an integer beyond 2^53 - 1", replaced(":-3", ":9007199254740992")),
        ("an integer of 17 digits", replaced(":-3", ":10000000000000000")),
        ("a null fact", replaced(":-3", ":null")),
        ("a list as a fact", replaced(":-3", ":[]")),
        ("an escape", replaced("gdpr", "gd\\u0070r")),
        ("a space in a fact", replaced("gdpr-17", "gdpr 17")),
        ("an address in a fact", replaced("gdpr-17", "zoe@city.example")),
        ("a letter with an accent", replaced("gdpr", "gdpré")),
        ("an empty law", replaced('"gdpr-17.1.b"', '""')),
        ("a law of 257 characters", replaced("gdpr-17.1.b", "a" * 257)),
        ("version 2", replaced('"v":1', '"v":2')),
        ("version 1.0", replaced('"v":1', '"v":1.0')),
        ("a negative time", replaced('"t":', '"t":-')),
        ("a time as text", replaced('"t":1790000060', '"t":"1790000060"')),
        ("an act without a dot", replaced("post.approve", "postapprove")),
        ("an act of three names", replaced("post.approve", "post.approve.now")),
        ("a capital in an act", replaced("post.approve", "post.Approve")),
        ("an id with capitals", replaced("0f0e0d", "0F0e0d")),
        ("a short id", replaced("0f0e0d", "0f0e0")),
        ("a reference of 15 digits", replaced(POST, POST[:-1])),
        ("a reference of 17 digits", replaced(POST, POST + "0")),
        ("a person with 16 digits", replaced(POST, "person:0123456789abcdef")),
        ("another kind with 32 digits", replaced(POST, POST + "0" * 16)),
        ("n = 0", replaced('"n":1', '"n":0')),
        ("a negative n", replaced('"n":1', '"n":-1')),
        ("a state that is no commitment", replaced('"st":null', '"st":"gone"')),
        (
            "stray bits in a commitment",
            PLAIN.encode().replace(SECRET.encode(), (SECRET[:-2] + "p=").encode()),
        ),
        ("a commitment without its pad", replaced(SECRET, SECRET[:-1])),
        ("both task and who", replaced('"by":{', '"by":{"task":"x",')),
        ("nobody", replaced('"as":"appointment:00000000000000aa",', "")),
        ("keys out of order", replaced('"law":"gdpr-17.1.b","obj"', '"obj"')),
        ("an unknown key", replaced('"v":1', '"u":1,"v":1')),
        ("a key twice", replaced('"v":1', '"v":1,"v":1')),
        ("facts out of order", replaced('"count":-3,"live":true', '"live":true,"count":-3')),
        ("a fact twice", replaced('"count":-3', '"count":-3,"count":-3')),
        ("commitments out of order", replaced('"note":', '"zeta":')),
        ("a commitment twice", replaced('"note":', '"text":')),
        ("objects out of order", replaced('"account:00000000000000bb","st"', '"zone:00000000000000bb","st"')),
        ("an object twice", replaced('"account:00000000000000bb","st"', f'"{POST}","st"')),
        ("a capital in a field", replaced('"count"', '"Count"')),
        ("a field that begins with a digit", replaced('"count"', '"1count"')),
        ("a field of 65 characters", replaced('"count"', f'"{"c" * 65}"')),
        ("nothing", b""),
        ("not UTF-8", PLAIN.encode().replace(b"gdpr", b"gdp\xff")),
    ],
)
def test_a_leaf_that_is_not_of_the_grammar_is_refused(what: str, data: bytes) -> None:
    with pytest.raises(LeafError):
        check(data)


def test_every_bit_of_a_leaf_matters() -> None:
    data = PLAIN.encode()
    for at in range(len(data)):
        for bit in range(8):
            altered = data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :]
            try:
                read = check(altered)
            except LeafError:
                continue
            assert read.encode() == altered, "what is still a leaf is another one, and is read as such"
            assert read != check(data)


def test_a_leaf_of_25_objects_is_refused() -> None:
    objects = tuple(Standing(f"post:{number:016x}", 1, None) for number in range(25))
    Leaf(**{**fields(PLAIN), "objects": objects[:24]}).encode()

    with pytest.raises(LeafError):
        Leaf(**{**fields(PLAIN), "objects": objects}).encode()


def fields(of: Leaf) -> dict[str, Any]:
    return {name: getattr(of, name) for name in Leaf.__slots__}


def test_case_56_text_of_a_person_cannot_be_a_fact() -> None:
    for text in ("zoe@city.example", "Zoë Fontaine", "12 Main Street", 'a"b', "a\\b", "", "x" * 257, "a\n"):
        assert not is_fact_text(text)
    for text in (
        "mastodon.example/harrow",
        "2026-05-01",
        "https://harrowfalls.example/verify",
        "sha256:00ff",
        "x" * 256,
    ):
        assert is_fact_text(text)


def test_two_equal_values_never_have_equal_commitments() -> None:
    assert commit("note", b"\x01" * 32, True) != commit("note", b"\x02" * 32, True)
    assert commit("note", b"\x01" * 32, True) != commit("text", b"\x01" * 32, True)
    assert commit("note", b"\x01" * 32, {"a": 1, "b": 2}) == commit("note", b"\x01" * 32, {"b": 2, "a": 1})


def test_a_state_is_bound_to_its_object_and_version() -> None:
    one = commit_state(POST, b"\x01" * 32, 1, {"text": "Hello"})

    assert one != commit_state("post:0000000000000000", b"\x01" * 32, 1, {"text": "Hello"})
    assert one != commit_state(POST, b"\x01" * 32, 2, {"text": "Hello"})
    assert one != commit_state(POST, b"\x01" * 32, 1, {"text": "Hello", "more": None})


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), 2**53, -(2**53), {1: 2}, {"a": b"bytes"}, "\ud800", [{"a": 0.5}]]
)
def test_what_has_no_canonical_form_cannot_be_committed_to(value: Any) -> None:
    with pytest.raises(MalformedError):
        commit("note", b"\x01" * 32, value)


@pytest.mark.parametrize("nonce", [b"", b"\x01" * 31, b"\x01" * 33])
def test_a_nonce_has_32_bytes(nonce: bytes) -> None:
    with pytest.raises(MalformedError):
        commit("note", nonce, 1)


def test_the_first_object_and_the_others_are_told_together() -> None:
    found = leaf.match(PLAIN.encode())

    assert leaf.objects_of(found) == [
        (b"2", b"account:00000000000000bb", b"null"),
        (b"1", POST.encode(), f'"{SECRET}"'.encode()),
    ]
