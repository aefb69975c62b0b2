"""A whole mail as it is read: each of its values by a mail that has it, and each limit on both sides."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from peerpact.programme.replies.kinds import MailKind
from peerpact.programme.replies.list_unsubscribe import leaving_subject
from peerpact.programme.replies.ours import OurLetters
from peerpact.programme.replies.reply import Reply, Verdict, read_reply, texts_of_letter, verdict_of

REFERENCE = "FU-7KQ9-M2AA"
LEAVES = leaving_subject("stop", REFERENCE)
FAILED = "Authentication-Results: mx.google.com; dmarc=fail header.from=example.com"
FROM_OUTSIDE = "Received: from mail.example.com (1.2.3.4) by mx.google.com with ESMTPS id x"


def _mail(*headers: str, body: str = "Done", kind: str = "text/plain") -> bytes:
    """Return a mail of Anna's; headers that are given come above hers."""
    from_anna = () if any(h.startswith("From:") for h in headers) else ("From: Anna <Anna@Example.com>",)
    lines = (*headers, *from_anna, f"Content-Type: {kind}; charset=utf-8", "", body)
    return "\r\n".join(lines).encode()


def _both(plain: str, markup: str) -> bytes:
    parts = [
        f"--x\nContent-Type: text/{kind}\n\n{text}\n" for kind, text in (("plain", plain), ("html", markup))
    ]
    return _mail(body="".join(parts) + "--x--", kind='multipart/alternative; boundary="x"')


def _read(*headers: str, body: str = "Done", kind: str = "text/plain") -> Reply:
    return read_reply(_mail(*headers, body=body, kind=kind))


def test_reads_who_wrote_what_when_to_whom() -> None:
    read = _read(
        "Subject: Re: Your promise",
        "Message-ID: <one@example.com>",
        "In-Reply-To: <two@example.org>",
        "References: <three@example.org> <two@example.org> <three@example.org>",
        "Date: Thu, 12 Mar 2026 10:04:00 +0000",
        "To: us+fu.x@example.org",
    )
    assert read == Reply(
        kind=MailKind.ANSWER,
        text="Done",
        sender="anna@example.com",
        sender_name="Anna",
        verdict=Verdict.SILENT,
        subject="Re: Your promise",
        message_id="<one@example.com>",
        in_reply_to="<two@example.org>",
        references=("<three@example.org>", "<two@example.org>"),
        recipients=("us+fu.x@example.org",),
        quoted_references=(),
        sent_at=datetime(2026, 3, 12, 10, 4, tzinfo=UTC),
        bounce=None,
    )


def test_reads_nothing_from_headers_that_are_not_there() -> None:
    read = read_reply(b"\r\nDone")
    assert (read.sender, read.sender_name, read.subject, read.message_id, read.in_reply_to) == ("",) * 5
    assert (read.references, read.recipients, read.sent_at) == ((), (), None)


def test_names_no_sender_where_two_are_named() -> None:
    read = _read("From: Anna <anna@example.com>, Bob <bob@example.com>")
    assert (read.sender, read.sender_name) == ("", "")


@pytest.mark.parametrize("name", ["To", "Cc", "Delivered-To", "X-Original-To"])
def test_finds_recipients_in_each_header_that_names_some(name: str) -> None:
    read = _read(f"{name}: Us <US@example.org>, us@example.org, bob@example.org")
    assert read.recipients == ("us@example.org", "bob@example.org")


def test_finds_none_in_another() -> None:
    assert _read("Reply-To: us@example.org").recipients == ()


@pytest.mark.parametrize(
    ("headers", "body", "text"),
    [
        ((f"Subject: {LEAVES}",), "This message was automatically generated", "stop"),
        ((f"Subject: {LEAVES}",), "", "stop"),
        ((f"Subject: {LEAVES}", "In-Reply-To: <two@example.org>"), "Done", "Done"),
        ((f"Comments: {LEAVES}",), "Done", "Done"),
    ],
)
def test_takes_a_subject_that_asks_to_leave_for_the_text_unless_the_mail_answers_one(
    headers: tuple[str, ...], body: str, text: str
) -> None:
    assert _read(*headers, body=body).text == text


