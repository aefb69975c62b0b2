"""Bounces of today's systems: which mails are ones, whom they are about, and which only tell of a delay."""

from __future__ import annotations

import base64

import pytest

from peerpact.programme.replies.bounces import Bounce
from peerpact.programme.replies.reply import MailKind, Reply, read_reply

GONE = "gone@example.com"


def _report(
    fields: str,
    *,
    sender: str = "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
    subject: str = "Delivery Status Notification (Failure)",
    said: str = "Your message wasn't delivered.",
    kind: str = "message/delivery-status",
    encoding: str = "8bit",
) -> Reply:
    report = f"Reporting-MTA: dns; mx.example.net\n\n{fields}\n"
    if encoding == "base64":
        report = base64.encodebytes(report.encode()).decode()
    return read_reply(
        f"From: {sender}\nReturn-Path: <>\nSubject: {subject}\n"
        'Content-Type: multipart/report; report-type="delivery-status"; boundary=b\n\n'
        f"--b\nContent-Type: text/plain; charset=utf-8\n\n{said}\n"
        f"--b\nContent-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n\n{report}\n"
        "--b\nContent-Type: message/rfc822\n\nFrom: m@example.com\nSubject: Your month\n\nhello\n--b--\n".encode()
    )


FAILED = {
    "plain": f"Final-Recipient: rfc822; {GONE}\nAction: failed\nStatus: 5.1.1",
    "upper case": f"FINAL-RECIPIENT: RFC822;{GONE.upper()}\nACTION: FAILED\nSTATUS: 5.1.1",
    "in brackets": f"Final-Recipient: rfc822;<{GONE}>\nAction: failed (recipient unknown)\nStatus: 5.1.1",
    "given up after delays": f"Final-Recipient: rfc822; {GONE}\nAction: failed\nStatus: 4.4.7",
    "full": f"Original-Recipient: rfc822;{GONE}\nFinal-Recipient: rfc822; {GONE}\nAction: failed\nStatus: 5.2.2",
    "without an action": f"Final-Recipient: rfc822; {GONE}\nStatus: 5.0.0",
    "one of two": "Final-Recipient: rfc822; bo@example.com\nAction: relayed\nStatus: 2.0.0\n\n"
    f"Final-Recipient: rfc822; {GONE}\nAction: failed\nStatus: 5.1.1",
}


@pytest.mark.parametrize("name", FAILED)
@pytest.mark.parametrize("kind", ["message/delivery-status", "message/global-delivery-status"])
@pytest.mark.parametrize("encoding", ["8bit", "base64"])
def test_reads_a_delivery_report(name: str, kind: str, encoding: str) -> None:
    reply = _report(FAILED[name], kind=kind, encoding=encoding)
    assert (reply.kind, reply.bounce) == (MailKind.BOUNCE, Bounce(addresses=(GONE,)))


@pytest.mark.parametrize(
    "recipient",
    ["utf-8; jörg@bücher.example", "utf-8;<Jörg@bücher.example>", r"utf-8; j\x{F6}rg@b\x{FC}cher.example"],
)
def test_reads_an_internationalised_report(recipient: str) -> None:
    fields = f"Final-Recipient: {recipient}\nAction: failed\nStatus: 5.1.1"
    reply = _report(fields, kind="message/global-delivery-status")
    assert reply.bounce == Bounce(addresses=("jörg@bücher.example",))


def test_names_the_address_that_was_written_to_and_that_where_it_ended() -> None:
    fields = f"Original-Recipient: rfc822; {GONE}\nFinal-Recipient: rfc822; x@else.example\nAction: failed"
    assert _report(fields).bounce == Bounce(addresses=(GONE, "x@else.example"))


DELAYED = [
    f"Final-Recipient: rfc822; {GONE}\nAction: delayed\nStatus: 4.4.1\nWill-Retry-Until: Fri, 13 Mar 2026",
    f"Final-Recipient: rfc822; {GONE}\nAction: Delayed\nStatus: 4.0.0",
    f"Final-Recipient: rfc822; {GONE}\nStatus: 4.2.0",
]


