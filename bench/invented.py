"""Files of an invented city, as large as is asked for. The same number gives the same file."""

from __future__ import annotations

import csv
import random
from pathlib import Path

GIVEN = tuple("Ada Bea Cal Dov Eli Fay Gus Hal Ida Jon Kit Lea Max Ned Ola Pia Ray Sue Tom Uma".split())  # noqa: SIM905 - read more easily as words
FAMILY = tuple("Alder Birch Cedar Dogwood Elm Fir Gorse Hazel Ivy Juniper Larch Maple Oak Pine Rowan".split())  # noqa: SIM905 - read more easily as words
NETWORKS = ("Facebook", "Twitter", "Instagram", "YouTube")


def roster(path: Path, people: int) -> Path:
    """A whole city's people: number, names, address, two levels of units, title, union, first day."""
    chance = random.Random(people)  # noqa: S311 - invented people, not secrets
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(
            [
                "Employee no",
                "First name",
                "Last name",
                "E-mail",
                "Division",
                "Department",
                "Title",
                "Union",
                "Start date",
            ]
        )
        for number in range(people):
            rows.writerow(
                [
                    f"{number:07}",
                    f"{chance.choice(GIVEN)} {chance.choice(GIVEN)}",
                    chance.choice(FAMILY) + chance.choice(FAMILY).lower(),
                    f"p{number}@harrowfalls.example",
                    f"Division {'ABCDEFGH'[number % 8]}",
                    f"Department {'ABCDEFGH'[number % 8]}{'abcdefghij'[number // 8 % 10]}",
                    f"Clerk grade {'ABC'[number % 3]}",
                    chance.choice(["Local 37", "", "Local 38"]),
                    "2020-03-01",
                ]
            )
    return path


def register(path: Path, accounts: int) -> Path:
    """A list of accounts, a row each, owned by the departments of :func:`roster`."""
    chance = random.Random(accounts)  # noqa: S311 - as above
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["Network", "Address", "Department", "Steward", "Last post", "Followers", "Purpose"])
        for number in range(accounts):
            unit = f"Department {'ABCDEFGH'[number % 8]}{'abcdefghij'[number // 8 % 10]}"
            rows.writerow(
                [
                    NETWORKS[number % len(NETWORKS)],
                    f"harrow{_letters(number)}",
                    unit,
                    f"{number:07}" if number % 3 else "",
                    f"202{chance.randint(3, 6)}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}",
                    chance.randint(10, 40_000),
                    "News for residents",
                ]
            )
    return path


def _letters(number: int) -> str:
    text = ""
    for _ in range(4):
        number, digit = divmod(number, 26)
        text += chr(ord("a") + digit)
    return text
