"""What people promise and write, and how it went, stays between the two of them: no canary sings anywhere else.

Three months are played while calls fail at random; everything that anybody writes carries a canary of its own. Then
each place where it must not be is searched whole. Then two installations are played that differ in nothing but in whose
promise was kept: everywhere but in their own mails they look the same, so that nothing tells it.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from cast import MONDAY, Cast
from peerpact.demo.company import INSTALLER, account_credentials
from peerpact.demo.play import Play
from peerpact.google.access import Access
from peerpact.google.scopes import SCOPES
from peerpact.jobs import job as running
from peerpact.jobs.catalogue import JOBS
from peerpact.operating.doctor import Examination, examine
from peerpact.operating.explain import explain
from peerpact.operating.export import export
from peerpact.operating.trace import trace
from peerpact.programme.plan import Plan
from workspace_emulator import Effect, Fault, InProcessAdapter

ADMIN = "people.team@example.com"
END = datetime(2026, 4, 7, 4, tzinfo=UTC)
TRIES = 4
PROMISES = (
    "Ask my manager about {}",
    "Read the book on {}\nand write {} down",
    "=HYPERLINK({})",
    "*{}* <b>{}</b>",
)
ANSWERS = (
    "1 done, thanks to {}",
    "1 not yet, {} came between",
    "1 partly\n\nNext: talk to Sam about {}",
    "Who can see {}?",
    "1 dropped because of {}",
    "1 done\n2 not yet\nNext: {}",
    "maybe {} or so",
)
ASIDES = ("Sorry, I meant {}", "Also: {}", "Thanks, {}!")
FAULTS = (
    Fault(effect=Effect.REFUSE, status=429, chance=0.02, seed=1),
    Fault(effect=Effect.REFUSE, status=500, chance=0.02, seed=2),
    Fault(effect=Effect.REFUSE, status=503, kind="write", chance=0.06, seed=3),
    Fault(effect=Effect.DROP_BEFORE, chance=0.02, seed=4),
    Fault(effect=Effect.DROP_AFTER, kind="write", chance=0.06, seed=5),
)


class Canaries:
    """People who answer each letter on the day they get it, with words of which each is one of a kind."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._people = [u.email for u in cast.company.workspace.users()]
        self._people = [p for p in self._people if p not in {ADMIN, cast.company.config.mailbox}]
        self._promises, self._answers, self._asides = cycle(PROMISES), cycle(ANSWERS), cycle(ASIDES)
        self.sung = 0

    def end_meetings(self) -> None:
        """Write nothing down before they are asked."""

    def live(self) -> None:
        for person in self._people:
            for thread, letter in self._cast.open_unread(person):
                if words := self._words(letter):
                    self._cast.send_reply(person, letter, words, thread=thread)

    def _words(self, letter: Any) -> str:
        kind = (letter["X-Peerpact"] or "").partition(":")[0]
        text = letter.get_body(("plain",)).get_content() if kind in {"follow-up", "reminder"} else ""
        asks = {
            "commitment-request": self._promises,
            "follow-up": self._answers if "1. " in text else self._promises,
            "reminder": self._answers if "1. " in text else self._promises,
            "introduction": cycle(["I look forward to {}"]),
            "acknowledgement": self._asides,
        }
        return re.sub(r"\{\}", lambda _: self._canary(), next(asks[kind])) if kind in asks else ""

    def _canary(self) -> str:
        self.sung += 1
        return f"zqcanary{self.sung:04}"


class Watched(Play):
    """A play that keeps what its jobs would show on a screen, and carries on when one fails."""

    def __init__(self, cast: Cast) -> None:
        super().__init__(cast.company, seed=1)
        self.cast = cast
        self.colleagues = Canaries(cast)  # type: ignore[assignment]
        self.screen: list[str] = []
        self.shown_on_demand: list[str] = []
        self.errors: list[str] = []
        self._failed = False

    def _tick(self, name: str, moment: datetime) -> None:
        """Run a job, if only because it failed before."""
        self._failed = False
        super()._tick(name, moment)
        if self._failed:
            del self._seen[name]

    def run(self, name: str) -> running.Outcome | None:
        """Run a job, and again when it fails, as the scheduler does."""
        for _ in range(TRIES):
            try:
                outcome = super().run(name)
            except Exception as error:
                self.errors += [str(error), repr(error), traceback.format_exc()]
            else:
                if outcome:
                    self._look(outcome.plan)
                    return outcome
        self._failed = True
        return None

    def _look(self, plan: Plan) -> None:
        self.screen += [action.sentence() for action in plan.actions]
        self.screen += [f"{p.what} {p.remedy}" for p in plan.problems or ()] + [plan.too_much, repr(plan)]
        self.shown_on_demand += [action.sentence(show_texts=True) for action in plan.actions]


