"""What is kept in mind from run to run, so that a slip that is taken back within some days has changed nothing.

Somebody who vanishes from the roster, or says no, is noted with the day. Settings that end pairings when they
are moved stay in force, while pairings exist, as they were, until an admin's yes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from peerpact.programme.pairings import Pairing
from peerpact.programme.people import Person, TakingPart
from peerpact.programme.problems import Problem
from peerpact.programme.sentences import say
from peerpact.programme.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Memo:
    """One thing kept in mind, since a day."""

    key: str
    since: date
    value: str = ""


Memory = Mapping[str, Memo]
RENAMED = "renamed: "
CLOSED = "closed: "
"""An account that the directory knows as suspended or deleted."""
TOLD = "told: "
"""Who has heard of a round; see ``announcements.told``."""
MAILBOXES = "mailboxes: r"
"""From which of several mailboxes people hear of a round; see ``mailboxes``."""
FORGOTTEN = "forgotten: "
"""A request to be forgotten, by its id, that was carried out in the archive as well."""
COUNTED = "counted: "
"""On how many letters a mailbox's published figures of a month rest; see ``figures.summed``."""
KEPT = (TOLD, MAILBOXES, FORGOTTEN, COUNTED)
"""What is kept until who wrote it down takes it away."""
FILLED = "filled: "
"""How full a column was that protects people."""
COMMENTED = "comments"
"""What comments at cells say, as a digest."""
PAUSED = "paused"
"""The programme is paused, since that day."""
GUARDED = {
    "first_round": "First round opens on",
    "round_months": "Months per round",
}
"""Settings that end pairings when they are moved, and their names."""


def absent(address: str) -> str:
    return f"missing: {address}"


def says_no(address: str) -> str:
    return f"no: {address}"


def doubt(pairing: str) -> str:
    return f"ends: {pairing}"


def filled(column: str) -> str:
    return f"{FILLED}{column}"


def setting(field: str) -> str:
    return f"setting: {field}"


def since(memory: Memory, key: str, days: int, today: date) -> bool:
    """Tell whether something has been so for that many days."""
    return key in memory and memory[key].since + timedelta(days=days) <= today


def in_force(
    typed: Settings, memory: Memory, pairings: Collection[Pairing], answered: Collection[tuple[str, str]]
) -> tuple[Settings, tuple[Problem, ...]]:
    """Return the settings that hold, and what an admin is asked about those that were moved.

    ``answered`` are the problems, by who or what they are about and what is wrong, that were answered with yes.
    """
    if not any(p.is_standing for p in pairings):
        return typed, ()
    held: dict[str, Any] = {}
    questions = []
    for field in GUARDED:
        memo = memory.get(setting(field))
        if memo is None or not _is_readable(field, memo.value):
            continue
        if _words(getattr(typed, field)) == memo.value:
            continue
        question = _question(field, typed, memo, sum(p.is_standing for p in pairings))
        if (question.row_key, question.what) not in answered:
            held[field] = _value(field, memo.value)
            questions.append(question)
    return replace(typed, **held), tuple(questions)


def _question(field: str, typed: Settings, memo: Memo, standing: int) -> Problem:
    name, now = GUARDED[field], _words(getattr(typed, field)) or say("nothing that can be read")
    return Problem(
        tab="Settings",
        column="Value",
        row_key=name,
        what=say(
            "“{name}” was {before} and is {now} now. That may end {many} pairings and cancel their meetings. Until you "
            "say so, {before} holds.",
            name=name,
            before=memo.value or say("empty"),
            now=now,
            many=standing,
        ),
        remedy=say(
            "If it is meant so, put yes into the column Answer. If not, set it back to {value}.",
            value=memo.value,
        ),
    )


def remembered(
    settings: Settings,
    memory: Memory,
    *,
    people: Mapping[str, Person],
    pairings: Collection[Pairing],
    today: date,
    more: Mapping[str, str] | None = None,
) -> tuple[Memo, ...]:
    """Return what to keep in mind from now on, in order. ``settings`` are those in force; ``more`` is by key."""
    concerned = {address for p in pairings for address in p.people}
    keys = {absent(a): "" for a in concerned - people.keys()}
    keys |= {says_no(a): "" for a in concerned & people.keys() if _is_out(people[a])}
    keys |= {PAUSED: ""} if PAUSED in memory else {}
    keys |= {key: memo.value for key, memo in memory.items() if key.startswith(KEPT) or key == COMMENTED}
    keys |= more or {}
    keys |= {setting(field): _words(getattr(settings, field)) for field in GUARDED}
    return tuple(_noted(memory.get(key), key, value, today) for key, value in sorted(keys.items()))


def with_memo(memos: Iterable[Memo], memo: Memo) -> tuple[Memo, ...]:
    """Return what is kept in mind, in order, with one thing more, or as it is now."""
    return tuple(sorted([*(m for m in memos if m.key != memo.key), memo], key=lambda m: m.key))


def _noted(old: Memo | None, key: str, value: str, today: date) -> Memo:
    return old if old and old.value == value else Memo(key=key, since=today, value=value)


def _is_out(person: Person) -> bool:
    return person.taking_part is TakingPart.NO and not person.held


def missing_problems(addresses: Iterable[str], settings: Settings) -> list[Problem]:
    """Return of each who is missing but not gone yet that nothing is done about them, and until when."""
    return [
        Problem(
            tab="Roster",
            row_key=address,
            what=say(
                "{address} is paired, but no row of the roster that can be read has this address. For "
                "{days} days nothing is ended for that; then they count as gone.",
                address=address,
                days=settings.held_days,
            ),
            remedy=say(
                "Bring the row back or correct it. If the address changed, put this one into “Former "
                "address” of the new row. If they left, set “Taking part” to no."
            ),
        )
        for address in sorted(addresses)
    ]


def _words(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def _is_readable(field: str, words: str) -> bool:
    """Tell whether what was noted can be read: somebody may have edited the tab Memory."""
    try:
        _value(field, words)
    except (ValueError, KeyError):
        return False
    return True


def _value(field: str, words: str) -> Any:
    if field == "round_months":
        return _ROUND_MONTHS[words]
    day = date.fromisoformat(words) if words else None
    if day and day.year not in _YEARS:
        raise ValueError(words)
    return day


_YEARS = range(1950, 2100)
_ROUND_MONTHS = {str(months): months for months in range(1, 13)}
