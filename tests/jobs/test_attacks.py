"""What a participant, an outsider or an admin may want of others, tried: nobody gets what isn't theirs.

Ben and Dina are partners and both have promised something. Cleo takes part, too; Eve is outside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from email.message import EmailMessage
from typing import Any

import gspread
import pytest

import states
from cast import Cast
from peerpact.errors import TooMuchToDo
from workspace_emulator.gmail.delivery import deliver

BEN, CLEO, DINA, EVE = "ben@example.com", "cleo@example.com", "dina@example.com", "eve@elsewhere.example"
FORGED = "I will feed the lions by 30 March 2026."
SECRET = {BEN: "ask about the otters", DINA: "write about the herons"}


def promised(cast: Cast) -> None:
    cast.bring_to(states.met)
    for person, words in SECRET.items():
        cast.reply(person, f"I will {words} by 20 March 2026.", to="commitment-request")
    cast.run("collect_replies")


@pytest.fixture
def two(cast: Cast) -> Cast:
    return cast.bring_to(promised)


def letter_of(cast: Cast, person: str, kind: str) -> EmailMessage:
    return next(m for m in cast.mails(person) if (m["X-Peerpact"] or "").startswith(kind))


def comes(
    cast: Cast, words: str, *, subject: str = "", by: str = EVE, verdict: str = "fail", **headers: str
) -> None:
    """Let a mail come in from outside, with whatever header it likes."""
    mailbox = cast.company.config.mailbox
    usual = {"from": BEN, "to": mailbox, "subject": subject or words}
    lines = [f"{n.replace('_', '-').title()}: {v}" for n, v in (usual | headers).items()]
    raw = "\r\n".join([*lines, "Content-Type: text/plain; charset=utf-8", "", words, ""]).encode()
    deliver(cast.company.workspace, raw, envelope_from=by, recipients=[mailbox], authentication=verdict)


def answers_of(cast: Cast, person: str, kind: str = "commitment-request") -> dict[str, str]:
    """Return the headers that lead to somebody's letter, their token among them."""
    letter = letter_of(cast, person, kind)
    return {"to": letter["Reply-To"], "in_reply_to": letter["Message-ID"], "references": letter["Message-ID"]}


def threads(cast: Cast, person: str) -> dict[str, str]:
    """Return the headers that lead to somebody's letter, without the token."""
    return {n: v for n, v in answers_of(cast, person).items() if n != "to"}