def test_keeps_no_words_of_a_reaction() -> None:
    read = _read(body="👍\n\nAnna reacted via Gmail <https://www.google.com/gmail/about/?utm_source=x>")
    assert (read.text, read.reaction) == ("", "👍")
    assert _read(body="Done").reaction == ""


@pytest.mark.parametrize(
    ("plain", "markup", "text"),
    [
        ("Done", "<p>Kept</p>", "Done"),
        ("", "<p>Kept</p>", "Kept"),
        ("> Done", "<p>Kept</p>", "Kept"),
        ("", "<blockquote>Done</blockquote>", ""),
        ("", "<html><p></p></html><html><p>Kept</p></html>", "Kept"),
        ("", "", ""),
    ],
)
def test_reads_plain_text_rather_than_markup(plain: str, markup: str, text: str) -> None:
    assert read_reply(_both(plain, markup)).text == text


def test_knows_our_letter_below_the_text_in_plain_text_and_in_markup() -> None:
    ours = OurLetters(bodies=("How did it go? Reply with the number and a word.",))
    below = "How did it go? Reply with the number and a word."
    assert read_reply(_both(f"Done\n\n{below}", ""), ours=ours).text == "Done"
    assert read_reply(_both("", f"<p>Done</p><p>{below}</p>"), ours=ours).text == "Done"


def test_reads_a_letter_as_both_its_texts_say_it() -> None:
    assert texts_of_letter(_both("Plain", "<p>First</p><div>Second</div>")) == ("Plain", "First\n\nSecond")
    assert texts_of_letter(_mail(body="Plain")) == ("Plain",)
    assert texts_of_letter(_mail(body="<p>First</p>", kind="text/html")) == ("First",)


@pytest.mark.parametrize(
    ("of", "verdict"),
    [(("anna@example.com",), Verdict.REFUSED), (("bob@example.com",), None), ((), None)],
)
def test_asks_what_is_said_of_the_author_only_where_that_is_one_of_these_people(
    of: tuple[str, ...], verdict: Verdict | None
) -> None:
    assert verdict_of(_mail(FROM_OUTSIDE, FAILED), of=of) is verdict
    assert read_reply(_mail(FROM_OUTSIDE, FAILED)).verdict is Verdict.REFUSED


@pytest.mark.parametrize(
    ("headers", "body", "kind"),
    [
        ((f"Subject: Re: {REFERENCE}",), "Done", "text/plain"),
        ((), f"Done\n> {REFERENCE}", "text/plain"),
        ((), f"<p>Done</p><!-- {REFERENCE} -->", "text/html"),
        ((f"Subject: Re: {REFERENCE}",), f"Done {REFERENCE}", "text/plain"),
    ],
)
def test_finds_our_reference_once_wherever_it_is_quoted(
    headers: tuple[str, ...], body: str, kind: str
) -> None:
    assert _read(*headers, body=body, kind=kind).quoted_references == (REFERENCE,)


def _numbered(first: int, behind: int) -> list[str]:
    return [f"FU-{number:04}-M2AA" for number in range(first, behind)]


def test_finds_twenty_references_and_none_deep_in_markup() -> None:
    assert _read(body=" ".join(_numbered(0, 21))).quoted_references == tuple(_numbered(0, 20))
    for spaces, found in ((100_000 - len(REFERENCE), (REFERENCE,)), (100_001 - len(REFERENCE), ())):
        assert _read(body=" " * spaces + REFERENCE, kind="text/html").quoted_references == found


def test_finds_a_hundred_mails_that_are_answered_in_five_headers() -> None:
    ids = [f"<{number}@a>" for number in range(101)]
    assert _read(f"References: {' '.join(ids)}").references == tuple(ids[:100])
    assert _read(*(f"References: {i}" for i in ids[:6])).references == tuple(ids[:5])
    assert _read(f"References: <{'x' * 300}> <{'y' * 301}>").references == (f"<{'x' * 300}>",)
    for signs, found in ((20_000, ("<a>",)), (20_001, ())):
        assert _read(f"References: {'x' * (signs - 3)}<a>").references == found
