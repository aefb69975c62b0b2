"""A quiet tick after years costs what it cost after a quarter; and the past that shows it is like a played one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pytest
from past import quarter
from years import FIRST, MOST, played

from cast import Cast
from peerpact.jobs.catalogue import JOBS
from peerpact.jobs.programme_tabs import read_programme
from peerpact.tables.records import as_row

PEOPLE, YEARS = 24, 1


def test_reads_after_years_what_it_read_after_a_quarter() -> None:
    for name, (first, last) in played(PEOPLE, YEARS).items():
        assert last.bytes / first.bytes <= MOST, name
        assert last.calls == first.calls, name


def shapes(rows: Iterable[dict[str, Any]], of: str) -> dict[str, set[str]]:
    """Return by kind of row which of its fields are ever filled."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[str(row.get(of, ""))] |= {name for name, value in row.items() if value not in (None, "", ())}
    return dict(found)


def lengths(rows: Iterable[dict[str, Any]], of: str) -> dict[str, float]:
    """Return by kind of row how long it is as a rule."""
    found: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        found[str(row.get(of, ""))].append(sum(len(str(v)) for v in row.values() if v not in (None, "", ())))
    return {kind: sum(sizes) / len(sizes) for kind, sizes in found.items()}


@pytest.fixture
def met(cast: Cast) -> Cast:
    """The morning after all first meetings, with the letters that ask for a commitment."""
    cast.run("pair_people")
    cast.wait(days=3, hours=3)
    cast.run("pair_people")
    cast.run("book_first_meetings")
    cast.wait(days=14)
    cast.run("book_first_meetings")
    cast.run("send_follow_ups")
    return cast


@pytest.fixture
def real(met: Cast) -> dict[str, list[dict[str, Any]]]:
    """A quarter that jobs and people played: everybody answers everything."""
    people = [row["E-mail"] for row in met.tab("Roster") if met.letters(row["E-mail"])]
    for person in people:
        met.reply(
            person,
            "I will ask two colleagues from the other team what they would change first.",
            to="commitment-request",
        )
    met.run("collect_replies")
    for _ in range(6):
        met.wait(days=7)
        met.run("book_first_meetings")
        met.run("send_follow_ups")
        for person in [p for p in people if any(key.startswith("follow-up:") for key in met.letters(p))]:
            people.remove(person)
            met.reply(person, "Done. I will write down what they say by Friday.", to="follow-up")
        met.run("collect_replies")
    access = met.company.access(JOBS["send_follow_ups"])
    programme, ledger = access.programme, access.ledger
    programme.read(["Pairings", "Letters", "Runs"])
    ledger.read(["Commitments", "Letters", "Replies"])
    books = {
        "Introductions": (programme, "Letters"),
        "Pairings": (programme, "Pairings"),
        "Runs": (programme, "Runs"),
    }
    books |= {title: (ledger, title) for title in ("Commitments", "Letters", "Replies")}
    return {
        name: [dict(r.values) for r in book.contents(title).rows] for name, (book, title) in books.items()
    }


def test_makes_a_past_like_a_played_one(real: dict[str, list[dict[str, Any]]], met: Cast) -> None:
    people = read_programme(met.company.access(JOBS["check_roster"]).programme, met.clock.now()).people
    made = quarter(list(people.values()), 1, FIRST, met.company.config.mailbox)
    rows = {
        "Introductions": ([as_row(x) for x in made.introductions], "kind"),
        "Letters": ([as_row(x) for x in made.letters], "kind"),
        "Replies": ([as_row(x) for x in made.replies], "kind"),
        "Commitments": ([as_row(x) for x in made.commitments], "outcome"),
    }
    for title, (some, of) in rows.items():
        ours, theirs = shapes(some, of), shapes(real[title], of)
        assert ours.keys() & theirs.keys(), title
        for kind in ours.keys() & theirs.keys():
            assert ours[kind] <= theirs[kind], (title, kind)
        weights = lengths(real[title], of)
        for kind, weight in lengths(some, of).items():
            assert kind not in weights or 0.7 < weight / weights[kind] < 1.4, (
                title,
                kind,
                weight,
                weights[kind],
            )
