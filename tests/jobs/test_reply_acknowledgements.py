"""What is said back to a reply, how often, and never to a machine."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from cast import Cast
from peerpact.demo.company import Company, fill_in, install
from peerpact.tables.roster_file import RosterFile, roster_in
from workspace_emulator import User

BEN = "ben@example.com"
WORDS = "Ask Dina about the canary report"
OTHER = "mentoring.two@example.com"
ONE = "mentoring@example.com"


def acknowledgements(cast: Cast, person: str = BEN) -> list[str]:
    return [key for key in cast.letters(person) if key.startswith("acknowledgement:")]


def last_words(cast: Cast, person: str) -> str:
    body = cast.mails(person)[-1].get_body(("plain",))
    return " ".join(body.get_content().split())  # type: ignore[union-attr]


def test_acknowledges_one_reply_a_person_and_day_and_takes_them_all(met: Cast) -> None:
    met.reply(BEN, WORDS, to="commitment-request")
    met.reply(BEN, "Another: read the chapter on listening", to="commitment-request")
    met.run("collect_replies")
    met.reply(BEN, "every two weeks please", to="commitment-request")
    met.run("collect_replies")
    assert len(acknowledgements(met)) == 1
    assert len(met.ledger("Commitments")) == 2
    assert [r["Asked for"] for r in met.tab("Requests")] == ["every so many weeks"]
    met.wait(days=1)
    met.reply(BEN, "I'm back", to="commitment-request")
    met.run("collect_replies")
    assert len(acknowledgements(met)) == 2


def test_acknowledges_three_replies_a_thread_and_takes_them_all(met: Cast) -> None:
    for number in range(5):
        met.reply(BEN, f"Also read chapter {number} about listening", to="commitment-request")
        met.run("collect_replies")
        met.wait(days=1)
    assert len(met.ledger("Commitments")) == 5
    assert len(acknowledgements(met)) == 3


def test_marks_an_acknowledgement_as_automatic_and_puts_it_into_the_thread(met: Cast) -> None:
    met.reply(BEN, WORDS, to="commitment-request")
    met.run("collect_replies")
    letter = met.mails(BEN)[-1]
    reply = met.mails(ONE, f"from:{BEN}")[-1]
    assert letter["Auto-Submitted"] == "auto-replied"
    assert letter["In-Reply-To"] == reply["Message-ID"]
    assert letter["Subject"] == reply["Subject"]


def test_says_what_was_understood_and_how_to_correct_it(met: Cast) -> None:
    cleo = "cleo@example.com"
    met.reply(cleo, WORDS, to="commitment-request")
    met.run("collect_replies")
    said = last_words(met, cleo)
    assert f"This is what we understood: * New, by 9 February 2026: {WORDS}" in said
    assert "Not right? Reply again: your latest word counts." in said


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Auto-Submitted": "auto-generated"},
        {"Precedence": "auto_reply"},
        {"X-Autoreply": "yes"},
        {"List-Id": "<all.example.com>"},
        {"X-Peerpact": "follow-up:r1-x:somebody@example.com:1"},
    ],
    ids=lambda headers: next(iter(headers)) + ": " + next(iter(headers.values())),
)
def test_neither_answers_a_machine_nor_believes_it(met: Cast, headers: dict[str, str]) -> None:
    met.reply(BEN, WORDS, to="commitment-request", headers=headers)
    met.run("collect_replies")
    assert acknowledgements(met) == []
    assert met.ledger("Commitments") == []
    assert [r["Taken as"] for r in met.ledger("Replies")] == ["nothing changed"]


def test_neither_answers_an_out_of_office_note_nor_believes_it(met: Cast) -> None:
    met.reply(BEN, "I am back on Monday. 1 done", to="commitment-request", headers={"X-Autorespond": "away"})
    met.run("collect_replies")
    assert acknowledgements(met) == []
    assert [r["Kind"] for r in met.ledger("Replies")] == ["out of office"]


def test_asks_again_once_when_it_does_not_understand(met: Cast) -> None:
    met.reply(BEN, WORDS, to="commitment-request")
    met.run("collect_replies")
    met.wait(days=28)
    met.run("send_follow_ups")
    before = len(met.mails(BEN))
    for _ in range(3):
        met.reply(BEN, "Well, the weather", to="follow-up")
        met.run("collect_replies")
        met.wait(days=1)
    assert [x["Kind"] for x in met.ledger("Letters")].count("ask-again") == 1
    assert len(met.mails(BEN)) == before + 1
    assert [c["Outcome"] for c in met.ledger("Commitments")] == [""]


class TwoPeerpacts:
    """Two installations in one Workspace, each on the other's roster."""

    def __init__(self, cast: Cast) -> None:
        workspace, front = cast.company.workspace, cast.company.front
        workspace.add_user(User(email=OTHER, name="Other mentoring"))
        admin = cast.company.admin
        config = install(workspace, front, OTHER, admin)
        self.one, self.two = cast, Cast(Company(workspace, front, config, admin))
        opens = date(2026, 1, 5)
        fill_in(self.two.company, roster(("Gil Gold", "gil@example.com"), ("First", ONE)), opens)
        fill_in(self.one.company, roster(("Hal Hill", "hal@example.com"), ("Second", OTHER)), opens)
        self.one.company.sheet().worksheet("Roster").batch_clear(["A4:K50"])
        for address in ("gil@example.com", "hal@example.com"):
            workspace.add_user(User(email=address, name=address))

    def live(self, days: int) -> None:
        """Let all jobs run every other day, which meets each day of the week."""
        for _ in range(0, days, 2):
            for installation in (self.one, self.two):
                for job in ("pair_people", "book_first_meetings", "send_follow_ups", "collect_replies"):
                    installation.run(job)
            self.one.wait(days=2)


