"""The help of tabs in the admins' language."""

from typing import Any

import pytest

from peerpact.programme import languages
from peerpact.programme.sentences import known_in
from peerpact.tables.layout import is_dressed, new_tab
from peerpact.tables.schema import SCHEMA_VERSION, tab
from peerpact.tables.spoken import renewed_emptiness, renewed_meanings, spoken
from peerpact.tables.tab_contents import read_tab
from peerpact.tables.versions import MARK

SETTINGS = tab("Settings")
PLACES = {c.field: i for i, c in enumerate(SETTINGS.columns)}
SPANISH = spoken(SETTINGS, "es")
MEANINGS = {s.name: s.meaning for s in SETTINGS.settings}
IN_SPANISH = {s.name: s.meaning for s in SPANISH.settings}


def grid(meanings: dict[str, str]) -> list[list[Any]]:
    return [[c.name for c in SETTINGS.columns], *([name, "", "", said] for name, said in meanings.items())]


def test_keeps_names_and_says_the_rest_in_the_language() -> None:
    pairings, said = tab("Pairings"), spoken(tab("Pairings"), "de")
    assert [c.name for c in said.columns] == [c.name for c in pairings.columns]
    assert said.column("names").note == "Zwei Personen, ausnahmsweise drei."
    assert {v.title for v in said.views} == {"Wartet auf Sie", "Neueste Runde oben"}
    assert spoken(pairings, "en") == spoken(pairings, "it") == pairings


def test_is_what_a_new_tab_has_as_notes() -> None:
    notes = [
        r["repeatCell"]["cell"]["note"]
        for r in new_tab(SPANISH, [])
        if "note" in r.get("repeatCell", {}).get("fields", "")
    ]
    assert notes == [c.note for c in SPANISH.columns]


def test_is_brought_again_once_settings_name_another_language() -> None:
    def dressed(*languages_noted: str) -> dict[str, Any]:
        marks = [{"metadataKey": MARK, "metadataValue": str(SCHEMA_VERSION)}]
        marks += [{"metadataKey": "peerpact-language", "metadataValue": code} for code in languages_noted]
        return {"developerMetadata": marks}

    assert [is_dressed(SETTINGS, dressed(*noted), []) for noted in ([], ["en"], ["es"])] == [
        True,
        True,
        False,
    ]
    assert [is_dressed(SPANISH, dressed(*noted), []) for noted in ([], ["en"], ["es"])] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize("language", languages.codes())
def test_is_read_again_as_it_was_written(language: str) -> None:
    """Otherwise each run finds other words there, and an admin's yes belongs to none of them."""
    runs, said = tab("Runs"), [*known_in(language).values()]
    rows = [
        [
            {"id": f"r{at}", "job": "report", "started": 46_000, "done": text}.get(c.field, "")
            for c in runs.columns
        ]
        for at, text in enumerate(said)
    ]
    contents = read_tab(runs, [[c.name for c in runs.columns], *rows])
    assert [row["done"] for row in contents.rows] == said


@pytest.mark.parametrize("before", languages.codes())
def test_renews_what_settings_mean_but_not_what_admins_wrote_there(before: str) -> None:
    there = {s.name: s.meaning for s in spoken(SETTINGS, before).settings} | {"Company": "Ours"}
    got = renewed_meanings(SPANISH, 3, grid(there), 0, PLACES)
    wanted = {name: said for name, said in IN_SPANISH.items() if name != "Company" and there[name] != said}
    rows = list(there)
    found = {}
    for request in (r["updateCells"] for r in got):
        [cell] = request["rows"][0]["values"]
        found[rows[request["start"]["rowIndex"] - 1]] = cell["userEnteredValue"]["stringValue"]
    assert found == wanted


def test_says_in_another_language_that_there_is_nothing_yet_but_leaves_what_is_there() -> None:
    german = spoken(tab("Next round"), "de")
    places = {c.field: i for i, c in enumerate(german.columns)}
    header = [c.name for c in german.columns]

    def written(first: str) -> list[str]:
        below = [first if c.field == "why" else "" for c in german.columns]
        requests = renewed_emptiness(german, 116, [header, below], 0, places)
        cells = [row for r in requests for row in r["updateCells"]["rows"]]
        return [cell["userEnteredValue"]["stringValue"] for row in cells for cell in row["values"]]

    assert written(tab("Next round").empty["why"]) == [german.empty["why"]]
    assert written(german.empty["why"]) == written("Product and Sales") == []
