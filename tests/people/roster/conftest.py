"""An invented city for each test."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.people.roster.city import City, Rows


@pytest.fixture
def city(tmp_path: Path) -> City:
    return City(tmp_path)


@pytest.fixture
def staff() -> Rows:
    """Twelve people of Harrow Falls as HR lists them."""
    lines = """
        1001,Alma Quint,Community Services,Recreation,Supervisor,Out of scope
        1002,Bram Oduya,Community Services,Recreation,Lifeguard,CUPE 30
        1003,Cleo Varga,Community Services,Recreation,Lifeguard,CUPE 30
        1004,Dov Hartwell,Community Services,Libraries,Librarian,CUPE 30
        1005,Edda Lindqvist,Public Works,Roads,Operator,CUPE 30
        1006,Fenn Achterberg,Public Works,Roads,Operator,CUPE 30
        1007,Gita Maranzano,Public Works,Water,Chemist,Out of scope
        1008,Hale Poirier,Public Works,Water,Operator,CUPE 30
        1009,Ines Tallmadge,Corporate,Communications,Writer,CUPE 52
        1010,Joss Wexford,Corporate,Communications,Director,Manager
        1011,Kira Ostrander,Corporate,Clerk,City Clerk,Out of scope
        1012,Lars Vendela,Fire,Station 1,Firefighter,IAFF 209
    """
    names = ("Employee Number", "Name", "Division", "Department", "Job Title", "Employee Group")
    return [dict(zip(names, line.strip().split(","), strict=True)) for line in lines.strip().splitlines()]
