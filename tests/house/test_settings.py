"""The settings as the tab describes them, and as the programme has them, are the same."""

from __future__ import annotations

from dataclasses import fields

from peerpact.programme.settings import Settings
from peerpact.tables.schema import tab
from peerpact.tables.settings import default_values


def test_has_a_field_for_each_described_setting_and_a_row_for_each_field() -> None:
    described, there = {s.field for s in tab("Settings").settings}, {f.name for f in fields(Settings)}
    assert described - there == set(), "has no field in programme/settings.py"
    assert there - described == set(), "has no block in sheets_schema/settings.toml"


def test_has_the_default_that_the_tab_promises() -> None:
    there = {f.name: getattr(Settings(), f.name) for f in fields(Settings)}
    described = default_values()
    assert {name: there[name] for name in described if name in there} == {
        name: value for name, value in described.items() if name in there
    }
    assert not any(value for name, value in there.items() if name not in described)
