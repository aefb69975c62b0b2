"""Rules that hold for every query and every message, sensible or not."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email import message_from_bytes

from hypothesis import given, settings
from hypothesis import strategies as st
from mail_words import letter

from workspace_emulator import Clock, Workspace
from workspace_emulator.gmail import mime
from workspace_emulator.gmail.mailbox import Document, Mailbox
from workspace_emulator.gmail.search import Ground, compile_query
from workspace_emulator.gmail.shapes import shown

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PIECES = st.sampled_from(
    [
        "in:inbox",
        "-",
        "(",
        ")",
        "{",
        "}",
        "OR",
        '"',
        "from:",
        "newer_than:2d",
        "after:2026/13/45",
        "a b",
        "label:x",
    ]
)

LINES = [
    b"Content-Type: multipart/mixed; boundary=b\r\n",
    b"Content-Type: text/html; charset=\xff\r\n",
    b"Content-Type: \xff/\xfe; name=\xfd\r\n",
    b"Content-Type: message/rfc822\r\n",
    b"Content-Disposition: attachment; filename*=x''%ff\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Transfer-Encoding: x-uuencode\r\n",
    b"Subject: =?utf-8?b?!!!?=\r\n",
    b"From: <<a@b>>,;:\r\n",
    b"\xe4: \xf6\r\n",
    b"\r\n",
    b"--b\r\n",
    b"--b--\r\n",
    b"x <p>&#xd800;\r\n",
]


def a_box() -> Mailbox:
    return Mailbox(Workspace(clock=Clock(NOW)), "ada@example.com")


def found(query: str, document: Document, box: Mailbox) -> bool:
    ground = Ground(labels={}, body_words=box.body_words, now=NOW)
    return bool(compile_query(query, ground).matches(document))


@settings(max_examples=300)
@given(st.lists(PIECES | st.text(max_size=8), max_size=12).map(" ".join))
def test_understands_any_query_somehow(query: str) -> None:
    box = a_box()
    document = box.add(letter(), ["INBOX"])
    assert found(query, document, box) in (True, False)


@settings(max_examples=100)
@given(st.from_regex(r"[a-zäöü0-9]{1,12}", fullmatch=True))
def test_finds_a_word_or_its_contrary(word: str) -> None:
    box = a_box()
    there = box.add(letter(text=f"before {word} after\n"), ["INBOX"])
    absent = box.add(letter(text="nothing of it here\n", subject="Other"), ["INBOX"])
    assert found(f'"{word} after"', there, box)
    assert not found(f'-"{word} after"', there, box)
    assert not found(f'"{word} after"', absent, box)


@settings(max_examples=300)
@given(st.binary(max_size=400) | st.lists(st.sampled_from(LINES), max_size=12).map(b"".join))
def test_shows_any_bytes_and_gives_them_back(raw: bytes) -> None:
    box = a_box()
    document = box.add(raw, ["INBOX"])
    for form in ("minimal", "metadata", "full", "raw"):
        assert json.dumps(shown(box, document, form), ensure_ascii=False).encode()
    assert box.raw(document["id"]) == raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


PLAIN = [
    b"Content-Type: text/plain; charset=utf-8\r\n",
    b"Content-Type:text/html\r\n",
    b"content-type: multi\r\n part/mixed; boundary=b\r\n",
    b"Content-Transfer-Encoding: quoted-printable  \r\n",
    b"Subject:\r\n",
    b"\xc3\xa4 body\r\n",
    b"Date : x\r\n",
]


@given(st.lists(st.sampled_from(LINES + PLAIN), max_size=8).map(b"".join))
@settings(max_examples=300)
def test_reads_a_message_without_parts_as_the_parser_does(raw: bytes) -> None:
    quick, slow = mime.parse(raw), message_from_bytes(raw)
    assert (quick.items(), quick.get_payload(), quick.get_content_type()) == (
        slow.items(),
        quick.get_payload() if slow.is_multipart() else slow.get_payload(),
        slow.get_content_type(),
    )
    assert quick.is_multipart() == slow.is_multipart()


@settings(max_examples=100)
@given(
    st.lists(
        st.sampled_from(LINES) | st.text(max_size=20).map(str.encode) | st.binary(max_size=9), max_size=6
    )
)
def test_reads_what_is_text_alone_as_it_reads_the_text_of_any_mail(lines: list[bytes]) -> None:
    """The first is read by a shorter way, as most mails are so."""
    kinds = (b"text/plain; charset=utf-8", b"text/plain; charset=utf-8; other=way")
    boxes = [(box := a_box(), box.add(b"Content-Type: %b\n\n%b" % (k, b"".join(lines)), [])) for k in kinds]
    short, long = [(d["snippet"], d["filenames"], box.body_words[d["id"]]) for box, d in boxes]
    assert short == long
