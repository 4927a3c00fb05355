"""``make bench``: every figure beside its limit, also as ``build/bench.json``. Exit 1 when one is not met."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import importing, pages, publishing, record
from bench.figures import Figure

PARTS: dict[str, Callable[[], Iterator[Figure]]] = {
    "record": record.figures,
    "pages": pages.figures,
    "importing": importing.figures,
    "publishing": publishing.figures,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help="all of them when none is named")
    chosen = parser.parse_args().parts or list(PARTS)
    found: list[Figure] = []
    for part in chosen:
        for figure in PARTS[part]():
            print(figure, flush=True)
            found.append(figure)
    target = Path("build/bench.json")
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps([figure.as_json() for figure in found], indent=2) + "\n")
    print(f"{sum(figure.met for figure in found)} of {len(found)} met; written to {target}")
    return 0 if all(figure.met for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
