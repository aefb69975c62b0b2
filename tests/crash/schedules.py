"""Breaking a job everywhere: at its first call, at its second, ..., in every way, and then letting it run on.

Each schedule begins from the same prepared Workspace, disturbs one run, and lets the job run normally until it has
nothing more to do. What people and admins then find must equal what they find when nothing was disturbed.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import requests
from requests.adapters import BaseAdapter

from cast import MAIL, Cast
from peerpact.errors import OutOfTime, PeerpactError, SheetError, TooMuchToDo
from peerpact.google.access import Access
from peerpact.google.workers import Workers
from peerpact.jobs import job as running
from peerpact.jobs.catalogue import JOBS, Job
from workspace_emulator import Effect, Fault, InProcessAdapter

LEASES = "peerpact-leases"
LEASE_IS_OVER = {"minutes": 11}
MOST_RUNS = 8


class Killed(BaseException):
    """The process is gone: nothing after it runs, whatever it holds."""


class Mortal(BaseAdapter):
    """Hands requests on until the process is killed, just before or just after one of them, or there is no time for it.

    ``dies_at``: which call, of those that end with ``ending``; ``no_turn``: for which call there is no time.
    """

    def __init__(
        self,
        inner: BaseAdapter,
        *,
        dies_at: int = 0,
        after: bool = False,
        ending: str = "",
        no_turn: int = 0,
    ) -> None:
        super().__init__()
        self._no_turn = no_turn
        self._inner, self._dies_at, self._after, self._ending = inner, dies_at, after, ending
        self.asked: list[str] = []
        """Of each request the method and the path."""
        self.is_dead = False

    def is_forgotten(self, fault: str) -> bool:
        """Tell of a mail that is on no record since its person is forgotten."""
        return bool(self.forgets) and self.forgets in fault and "is on no record" in fault

    @property
    def calls(self) -> int:
        return len(self.asked)

    def send(self, request: requests.PreparedRequest, *arguments: Any, **named: Any) -> requests.Response:
        self.asked.append(f"{request.method} {request.path_url.partition('?')[0]}")
        if self.calls == self._no_turn:
            raise OutOfTime
        counted = sum(asked.endswith(self._ending) for asked in self.asked)
        is_its_turn = self.asked[-1].endswith(self._ending) and counted == self._dies_at
        if self.is_dead or (is_its_turn and not self._after):
            self.is_dead = True
            raise Killed
        answer = self._inner.send(request, *arguments, **named)
        if is_its_turn:
            self.is_dead = True
            raise Killed
        return answer

    def close(self) -> None:
        self._inner.close()


Disturb = Callable[[Cast, int], Mapping[str, Any]]
"""Prepares a disturbance of the n-th call, and returns how the transport has to be made for it."""


def _fault(**what: Any) -> Disturb:
    def disturb(cast: Cast, call: int) -> Mapping[str, Any]:
        cast.company.workspace.faults.add(Fault(call=call, times=1, **what))
        return {}

    return disturb


WAYS: dict[str, Disturb] = {
    "killed before the request": lambda _, call: {"dies_at": call},
    "killed after it was carried out": lambda _, call: {"dies_at": call, "after": True},
    "dropped before": _fault(effect=Effect.DROP_BEFORE),
    "dropped after": _fault(effect=Effect.DROP_AFTER),
    "429 with Retry-After": _fault(effect=Effect.REFUSE, status=429, retry_after=2),
    "500": _fault(effect=Effect.REFUSE, status=500),
    "503": _fault(effect=Effect.REFUSE, status=503),
    "403 rate limit": _fault(effect=Effect.REFUSE, status=403),
    "delivered twice": _fault(effect=Effect.TWICE),
    "30 s late": _fault(effect=Effect.DELAY, seconds=30.0),
    "out of time": lambda _, call: {"no_turn": call},
}


@dataclass(frozen=True, slots=True)
class Scenario:
    """A job with real work to do: its name, and how the Workspace comes to that point."""

    name: str
    job: str
    prepare: Callable[[Cast], None]
    forgets: str = ""
    """Who is to be forgotten: then no row tells of the mails that they got."""


class Stage:
    """One scenario, prepared once; every schedule begins from the same snapshot."""

    def __init__(self, cast: Cast, scenario: Scenario) -> None:
        config = replace(cast.company.config, lease_bucket=LEASES)
        self.cast = Cast(replace(cast.company, config=config))
        self.name, self.forgets = scenario.name, scenario.forgets
        self.job = JOBS[scenario.job]
        scenario.prepare(self.cast)
        self._before = self.cast.company.workspace.store.snapshot()
        self._now = self.cast.clock.now()
        self._after: dict[tuple[str, ...], dict[str, Any]] = {}
        self._once: dict[str, Any] = {}
        self.asked, self.writes = self.requests(), self.cast.writes()
        """The requests of a run that nothing disturbs."""
        settle(self.cast, self.job)
        self.undisturbed = found_by_people(self.cast)
        faults = self.cast.checker().faults()
        self.faultless = [f for f in faults if not self.is_forgotten(f)] == []

    @property
    def calls(self) -> int:
        return len(self.asked)

    def is_forgotten(self, fault: str) -> bool:
        """Tell of a mail that is on no record since its person is forgotten."""
        return bool(self.forgets) and self.forgets in fault and "is on no record" in fault

    def schedules(self) -> Iterator[tuple[str, int]]:
        """Yield each way at each call."""
        for call in range(1, self.calls + 1):
            for way in WAYS:
                yield way, call

    def requests(self) -> list[str]:
        """Return the requests of a run that nothing disturbs, from the beginning."""
        transport = Mortal(self._inner())
        self.begin()
        self.cast.writes()
        run_once(self.cast, self.job, transport)
        return transport.asked

    def disturbed(self, way: str, call: int) -> dict[str, Any]:
        """Return what people find after a run that was disturbed and those that put it right."""
        self.begin()
        how = WAYS[way](self.cast, call)
        return self.play(how)

    def after(self, jobs: Sequence[str]) -> dict[str, Any]:
        """Return what people find after these jobs have run one after the other, undisturbed."""
        key = tuple(name for name, _ in groupby(jobs))
        if key not in self._after:
            self.begin()
            for name in key:
                settle(self.cast, JOBS[name])
            self._after[key] = found_by_people(self.cast)
        return self._after[key]

    def once(self, name: str, play: Callable[[], Any]) -> Any:
        """Return what a play comes to, played once only."""
        if name not in self._once:
            self._once[name] = play()
        return self._once[name]

    def begin(self) -> None:
        workspace = self.cast.company.workspace
        workspace.faults.clear()
        workspace.store.restore(self._before)
        workspace.clock.set(self._now)
        forget_tokens(self.cast)

    def play(self, how: Mapping[str, Any]) -> dict[str, Any]:
        run_once(self.cast, self.job, Mortal(self._inner(), **how))
        self.cast.company.workspace.faults.clear()
        settle(self.cast, self.job)
        return found_by_people(self.cast)

    def _inner(self) -> BaseAdapter:
        return InProcessAdapter(self.cast.company.front)


def forget_tokens(cast: Cast) -> None:
    """Let the jobs' accounts ask for tokens anew, as each new process does."""
    for credentials in cast.company.credentials.values():
        credentials.token = None


