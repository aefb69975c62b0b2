"""Look-ups in array formulas: what each would find alone, at a cost for each row that doesn't grow with the rows."""

from __future__ import annotations

from typing import Any

import gspread
import pytest
from gspread.utils import ValueInputOption

from work import calls_for

ENTERED = ValueInputOption.user_entered
EACH = (
    'IFERROR(XLOOKUP({key},INDEX($D:$E,0,MATCH("Who",$D$1:$E$1,0)),$E:$E),"none")',
    'IFERROR(XLOOKUP({key},INDEX($D:$E,0,MATCH({key},$D$1:$E$1,0)),$E:$E),"none")',
    'IFERROR(XLOOKUP({key},INDEX($D:$E,0,MATCH("Nobody",$D$1:$E$1,0)),$E:$E),"none")',
)


def filled(tab: gspread.Worksheet, keys: list[Any], rows: int) -> None:
    tab.update([["Key"], *([key] for key in keys)], "A1")
    tab.update([["Who", "What"], *([f"P{n}", f"of {n}"] for n in range(rows))], "D1")


@pytest.mark.parametrize("formula", EACH)
def test_finds_for_each_element_what_it_would_find_alone(tab: gspread.Worksheet, formula: str) -> None:
    keys = ["p1", "P0", "nobody", 3, True, "Who", "What", ""]
    filled(tab, keys, 3)
    alone = [[f"={formula.format(key=f'A{row}')}"] for row in range(1, len(keys) + 2)]
    together = f"=ARRAYFORMULA({formula.format(key=f'A1:A{len(alone)}')})"
    tab.update(alone, "G1", value_input_option=ENTERED)
    tab.update([[together]], "H1", value_input_option=ENTERED)
    assert tab.get(f"H1:H{len(alone)}") == tab.get(f"G1:G{len(alone)}")


def test_costs_as_much_for_each_row_however_many_there_are(tab: gspread.Worksheet) -> None:
    costs = []
    for rows in (30, 240):
        tab.clear()
        filled(tab, [f"P{n}" for n in range(rows)], rows)
        formula = f"=ARRAYFORMULA({EACH[0].format(key='A:A')})"
        tab.update([[formula]], "H1", value_input_option=ENTERED)
        costs.append(calls_for(lambda: tab.get("H:H")) / rows)
    assert costs[1] <= 1.5 * costs[0]


def test_counts_each_of_like_rows(tab: gspread.Worksheet) -> None:
    tab.update([["x", "a"], ["x", "A"], ["y", "b"], ["x", "a"], ["", "a"]], "A1")
    formulas = ['=COUNTIFS(A1:A,"x",B1:B,"a")', '=COUNTIF(B1:B,"a")', '=COUNTIFS(A1:A4,"",B1:B5,"a")']
    tab.update([[formula] for formula in formulas], "H1", value_input_option=ENTERED)
    assert tab.get("H1:H3") == [["3"], ["4"], ["0"]]
