"""Drive's methods, complete: importing the modules enters them into the table."""

from workspace_emulator.drive import comments, contents, files, permissions
from workspace_emulator.drive.table import methods

__all__ = ["comments", "contents", "files", "methods", "permissions"]
