"""Whatever a reply holds, it stays text: in the ledger, in the letters to the pair, in what a mail programme shows."""

from __future__ import annotations

import base64
from email.message import EmailMessage

import pytest

from cast import MAIL, Cast

BEN = "ben@example.com"
SHEETS = "https://sheets.googleapis.com/v4/spreadsheets"


def partner(cast: Cast) -> str:
    pairing = next(p for p in cast.tab("Pairings") if BEN in p["Addresses"])
    return next(a for a in pairing["Addresses"].split(", ") if a != BEN)


def follow_up(cast: Cast, person: str) -> EmailMessage:
    return next(m for m in cast.mails(person) if (m["X-Peerpact"] or "").startswith("follow-up:"))


def entered(cast: Cast) -> list[dict[str, object]]:
    """Return what was entered into the ledger's first commitment, formulas as formulas."""
    config = cast.company.config
    params = {"ranges": "Commitments!A2:Z2", "includeGridData": "true"}
    answer = cast.company.session(config.mailbox).get(f"{SHEETS}/{config.ledger_spreadsheet}", params=params)
    row = answer.json()["sheets"][0]["data"][0]["rowData"][0]["values"]
    return [cell.get("userEnteredValue", {}) for cell in row]


@pytest.mark.parametrize(
    "words",
    [
        '=HYPERLINK("https://evil.example";"a good idea")',
        "+1 more talk with Sam",
        "@SUM(A1:A9) of it",
        "-2+3",
    ],
)
def test_never_enters_a_formula(met: Cast, words: str) -> None:
    met.reply(BEN, f"Next: {words}", to="commitment-request")
    met.run("collect_replies")
    assert {"stringValue": words} in entered(met)
    assert not any("formulaValue" in value for value in entered(met))


def test_takes_out_what_nobody_can_see(met: Cast) -> None:
    met.reply(BEN, "Ask\u200b Dina\u202e about\x07 the\u2066 report", to="commitment-request")
    met.run("collect_replies")
    assert [c["Text"] for c in met.ledger("Commitments")] == ["Ask Dina about the report"]


def test_makes_no_link_of_what_somebody_wrote(met: Cast) -> None:
    met.reply(
        BEN,
        "I will read https://evil.example/x?a=1 and write to sam@evil.example, www.evil.example",
        to="commitment-request",
    )
    met.run("collect_replies")
    met.wait(days=28)
    met.run("send_follow_ups")
    for letter in (met.mails(BEN)[-2], follow_up(met, BEN), follow_up(met, partner(met))):
        for part in letter.iter_parts():
            shown = part.get_content()
            assert "evil" in shown
            for sign in ("https://evil", "evil.example", "sam@evil", "www.evil"):
                assert sign not in shown


def test_passes_on_no_formatting(met: Cast) -> None:
    letter = next(m for m in met.mails(BEN) if (m["X-Peerpact"] or "").startswith("commitment-request"))
    reply = EmailMessage()
    reply["From"], reply["To"] = BEN, letter["Reply-To"]
    reply["Subject"], reply["In-Reply-To"] = "Re: hello", letter["Message-ID"]
    reply.set_content(
        "<p>Ask <a href='https://evil.example'>Dina</a> <img src=x onerror=alert(1)>today</p>", subtype="html"
    )
    raw = base64.urlsafe_b64encode(reply.as_bytes()).decode()
    met.company.session(BEN).post(f"{MAIL}/messages/send", json={"raw": raw}).raise_for_status()
    met.run("collect_replies")
    assert [c["Text"] for c in met.ledger("Commitments")] == ["Ask Dina today"]
    met.reply(BEN, "Next: <script>alert(1)</script> & <b>more</b>", to="commitment-request")
    met.run("collect_replies")
    met.wait(days=28)
    met.run("send_follow_ups")
    html = follow_up(met, partner(met)).get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_lets_a_subject_write_no_header(met: Cast) -> None:
    letter = next(m for m in met.mails(BEN) if (m["X-Peerpact"] or "").startswith("commitment-request"))
    lines = [
        f"From: {BEN}",
        f"To: {letter['Reply-To']}",
        "Subject: =?utf-8?b?" + base64.b64encode(b"Re: hello\r\nBcc: gus@example.com").decode() + "?=",
        "",
        "Ask Dina about the report",
    ]
    raw = base64.urlsafe_b64encode("\r\n".join(lines).encode()).decode()
    before = len(met.mails("gus@example.com"))
    met.company.session(BEN).post(f"{MAIL}/messages/send", json={"raw": raw}).raise_for_status()
    met.run("collect_replies")
    acknowledgement = met.mails(BEN)[-1]
    assert acknowledgement["X-Peerpact"].startswith("acknowledgement:")
    assert acknowledgement["Bcc"] is None
    assert len(met.mails("gus@example.com")) == before


@pytest.mark.parametrize("words", ["1 dropped", "1 done", "1 not yet"])
def test_previews_that_a_reply_counts_and_not_what_it_says(met: Cast, words: str) -> None:
    met.reply("ben@example.com", "Call the bank.", to="commitment-request")
    met.run("collect_replies")
    met.wait(days=28)
    met.run("send_follow_ups")
    met.reply("ben@example.com", words, to="follow-up")
    assert met.preview("collect_replies") == ["Take the reply of Ben Berg"]
