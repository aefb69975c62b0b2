"""Values as number formats show them, by the examples and rules of Google's documentation."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from workspace_emulator.core.errors import ApiError
from workspace_emulator.sheets.shown import check_showable, formatted


def number(value: float, pattern: str, kind: str = "NUMBER") -> str:
    return formatted({"numberValue": value}, {"type": kind, "pattern": pattern})


@pytest.mark.parametrize(
    ("value", "pattern", "shown"),
    [
        (12345.125, "####.#", "12345.1"),
        (12.34, "000.000", "012.340"),
        (12, "#.0#", "12.0"),
        (5, "???", "  5"),
        (12345, "#,###", "12,345"),
        (12345678, "#,##0,", "12,346"),
        (12345678, '0.0,,"M"', "12.3M"),
        (0.125, "0.0%", "12.5%"),
        (12345, "0.00E+00", "1.23E+04"),
        (0.00012, "0.0E-0", "1.2E-4"),
        (-5, "0", "-5"),
        (-5, "0;(0)", "(5)"),
        (-5, "0;[Red]-0", "-5"),
        (5, "[Green]0;[Red](0)", "5"),
        (0, '0;-0;"none"', "none"),
        (0.4, "0;-0", "0"),
        (-0.4, "0", "0"),
        (-0.4, "0.0", "-0.4"),
        (1234.5, "[$€-407] #,##0.00", "€ 1,234.50"),
        (1234.5, "#,##0.00 [$€]", "1,234.50 €"),
        (1234.5, '"$"#,##0.00', "$1,234.50"),
        (-1234.5, '_("$"* #,##0.00_);_("$"* (#,##0.00)', " $(1,234.50)"),
        (5, r"0\x", "5x"),
        (7, "[<5]0;[>=5]0!", "7!"),
        (2.5, "0", "3"),
        (1.005, "0.00", "1.01"),
        (5, "@", "5"),
        (0, "#", ""),
        (0.5, "#.##", ".5"),
    ],
)
def test_shows_numbers_as_google_does(value: float, pattern: str, shown: str) -> None:
    assert number(value, pattern) == shown


@pytest.mark.parametrize(
    ("pattern", "shown"),
    [
        ("yyyy-mm-dd", "2026-03-03"),
        ("YYYY-MM-DD HH:MM:SS", "2026-03-03 14:30:08"),
        ("dddd, mmmm d", "Tuesday, March 3"),
        ("ddd d-mmm-yy", "Tue 3-Mar-26"),
        ("mmmmm", "M"),
        ("h:mm am/pm", "2:30 PM"),
        ("hh:mm A/P", "02:30 P"),
        ("hh:mm a/p", "02:30 p"),
        ("m/d h:m", "3/3 14:30"),
        ('"at" h"h"', "at 14h"),
        ("[h]:mm", "1106030:30"),
        ("ss.00", "08.00"),
        ("mm:ss", "30:08"),
    ],
)
def test_shows_moments_as_google_does(pattern: str, shown: str) -> None:
    moment = 46084 + (14 * 3600 + 30 * 60 + 8) / 86_400
    assert number(moment, pattern, "DATE_TIME") == shown


def test_shows_texts_by_the_section_for_texts() -> None:
    look = {"type": "NUMBER", "pattern": '0;-0;0;"<"@">"'}
    assert formatted({"stringValue": "x"}, look) == "<x>"
    assert formatted({"stringValue": "x"}, {"type": "NUMBER", "pattern": "0.0"}) == "x"


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [
        ("NUMBER", "# ?/?"),
        ("NUMBER", "0;0;0;@;0"),
        ("NUMBER", "[Mauve]0"),
        ("DATE", "[yy]"),
        ("NUMBER", '0 "x" 0'),
    ],
)
def test_names_a_format_that_it_can_t_show(kind: str, pattern: str) -> None:
    with pytest.raises(ApiError, match=r"501.*does not do"):
        check_showable({"type": kind, "pattern": pattern})


def test_refuses_such_a_format_before_a_cell_has_it(ada: requests.Session) -> None:
    sheets = "https://sheets.googleapis.com/v4/spreadsheets"
    key = ada.post(sheets, json={}).json()["spreadsheetId"]
    look = {"numberFormat": {"type": "NUMBER", "pattern": "# ?/?"}}
    cell: dict[str, Any] = {"cell": {"userEnteredFormat": look}, "fields": "userEnteredFormat.numberFormat"}
    area = {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    answer = ada.post(
        f"{sheets}/{key}:batchUpdate", json={"requests": [{"repeatCell": {"range": area, **cell}}]}
    )
    assert (answer.status_code, "# ?/?" in answer.json()["error"]["message"]) == (501, True)
    assert ada.get(f"{sheets}/{key}/values/A1").ok


@given(st.decimals(-(10**9), 10**9, places=2, allow_nan=False))
def test_keeps_every_digit_that_a_pattern_has_places_for(value: object) -> None:
    shown = number(float(str(value)), "#,##0.00")
    assert float(shown.replace(",", "")) == pytest.approx(float(str(value)), abs=0.005)


@given(
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text('0#?.,%E+-;@"\\[]$_* xRed<>5', max_size=12),
    st.sampled_from(["NUMBER", "DATE"]),
)
def test_shows_any_number_by_any_pattern_or_names_it(value: float, pattern: str, kind: str) -> None:
    look = {"type": kind, "pattern": pattern}
    try:
        check_showable(look)
    except ApiError:
        return  # by name, as the tests above have it
    at = abs(value) % 90_000 if kind == "DATE" else value
    assert isinstance(formatted({"numberValue": at}, look), str)


@pytest.mark.parametrize("value", [20260101, 4915112345678, -700_000, 2958466, 1e300])
@pytest.mark.parametrize("pattern", ["yyyy-mm-dd", "hh:mm", "s.000", ""])
@pytest.mark.parametrize("kind", ["DATE", "TIME", "DATE_TIME"])
def test_shows_a_number_that_no_calendar_has_as_it_is(value: float, pattern: str, kind: str) -> None:
    assert number(value, pattern, kind) == number(value, "0", "NUMBER") or value == 1e300


def test_shows_the_last_day_that_there_is() -> None:
    assert number(2958465, "yyyy-mm-dd", "DATE") == "9999-12-31"