MAILS: Mapping[str, Callable[[Cast], None]] = {
    "Eve answers for Ben, by his thread": lambda c: comes(c, FORGED, **threads(c, BEN)),
    "Eve answers for Ben, with his token and a failed check": lambda c: comes(
        c, FORGED, **answers_of(c, BEN)
    ),
    "Eve writes her own results on top of Google's": lambda c: comes(
        c,
        FORGED,
        authentication_results="mx.google.com; dmarc=pass header.from=example.com",
        **threads(c, BEN),
    ),
    "Eve writes results of a server of hers": lambda c: comes(
        c,
        FORGED,
        verdict="none",
        arc_authentication_results="i=1; mx.google.com; dmarc=pass",
        **threads(c, BEN),
    ),
    "Eve names two authors": lambda c: comes(c, "my data", **{"from": f"{BEN}, {EVE}"}, verdict="pass"),
    "Eve calls herself Ben": lambda c: comes(c, "my data", **{"from": f'"{BEN}" <{EVE}>'}, verdict="pass"),
    "Eve has Ben as the sender's agent": lambda c: comes(
        c, "my data", **{"from": EVE, "sender": BEN}, verdict="pass"
    ),
    "Eve asks for Ben's data": lambda c: comes(c, "my data"),
    "Eve asks how things stand": lambda c: comes(c, "status", verdict="none"),
    "Eve has Ben forgotten": lambda c: comes(c, "forget me"),
    "Eve lets Ben stop": lambda c: comes(c, "stop", **threads(c, BEN)),
    "Eve says that Ben is away": lambda c: comes(
        c, "I am out of office until 30 April 2026.", subject="Out of office", auto_submitted="auto-replied"
    ),
    "Cleo answers Ben's letter with her own token": lambda c: comes(
        c, FORGED, by=CLEO, verdict="pass", **{"from": CLEO}, **(answers_of(c, CLEO) | threads(c, BEN))
    ),
    "Cleo uses Ben's token from her own account": lambda c: comes(
        c, FORGED, by=CLEO, verdict="pass", **{"from": CLEO}, **answers_of(c, BEN)
    ),
    "Cleo answers with Ben's reference": lambda c: comes(
        c,
        f"{FORGED}\n\nRef {reference(c, BEN)}",
        by=CLEO,
        verdict="pass",
        **{"from": CLEO},
    ),
    "Cleo asks for data, to be sent to Ben's": lambda c: comes(
        c, "my data", by=CLEO, verdict="pass", **{"from": CLEO, "reply_to": EVE, "cc": EVE}
    ),
    "Dina says what became of Ben's promise": lambda c: comes(
        c, "Ben: 1 dropped", by=DINA, verdict="pass", **{"from": DINA}, **answers_of(c, DINA)
    ),
    "Dina asks what Ben promised": lambda c: comes(
        c, "ben's data please", subject="my data of Ben", by=DINA, verdict="pass", **{"from": DINA}
    ),
    "a colleague of Cleo's is forged with a made-up token": lambda c: comes(
        c,
        FORGED,
        verdict="none",
        to=c.company.config.mailbox.replace("@", "+abcdefghijklmnop@"),
        **threads(c, BEN),
    ),
}


def made_up(cast: Cast) -> str:
    return cast.company.config.mailbox.replace("@", "+abcdefghijklmnop@")


def reference(cast: Cast, person: str) -> str:
    return next(r["Reference"] for r in cast.ledger("Letters") if r["Person"] == person)


@pytest.mark.parametrize("name", MAILS)
def test_gives_nobody_by_mail_what_is_somebody_else_s(two: Cast, name: str) -> None:
    promises = of_the_two(two)
    letters = {p: len(two.mails(p)) for p in (BEN, DINA)}
    attackers = {p: len(two.mails(p)) for p in (CLEO, two.company.admin)}
    MAILS[name](two)
    for _ in range(2):
        two.run("collect_replies")
    assert of_the_two(two) == promises
    assert [r for r in two.tab("Requests") if r["Person"] == BEN] == []
    for person, before in attackers.items():
        assert not told_of(two.mails(person)[before:], BEN, DINA)
    assert not told_of(two.mails(BEN)[letters[BEN] :], BEN) or "Dina" in name
    assert not told_of(two.mails(DINA)[letters[DINA] :], BEN)
    assert two.company.workspace.store.collection("gmail/outside") == {}


def of_the_two(cast: Cast) -> list[tuple[str, ...]]:
    rows = [c for c in cast.ledger("Commitments") if c["Person"] in SECRET]
    return [(c["Person"], c["Text"], c["Outcome"]) for c in rows]


def test_takes_from_ben_what_it_takes_from_nobody_else(two: Cast) -> None:
    comes(two, FORGED, by=BEN, verdict="pass", **answers_of(two, BEN))
    two.run("collect_replies")
    assert [c["Person"] for c in two.ledger("Commitments") if "lions" in c["Text"]] == [BEN]


def told_of(mails: list[EmailMessage], *people: str) -> list[str]:
    said = [str(m.get_body(("plain",)).get_content()) for m in mails]  # type: ignore[union-attr]
    return [text for text in said if any(SECRET[p] in " ".join(text.split()) for p in people)]


def types_into(title: str, cell: str, value: str) -> Callable[[gspread.Spreadsheet], Any]:
    return lambda sheet: sheet.worksheet(title).update_acell(cell, value)


