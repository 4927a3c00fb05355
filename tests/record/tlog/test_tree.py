"""The tree, its growth and its proofs, against the table of roots and the naive recursion."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.record.tlog.logs import MemoryLog, flipped, grown, numbered
from tests.record.tlog.naive import Recursion

from undersigned.record.tlog.encoding import Digest
from undersigned.record.tlog.refusals import MalformedError, ProofError
from undersigned.record.tlog.tree import (
    EMPTY_ROOT,
    Frontier,
    leaf_hash,
    node_hash,
    prove_consistency,
    prove_inclusion,
    root_of,
    tree_root,
    verify_consistency,
    verify_inclusion,
)

LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
EVERY = 2_001
BOUNDARIES = [255, 256, 257, 65_535, 65_536, 65_537]


@pytest.mark.parametrize("size", range(9))
def test_the_table_of_roots(size: int) -> None:
    assert root_of(map(leaf_hash, LEAVES[:size])).hex() == ROOTS[size]


def test_case_41_every_size_to_2000_has_the_root_of_the_naive_recursion() -> None:
    entries, log = numbered(EVERY), MemoryLog()
    naive = Recursion(entries)
    for size in range(EVERY):
        root = naive.mth(0, size)
        assert log.frontier.root() == root
        assert tree_root(size, log.reader()) == root
        log.append(entries[size])


def test_case_41_every_size_to_2000_has_the_proofs_of_the_naive_recursion() -> None:
    naive, log = Recursion(numbered(EVERY)), grown(EVERY)
    for size in range(1, EVERY):
        read = log.reader(size)
        assert prove_inclusion(size // 3, size, read) == naive.path(size // 3, 0, size)
        assert prove_consistency(size // 3 + 1, size, read) == naive.proof(size // 3 + 1, size)


@pytest.mark.parametrize("size", range(1, 70))
def test_every_proof_of_every_small_tree_is_that_of_the_recursion_and_verifies(size: int) -> None:
    entries = numbered(size)
    naive, read = Recursion(entries), grown(size).reader()
    root = Digest(naive.mth(0, size))
    for index in range(size):
        path = prove_inclusion(index, size, read)
        assert path == naive.path(index, 0, size)
        verify_inclusion(index=index, size=size, leaf=leaf_hash(entries[index]), proof=path, root=root)
    for old in range(1, size + 1):
        proof = prove_consistency(old, size, read)
        assert proof == naive.proof(old, size)
        older = Digest(naive.mth(0, old))
        verify_consistency(old=old, size=size, old_root=older, root=root, proof=proof)


@pytest.mark.parametrize("size", BOUNDARIES)
def test_case_41_sizes_at_which_tiles_close(size: int) -> None:
    log = grown(size)
    root = log.frontier.root()
    assert tree_root(size, log.reader()) == root
    assert {level: len(row) // 32 for level, row in log.rows.items() if row} == {
        level: count for level, count in ((0, size), (1, size // 256), (2, size // 65_536)) if count
    }
    for index in (0, 254, size // 2, size - 1):
        path = prove_inclusion(index, size, log.reader())
        leaf = leaf_hash(b"entry %d" % index)
        verify_inclusion(index=index, size=size, leaf=leaf, proof=path, root=root)
    for old in (1, 128, 254, size - 1):
        proof = prove_consistency(old, size, log.reader())
        older = tree_root(old, log.reader(old))
        verify_consistency(old=old, size=size, old_root=older, root=root, proof=proof)


@given(st.integers(1, 600), st.data())
@settings(max_examples=60, deadline=None)
def test_a_proof_with_any_hash_flipped_dropped_doubled_or_swapped_is_refused(
    size: int, data: st.DataObject
) -> None:
    log = grown(size)
    index = data.draw(st.integers(0, size - 1))
    path = prove_inclusion(index, size, log.reader())
    root, leaf = log.frontier.root(), leaf_hash(b"entry %d" % index)
    for altered in spoiled(path):
        with pytest.raises((ProofError, MalformedError)):
            verify_inclusion(index=index, size=size, leaf=leaf, proof=altered, root=root)
    old = data.draw(st.integers(1, size))
    proof, older = prove_consistency(old, size, log.reader()), tree_root(old, log.reader(old))
    for altered in spoiled(proof):
        with pytest.raises((ProofError, MalformedError)):
            verify_consistency(old=old, size=size, old_root=older, root=root, proof=altered)


def spoiled(path: list[Digest]) -> list[list[Digest]]:
    found = [[*path, Digest(bytes(32))], [Digest(bytes(32)), *path]]
    for at in range(len(path)):
        found.append([*path[:at], *path[at + 1 :]])
        found.append([*path[:at], flipped(path[at]), *path[at + 1 :]])
        found.append([*path[:at], Digest(path[at][:31]), *path[at + 1 :]])
        found.append([*path[:at], Digest(path[at] + b"\x00"), *path[at + 1 :]])
        found.append([*path[:at], path[at], *path[at:]])
    return found


def test_a_proof_for_another_index_or_size_is_refused() -> None:
    log = grown(100)
    path, root = prove_inclusion(40, 100, log.reader()), log.frontier.root()
    for index, size in ((41, 100), (39, 100), (100, 100), (-1, 100), (40, 40), (40, 10), (40, 2**63)):
        with pytest.raises(ProofError):
            verify_inclusion(index=index, size=size, leaf=leaf_hash(b"entry 40"), proof=path, root=root)


def test_there_is_nothing_to_prove_from_size_0() -> None:
    log = grown(5)
    with pytest.raises(ProofError):
        prove_consistency(0, 5, log.reader())
    for size in (0, 5):
        with pytest.raises(ProofError):
            verify_consistency(old=0, size=size, old_root=EMPTY_ROOT, root=EMPTY_ROOT, proof=[])


def test_equal_sizes_need_equal_roots_and_an_empty_proof() -> None:
    root = grown(5).frontier.root()
    verify_consistency(old=5, size=5, old_root=root, root=root, proof=[])
    with pytest.raises(ProofError):
        verify_consistency(old=5, size=5, old_root=root, root=flipped(root), proof=[])
    with pytest.raises(ProofError):
        verify_consistency(old=5, size=5, old_root=root, root=root, proof=[root])


def test_what_a_tree_does_not_have_cannot_be_proved() -> None:
    read = grown(5).reader()
    for index in (-1, 5, 2**63):
        with pytest.raises(ProofError):
            prove_inclusion(index, 5, read)
    with pytest.raises(ProofError):
        prove_consistency(6, 5, read)


def test_case_42_a_node_is_never_the_hash_of_a_leaf() -> None:
    left, right = leaf_hash(b"a"), leaf_hash(b"b")

    assert node_hash(left, right) != leaf_hash(left + right)


def test_a_frontier_survives_being_written_down() -> None:
    log = grown(1_000)
    frontier = Frontier.parse(1_000, log.frontier.serialise())
    assert frontier.root() == log.frontier.root()

    for entry in numbered(1_100)[1_000:]:
        frontier.push(leaf_hash(entry))
    assert frontier.root() == grown(1_100).frontier.root()


def test_a_frontier_that_does_not_belong_to_its_size_is_refused() -> None:
    data = grown(7).frontier.serialise()
    for size, hashes in ((8, data), (6, data), (7, data[:-1]), (7, data[32:]), (-1, b"")):
        with pytest.raises(MalformedError):
            Frontier.parse(size, hashes)
