"""The requests of ``spreadsheets.batchUpdate``: one function a kind, in a table by Google's name for it."""
