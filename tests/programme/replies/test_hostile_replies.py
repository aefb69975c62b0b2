"""Hostile messages: none raises or hangs, work grows no faster than text, and what comes out is clean."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerpact.programme.replies.caps import capped
from peerpact.programme.replies.clean_text import MOST_CHARACTERS, cleaned
from peerpact.programme.replies.kinds import MailKind
from peerpact.programme.replies.markup import documents_of_markup
from peerpact.programme.replies.ours import OurLetters
from peerpact.programme.replies.quotes import newly_written
from peerpact.programme.replies.reply import read_reply
from work import calls_for

H = b"From: a@example.com\nTo: m@example.com\nSubject: x\n"
P = H + b"Content-Type: text/plain; charset=utf-8\n\n"
M = H + b"Content-Type: text/html; charset=utf-8\n\n"
BOUNCED = b"From: x@b.com\nReturn-Path: <>\nSubject: failure notice\n"
MOST_SECONDS = 20
"""Each takes about 0.1; where the work grows with the square of the text, or worse, minutes."""


def _nested(depth: int) -> bytes:
    parts = [b'--b%d\nContent-Type: multipart/mixed; boundary="b%d"\n\n' % (i, i + 1) for i in range(depth)]
    return H + b'Content-Type: multipart/mixed; boundary="b0"\n\n' + b"".join(parts)


HOSTILE = {
    "nested quotes 100k": P + b"\n".join(b">" * n + b" hi" for n in range(1, 450)),
    "deep quotes one line": P + b">" * 100_000,
    "attributions": P + b"On Thu, Mar 12, 2026 at 10:04 AM Peerpact <a@b.com> wrote:\n" * 3000,
    "half attributions": P + b"On Thu, Mar 12, 2026 at 10:04 AM Peerpact <a@b.com\n" * 3000,
    "colons": P + b"a@b.com 12.03.2026 10:04 wrote:\n" * 3000,
    "colon no evid": P + b"wrote 12 wrote wrote wrote 2026 x:\n" * 3000,
    "labels": P + b"From: x\n" * 8000,
    "labels2": P + b"From: x\nx\nx\n" * 5000,
    "dashes": P + b"-" * 100_000,
    "dash lines": P + b"-- - -- - -\n" * 9000,
    "dashes spaced": P + b"- " * 50_000,
    "dash lines mid": P + (b"- " * 70 + b"x\n") * 400,
    "underscores": P + b"_____\n" * 10000,
    "digits": P + b"1" * 100_000,
    "digits lines": P + b"1 2 3 4 5 6 7 8 9 10 11 12\n" * 4000,
    "digits sep": P + (b"12.12.12.12.12.12.12:12:12:12:12 " * 11 + b":\n") * 160,
    "ats": P + b"@" * 100_000,
    "at lines": P + (b"a@" * 180 + b":\n") * 160,
    "lt": P + b"<" * 100_000,
    "lt lines": P + (b"<" * 390 + b":\n") * 150,
    "blank": P + b"\n" * 100_000,
    "spaces": P + b" " * 100_000 + b"x",
    "space lines": P + (b" " * 390 + b":\n") * 150,
    "one-char lines 3MB": P + b"a\n" * 1_500_000,
    "3MB text": P + b"lorem ipsum dolor " * 170_000,
    "3MB one line": P + b"a" * 3_000_000,
    "10000 parts": H
    + b'Content-Type: multipart/mixed; boundary="b"\n\n'
    + b"--b\nContent-Type: text/plain\n\nhi\n" * 10_000,
    "10000 parts no ct": H + b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nhi\n" * 100_000,
    "nested multipart": _nested(5000),
    "nested rfc822": H + b"Content-Type: message/rfc822\n\n" * 3000,
    "deep html": M + b"<div>" * 100_000 + b"hi",
    "deep blockquote": M + b"<blockquote>" * 50_000 + b"hi" + b"</blockquote>" * 50_000,
    "deep mixed": M + b"<table><tr><td>" * 30_000,
    "unclosed": M + b"<p><b><i>" * 40_000,
    "entities": M + b"&amp;" * 80_000,
    "entities2": M + b"&#1234567;" * 40_000,
    "lt html": M + b"<" * 400_000,
    "attrs": M + b"<p " + b"a=b " * 90_000 + b">",
    "style big": M + b'<p style="' + b"border:none;" * 30_000 + b'">x</p>' * 1000,
    "many p": M + b"<p>x</p>" * 50_000,
    "many br": M + b"<br>" * 100_000,
    "comments": M + b"<!--" * 100_000,
    "html classes": M + b'<div class="gmail_quote yahoo_quoted">x' * 8000,
    "headers 100k": b"X-A: b\n" * 400_000 + b"\nhi",
    "no blank line": b"a" * 3_000_000,
    "received": H + b"Received: from x by y\n" * 20_000 + b"\nhi",
    "to many": b"From: a@b.c\nTo: " + b"a@b.c, " * 100_000 + b"\n\nhi",
    "from weird": b"From: " + b"(" * 100_000 + b"\n\nhi",
    "from quotes": b"From: " + b'"\\' * 50_000 + b"\n\nhi",
    "from lt": b"From: " + b"<" * 50_000 + b"\n\nhi",
    "subject ew": b"From: a@b.c\nSubject: " + b"=?utf-8?q?a?= " * 50_000 + b"\n\nhi",
    "refs": b"From: a@b.c\nReferences: " + b"<a@b>" * 100_000 + b"\n\nhi",
    "refs lt": b"From: a@b.c\nReferences: " + b"<" * 300_000 + b"\n\nhi",
    "authres": b"From: a@b.c\nAuthentication-Results: mx.google.com; " + b"dkim=pass ((" * 50_000 + b"\n\nhi",
    "bad charset": H + b"Content-Type: text/plain; charset=zip\n\n\xff\xfe",
    "bad charset2": H + b'Content-Type: text/plain; charset="=?x?="\n\n\xff\xfe',
    "utf16": H + b"Content-Type: text/plain; charset=utf-16\n\n" + b"\xd8" * 99_999,
    "utf7": H + b"Content-Type: text/plain; charset=utf-7\n\n" + b"+" * 99_999,
    "qp": H + b"Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n" + b"=" * 900_000,
    "qp2": H
    + b"Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n"
    + b"=41" * 900_000,
    "b64 bad": H + b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + b"!@#A" * 700_000,
    "uu": H
    + b"Content-Type: text/plain\nContent-Transfer-Encoding: x-uuencode\n\nbegin 666 x\n"
    + b"M" * 60
    + b"\n"
    + b"zz\n" * 50000,
    "nul": P + b"\x00" * 100_000,
    "joiners": P + ("\u200d" * 50_000).encode(),
    "combining": P + ("a" + "\u0301" * 50_000).encode(),
    "bars": P + b"On Thu, Mar 12, 2026 at 10:04 AM <a@b.com> wrote:\n" + b"|\n" * 30_000,
    "ct params": H + b"Content-Type: text/plain; " + b"a*0=b; " * 30_000 + b"\n\nhi",
    "ct params2": H
    + b'Content-Type: multipart/mixed; boundary="'
    + b"b" * 100_000
    + b'"\n\n--'
    + b"b" * 100_000
    + b"\n\nhi",
    "date": H + b"Date: " + b"1 " * 50_000 + b"\n\nhi",
    "footers": P + b"Sent from my iPhone\n" * 4000,
    "footer paragraphs": P + b"Sent from my iPhone\n\n" * 2400,
    "notice": P + b"confidential intended recipient privileged " * 1500,
    "notices": P + (b"confidential intended recipient privileged " * 4 + b"\n\n") * 350,
    "dsn many": H + b"Content-Type: multipart/report; report-type=delivery-status; "
    b'boundary="b"\n\n--b\nContent-Type: message/delivery-status\n\n'
    + b"Final-Recipient: rfc822; a@b.c\nAction: failed\n\n"
    * 20_000,
    "bounce text": b"From: mailer-daemon@b.c\nReturn-Path: <>\nSubject: failure notice\nContent-Type: text/plain\n\n"
    + b"a@b.c " * 100_000,
    "bounce text2": b"From: mailer-daemon@b.c\nReturn-Path: <>\nSubject: failure notice\nContent-Type: text/plain\n\n"
    + b"<a@b.c>:\n" * 50_000,
    "bounce dots": b"From: mailer-daemon@b.c\nReturn-Path: <>\nSubject: failure notice\nContent-Type: text/plain\n\n"
    + b"." * 90_000,
    "bounce html": BOUNCED + b"Content-Type: text/html\n\n" + b"a@b.c <a@b.c>: failed\n" * 100_000,
    "bounce base64": BOUNCED
    + b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n"
    + b"YUBiLmMK" * 300_000,
    "bounce signs": BOUNCED + b"Content-Type: text/html\n\n" + (b"<" * 300 + b"\n") * 9000,
    "bounce spaces": BOUNCED + b"Content-Type: text/plain\n\n" + b" \t \n" * 9000,
    "ical": H + b"Content-Type: text/calendar\n\n" + b"METHOD:\n" * 90_000,
    "crlf": P.replace(b"\n", b"\r\n") + b"\r\n\r" * 100_000,
    "cr": P + b"\r" * 100_000,
    "double spaces attribution": P + (b"a@b.c:  " * 40 + b"\n") * 150,
    "closes": P + (b"<" * 50 + b"\n> a:\n") * 900,
    "forwards": P + b"---- Forwarded message ----\n" * 4000,
    "forwards quoted": P + b"---- Forwarded message ----\n> x\n" * 3000,
    "rules and quotes": P + b"_____________\n> x\n" * 3000,
    "labels in a row": P + b"Sent: Subject: Re: x:\n  " * 4000,
    "dashes and verbs": P + "--(写道：schrieb写道：-- \n".encode() * 4000,
    "names above quotes": P + b"Bob Smith wrote:\n> x\n" * 3000,
    "addresses far below": P + b"\n\n\na@b.c\n" * 4000,
    "signature classes": M + b'<div class="' + b"sig-" * 90_000 + b'">x',
    "no-break cells": M + b"<td>&nbsp;" * 40_000,
    "subject prefixes": b"From: a@b.c\nSubject: " + b"Re: " * 20_000 + b"\n\nhi",
    "empty": b"",
    "binary": bytes(range(256)) * 4000,
    "part with long parameters": H
    + b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain; '
    + b"a*0=b; " * 100_000
    + b"\n\nhi",
}


@pytest.mark.timeout(MOST_SECONDS)
@pytest.mark.parametrize("name", HOSTILE)
def test_reads_a_hostile_message_without_hanging(name: str) -> None:
    assert len(read_reply(HOSTILE[name]).text) <= MOST_CHARACTERS


REPEATED = [
    "---- Forwarded message ----\n",
    "---- Original message ----\n> x\n",
    "On 12.03.2026 10:04 a@b.c wrote:\n> x\n",
    "On 12.03.2026 at 10:04 <a@b.c\n",
    "a: 10:04 2026 12\n",
    "From: <a@b.c>\nx\n",
    "Sent: Subject: Re: x:\n",
    "_____________\n> x\n",
    "-- \n> x\n",
    "Sent from my iPhone\n\n",
    "\n\n\na@b.c\n",
    "a@b.c <\n",
    "> x\ny\n",
    "[EXTERNAL] this email came from outside\n\n",
    "Caution: do not click\n",
    "From: a <a@b.c>To: b <b@b.c>Sent: 12.03.2026 10:04Subject: x\n",
    "---- Forwarded Message ---- From: a <a@b.c>\n> x\n",
    "thanks On 12 Mar 2026 at 10:04, a@b.c wrote:\n> x\n",
    "2026-03-12 a\n<a@b.c>\n> x\n",
    "_____\nAnna\n",
    "Anna Berg\nHead of Sales\n+49 30 1234567\n\n",
    "Thanks,\nAnna Berg\n+49 30 1234567\n",
    "_____\nhttps://example.com\n",
    "Bob Smith wrote\n> x\n",
    "\tExample Corp.\n\tFrom: x\n",
    "    x\nOn 12.03.2026 10:04 <a@b.c> wrote:\n",
    " - plan.pdf\nx\n",
]


@pytest.mark.parametrize("unit", REPEATED)
def test_does_four_times_the_work_at_most_for_four_times_the_text(unit: str) -> None:
    count = 600 // unit.count("\n")
    few, many = (calls_for(lambda n=n: newly_written(unit * n)) for n in (count, 4 * count))
    assert many <= 4.4 * few


def test_does_four_times_the_work_at_most_for_four_times_our_own_text() -> None:
    ours = OurLetters(bodies=("Hello Anna,\n" + "how did it go with your promise?\nKept\n" * 40,))
    few, many = (
        calls_for(lambda n=n: newly_written("how did it go with your promise?\nKept\n" * n, ours=ours))
        for n in (150, 600)
    )
    assert many <= 4.4 * few


def _with_attachments(count: int, size: int) -> bytes:
    line = b"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0NTY3\n"
    attached = (
        b"--b\nContent-Type: image/jpeg; name=x.jpg\nContent-Transfer-Encoding: base64\n"
        b"Content-Disposition: attachment; filename=x.jpg\n\n" + line * (size // len(line))
    )
    words = b"--b\nContent-Type: text/plain; charset=utf-8\n\n1 done\n"
    return H + b"Content-Type: multipart/mixed; boundary=b\n\n" + attached * count + words + b"--b--\n"


@pytest.mark.parametrize(("count", "size"), [(500, 2_000), (1, 20_000_000), (40, 500_000)])
def test_finds_the_words_behind_attachments_and_opens_none(count: int, size: int) -> None:
    raw = _with_attachments(count, size)
    assert read_reply(raw).text == "1 done"
    assert len(capped(raw)) < 2_000


def test_does_no_more_for_a_larger_attachment() -> None:
    few, many = (calls_for(lambda n=n: read_reply(_with_attachments(1, n))) for n in (10_000, 1_000_000))
    assert many <= 1.1 * few


def test_keeps_a_calendar_answer_and_a_report_that_are_attached() -> None:
    raw = (
        H + b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/calendar; method=REPLY\n"
        b"Content-Disposition: attachment\n\nBEGIN:VCALENDAR\n--b--\n"
    )
    assert read_reply(raw).kind is MailKind.CALENDAR_ANSWER


def test_knows_at_least_forty_hostile_messages() -> None:
    assert len(HOSTILE) >= 40


@given(st.binary(max_size=3000))
@settings(max_examples=150)
def test_never_raises_on_any_bytes(raw: bytes) -> None:
    read_reply(raw)
    read_reply(P + raw)
    read_reply(M + raw)


_LINES = st.sampled_from(
    ["> ", ">> q", "On 12 Mar 2026 at 10:04, A <a@b.com> wrote:", "From: A <a@b.com>", "Date: 1 May 2026", "To: b",
     "Subject: c", "-- ", "____________", "-----Original Message-----", "", "Sent from my iPhone", "done", "<", "> x:"]
)  # fmt: skip


@given(st.lists(st.one_of(_LINES, st.text(max_size=60)), max_size=40))
@settings(max_examples=200)
def test_only_ever_takes_away_and_leaves_nothing_invisible(lines: list[str]) -> None:
    text = "\n".join(lines)
    written = newly_written(text)
    assert len(written) <= MOST_CHARACTERS
    assert not [c for c in written if unicodedata.category(c) == "Cc" and c not in "\n\t"]
    assert all(line.strip() in cleaned(text) for line in written.split("\n"))


@given(
    st.lists(
        st.sampled_from(
            [
                "<div>",
                "</div>",
                "<blockquote>",
                "</blockquote>",
                "<br>",
                "<p",
                ">",
                "x",
                "&",
                "<!--",
                "<pre>",
                "\n",
            ]
        ),
        max_size=60,
    )
)
@settings(max_examples=150)
def test_reads_any_markup(pieces: list[str]) -> None:
    documents = documents_of_markup("".join(pieces))
    assert all("\n" not in line.text for lines in documents for line in lines)