def unprotects(title: str) -> Callable[[gspread.Spreadsheet], Any]:
    def do(sheet: gspread.Spreadsheet) -> None:
        found = next(s for s in sheet.fetch_sheet_metadata()["sheets"] if s["properties"]["title"] == title)
        ids = [r["protectedRangeId"] for r in found["protectedRanges"]]
        sheet.batch_update({"requests": [{"deleteProtectedRange": {"protectedRangeId": i}} for i in ids]})

    return do


CELLS: Mapping[str, Callable[[gspread.Spreadsheet], Any]] = {
    "says on Memory that Ben is the admin now": types_into("Memory", "A2", f"renamed: {BEN}"),
    "has it asked whether Ben is the admin": types_into("Problems", "A2", "Roster"),
    "enters themselves as Ben's partner": types_into("Pairings", "D2", "people.team@example.com"),
    "calls a letter of Ben's their own": types_into("Letters", "C2", "people.team@example.com"),
    "publishes figures": types_into("Overview", "A2", "2026-01"),
    "answers a request that nobody made": types_into("Requests", "A2", "r-1"),
    "takes the protection off Memory": unprotects("Memory"),
    "takes the protection off Pairings": unprotects("Pairings"),
    "deletes the tab Memory": lambda sheet: sheet.del_worksheet(sheet.worksheet("Memory")),
    "shares the spreadsheet on": lambda sheet: sheet.share(
        EVE, perm_type="user", role="writer", notify=False
    ),
}


@pytest.mark.parametrize("name", CELLS)
def test_lets_no_admin_write_what_is_the_system_s(two: Cast, name: str) -> None:
    with pytest.raises(gspread.exceptions.APIError):
        CELLS[name](two.company.sheet())


ADMIN = "people.team@example.com"


def steer_in(cast: Cast) -> None:
    """Enter themselves on the roster, lock themselves to Ben and take Dina out."""
    sheet = cast.company.sheet()
    sheet.worksheet("Roster").append_row(
        ["Pat Admin", ADMIN, "People", "", "Europe/Berlin", "", "English", "", "yes"]
    )
    sheet.worksheet("Locked pairs").append_row([BEN, ADMIN, ""])
    cast.leave(DINA)


def lock_in_the_middle(cast: Cast) -> None:
    sheet = cast.company.sheet()
    sheet.worksheet("Roster").append_row(
        ["Pat Admin", ADMIN, "People", "", "Europe/Berlin", "", "English", "", "yes"]
    )
    sheet.worksheet("Locked pairs").append_row([BEN, ADMIN, ""])
    header, *rows = sheet.worksheet("Pairings").get_all_values()
    for number, row in enumerate(rows, start=2):
        if BEN in row[header.index("Addresses")]:
            cast.enter("Pairings", f"{chr(65 + header.index('Decision'))}{number}", "reject")


def write_templates(cast: Cast) -> None:
    cast.setting("Programme name", "{{ theirs }} {% for c in theirs %}{{ c.text }}{% endfor %} {theirs}")
    cast.company.sheet().worksheet("Guidance").append_row(
        ["Monthly question", "English", 1, "{{ mine }} {mine} =A1"]
    )


@pytest.mark.parametrize("act", [steer_in, lock_in_the_middle, write_templates])
def test_shows_no_admin_who_steers_what_was_promised_before(two: Cast, act: Callable[[Cast], None]) -> None:
    act(two)
    for days in (0, 1, 4, 4, 14, 14):
        two.wait(days=days)
        for name in ("check_roster", "pair_people", "book_first_meetings", "send_follow_ups", "report"):
            with suppress(TooMuchToDo):
                two.run(name)
    assert not told_of([m for m in two.mails(ADMIN) if m.get_body(("plain",))], BEN, DINA)
    everywhere = [c for t in two.company.sheet().worksheets() for row in t.get_all_values() for c in row]
    assert [c for c in everywhere if any(words in c for words in SECRET.values())] == []