def roster(*people: tuple[str, str]) -> RosterFile:
    header = ["Name", "E-mail", "Team", "Manager", "Time zone"]
    rows = [[name, address, name, "", "Europe/Berlin"] for name, address in people]
    return roster_in([header, *rows], name="two people", today=date(2026, 1, 5))


def test_stops_after_one_letter_when_two_peerpacts_write_to_each_other(cast: Cast) -> None:
    both = TwoPeerpacts(cast)
    cast.go_to(cast.clock.now().replace(hour=10))
    both.live(days=75)
    for here, there in ((ONE, OTHER), (OTHER, ONE)):
        got = cast.mails(here, f"from:{there}")
        sent = {m["Message-ID"] for m in cast.mails(here, "in:sent")}
        assert not sent & {m["In-Reply-To"] for m in got}
        kinds = Counter((m["X-Peerpact"] or "").partition(":")[0] for m in got)
        assert kinds["introduction"] == kinds["commitment-request"] == 1
        assert kinds["acknowledgement"] == kinds["ask-again"] == 0
        assert max(Counter(m["X-Peerpact"] for m in got if m["X-Peerpact"]).values()) == 1
    for installation in (both.one, both.two):
        assert installation.ledger("Commitments") == []
        assert {r["Kind"] for r in installation.ledger("Replies")} <= {"our own", "other", "calendar answer"}
        assert all(r["Taken as"] == "nothing changed" for r in installation.ledger("Replies"))


@pytest.mark.parametrize("words", ["", "1 done. 1 not yet.", "hm"])
def test_asks_again_instead_of_guessing(met: Cast, words: str) -> None:
    met.reply(BEN, WORDS, to="commitment-request")
    met.run("collect_replies")
    met.wait(days=28)
    met.run("send_follow_ups")
    met.reply(BEN, words, to="follow-up")
    met.run("collect_replies")
    assert [c["Outcome"] for c in met.ledger("Commitments")] == [""]
    assert met.ledger("Replies")[-1]["Taken as"] == "unclear, asked again"
    assert f"1. {WORDS}" in last_words(met, BEN)
