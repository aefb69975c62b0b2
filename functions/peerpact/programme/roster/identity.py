"""Who is the same person under a new address: by the column Former address, or by an admin's yes.

Until it is certain, somebody who may be a missing partner under a new address is held: neither is anything ended for
the old address, nor begun for the new one. Whoever types an address must not come to read what somebody else promised:
it is certain where the directory knows one account, or no second one in use, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from peerpact.programme.memory import RENAMED, Memory
from peerpact.programme.people import Person
from peerpact.programme.problems import Problem
from peerpact.programme.sentences import say

Keys = Callable[[str], frozenset[str]]
"""The forms in which two spellings of one name agree."""


class Accounts(Enum):
    """What the directory knows of an old and a new address."""

    ONE = auto()
    TWO = auto()
    """Both in use."""
    NO_SECOND = auto()
    """The old one is out of use, or the new one nobody's yet: nobody else could read what is sent there."""
    NOT_TOLD = auto()
    """It can't be asked, or the new address is a group's, or outside."""


Asked = Callable[[str, str], Accounts]


def not_asked(_old: str, _new: str) -> Accounts:
    """Answer for a job that can't ask: what is new waits for one that can, and what is known stays so."""
    return Accounts.NOT_TOLD


Known = Collection[str] | None
"""Somebody's addresses as the directory has them: none for an account that isn't there, None where it doesn't tell."""


def known_accounts(
    old: str, new: str, *, was: Known, now: Known, closed: Callable[[], Collection[str]]
) -> Accounts:
    """Tell what an account's addresses say of an old and a new one; ``closed`` is asked only where it matters."""
    if now is None and old.partition("@")[2] == new.partition("@")[2]:
        return Accounts.NO_SECOND
    if not now:
        return Accounts.NOT_TOLD
    if was and not set(was).isdisjoint(now):
        return Accounts.ONE
    return Accounts.TWO if was and old not in closed() else Accounts.NO_SECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class Identities:
    """New addresses of people whom the programme knows by old ones."""

    renamed: Mapping[str, str]
    """The new address by the old one, where it is certain."""
    maybe: Mapping[str, str]
    """The old address by the new one, where an admin has to say."""
    asked: frozenset[str] = frozenset()
    """The old addresses about which an admin is asked."""
    problems: tuple[Problem, ...] = ()


def identities(
    people: Mapping[str, Person],
    missing: Mapping[str, str],
    *,
    newcomers: Collection[str],
    memory: Memory,
    answered: Collection[tuple[str, str]],
    denied: Collection[tuple[str, str]],
    keys_of: Keys,
    accounts: Asked = not_asked,
) -> Identities:
    """Tell who is whom. ``missing`` are the names of those who are paired and not on the roster, by address."""
    renamed = {old: p.email for p in people.values() for old in p.former_addresses if old not in people}
    renamed = _as_before(memory, renamed, people) | renamed
    maybe = _candidates(people, missing, newcomers, renamed, keys_of)
    renamed |= {old: new for new, old in maybe.items() if accounts(old, new) is Accounts.ONE}
    maybe = {new: old for new, old in maybe.items() if old not in renamed}
    problems = []
    for question, pairs in _questions(maybe, people):
        if (question.row_key, question.what) in answered:
            renamed |= {old: new for new, old in pairs.items()}
        elif (question.row_key, question.what) not in denied:
            problems.append(question)
            continue
        maybe = {new: old for new, old in maybe.items() if new not in pairs}
    fresh = {old: new for old, new in renamed.items() if _remembered(memory).get(old) != new}
    told = {(old, new): accounts(old, new) for old, new in fresh.items()}
    doubtful = {pair: how for pair, how in told.items() if how in {Accounts.TWO, Accounts.NOT_TOLD}}
    others = {new: old for old, new in doubtful}
    return Identities(
        renamed={old: new for old, new in renamed.items() if new not in others},
        maybe=maybe | others,
        asked=frozenset(maybe.values()),
        problems=(*problems, *(_DOUBTS[how](*pair) for pair, how in doubtful.items())),
    )


def _remembered(memory: Memory) -> dict[str, str]:
    return {k.removeprefix(RENAMED): memo.value for k, memo in memory.items() if k.startswith(RENAMED)}


