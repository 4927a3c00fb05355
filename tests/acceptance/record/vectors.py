"""Where the shared vectors are, and how a log of others is read."""

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]


def vectors() -> Path:
    """The shared folder of vectors; `UNDERSIGNED_SHARED` says where, else it stands beside the repository."""
    shared = Path(os.environ.get("UNDERSIGNED_SHARED", REPOSITORY.parent / "shared"))
    folder = shared / "data" / "record-vectors"
    if not folder.is_dir():
        pytest.fail(f"no vectors at {folder}: set UNDERSIGNED_SHARED")
    return folder
