"""A city of a few people and units, and lists of accounts written to files as people bring them."""

from collections.abc import Iterable
from pathlib import Path

from undersigned.accounts.register.columns import guess
from undersigned.accounts.register.matching import ExistingAccount
from undersigned.accounts.register.owners import Directory, Found, Known
from undersigned.accounts.register.plan import Plan, Planned
from undersigned.accounts.register.planning import plan
from undersigned.imports.columns import Mapping
from undersigned.imports.dates import Order
from undersigned.imports.sheets import Sheet, read

CITY = Directory(
    [
        Known(Found("person", "p1", "Odile Tremblay"), ("Odile Tremblay",), ("E100", "odile@harrow.example")),
        Known(Found("person", "p2", "Ravi Lund"), ("Ravi Lund",), ("E200",)),
        Known(Found("person", "p3", "Sam Oduya"), ("Sam Oduya",), ("E300",)),
        Known(Found("person", "p4", "Sam Oduya"), ("Sam Oduya",), ("E400",)),
        Known(Found("person", "p5", "Rue Parks"), ("Parks",), ("E500",)),
        Known(Found("unit", "u1", "Parks and Recreation"), ("Parks and Recreation", "Parcs et loisirs")),
        Known(Found("unit", "u2", "Library"), ("Library", "Bibliothèque")),
        Known(Found("unit", "u3", "Parks"), ("Parks",)),
    ]
)


def bring(folder: Path, text: str, name: str = "accounts.csv") -> Sheet:
    """Write a list to a file and open it."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read(path)


def planned(
    folder: Path,
    text: str,
    existing: Iterable[ExistingAccount] = (),
    *,
    mapping: Mapping | None = None,
    name: str = "accounts.csv",
    date_orders: dict[str, Order] | None = None,
) -> Plan:
    """Bring a list, its columns guessed unless told, and say what importing it would do."""
    sheet = bring(folder, text, name)
    return plan(sheet, mapping or guess(sheet), existing, CITY, date_orders=date_orders)


def registered(made: Plan) -> list[ExistingAccount]:
    """The register as it stands after a plan is done."""
    accounts = [*made.created, *(one.planned for one in (*made.changed, *made.unchanged))]
    return [_registered(f"a{at}", one) for at, one in enumerate(accounts)]


def _registered(ref: str, one: Planned) -> ExistingAccount:
    address = one.address
    facts = dict(one.facts) | {name: found.ref for name, found in one.responsible.items()}
    return ExistingAccount(
        ref,
        address.network,
        address.key,
        address.handle,
        address.url,
        address.network_id,
        facts,
        from_this_source=True,
    )


def keys(made: Iterable[Planned]) -> list[str]:
    """Accounts as one word each, to compare."""
    return [f"{one.address.network.value}:{one.address.key}" for one in made]


def said(made: Plan) -> list[tuple[int | None, str | None, str]]:
    """What was not taken: row, column, sentence."""
    return [(one.row, one.field, one.what) for one in made.problems]


def warned(made: Plan) -> list[tuple[int | None, str | None, str]]:
    """What was taken, and should be looked at."""
    return [(one.row, one.field, one.what) for one in made.warnings]
