"""Cloud Storage's methods, complete: importing the modules enters them into the table."""

from workspace_emulator.storage import buckets, objects
from workspace_emulator.storage.keeping import methods

__all__ = ["buckets", "methods", "objects"]
