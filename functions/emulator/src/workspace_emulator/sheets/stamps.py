"""Names for the states of a tab's cells, and a memory of what changed from one to the next.

A state's name is part of the tab's document: it goes back when a batch is undone or a snapshot restored. The memory is
this process's own; what it doesn't know counts as changed everywhere.
"""

from __future__ import annotations

from itertools import count
from uuid import uuid4
from weakref import WeakKeyDictionary

from workspace_emulator.core.store import Store
from workspace_emulator.sheets.a1 import Block

MOST_STEPS = 1000
"""How many changes back are looked at, and a tenth of how many are remembered."""
_PROCESS = uuid4().hex
_COUNT = count(1)
_memories: WeakKeyDictionary[Store, dict[str, tuple[str, Block]]] = WeakKeyDictionary()


def new_stamp() -> str:
    """Return a name that no other state ever had: a restored snapshot may be changed otherwise than before."""
    return f"{_PROCESS}-{next(_COUNT)}"


def note_change_of_cells(store: Store, before: str, after: str, where: Block) -> None:
    memory = _memories.setdefault(store, {})
    memory[after] = before, where
    if len(memory) > 10 * MOST_STEPS:
        del memory[next(iter(memory))]


def changes_between(store: Store, before: str, after: str) -> list[Block] | None:
    """Return where cells changed on the way from one state to a later one; None when the way isn't known."""
    memory = _memories.get(store, {})
    blocks: list[Block] = []
    while after != before and len(blocks) < MOST_STEPS:
        step = memory.get(after)
        if step is None:
            return None
        after, where = step
        blocks.append(where)
    return blocks if after == before else None
