"""Sheets' methods, complete: importing the modules enters them into the table."""

from workspace_emulator.sheets import metadata, spreadsheets, values, values_by_filter
from workspace_emulator.sheets.table import methods

__all__ = ["metadata", "methods", "spreadsheets", "values", "values_by_filter"]
