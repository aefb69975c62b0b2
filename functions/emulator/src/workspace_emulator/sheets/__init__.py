"""Sheets v4: spreadsheets with tabs, cells, formulas and the batch requests that change them."""
