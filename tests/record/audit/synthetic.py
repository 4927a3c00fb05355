"""A log of any size, with entries like real ones (about 390 bytes, five acts an object), for measuring."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from tests.record.audit.exports import CLERK, KEYS, LOG, OPENED, ORIGIN, POLICY

from undersigned.record.tlog import tiles, tree
from undersigned.record.tlog.checkpoint import Checkpoint
from undersigned.record.tlog.note import SignedNote

ACTS_OF_AN_OBJECT = 5
_OPEN = (
    '{"act":"record.open","by":{"task":"record.setup"},"c":{},"fact":{"origin":"%s"},'
    '"id":"%032x","law":null,"obj":[],"t":%d,"v":1}'
)
_APPROVE = (
    '{"act":"post.approve","by":{"as":"appointment:%016x","who":"%s"},"c":{"digest":"%s"},'
    '"fact":{"account":"account:%016x"},"id":"%s","law":null,'
    '"obj":[{"n":%d,"o":"post:%016x","st":"%s"}],"t":%d,"v":1}'
)


def entry(index: int, size: int) -> bytes:
    """Entry `index` of the synthetic log of `size` entries."""
    if index == 0:
        return (_OPEN % (ORIGIN, 0, OPENED)).encode()
    objects = max(1, (size - 1) // ACTS_OF_AN_OBJECT)
    n, number = divmod(index - 1, objects)
    seed = sha256(b"synthetic %d" % index)
    secret = b64encode(seed.digest()).decode()
    return (
        _APPROVE
        % (
            index % 50,
            secret,
            secret,
            index % 14,
            seed.hexdigest()[:32],
            n + 1,
            number,
            secret,
            OPENED + index,
        )
    ).encode()


def write_synthetic_export(path: Path, size: int) -> None:
    """Write the log's tiles, bundles, keys, policy and witnessed checkpoint into `path`."""
    frontier = tree.Frontier()
    rows: dict[int, list[bytes]] = {}
    for start in range(0, size, tiles.WIDTH):
        entries = [entry(index, size) for index in range(start, min(start + tiles.WIDTH, size))]
        _write_tile(path, tiles.Tile(None, start // tiles.WIDTH, len(entries)), tiles.encode_bundle(entries))
        leaves = [tree.leaf_hash(each) for each in entries]
        _write_tile(path, tiles.Tile(0, start // tiles.WIDTH, len(leaves)), b"".join(leaves))
        for leaf in leaves:
            for closed in frontier.push(leaf):
                rows.setdefault(closed.level, []).append(closed.hash)
    for level, hashes in rows.items():
        for start in range(0, len(hashes), tiles.WIDTH):
            row = hashes[start : start + tiles.WIDTH]
            _write_tile(path, tiles.Tile(level, start // tiles.WIDTH, len(row)), b"".join(row))
    text = Checkpoint(ORIGIN, size, frontier.root()).text
    note = SignedNote(text, (LOG.sign(text), CLERK.cosign(text, OPENED + size)))
    for name, data in {"keys": KEYS, "policy": POLICY, "checkpoint": note.encode()}.items():
        (path / name).write_bytes(data)


def _write_tile(path: Path, tile: tiles.Tile, data: bytes) -> None:
    file = path / tile.path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
