"""What a mail's bytes say: headers, the texts of its body and their alphabets, calendar answers. By value."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message

import pytest

from peerpact.programme.replies.mime import (
    Parts,
    addresses,
    decoded,
    header,
    parsed,
    parts_of,
    raw_headers,
    sent_at,
    text_of,
)


def mail(headers: str | bytes, body: bytes = b"") -> Message:
    return message_from_bytes((headers.encode() if isinstance(headers, str) else headers) + b"\n\n" + body)


def mixed(*parts: str) -> Parts:
    """Return what is read of a mail of these parts, each its headers, a blank line and its text."""
    body = "".join(f"--b\n{part}\n" for part in parts) + "--b--\n"
    return parts_of(mail("Content-Type: multipart/mixed; boundary=b", body.encode()))


@pytest.mark.parametrize(
    ("charset", "text", "codec"),
    [
        ("", "Ünä", "utf-8"),
        ("", "Ünä", "cp1252"),
        ("utf-8", "Ünä", "cp1252"),  # what it says is wrong
        ("us-ascii", "Ünä", "utf-8"),
        ("iso-8859-1", "5 €", "cp1252"),
        ("ISO-8859-15", "5 €", "iso-8859-15"),
        ("gb2312", "囧", "gb18030"),
        ("gbk", "𠀀", "gb18030"),
        ("x-gbk", "囧", "gb18030"),
        ("ks_c_5601-1987", "똠", "cp949"),
        ("euc-kr", "똠", "cp949"),
        ("x-sjis", "①", "cp932"),
        ("shift_jis", "①", "cp932"),
        ("big5", "嘅", "big5hkscs"),
        ("unicode-1-1-utf-7", "Ünä", "utf-7"),
        ("iso-8859-8-i", "שלום", "iso-8859-8"),
        ("koi8-r", "дом", "koi8-r"),
        ("zip", "Ünä", "utf-8"),  # Python knows such a codec, and it reads no text
        ("iso-8859-99", "Ünä", "utf-8"),  # nobody knows it
    ],
)
def test_reads_a_text_in_its_alphabet(charset: str, text: str, codec: str) -> None:
    part = mail(f"Content-Type: text/plain; charset={charset}" if charset else "X: y", text.encode(codec))
    assert text_of(part) == text


def test_reads_what_no_alphabet_explains_with_a_sign_for_each_of_the_others() -> None:
    for headers in ("X: y", "Content-Type: text/plain; charset=iso-8859-99"):
        assert text_of(mail(headers, b"a\x81b")) == "a\ufffdb"
    chinese = mail("Content-Type: text/plain; charset=gb2312", "囧".encode("gb18030") + b"\x81\xff")
    assert text_of(chinese) == "囧\ufffd\ufffd"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param(b"a\n" + b"x" * 399_998, 400_000, id="four hundred thousand bytes"),
        pytest.param(b"x" * 400_001, 400_000, id="of a line without end so many"),
        pytest.param(b"line\n" + b"x" * 400_000, 5, id="else whole lines"),
        pytest.param(b"\n" + b"x" * 400_000, 400_000, id="but not a blank one alone"),
        pytest.param(b"x" * 399_999 + b"\n" + b"y" * 9, 400_000, id="up to the last that ends there"),
    ],
)
def test_reads_so_much_of_a_text(text: bytes, read: int) -> None:
    assert text_of(mail("X: y", text)) == text[:read].decode()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Re: Hello", "Re: Hello"),
        ("=?utf-8?q?=C3=9Cn?= =?iso-8859-1?q?=E4?= x", "Ünä x"),
        ("=?bogus?q?=DCn=E4?=", "Ünä"),
        ("=?utf-8?b?abcde?=", "=?utf-8?b?abcde?="),
        (" a\r\n\tb\u200b ", "a b"),
        ("=?utf-8?q?a?= " * 600, "a" * 571 + " =?utf-"),  # of eight thousand signs
    ],
)
def test_decodes_a_headers_words(value: str, text: str) -> None:
    assert decoded(value) == text


def test_reads_headers_as_they_came_or_in_utf_8_or_windows_1252() -> None:
    message = mail("A: Ünä\nB: x\na: y".encode() + b"\nC: \xdcn\xe4")
    assert raw_headers(message, "a") == ["Ünä", "y"]
    assert (header(message, "A"), header(message, "c"), header(message, "D")) == ("Ünä", "Ünä", "")


def test_reads_twenty_headers_of_a_name_and_eight_thousand_signs_of_each() -> None:
    message = mail("\n".join(f"A: {n}" for n in range(25)) + f"\nB: {'x' * 8_001}")
    assert raw_headers(message, "A") == [str(n) for n in range(20)]
    assert raw_headers(message, "B") == ["x" * 8_000]


def test_reads_the_addresses_of_some_headers() -> None:
    message = mail(
        'To: "Ada B" <Ada@Example.com>,\n nobody\nCc: =?utf-8?q?B=C3=A9n?= <ben@example.com>, c@d.e'
    )
    assert addresses(message, "To", "Cc") == (
        ("Ada B", "ada@example.com"),
        ("Bén", "ben@example.com"),
        ("", "c@d.e"),
    )
    assert addresses(message, "Bcc") == ()


def test_reads_two_hundred_addresses() -> None:
    many = [f"a{n}@b.c" for n in range(201)]
    assert addresses(mail(f"To: {', '.join(many)}"), "To") == tuple(("", a) for a in many[:200])


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("Tue, 17 Feb 2026 11:00:00 +0100", datetime(2026, 2, 17, 10, tzinfo=UTC)),
        ("Tue, 17 Feb 2026 11:00:00 +0100 ".ljust(300, "("), datetime(2026, 2, 17, 10, tzinfo=UTC)),
        ("(" * 200 + ") Tue, 17 Feb 2026 11:00:00 +0100", None),
        ("yesterday", None),
        ("Tue, 77 Feb 2026 11:00:00 +0100", None),
        ("", None),
    ],
)
def test_reads_when_it_was_sent(date: str, moment: datetime | None) -> None:
    assert sent_at(mail(f"Date: {date}")) == moment
    assert sent_at(mail("X: y")) is None


@pytest.mark.parametrize("name", ["Content-Type", "Content-Disposition"])
@pytest.mark.parametrize(("length", "is_kept"), [(2_000, True), (2_001, False)])
def test_drops_headers_about_the_content_that_would_take_long_to_read(
    name: str, length: int, *, is_kept: bool
) -> None:
    value = ("text/html; x=" if name == "Content-Type" else "inline; x=").ljust(length, "y")
    part = f"--b\n{name}: text/html\n{name}: {value}\n\nwords\n"
    message = parsed(f"Content-Type: multipart/mixed; boundary=b\n\n{part}--b--\n".encode())
    [read] = message.get_payload()
    assert isinstance(read, Message)
    assert (name in read) is is_kept
    assert message.get_content_type() == "multipart/mixed"


def test_reads_the_texts_of_a_body_and_opens_nothing_that_is_attached() -> None:
    parts = mixed(
        "Content-Type: text/plain\n\none",
        "Content-Type: text/plain\nContent-Disposition: attachment\n\nattached",
        "Content-Type: text/html; name=x.html\n\n<p>a file",
        "Content-Type: application/x-other\n\nother",
        "Content-Type: multipart/alternative; boundary=c\n\n--c\n\ntwo\n--c\nContent-Type: text/html\n\n<p>two\n--c--",
        "Content-Type: message/rfc822\n\nSubject: x\n\nanother mail",
        "Content-Type: text/html\n\n<p>three",
    )
    assert (parts.plain, parts.markup) == ("one\ntwo", "<p>two\n<p>three")
    assert parts.types == {
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/x-other",
        "message/rfc822",
    }
    assert (parts.reaction, parts.calendar_methods) == ("", frozenset())


def test_reads_eight_texts_of_a_kind() -> None:
    plain = [f"Content-Type: text/plain\n\n{n}" for n in range(9)]
    markup = [f"Content-Type: text/html\n\n<p>{n}" for n in range(9)]
    parts = mixed(*plain, *markup)
    assert (parts.plain, parts.markup) == ("0\n1\n2\n3\n4\n5\n6\n7", "\n".join(f"<p>{n}" for n in range(8)))


def test_reads_four_hundred_thousand_signs_of_all_texts() -> None:
    long = "x" * 300_000
    parts = mixed(*[f"Content-Type: text/{kind}\n\n{long}" for kind in ("plain", "html") * 2])
    assert parts.plain == parts.markup == f"{long}\n{'x' * 99_999}"


def test_takes_the_first_reaction_that_tells_one() -> None:
    kind = "Content-Type: text/vnd.google.email-reaction+json\n\n"
    assert mixed(f"{kind}{{}}", f'{kind}{{"emoji": "👍"}}', f'{kind}{{"emoji": "🎉"}}').reaction == "👍"


@pytest.mark.parametrize(
    ("headers", "text", "methods"),
    [
        pytest.param("; method=reply", "", {"REPLY"}, id="what its header says"),
        pytest.param("", "BEGIN:VCALENDAR\nMETHOD:REQUEST \n", {"REQUEST"}, id="else what its text says"),
        pytest.param("", "X-METHOD:REPLY", {""}, id="neither says it"),
        pytest.param("", f"{'x' * 4_987}\nMETHOD:REPLY\n", {"REPLY"}, id="in five thousand signs"),
        pytest.param("", f"{'x' * 4_988}\nMETHOD:REPLY\n", {"REPL"}, id="not beyond"),
        pytest.param(
            "\nContent-Disposition: attachment", "METHOD:REQUEST", set(), id="a file that somebody attached"
        ),
        pytest.param("\nContent-Disposition: attachment", "METHOD:PUBLISH", set(), id="whatever it is"),
        *(
            pytest.param("\nContent-Disposition: attachment", f"METHOD:{m}", {m}, id=f"an attached {m}")
            for m in ("REPLY", "COUNTER", "REFRESH", "DECLINECOUNTER")
        ),
    ],
)
def test_tells_the_methods_of_calendar_answers(headers: str, text: str, methods: set[str]) -> None:
    assert mixed(f"Content-Type: text/calendar{headers}\n\n{text}").calendar_methods == methods


@pytest.mark.parametrize(
    ("text", "is_markup"),
    [
        ("words", False),
        ("<html>", True),
        ("\n <!DOCTYPE html>", True),
        ("<div>", True),
        ("<p>words", True),
        ("<pre>words", False),
        (" " * 395 + "<html>", True),
        (" " * 396 + "<html>", False),
    ],
)
def test_reads_a_body_that_says_it_has_parts_and_has_none(text: str, *, is_markup: bool) -> None:
    parts = parts_of(mail("Content-Type: multipart/alternative", text.encode()))
    assert (bool(parts.markup), bool(parts.plain)) == (is_markup, not is_markup)


def test_walks_through_two_hundred_and_forty_parts() -> None:
    """The mail itself is the first."""
    others = ["\nx"] * 238
    assert mixed(*others, "Content-Type: text/html\n\n<p>").markup == "<p>"
    assert mixed(*others, "\nx", "Content-Type: text/html\n\n<p>").markup == ""
