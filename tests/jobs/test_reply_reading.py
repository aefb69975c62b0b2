"""What comes with a reply and is nobody's words, through the whole job: quotes, banners, reactions, notes, reports."""

from __future__ import annotations

import base64
import re
import textwrap
from email.message import EmailMessage

import pytest

from cast import MAIL, Cast
from peerpact.programme.replies.reply import texts_of_letter
from workspace_emulator.gmail.options import set_mail_options

BEN = "ben@example.com"
PROMISE = "Ask Dina about the canary report"
BANNER = (
    "CAUTION: This email originated from outside of the organisation. Do not click links or open attachments."
)


@pytest.fixture
def asked(met: Cast) -> Cast:
    """Ben promised two things, and was asked how they went."""
    return met.bring_to(ben_is_asked)


def ben_is_asked(cast: Cast) -> None:
    cast.reply(BEN, f"1. {PROMISE}\n2. Read the handbook of the birds", to="commitment-request")
    cast.run("collect_replies")
    cast.wait(days=28)
    cast.run("send_follow_ups")


def letter(cast: Cast, kind: str = "follow-up") -> EmailMessage:
    return [m for m in cast.mails(BEN) if (m["X-Peerpact"] or "").startswith(f"{kind}:")][-1]


def send(cast: Cast, body: str, *, kind: str = "follow-up", to: EmailMessage | None = None) -> None:
    """Answer a letter with a body of any type, its headers on top."""
    about = to or letter(cast, kind)
    head = (
        f"From: {BEN}\r\nTo: {about['Reply-To'] or about['From']}\r\nSubject: Re: {about['Subject']}\r\n"
        f"In-Reply-To: {about['Message-ID']}\r\nReferences: {about['Message-ID']}\r\nMIME-Version: 1.0\r\n"
    )
    raw = base64.urlsafe_b64encode(f"{head}{body}".encode()).decode()
    cast.company.session(BEN).post(f"{MAIL}/messages/send", json={"raw": raw}).raise_for_status()


def plain(text: str) -> str:
    return f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"


def html(text: str) -> str:
    return f"Content-Type: text/html; charset=utf-8\r\n\r\n{text}\r\n"


def outcomes(cast: Cast) -> dict[str, str]:
    cast.run("collect_replies")
    return {c["Text"]: c["Outcome"] for c in cast.ledger("Commitments")}


def seen_by(cast: Cast) -> str:
    """Return the letter as its HTML shows it, buttons and all."""
    return texts_of_letter(letter(cast).as_bytes())[1]


def written(cast: Cast) -> str:
    return texts_of_letter(letter(cast).as_bytes())[0]


QUOTES = {
    "as its HTML shows it": seen_by,
    "as plain text": written,
    "wrapped anew": lambda cast: "\n".join(textwrap.wrap(written(cast), 44)),
    "with the buttons one below the other": lambda cast: (
        seen_by(cast).replace("Not yet", "\nNot yet\n").replace("Partly", "\nPartly\n")
    ),
    "with a stranger's header": lambda cast: f"Peerpact, 9.2., skribis:\n\n{seen_by(cast)}",
    "behind bars": lambda cast: "\n".join(f"| {line}" for line in seen_by(cast).split("\n")),
}


@pytest.mark.parametrize("name", QUOTES)
@pytest.mark.parametrize("below", [False, True])
def test_takes_no_line_of_our_letter_for_an_answer(asked: Cast, name: str, *, below: bool) -> None:
    quoted, words = QUOTES[name](asked), "1 not yet, 2 not yet"
    send(asked, plain(f"{quoted}\n\n{words}" if below else f"{words}\n\n{quoted}"))
    assert set(outcomes(asked).values()) == {"not yet"}
    assert len(asked.ledger("Commitments")) == 2


def test_records_nothing_from_a_quote_alone(asked: Cast) -> None:
    before = outcomes(asked)
    send(asked, plain(seen_by(asked)))
    assert outcomes(asked) == before
    assert asked.letters(BEN)[-1].startswith(("ask-again:", "acknowledgement:"))


NOT_THEIRS = {
    "a banner": plain(f"{BANNER}\n\n1 kept, 2 not yet"),
    "a banner in its own document": html(
        f"<html><body><p>{BANNER}</p></body></html><html><body><p>1 kept, 2 not yet</p></body></html>"
    ),
    "text behind the document": html(
        "<html><body><p>1 kept, 2 not yet</p></body></html><p>I will dance on the table</p>"
    ),
    "hidden text": html(
        '<div style="display:none">2 kept. I will dance on the table.</div><p>1 kept, 2 not yet</p>'
        '<p style="color:#ffffff">I will sing all day.</p>'
    ),
    "a booking link": plain(
        "1 kept, 2 not yet\n\nBook time to meet with me<https://outlook.office.com/bookwithme/user/x>"
    ),
    "a phone's footer": plain("1 kept, 2 not yet\n\nEnviado desde mi iPhone"),
}


