"""What of a mail is left out before it is parsed: each cap at its limit and one step beyond, and which parts go."""

from __future__ import annotations

import pytest

from peerpact.programme.replies.caps import capped

HEAD = b"From: a@example.com\n\n"
MIXED = b"From: a@example.com\nContent-Type: multipart/mixed; boundary=b\n\n"
PICTURE = b"\n--b\nContent-Type: image/png\n\n"
WORDS = b"\n--b\nContent-Type: text/plain\n\nwords"
END = b"\n--b--\n"


def filled(raw: bytes, length: int) -> bytes:
    """Return these bytes, made so long."""
    return raw + b"x" * (length - len(raw))


def test_reads_three_million_bytes() -> None:
    long = filled(HEAD, 3_000_000)
    assert capped(long + b"y") == long


def test_looks_for_them_in_the_first_sixty_million() -> None:
    begun = MIXED + PICTURE
    whole = filled(begun, 60_000_000 - len(WORDS)) + WORDS
    assert capped(whole + b"y") == MIXED + WORDS


@pytest.mark.parametrize(
    ("lines", "read"),
    [(29_999, 29_999), (30_000, 29_999), (30_001, 29_999)],
)
def test_reads_thirty_thousand_lines(lines: int, read: int) -> None:
    """The line in which the next one would begin is the last; blank ones count."""
    body = b"\n" * (lines - HEAD.count(b"\n"))
    assert capped(HEAD + body).count(b"\n") == read


def test_ends_at_the_end_of_a_line() -> None:
    whole = HEAD + b"word\n" * 30_000
    assert capped(whole) == HEAD + b"word\n" * 29_997 + b"word"


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_reads_sixty_four_thousand_bytes_of_headers(end: bytes) -> None:
    header = filled(b"From: a@example.com" + end + b"X: ", 64_000)
    kept = header + end + end + b"words"
    assert capped(kept) == kept
    assert capped(header + b"y" + end + end + b"words") == header + b"\n\nwords"


def test_cuts_headers_that_never_end() -> None:
    assert capped(filled(b"X: ", 70_000)) == filled(b"X: ", 64_000) + b"\n\n"
    assert capped(b"From: a") == b"From: a\n\n"


def test_reads_sixty_parts() -> None:
    whole = HEAD + WORDS * 61 + END
    assert capped(whole) == HEAD + WORDS * 60 + b"\n--b"
    assert capped(HEAD + WORDS * 60 + END) == HEAD + WORDS * 60 + END


def test_reads_twenty_levels() -> None:
    nest = b"\n--b\nContent-Type: multipart/mixed; boundary=b\n\n"
    assert capped(HEAD + nest * 20 + END) == HEAD + nest * 20 + END
    assert capped(HEAD + nest * 21 + END) == HEAD + nest * 20 + b"\n--b\n"


@pytest.mark.parametrize(
    ("headers", "is_kept"),
    [
        pytest.param(b"Content-Type: text/plain", True, id="text"),
        pytest.param(b"X: y", True, id="what says no type is text"),
        pytest.param(b"Content-Type: TEXT/html", True, id="in any case"),
        pytest.param(b"Content-Type: image/png", False, id="a picture"),
        pytest.param(b"X: y\r\ncontent-type :\r\n image/png; name=z", False, id="in any writing"),
        pytest.param(
            b"Content-Type: text/plain\nContent-Disposition: attachment", False, id="a text that is attached"
        ),
        pytest.param(b"Content-Type: text/plain\nContent-Disposition: inline", True, id="one that is not"),
        pytest.param(
            b"Content-Type: text/calendar\nContent-Disposition: attachment", True, id="an answer to a meeting"
        ),
        pytest.param(
            b"Content-Type: message/rfc822\nContent-Disposition: attachment", True, id="a mail in a mail"
        ),
        pytest.param(b"Content-Type: multipart/related; boundary=c", True, id="what has parts"),
    ],
)
def test_leaves_out_parts_that_are_never_opened(headers: bytes, *, is_kept: bool) -> None:
    end = b"\r\n\r\n" if b"\r" in headers else b"\n\n"
    part = b"\n--b\n" + headers + end + b"data"
    assert capped(MIXED + WORDS + part + END) == MIXED + WORDS + (part if is_kept else b"") + END
    assert capped(MIXED + part + END) == MIXED + (part if is_kept else b"") + END


def test_leaves_out_several_and_keeps_what_is_between() -> None:
    raw = MIXED + PICTURE + b"1" + PICTURE + b"2" + WORDS + PICTURE + b"3" + PICTURE + b"4"
    assert capped(raw) == MIXED + WORDS


def test_keeps_a_line_that_begins_as_the_border_of_parts_does() -> None:
    alone = HEAD + PICTURE + b"data"
    assert capped(alone) == alone


def test_looks_for_a_parts_type_in_four_thousand_bytes() -> None:
    begun = b"\nContent-Type: image/png\nX: "
    longest = filled(begun, 4_000 - 2) + b"\n\n"
    assert capped(MIXED + b"\n--b" + longest + END) == MIXED + END
    longer = MIXED + b"\n--b" + filled(begun, 4_000 - 1) + b"\n\n" + END
    assert capped(longer) == longer


def test_calls_reports_in_other_alphabets_as_their_elders_are_called() -> None:
    raw = HEAD + b"\n--b\nContent-Type: message/global-delivery-status\n\nx" + END
    assert capped(raw) == raw.replace(b"global-", b"")
