"""Where the real data lies: ``UNDERSIGNED_SHARED``, or else beside the repository."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

SHARED = Path(os.environ.get("UNDERSIGNED_SHARED", Path(__file__).parents[2].parent / "shared"))
DATA = SHARED / "data"


def truth(name: str) -> Any:
    return json.loads((DATA / "truth" / f"{name}.json").read_text())