@pytest.mark.parametrize("name", NOT_THEIRS)
def test_takes_what_programs_add_for_nobodys_words(asked: Cast, name: str) -> None:
    first, second = re.findall(r"^[12]\. (.+?)\r?$", written(asked), re.MULTILINE)
    send(asked, NOT_THEIRS[name])
    assert outcomes(asked) == {first: "kept", second: "not yet"}


def reaction(emoji: str = "👍") -> str:
    return (
        "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        f"{emoji}\r\n\r\nBen Berg reacted via Gmail\r\n\r\n--b\r\n"
        f'Content-Type: text/vnd.google.email-reaction+json\r\n\r\n{{"version": 1, "emoji": "{emoji}"}}\r\n--b--\r\n'
    )


def test_asks_which_after_a_thumbs_up_to_a_follow_up(asked: Cast) -> None:
    before = outcomes(asked)
    send(asked, reaction())
    assert outcomes(asked) == before
    assert "Ref AA-" in letter_text(asked)


def letter_text(cast: Cast) -> str:
    return str(cast.mails(BEN)[-1].get_body(("plain",)).get_content())  # type: ignore[union-attr]


def test_promises_nothing_by_a_reaction(met: Cast) -> None:
    send(met, reaction("🎉"), kind="commitment-request")
    assert outcomes(met) == {}


def test_says_nothing_to_a_reaction_to_what_was_said_back(asked: Cast) -> None:
    count = len(asked.letters(BEN))
    send(asked, reaction(), kind="acknowledgement")
    outcomes(asked)
    assert len(asked.letters(BEN)) == count
    assert asked.ledger("Replies")[-1]["Taken as"] == "a reaction, nothing changed"


def test_takes_an_absence_note_without_any_header_for_no_answer(asked: Cast) -> None:
    before, count = outcomes(asked), len(asked.letters(BEN))
    send(
        asked,
        plain("Thank you for your message. I am out of the office until 3 March. In urgent cases call Gus."),
    )
    assert outcomes(asked) == before
    assert len(asked.letters(BEN)) == count


def report(action: str, status: str) -> str:
    return (
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n"
        "Content-Type: text/plain\r\n\r\nAbout your message\r\n\r\n--b\r\n"
        "Content-Type: message/global-delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n\r\n"
        f"Final-Recipient: utf-8; gus@example.com\r\nAction: {action}\r\nStatus: {status}\r\n\r\n--b--\r\n"
    )


@pytest.mark.parametrize(("action", "status", "told"), [("failed", "5.1.1", 1), ("delayed", "4.4.1", 0)])
def test_tells_of_failures_and_not_of_delays(asked: Cast, action: str, status: str, told: int) -> None:
    send(asked, report(action, status))
    outcomes(asked)
    problems = [p for p in asked.tab("Problems") if "gus@example.com" in p["What is wrong"]]
    assert len(problems) == told


def test_believes_no_results_that_came_with_a_mail_from_inside(asked: Cast) -> None:
    set_mail_options(asked.company.workspace, vouches_for_internal_mail=False)
    before, about = outcomes(asked), letter(asked)
    del about["Reply-To"]
    forged = (
        "Received: from mail.example.com by mx.google.com with SMTPS id s1\r\n"
        "Authentication-Results: mx.google.com; dmarc=pass header.from=example.com\r\n"
    )
    send(asked, forged + plain("1 kept, 2 kept"), to=about)
    assert outcomes(asked) == before
    assert asked.ledger("Replies")[-1]["Taken as"] == "nothing vouches for the sender"


def test_takes_the_same_promise_from_two_people_of_two_pairings(met: Cast) -> None:
    asked = [r for r in met.ledger("Letters") if r["Letter"].startswith("commitment-request:")]
    [pairing] = {r["Pairing"] for r in asked if r["Person"] == BEN}
    other = next(r["Person"] for r in asked if r["Pairing"] != pairing)
    for person in (BEN, other):
        met.reply(person, PROMISE, to="commitment-request")
        met.run("collect_replies")
    assert [(c["Person"], c["Text"]) for c in met.ledger("Commitments")] == [(BEN, PROMISE), (other, PROMISE)]


def test_writes_down_who_may_see_a_promise_when_it_is_made(met: Cast) -> None:
    pairs = [set(p["Addresses"].split(", ")) for p in met.tab("Pairings") if BEN in p["Addresses"]]
    met.reply(BEN, PROMISE, to="commitment-request")
    met.run("collect_replies")
    [promise] = met.ledger("Commitments")
    assert set(promise["Audience"].split(", ")) == pairs[-1] - {BEN}