def run_once(cast: Cast, job: Job, transport: BaseAdapter, workers: Workers | None = None) -> bool:
    """Run a job over a transport; tell whether it came to its end with nothing to do.

    How long it takes is told by the local Workspace's clock, so that it takes as long each time.
    """
    company = cast.company

    def access() -> Access:
        made = company.access(job)
        made._transport = transport
        made.workers = workers or made.workers
        return made

    try:
        outcome = running.run(job, access, cast.clock.now, timer=lambda: cast.clock.now().timestamp())
    except TooMuchToDo:
        return True
    except (Killed, PeerpactError, requests.RequestException):
        return False
    return not outcome.plan.actions


def has_stopped(cast: Cast, job: Job) -> bool:
    """Tell whether a job can't start, with a sentence about the spreadsheet for the admin."""
    try:
        running.run(job, lambda: cast.company.access(job), cast.clock.now)
    except SheetError:
        return True
    except PeerpactError:
        return False
    return False


def settle(cast: Cast, job: Job) -> None:
    """Let the job run normally, after any lease is over, until it has nothing more to do."""
    for _ in range(MOST_RUNS):
        cast.wait(**LEASE_IS_OVER)
        if run_once(cast, job, InProcessAdapter(cast.company.front)):
            return
    raise AssertionError(f"{job.name} never came to rest")


