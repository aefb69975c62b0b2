"""Countries and their parts, their public holidays, and the company's days off, from cells to days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from peerpact.programme.days_off import DaysOff
from peerpact.programme.people import Person
from peerpact.tables.cells import Unusable, read_cell
from peerpact.tables.cells.time_zones import _PARTS, country_of, place_of
from peerpact.tables.days_off import with_days_off
from peerpact.tables.public_holidays import PublicHolidays
from peerpact.tables.schema import tab
from peerpact.tables.tab_contents import read_tab

PLACES = """
Germany DE|DE DE|DE-BY DE-BY|de/by DE-BY|Bavaria DE-BY|Bayern DE-BY|Germany, Bavaria DE-BY|Bayern (Deutschland) DE-BY
CH / ZH CH-ZH|Schottland GB-SCT|United Kingdom - Scotland GB-SCT|California US-CA|California, USA US-CA|Georgia GE
Georgia, USA US-GA|Quebec CA-QC|Québec CA-QC|Madrid ES-MD|Cataluña ES-CT|Tirol AT-7|Punjab, India IN-PB|UK GB|NRW DE-NW
Alsace FR-6AE|New South Wales AU-NSW|Niger NE
"""


@pytest.mark.parametrize(
    "typed", [words for line in PLACES.split("\n") for words in line.split("|") if words]
)
def test_reads_a_country_or_a_part_of_one(typed: str) -> None:
    words, _, code = typed.rpartition(" ")
    assert read_cell(words, "country") == code


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("Punjab", "may be in India and Pakistan"),
        ("DE-XX", "is unknown"),
        ("Germany, Munichshire", "is unknown"),
        ("Bavaria, France", "is unknown"),
        ("remote", "is unknown"),
    ],
)
def test_asks_back_where_a_place_is_unknown_or_may_be_several(typed: str, problem: str) -> None:
    with pytest.raises(Unusable, match=problem):
        read_cell(typed, "country")


@pytest.mark.parametrize(
    ("place", "languages", "day", "name"),
    [
        ("DE", ("de",), "2026-10-03", "Tag der Deutschen Einheit"),
        ("DE", ("en",), "2026-10-03", "German Unity Day"),
        ("DE", ("de",), "2026-01-06", ""),
        ("DE-BY", ("de",), "2026-01-06", "Heilige Drei Könige"),
        ("DE-BY", ("sv", "fr"), "2026-01-06", "Heilige Drei Könige"),
        ("FR", ("fr",), "2026-07-14", "Fête nationale"),
        ("FR-IDF", ("fr",), "2026-07-14", "Fête nationale"),
        ("ES-B", ("es",), "2026-09-11", "Fiesta Nacional de Cataluña"),
        ("US-CA", ("en",), "2026-07-04", "Independence Day"),
        ("GB-SCT", ("en",), "2026-11-30", "Saint Andrew's Day"),
        ("GB", ("en",), "2026-11-30", ""),
        ("XX", ("en",), "2026-01-01", ""),
    ],
)
def test_names_public_holidays_in_people_s_languages(
    place: str, languages: tuple[str, ...], day: str, name: str
) -> None:
    holidays = PublicHolidays(place=place, languages=languages)
    assert holidays.name_on(date.fromisoformat(day)) == name


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Berlin", "DE"),
        ("Europe/Stockholm", "SE"),
        ("Asia/Calcutta", "IN"),
        ("US/Eastern", "US"),
        ("Europe/Busingen", "DE"),
        ("Etc/UTC", ""),
    ],
)
def test_finds_the_country_of_a_time_zone(zone: str, country: str) -> None:
    assert country_of(zone) == country


@pytest.mark.parametrize(
    ("zone", "place"),
    [
        ("Australia/Melbourne", "AU-VIC"),
        ("Australia/Victoria", "AU-VIC"),
        ("US/Hawaii", "US-HI"),
        ("America/Toronto", "CA"),
        ("Europe/Madrid", "ES"),
        ("Etc/UTC", ""),
    ],
)
def test_finds_the_part_of_a_country_whose_time_a_zone_is_and_of_no_two(zone: str, place: str) -> None:
    assert place_of(zone) == place


def test_knows_each_part_that_a_zone_is_the_time_of_and_its_holidays() -> None:
    for zone, place in _PARTS.items():
        assert country_of(zone) == place[:2]
        days = PublicHolidays(place=place, languages=("en",))
        country = PublicHolidays(place=place[:2], languages=("en",))
        year = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
        assert [d for d in year if days.name_on(d)] != [d for d in year if country.name_on(d)], place


BEN = Person(email="ben@example.com", name="Ben Berg", team="Sales", country="DE-BY")
CLEO = Person(email="cleo@example.com", name="Cleo Clark", team="Data", department="Product", country="GB")
PEOPLE = {p.email: p for p in (BEN, CLEO)}


def off(*rows: list[Any]) -> tuple[Mapping[str, DaysOff], list[str]]:
    contents = read_tab(tab("Days off"), [["First day", "Last day", "What", "For"], *rows])
    people, problems = with_days_off(PEOPLE, contents)
    return {email: p.days_off for email, p in people.items()}, [p.what for p in problems]


@pytest.mark.parametrize(
    ("whom", "ben", "cleo"),
    [
        ("", True, True),
        ("Germany", True, False),
        ("Bavaria", True, False),
        ("DE-BE", False, False),
        ("UK, Sales", True, True),
        ("product", False, True),
        ("Cleo Clark", False, True),
        ("ben@example.com", True, False),
    ],
)
def test_gives_a_day_off_to_those_whom_its_row_names(whom: str, ben: bool, cleo: bool) -> None:
    days, problems = off(["2026-12-24", "2026-12-31", "Closure", whom])
    day = date(2026, 12, 28)
    assert (day in days[BEN.email], day in days[CLEO.email], problems) == (ben, cleo, [])
    assert date(2027, 1, 1) not in days[BEN.email]


def test_takes_a_row_without_a_last_day_for_one_day() -> None:
    days, problems = off(["2026-03-02", "", "Company day", ""])
    found = [n for n in range(1, 6) if date(2026, 3, n) in days[CLEO.email]]
    assert (found, problems) == ([2], [])


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["2026-12-31", "2026-12-24", "Closure", ""], "before it begins"),
        (["2026-12-24", "soon", "Closure", ""], "soon"),
        (["2026-12-24", "2026-12-31", "Closure", "Marketing"], "no country, team, department or person"),
    ],
)
def test_lets_nobody_be_off_by_a_row_that_can_t_be_read_and_says_so(row: list[str], problem: str) -> None:
    days, problems = off(row)
    assert not any(date(2026, 12, n) in day for day in days.values() for n in range(1, 32))
    assert len(problems) == 1
    assert problem in problems[0]
