"""Sheets' methods, complete: importing the modules enters them into the table."""

from workspace_emulator.sheets import metadata, spreadsheets, values
from workspace_emulator.sheets.table import methods

__all__ = ["metadata", "methods", "spreadsheets", "values"]