class Everything(logging.Handler):
    """Keeps every log record whole, with all that was attached to it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += [record.getMessage(), repr(vars(record)), self.format(record)]


@pytest.fixture
def logs() -> Iterator[list[str]]:
    handler, root = Everything(), logging.getLogger()
    level = root.level
    root.setLevel(logging.DEBUG)
    root.addHandler(handler)
    yield handler.lines
    root.removeHandler(handler)
    root.setLevel(level)


def with_canaries(texts: list[str]) -> list[str]:
    return [text for text in texts if "zqcanary" in text.lower()]


def letters_to_admins(cast: Cast) -> list[str]:
    """Return every header and every decoded text of what the People team got."""
    mails = cast.mails(ADMIN, "")
    parts = [p for m in mails for p in m.walk() if p.get_content_maintype() == "text"]
    return [repr(m.items()) for m in mails] + [str(p.get_content()) for p in parts]


def installed(cast: Cast, **more: Any) -> Examination:
    """Return the installation as whoever sets it up reaches it."""
    company = cast.company
    config = replace(company.config, **{f"{kind}_delegate": "" for kind in SCOPES if kind != "setup"})
    credentials = account_credentials(company.workspace, INSTALLER)

    def open_access(scopes: Sequence[str]) -> Access:
        transport = InProcessAdapter(company.front)
        return Access(config, scopes=scopes, transport=transport, credentials=credentials)

    return Examination(config=config, open_access=open_access, clock=cast.clock.now, **more)


def traces(cast: Cast) -> list[str]:
    access = cast.company.access(JOBS["collect_replies"])
    keys = [str(row["Letter"]) for row in cast.ledger("Letters")][::9]
    keys += [f"reply:{row['Message']}" for row in cast.ledger("Replies")][::9]
    return [sentence for key in keys for sentence in trace(access, key)]


def explanations(cast: Cast) -> list[str]:
    access = cast.company.access(JOBS["pair_people"])
    return list(explain(access, cast.clock.now(), "fay@example.com"))


def exported(cast: Cast, folder: Path) -> list[str]:
    files = [saved.path for saved in export(installed(cast), folder / "out", with_texts=False)]
    return [path.read_text(encoding="utf-8") for path in files]


def test_lets_no_word_out_in_three_months_in_which_calls_fail(
    cast: Cast, logs: list[str], tmp_path: Path
) -> None:
    play = Watched(cast)
    _let_calls_fail(cast, *FAULTS)
    for _ in play.until(END):
        pass
    cast.company.workspace.faults.clear()
    for _ in play.until(END + timedelta(days=3)):
        pass
    store, config = cast.company.workspace.store, cast.company.config
    people = [u.email for u in cast.company.workspace.users()]
    places = {
        "programme spreadsheet": [repr(store.collection("sheets/books")[config.programme_spreadsheet])],
        "events": [repr(store.collection(f"calendar/copies/{p}")) for p in people]
        + [repr(cast.events(config.mailbox))],
        "log, all levels": list(logs),
        "errors, as reported and as answered": play.errors,
        "previews and problems": play.screen,
        "digests": letters_to_admins(cast),
        "traces": traces(cast),
        "explanations": explanations(cast),
        "doctor": [f.words for f in examine(installed(cast, with_letter=False))],
        "exports without texts": exported(cast, tmp_path),
    }
    found = {name: with_canaries(texts) for name, texts in places.items()}
    told = sum(map(len, found.values()))
    sung = play.colleagues.sung  # type: ignore[attr-defined]
    sys.stdout.write(f"{len(places)} places x {sung} canaries, found {told}\n")
    assert {name: texts for name, texts in found.items() if texts} == {}
    assert [name for name, texts in places.items() if not any(texts)] == []

    assert cast.checker().faults() == []

    assert with_canaries(play.shown_on_demand) != []
    assert len(with_canaries([str(c["Text"]) for c in cast.ledger("Commitments")])) > 10
    assert len(play.errors) > 10
    assert len(letters_to_admins(cast)) > 10
    assert logs != []


def _let_calls_fail(cast: Cast, *faults: Fault) -> None:
    for fault in faults:
        for user in ("mentoring@*", "peerpact-*"):
            cast.company.workspace.faults.add(_for(fault, user))


def _for(fault: Fault, user: str) -> Fault:
    return replace(fault, user=user, seed=fault.seed * 7 + len(user))


BEN, GUS = "ben@example.com", "gus@example.com"
"""They are in two pairings."""
OUTAGES = {
    5: Fault(effect=Effect.REFUSE, status=503, method="calendar.*", kind="write"),
    6: Fault(effect=Effect.REFUSE, status=429, method="sheets.*", kind="write"),
    7: Fault(effect=Effect.DROP_BEFORE, method="gmail.*"),
    8: Fault(effect=Effect.REFUSE, status=500, method="gmail.*", kind="write"),
    9: Fault(effect=Effect.DROP_AFTER, method="sheets.*", kind="write"),
}
"""By the hour: every call alike, since by chance it would strike whatever call came first."""


def leave_with_one_of_each_pair(cast: Cast) -> None:
    roster = cast.company.sheet().worksheet("Roster")
    addresses, column = roster.col_values(2), roster.row_values(1).index("Taking part") + 1
    roster.update_cell(addresses.index("emil@example.com") + 1, column, "no")
    cast.company.sheet().worksheet("Days off").append_row(
        ["2026-03-19", "2026-03-25", "Leave", "dina@example.com"], value_input_option="USER_ENTERED"
    )


SECONDS = re.compile(r"""("[0-9a-z]{8}","[a-z_]+",[0-9.]+),(?:\d+|"")""")
"""How long an archived run took: that differs from play to play."""
ADMIN_DOES = {
    date(2026, 2, 7): lambda cast: cast.setting("Reminder after days", 3),
    date(2026, 2, 20): lambda cast: cast.setting("First round opens on", "2026-02-02"),
    date(2026, 3, 17): leave_with_one_of_each_pair,
    date(2026, 3, 20): Cast.answer_doubts,
}
"""To see what they can not: a first day that is moved, and a pair or two less."""


class OneKept(Canaries):
    """People who write alike, whatever is open, and each say what became of it on the day they are asked."""

    def __init__(self, cast: Cast, outcomes: Mapping[str, str]) -> None:
        super().__init__(cast)
        self.asked: set[str] = set()
        self._outcomes = outcomes

    def live(self) -> None:
        for person in self._people:
            for thread, letter in self._cast.open_unread(person):
                kind = (letter["X-Peerpact"] or "").partition(":")[0]
                text = letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]
                if kind == "commitment-request":
                    self._cast.send_reply(person, letter, "Read the book on listening", thread=thread)
                elif kind == "follow-up":
                    self.asked |= {person} if "1. " in text else set()
                    words = self._outcomes.get(person, "1 done") if "1. " in text else ""
                    self._cast.send_reply(person, letter, f"{words}\n\nNext: Ask Sam", thread=thread)


def played(cast: Cast, outcomes: Mapping[str, str], folder: Path) -> dict[str, list[str]]:
    """Play three months with hours in which a service is away; return what all but the two of them can see."""
    play = Watched(cast)
    play.colleagues = people = OneKept(cast, outcomes)  # type: ignore[assignment]
    faults, acts = cast.company.workspace.faults, dict(ADMIN_DOES)
    for moment in play.until(END):
        faults.clear()
        if moment.day % 3 == 0 and moment.hour in OUTAGES:
            _let_calls_fail(cast, OUTAGES[moment.hour])
        elif acts and min(acts) <= moment.date():
            acts.pop(min(acts))(cast)
    faults.clear()
    assert {BEN, GUS} <= people.asked
    sheet = cast.company.sheet(cast.company.config.mailbox)
    tabs = {t.title: t.get_all_values() for t in sheet.worksheets()}
    seconds = tabs["Runs"][0].index("Seconds")
    tabs["Runs"] = [[*row[:seconds], *row[seconds + 1 :]] for row in tabs["Runs"]]
    return {
        **{title: [SECONDS.sub(r"\1", repr(row)) for row in grid] for title, grid in tabs.items()},
        "previews and problems": sorted(
            said for said in play.screen if said and not said.startswith("Plan(")
        ),
        "digests": [text for text in letters_to_admins(cast) if not text.startswith("[(")],
        "traces": traces(cast),
        "exports without texts": [t for t in exported(cast, folder) if "Seconds" not in t],
        "events": [repr(e) for e in cast.events(cast.company.config.mailbox)],
    }


def test_looks_the_same_whosever_promise_was_kept(cast: Cast, tmp_path: Path) -> None:
    start = cast.company.workspace.store.snapshot()
    one = played(cast, {BEN: "1 done", GUS: "1 not yet"}, tmp_path / "one")
    outcomes = {c["Person"]: c["Outcome"] for c in reversed(cast.ledger("Commitments"))}
    assert (outcomes[BEN], outcomes[GUS]) == ("kept", "not yet")
    cast.company.workspace.store.restore(start)
    cast.go_to(MONDAY)
    other = played(cast, {BEN: "1 not yet", GUS: "1 done"}, tmp_path / "other")
    differ = {
        place: Counter(one[place]) - Counter(other[place]) for place in one if one[place] != other[place]
    }
    assert differ == {}