def found_by_people(cast: Cast, ledger: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return what counts: pairings, invitations, letters, replies and their effects; no times.

    What is in the archive counts where no ledger is given: in the course of months it moves sooner or later.
    """
    checker = cast.checker()
    archive = checker.archived if ledger is None else {}
    ledger = checker.ledger if ledger is None else ledger
    people = [u.email for u in cast.company.workspace.users()]
    state = cast.company.workspace.store.snapshot().collections
    return {
        "pairings": sorted(
            (r["Addresses"], r["State"], r["Decision"], r["Meeting state"], r["Answers"])
            for r in cast.tab("Pairings")
        ),
        "requests": sorted((r["Person"], r["Asked for"], r["Decision"]) for r in cast.tab("Requests")),
        "partners": sorted(map(str, cast.tab("Partners"))),
        "problems": sorted(map(str, cast.tab("Problems"))),
        "letters sent": sorted((r["Letter"], r["State"]) for r in cast.tab("Letters")),
        "ledger": {title: sorted(str(stable(row)) for row in rows) for title, rows in ledger.items()},
        "archive": {title: sorted(map(_as_kept, rows)) for title, rows in archive.items()},
        "mailboxes": {p: _as_seen(arrived, cast, p, _mailbox(state, p)) for p in people},
        "calendars": {p: _as_seen(events, cast, p, _calendars(state)) for p in people},
        "labels": labels(cast),
    }


_seen: dict[tuple[Any, ...], tuple[list[Any], Any]] = {}
MOST_SEEN = 1000


def _as_seen(look: Callable[[Cast, Any], Any], cast: Cast, what: Any, kept: list[Any]) -> Any:
    """Return what a look at something shows: the same where all that is kept of it is, as it never changes in place."""
    key = look, what, *map(id, kept)
    if key not in _seen:
        if len(_seen) >= MOST_SEEN:
            _seen.clear()
        _seen[key] = kept, look(cast, what)
    return _seen[key][1]


def _mailbox(state: Mapping[str, Any], person: str) -> list[Any]:
    return [kept for name, kept in state.items() if name.startswith("gmail/") and name.endswith(f"/{person}")]


def _calendars(state: Mapping[str, Any]) -> list[Any]:
    return [kept for name, kept in state.items() if name.startswith(("calendar/", "users"))]


NO_MATTER = (
    "At",
    "Planned",
    "Sent",
    "Draft",
    "Message",
    "Thread",
    "Message-ID",
    "Taken",
    "Recorded",
    "On",
    "Bookkeeping",
)
"""Columns with times and with ids that Google gives: they differ from run to run."""


def _as_kept(row: Mapping[str, Any]) -> str:
    """Return what a row of the archive says: which columns its part names, and in which order, says nothing."""
    return str({name: value for name, value in sorted(stable(row).items()) if value not in {"", None}})


def stable(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a row is the same whenever it comes about; a letter asks for the number from a day on (0)."""
    kept = {k: v for k, v in row.items() if not any(k == n or k.startswith(f"{n} ") for n in NO_MATTER)}
    return kept | ({"Number": ""} if kept.get("Number") == 0 else {})


def arrived(cast: Cast, person: str) -> dict[str, int]:
    """Count somebody's mails: ours by key, others by subject up to the time in it."""
    session = cast.company.session(person)
    kept = cast.company.workspace.store.collection(f"gmail/messages/{person}")
    found = session.get(f"{MAIL}/messages", params={"maxResults": 500}).json().get("messages", ())
    counted = Counter(_as_seen(_named, cast, (person, m["id"]), [kept[m["id"]]]) for m in found)
    del counted[None]
    return dict(sorted(counted.items()))


def _named(cast: Cast, which: tuple[str, str]) -> str | None:
    """Return what a mail is counted as; nothing for a draft."""
    person, message_id = which
    wanted = {"format": "metadata", "metadataHeaders": ["X-Peerpact", "Subject"]}
    mail = cast.company.session(person).get(f"{MAIL}/messages/{message_id}", params=wanted).json()
    if "DRAFT" in mail.get("labelIds", ()):  # made twice by the network; nobody but the mailbox ever sees it
        return None
    headers = {h["name"].lower(): h["value"] for h in mail["payload"].get("headers", ())}
    return headers.get("x-peerpact") or headers.get("subject", "").partition(" @ ")[0]


def events(cast: Cast, person: str) -> list[tuple[str, tuple[str, ...]]]:
    return sorted(
        (e["status"], tuple(sorted(g["email"] + g["responseStatus"] for g in e.get("attendees", ()))))
        for e in cast.events(person)
    )


def labels(cast: Cast) -> dict[str, int]:
    """Count the mails under each of our labels."""
    session = cast.company.session(cast.company.config.mailbox)
    counted = {}
    for label in session.get(f"{MAIL}/labels").json()["labels"]:
        if label["type"] == "user":
            counted[label["name"]] = (
                session.get(f"{MAIL}/labels/{label['id']}").json().get("messagesTotal", 0)
            )
    return counted


def differences(wanted: Mapping[str, Any], found: Mapping[str, Any], where: str = "") -> list[str]:
    """Return where two states differ, in words."""
    said = []
    for key in sorted({*wanted, *found}):
        place = f"{where}{key}"
        one, other = wanted.get(key), found.get(key)
        if isinstance(one, Mapping) and isinstance(other, Mapping):
            said += differences(one, other, f"{place}: ")
        elif one != other:
            said.append(f"{place}: {other!r} instead of {one!r}"[:600])
    return said


def sampled(stage: Stage, seed: int, most: int) -> list[tuple[str, int]]:
    """Return some of a stage's schedules, thrown by a seed."""
    every = list(stage.schedules())
    return random.Random(seed).sample(every, min(most, len(every)))  # noqa: S311 - repeatable
