"""Managers as HR systems and people name them (managers.tsv): the one who is meant, or nobody."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from peerpact.tables.cells import PeopleByName, Unusable, read_person

ROSTER = {
    "ada": "Ada Lovelace",
    "max": "Max Manager",
    "jose": "José García López",
    "juergen": "Jürgen Müller",
    "annemarie": "Anne-Marie van der Berg",
    "sam": "Sam Smith",
    "sam2": "Sam Smith",
    "siobhan": "Siobhán O'Connor",
    "mai": "Nguyễn Thị Mai",
    "bob": "Robert Brown",
    "chloe": "Chloë Brown",
    "ana": "Ana Gómez",
    "wei": "Wei Zhang",
    "karl": "Karl-Heinz Schmidt",
}
EVERYBODY = PeopleByName({f"{key}@example.com": name for key, name in ROSTER.items()})


def rows() -> list[tuple[str, ...]]:
    with Path(__file__).with_name("managers.tsv").open(encoding="utf-8", newline="") as lines:
        return [tuple(row) for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)][1:]


@pytest.mark.parametrize(("typed", "expected"), rows())
def test_finds_the_manager_who_is_meant_or_nobody(typed: str, expected: str) -> None:
    try:
        found = EVERYBODY.find(read_person(typed))
    except Unusable:
        found = "fault"
    assert found == expected


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Manager", ["Max Manager"]),
        ("Mueller", ["Jürgen Müller"]),
        ("Dr. O'Connor", ["Siobhán O'Connor"]),
        ("Brown", ["Robert Brown", "Chloë Brown"]),
        ("Berg, Annemarie", []),
        ("Ada Lovelance", ["Ada Lovelace"]),
        ("Xaver Unbekannt", []),
    ],
)
def test_offers_whom_a_part_of_a_name_may_mean(typed: str, offered: list[str]) -> None:
    with pytest.raises(Unusable) as unusable:
        EVERYBODY.find(read_person(typed))
    assert [name for name in ROSTER.values() if f"{name} (" in unusable.value.remedy] == offered


def test_offers_nobody_where_a_name_is_many_peoples() -> None:
    many = PeopleByName({f"{first}@example.com": f"{first} Smith" for first in ("Al", "Bo", "Cy", "Di")})
    with pytest.raises(Unusable) as unusable:
        many.find(read_person("Smith"))
    assert unusable.value.remedy == "Enter the e-mail address."