def _as_before(memory: Memory, renamed: Mapping[str, str], people: Collection[str]) -> dict[str, str]:
    """Return who was known to be whom, under the address of now: a second change goes on from the first."""
    now = {old: renamed.get(new, new) for old, new in _remembered(memory).items()}
    return {old: new for old, new in now.items() if new in people and old not in people}


def _candidates(
    people: Mapping[str, Person],
    missing: Mapping[str, str],
    newcomers: Collection[str],
    renamed: Mapping[str, str],
    keys_of: Keys,
) -> dict[str, str]:
    """Return by new address the missing one of the same name, where there is one of each."""
    found: dict[str, str] = {}
    for old, name in sorted(missing.items()):
        free = (new for new in sorted(newcomers) if new not in renamed.values())
        same = [new for new in free if keys_of(people[new].name) & keys_of(name)]
        if len(same) == 1 and old not in renamed and same[0] not in found:
            found[same[0]] = old
    return found


def _questions(
    maybe: Mapping[str, str], people: Mapping[str, Person]
) -> list[tuple[Problem, dict[str, str]]]:
    """Return what to ask of whom: once for all whose domain alone has changed, else one by one."""
    moved: dict[tuple[str, str], dict[str, str]] = {}
    for new, old in maybe.items():
        (first, _, domain), (was_first, _, was) = new.partition("@"), old.partition("@")
        if first == was_first:
            moved.setdefault((was, domain), {})[new] = old
    groups = {domains: pairs for domains, pairs in moved.items() if len(pairs) > 1}
    together = {new for pairs in groups.values() for new in pairs}
    asked = [(_of_domain(was, now, pairs), pairs) for (was, now), pairs in groups.items()]
    alone = ((new, old) for new, old in maybe.items() if new not in together)
    return [*asked, *((_of_one(people[new], old), {new: old}) for new, old in alone)]


def _of_one(person: Person, old: str) -> Problem:
    return Problem(
        tab="Roster",
        column="E-mail",
        row_key=f"{old} / {person.email}",
        what=say(
            "{old} is missing, and {name} is there as {email}. Is this the same person?",
            old=old,
            name=person.name,
            email=person.email,
        ),
        remedy=say(
            "If so, put yes into the column Answer: pairing, meetings and commitments go along. If these "
            "are two people, put no."
        ),
    )


def _two_people(old: str, new: str) -> Problem:
    return Problem(
        tab="Roster",
        column="E-mail",
        row_key=f"{old} / {new}",
        what=say(
            "The roster says that {old} is now {new}, but the directory knows these as two people's accounts, both in "
            "use. Nothing is changed, and neither gets the other's mails.",
            old=old,
            new=new,
        ),
        remedy=say(
            "Put {old} back into the column E-mail, and {new}, if they take part, into a row of their own. If it is "
            "one person, have one of the accounts closed, or made an address of the other.",
            old=old,
            new=new,
        ),
    )


def _not_told(old: str, new: str) -> Problem:
    return Problem(
        tab="Roster",
        column="E-mail",
        row_key=f"{old} / {new}",
        what=say(
            "The roster says that {old} is now {new}, but the directory does not tell whether that is one person. "
            "Until it does, nothing is changed, and neither gets the other's mails.",
            old=old,
            new=new,
        ),
        remedy=say(
            "Ask whoever looks after your Workspace to make {old} an address of the account {new} (it is, where an "
            "account was renamed), and to let Peerpact look people up, if it may not yet. If {new} is somebody new, "
            "clear “Former address”.",
            old=old,
            new=new,
        ),
    )


_DOUBTS = {Accounts.TWO: _two_people, Accounts.NOT_TOLD: _not_told}


def _of_domain(was: str, now: str, pairs: Mapping[str, str]) -> Problem:
    return Problem(
        tab="Roster",
        column="E-mail",
        row_key=f"{was} / {now}",
        what=say(
            "{many} people with addresses of {was} are missing, and people of the same names are there "
            "with {now}. Are these the same people?",
            many=len(pairs),
            was=was,
            now=now,
        ),
        remedy=say(
            "If so, put yes into the column Answer: pairings, meetings and commitments go along. If they "
            "are others, put no."
        ),
    )


def renamed_in(value: object, renamed: Mapping[str, str]) -> object:
    """Return a key, an address or several of them with the new addresses."""
    if isinstance(value, tuple):
        return tuple(renamed.get(v, v) for v in value)
    if isinstance(value, str) and "@" in value:
        return ":".join(renamed.get(part, part) for part in value.split(":"))
    return value
