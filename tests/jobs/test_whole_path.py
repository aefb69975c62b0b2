"""The whole path of what people write, day by day: what the ledger holds, what the writer gets, what partners get.

One company in which each sentence of ``whole_path.tsv`` is one person's answer to the request for a promise.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

import states
from cast import MONDAY, Cast
from peerpact.demo.company import found
from workspace_emulator import Clock, Workspace

LINES = (Path(__file__).parent / "whole_path.tsv").read_text(encoding="utf-8").splitlines()
NAMES = {"en": "English", "de": "German", "fr": "French", "es": "Spanish"}
NAMES_CONTACT = {"ask again", "care"}
HEADER = "Name,E-mail,Team,Time zone,Languages,Taking part"


class Said(NamedTuple):
    person: str
    language: str
    text: str
    taken: str
    answer: str


SAID = [Said(f"p{at}@example.com", *line.split("\t")) for at, line in enumerate(LINES) if line[0] != "#"]
PROMISED = {said.person: said.text.removeprefix("Next: ") for said in SAID if said.taken == "1 new"}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Cast:
    roster = tmp_path_factory.mktemp("whole_path") / "roster.csv"
    rows = [
        f"Person {at},{said.person},Team {at},Europe/Berlin,{NAMES[said.language]},yes"
        for at, said in enumerate(SAID)
    ]
    roster.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    workspace = Workspace(clock=Clock(MONDAY - timedelta(days=3)))
    cast = Cast(found(workspace, roster=roster, first_round=date(2026, 1, 5), seed=1, calendars=False))
    cast.clock.set(MONDAY)
    cast.setting("Confidential contact", "ombud@example.com")
    states.met(cast)
    return cast


def _letters(cast: Cast, person: str) -> str:
    """Return all that our letters said to somebody, as one line."""
    bodies = (mail.get_body(("plain",)) for mail in cast.mails(person) if mail["X-Peerpact"])
    return " ".join(" ".join(body.get_content().split()) for body in bodies if body is not None)


def test_takes_each_sentence_and_shows_partners_only_promises_and_not_before_the_next_day(
    company: Cast,
) -> None:
    cast = company
    for said in SAID:
        cast.reply(said.person, said.text, to="commitment-request")
    cast.run("collect_replies")
    taken = {row["Person"]: row["Taken as"] for row in cast.ledger("Replies")}
    assert [(s.text, taken.get(s.person, "set aside")) for s in SAID] == [(s.text, s.taken) for s in SAID]
    held = {row["Person"]: row["Text"] for row in cast.ledger("Commitments")}
    assert held == PROMISED
    cast.wait(hours=1)
    cast.run("send_follow_ups")
    got = {said.person: _letters(cast, said.person) for said in SAID}
    named = {said.text for said in SAID if "ombud@example.com" in got[said.person]}
    judged = [s for s in SAID if s.answer != "any"]
    assert [s.text for s in judged if (s.text in named) != (s.answer in NAMES_CONTACT)] == []
    others = [
        (who, text) for p, text in PROMISED.items() for who, said in got.items() if who != p and text in said
    ]
    assert others == []
    cast.wait(days=32)
    cast.run("send_follow_ups")
    seen = {said.person: _letters(cast, said.person) for said in SAID}
    shown = {p: {w for w, said in seen.items() if w != p and text in said} for p, text in PROMISED.items()}
    audience = {row["Person"]: row["Audience"] for row in cast.ledger("Commitments")}
    assert all(who <= set(str(audience[p]).replace(",", " ").split()) for p, who in shown.items())
    assert sum(map(bool, shown.values())) >= 0.8 * len(PROMISED)
    hidden = [said for said in SAID if said.person not in PROMISED and len(said.text) > 12]
    assert [s.text for s in hidden for w, said in seen.items() if w != s.person and s.text in said] == []
