"""A letter has exactly one recipient, whatever names hold."""

from __future__ import annotations

import email
from email import policy
from email.utils import getaddresses

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from peerpact.errors import LetterError
from peerpact.letters import Rendered, Sender, display_name, message
from peerpact.letters.message import LONGEST_SUBJECT, hold_against
from peerpact.programme.people import Person

MAILBOX, ADA, ANSWERS = "mentoring@example.com", "ada@example.com", "mentoring+fu.abc@example.com"
RENDERED = Rendered(subject="How did it go?", text="Hello\n", html="<p>Hello</p>\n")
SIGNS = st.sampled_from(
    [*'<>@,;:"\\()[]=?\r\n\t\0', "=?utf-8?q?x?=", "\u202e", "\u200b", "bo@example.com", "Bcc:"]
)
NAMES = st.lists(
    st.one_of(SIGNS, st.text(max_size=8), st.sampled_from(["Ada", "Ł", "田中", "é"])), max_size=12
).map("".join)


def finished(
    *, name: str = "Ada", programme: str = "Peer mentoring", key: str = "k", subject: str = "Hi"
) -> bytes:
    return message(
        Rendered(subject=subject, text=RENDERED.text, html=RENDERED.html),
        sender=Sender(programme_name=programme, mailbox=MAILBOX, contact="people@example.com"),
        to=Person(email=ADA, name=name),
        reply_to=ANSWERS,
        key=key,
        in_reply_to="<a@example.com>",
    ).as_bytes()


def test_leaves_as_the_bytes_that_were_read_again() -> None:
    mail = message(
        RENDERED,
        sender=Sender(programme_name="P", mailbox=MAILBOX, contact=""),
        to=Person(email=ADA, name="Ada"),
        reply_to="",
        key="k",
    )
    assert mail.as_bytes() is mail.as_bytes()
    assert mail.as_bytes(policy=policy.SMTP) == mail.as_bytes()


HIDDEN = ("=?utf-8?q?bo=40example=2Ecom=2C?=", "é =?utf-8?b?Ym9AZXhhbXBsZS5jb20s?=")
"""“bo@example.com,” as an encoded word: a library that passes it on as it is has written to Bo."""


@example(*[HIDDEN[0]] * 3)
@example(*[HIDDEN[1]] * 3)
@given(NAMES, NAMES, NAMES)
def test_goes_to_the_one_person_whatever_a_name_a_programme_or_a_subject_holds(
    name: str, programme: str, subject: str
) -> None:
    raw = finished(name=name, programme=programme, subject=subject)
    for how in (policy.compat32, policy.SMTP):
        mail = email.message_from_bytes(raw, policy=how)
        for header, address in (("To", ADA), ("From", MAILBOX), ("Reply-To", ANSWERS)):
            assert [a for _, a in getaddresses([str(v) for v in mail.get_all(header, [])])] == [address]
        assert [mail["Cc"], mail["Bcc"]] == [None, None]
        assert [len(mail.get_all(h, [])) for h in ("To", "From", "Reply-To", "Subject")] == [1, 1, 1, 1]


@pytest.mark.parametrize("word", ["week", "Woche für", "84\u00a0% kept", "¿Qué tal?"])
@pytest.mark.parametrize("length", range(1, 120))
def test_writes_a_subject_of_any_length(word: str, length: int) -> None:
    subject = " ".join([word] * 30)[:length].strip()
    mail = email.message_from_bytes(finished(subject=subject), policy=policy.SMTP)
    assert str(mail["Subject"]).strip() == subject.replace("\u00a0", " ")


@pytest.mark.parametrize("length", [LONGEST_SUBJECT, LONGEST_SUBJECT + 1, 40_000])
def test_cuts_for_show_a_subject_without_an_end(length: int) -> None:
    mail = email.message_from_bytes(finished(subject="s" * length), policy=policy.SMTP)
    subject = str(mail["Subject"]).strip()
    assert (len(subject), subject.endswith("…")) == (LONGEST_SUBJECT, length > LONGEST_SUBJECT)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("Gómez, Ana", "Gómez Ana"),
        ("O’Neil-Wu, Jr.", "O’Neil-Wu Jr."),
        ("田中 さくら", "田中 さくら"),
        ("Ada <bo@example.com>", "Ada bo example.com"),
        ("=?utf-8?q?Bo?=", "utf-8 q Bo"),
        ("A\u202eda\u200b\u00ad", "A da"),
        ("A" * 200, "A" * 60),
    ],
)
def test_reduces_a_name_to_a_name(typed: str, shown: str) -> None:
    assert display_name(typed) == shown


MEANT = {"From": MAILBOX, "To": ADA, "Reply-To": ANSWERS, "Subject": "Hi"}
AS_MEANT = f"From: Peer <{MAILBOX}>\r\nTo: Ada <{ADA}>\r\nReply-To: <{ANSWERS}>\r\nSubject: Hi\r\n"


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        (f"To: Ada <{ADA}>", f"To: Ada <{ADA}>, bo@example.com"),
        (f"To: Ada <{ADA}>", f"To: Ada <{ADA}>\r\nTo: bo@example.com"),
        (f"To: Ada <{ADA}>", "To: Ada <bo@example.com>"),
        (f"To: Ada <{ADA}>", f'To: "bo@example.com" {ADA}'),
        (f"To: Ada <{ADA}>\r\n", ""),
        ("Subject: Hi", "Subject: Hi\r\nCc: bo@example.com"),
        ("Subject: Hi", "Subject: Hi\r\nBcc: bo@example.com"),
        ("Subject: Hi", "Subject: Hello"),
        ("Subject: Hi", "Subject: Hi\r\nSubject: Hi"),
        (f"From: Peer <{MAILBOX}>", "From: Peer <bo@example.com>"),
        (f"Reply-To: <{ANSWERS}>", "Reply-To: <bo@example.com>"),
        (f"Reply-To: <{ANSWERS}>", f"Reply-To: <{ANSWERS}>, <bo@example.com>"),
    ],
)
def test_refuses_a_finished_mail_that_is_not_what_was_meant(said: str, instead: str) -> None:
    """Whatever a library made of a name: the bytes that would leave are what counts."""
    hold_against(f"{AS_MEANT}\r\nHello\r\n".encode(), MEANT)
    with pytest.raises(LetterError, match="The mail is not sent"):
        hold_against(f"{AS_MEANT.replace(said, instead)}\r\nHello\r\n".encode(), MEANT)


@pytest.mark.parametrize("name", HIDDEN)
def test_reads_each_finished_mail_again_before_it_leaves(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With names as they were typed, as if their reduction had a hole."""
    monkeypatch.setitem(message.__globals__, "display_name", str)
    with pytest.raises(LetterError, match="The mail is not sent"):
        finished(name=name)


@pytest.mark.parametrize("length", [40, 78, 200, 900])
def test_writes_keys_of_any_length_unbroken(length: int) -> None:
    key = "k" * length
    assert f"X-Peerpact: {key}\r\n".encode() in finished(key=key)


@pytest.mark.parametrize("address", ["", "ada", "ada@example.com, bo@example.com", "<ada@example.com>"])
def test_is_not_written_at_all_where_the_address_is_not_one_address(address: str) -> None:
    with pytest.raises(LetterError):
        message(
            RENDERED,
            sender=Sender(programme_name="P", mailbox=MAILBOX, contact=""),
            to=Person(email=address, name="Ada"),
            reply_to="",
            key="k",
        )