@pytest.mark.parametrize("fields", DELAYED)
def test_takes_a_delay_for_no_failure(fields: str) -> None:
    reply = _report(fields, subject="Delivery Status Notification (Delay)")
    assert (reply.kind, reply.bounce) == (MailKind.BOUNCE, Bounce(addresses=(GONE,), temporary=True))


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
def test_takes_a_report_of_success_for_no_bounce(action: str) -> None:
    reply = _report(f"Final-Recipient: rfc822; {GONE}\nAction: {action}\nStatus: 2.0.0")
    assert (reply.kind, reply.bounce) == (MailKind.OTHER, None)


def _told(headers: str, body: str) -> Reply:
    return read_reply(f"{headers}\n\n{body}\n".encode())


TOLD = {
    "google": (
        "From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nSubject: Address not found\n"
        f"X-Failed-Recipients: {GONE}",
        "Your message wasn't delivered because the address couldn't be found.",
    ),
    "exchange": (
        "From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.com>\n"
        "Subject: Unzustellbar: Dein Monat",
        f"Die Zustellung an folgende Empfänger ist fehlgeschlagen:\n\n{GONE}\n\n"
        "Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound'",
    ),
    "postfix": (
        "From: MAILER-DAEMON@mx.example.net (Mail Delivery System)\nReturn-Path: <>\n"
        "Subject: Undelivered Mail Returned to Sender",
        f"I'm sorry.\n\n<{GONE}>: host mx.example.com said: 550 5.1.1 User unknown (in reply to RCPT TO)",
    ),
    "amazon": (
        "From: MAILER-DAEMON@amazonses.com\nSubject: Delivery Status Notification (Failure)",
        f"An error occurred while trying to deliver the mail to the following recipients:\n{GONE}",
    ),
    "proofpoint": (
        "From: postmaster@mx.example.net\nSubject: Message blocked",
        f"Your message to {GONE} was blocked: 554 5.7.1 policy",
    ),
    "old": (
        "From: post_master@example.net\nSubject: Re: Your month",
        f"Error: Invalid user address\n\n550 - no such user here\nRCPT TO: {GONE}",
    ),
    "a report in the text": (
        "From: MAILER-DAEMON@example.net\nReturn-Path: <>\nSubject: failure notice",
        f"Final-Recipient: rfc822; {GONE}\nAction: failed\nStatus: 5.1.1",
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_reads_a_bounce_without_a_report(name: str) -> None:
    reply = _told(*TOLD[name])
    assert (reply.kind, reply.bounce) == (MailKind.BOUNCE, Bounce(addresses=(GONE,)))


WAITING = {
    "exim": (
        "From: Mail Delivery System <Mailer-Daemon@example.net>\nReturn-Path: <>\n"
        "Subject: Warning: message 1abc delayed 24 hours",
        f"The address to which the message has not yet been delivered is:\n\n  {GONE}\n\n"
        "No action is required on your part. Delivery attempts will continue for some time.",
    ),
    "google": (
        "From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nReturn-Path: <>\n"
        "Subject: Delivery incomplete",
        f"There was a temporary problem delivering your message to {GONE}. Gmail will retry for 46 more hours.",
    ),
    "german": (
        "From: postmaster@example.net\nReturn-Path: <>\nSubject: Zustellung verzögert",
        f"Ihre Nachricht an {GONE} konnte noch nicht zugestellt werden. Es wird weiter versucht.",
    ),
}


@pytest.mark.parametrize("name", WAITING)
def test_reads_a_delay_without_a_report(name: str) -> None:
    reply = _told(*WAITING[name])
    assert (reply.kind, reply.bounce) == (MailKind.BOUNCE, Bounce(addresses=(GONE,), temporary=True))


QMAIL = (
    f"Hi. This is the qmail-send program at example.net.\n\n<{GONE}>:\nSorry, no mailbox here by that name.\n"
)
NO_SUCH = f"{GONE}: 550 5.1.1 no such user"
ATTACHED = "message/rfc822"


def _unreported(
    text: str,
    *,
    sender: str = "Ada <ada@example.com>",
    subject: str = "Undelivered Mail Returned to Sender",
    headers: str = "",
    attached: str = "",
) -> Reply:
    """Return a mail without a report, with another mail in it or not."""
    head = f"From: {sender}\nSubject: {subject}\n{headers}"
    if not attached:
        return read_reply(f"{head}Content-Type: text/plain\n\n{text}\n".encode())
    return read_reply(
        f"{head}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n{text}\n"
        f"--b\nContent-Type: {attached}\n\nSubject: Your month\n\nhello\n--b--\n".encode()
    )


MACHINE, OTHER = {"sender": "noreply@example.net"}, {"subject": "Your letter"}


@pytest.mark.parametrize(
    ("text", "given", "is_bounce"),
    [
        ("It came back.", {**MACHINE, "attached": ATTACHED}, True),
        ("It came back.", {**MACHINE, "attached": "text/x-note"}, False),
        (NO_SUCH, MACHINE, True),
        ("It came back.", MACHINE, False),
        (QMAIL, {}, True),
        (QMAIL, {"headers": "In-Reply-To: <1@example.com>\n"}, False),
        (QMAIL, OTHER, False),
        (QMAIL, {**OTHER, **MACHINE}, True),
        ("Sorry.", {"sender": "System <MAILER-DAEMON>", "headers": "Return-Path: <>\n"}, True),
        ("Sorry.", {**OTHER, "sender": "System <MAILER-DAEMON", "headers": "Return-Path: <>\n"}, True),
    ],
)
def test_tells_bounces_without_a_report_from_people_s_mails(
    text: str, given: dict[str, str], *, is_bounce: bool
) -> None:
    assert (_unreported(text, **given).kind is MailKind.BOUNCE) is is_bounce


def test_reads_an_encoded_report_whose_lines_end_as_in_mails() -> None:
    each = [f"Final-Recipient: rfc822; {to}\r\nAction: failed" for to in (GONE, "bo@example.com")]
    found = _report("\r\n\r\n".join(each), encoding="base64").bounce
    assert found == Bounce(addresses=(GONE, "bo@example.com"))


def test_reads_the_fields_of_reports_whose_parts_were_lost() -> None:
    two = f"Final-Recipient: rfc822; {GONE}\nAction: failed\n\nFinal-Recipient: rfc822; b@example.com\nAction: failed"
    waits = f"Final-Recipient: rfc822; {GONE}\nAction: delayed (till Friday)"
    daemon = {"sender": "mailer-daemon@example.net", "headers": "Return-Path: <>\n"}
    assert _unreported(two, **daemon).bounce == Bounce(addresses=(GONE, "b@example.com"))
    assert _unreported(waits, **daemon).bounce == Bounce(addresses=(GONE,), temporary=True)


@pytest.mark.parametrize(
    ("recipient", "read"),
    [
        ("a" * 308 + "@example.com", ("a" * 308 + "@example.com",)),
        ("nobody", ()),
        (r"a\x{110000}b@example.com", ("ab@example.com",)),
        (r"a\x{10FFFF}b@example.com", ("a\U0010ffffb@example.com",)),
    ],
)
def test_reads_escaped_and_long_addresses_to_their_limits(recipient: str, read: tuple[str, ...]) -> None:
    reply = _report(f"Final-Recipient: utf-8; {recipient}\nAction: failed")
    assert reply.bounce == Bounce(addresses=read)


def test_names_twenty_at_most() -> None:
    many = [f"Final-Recipient: rfc822; p{n}@example.com\nAction: failed" for n in range(10, 31)]
    found = _report("\n\n".join(many)).bounce
    assert found is not None
    assert len(found.addresses) == 20
