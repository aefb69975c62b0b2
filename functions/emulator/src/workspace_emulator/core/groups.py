"""Groups of the domain and who is in them, by address."""

from __future__ import annotations

from collections.abc import Iterator

from workspace_emulator.core.store import Store


def members_of(store: Store, group: str) -> Iterator[str]:
    """Go through the addresses of all members, those of groups within the group included, each once."""
    seen, left = set(), [group.lower()]
    groups = store.collection("directory/groups")
    while left:
        address = left.pop()
        if address in seen:
            continue
        seen.add(address)
        if address not in groups:
            yield address
            continue
        left += [m.lower() for m in store.collection(f"directory/members/{address}")]
