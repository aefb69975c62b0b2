"""What is recorded of a reply, in the words in which the tables of rounds have it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from peerpact.programme.replies.meaning import Understood
from peerpact.programme.requests import Wish


def recorded(read: Understood, alike: Mapping[Wish, Wish] = MappingProxyType({})) -> set[str]:
    """Return the parts of what is recorded; ``alike``: wishes that the table calls by another's name."""
    if read.care:
        return {"care"}
    parts = {f"{number}={outcome}" for number, outcome in read.outcomes.items()}
    parts |= {f"new {len(read.promises)}"} if read.promises else set()
    for wish in read.requests:
        days = f" {wish.since or ''}..{wish.until or ''}" if wish.since or wish.until else ""
        parts.add(f"{alike.get(wish.kind, wish.kind)}{days}{f' {wish.weeks}' if wish.weeks else ''}")
    parts |= {"question"} if read.question else set()
    parts |= {"topics"} if read.wants or read.offers else set()
    parts |= {f"number {read.number}"} if read.number else set()
    return parts | {{True: "met", False: "not met", None: ""}[read.met]} - {""}


def parts_of(part: str) -> set[str]:
    """Return "1=kept 2=not yet" as its outcomes, anything else as it is; "ask" is nothing recorded."""
    outcomes = part.replace("not yet", "not_yet").split() if "=" in part else [part]
    return {outcome.replace("not_yet", "not yet") for outcome in outcomes} - {"ask"}
