"""Lines that announce a letter below them: how they are told by words, dashes and addresses, and how far."""

from __future__ import annotations

import pytest

from peerpact.programme.replies.markers import (
    is_arrowed,
    is_known_marker,
    marker_in,
    split_marker,
    torn_marker_in,
)

HEADER = "From: Anna <anna@example.com> Sent: 12 March 2026 10:04 To: Bob <b@c.d>"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("-----Original Message-----", "original message"),
        ("--Original Message--", "original message"),
        ("-Original Message--", None),
        ("--Original Message-", None),
        ("Original Message", None),
        ("> -- Of our trips --", "of our trips"),
        ("== Of our trips == :", "of our trips"),
        ("Begin forwarded message:", "begin forwarded message"),
        ("> *Forwarded message*", "forwarded message"),
        ("Forwarded messages", None),
        ("", None),
        (" \t", None),
        ("-----", None),
        ("-" * 144 + "Original Message", None),
        ("-" * 142 + "Original Message--", "original message"),
        ("-" * 143 + "Original Message--", None),
    ],
)
def test_reads_the_words_between_two_dashes_or_more_and_some_alone(line: str, words: str | None) -> None:
    assert marker_in(line) == words


@pytest.mark.parametrize("dash", "-_=*#—–‐‒─━")
def test_takes_what_looks_like_a_line_for_a_dash(dash: str) -> None:
    assert marker_in(f"-{dash} Of our trips {dash}-") == "of our trips"


@pytest.mark.parametrize("sign", "~+.|→")
def test_takes_no_other_sign_for_a_dash(sign: str) -> None:
    assert marker_in(f"-{sign} Of our trips {sign}-") is None


@pytest.mark.parametrize(
    ("line", "below", "words"),
    [
        ("----- Original", "Message -----", "original message"),
        ("  ----- Original ", "  Message ----- ", "original message"),
        ("---- Original", "Message -----", None),
        ("----- Original", "Message ----", None),
        ("----- Original -", "Message -----", None),
        ("----- Original-x", "Message -----", "original-x message"),
        ("----- 12", "Message -----", None),
        ("----- 12 x", "Message -----", "12 x message"),
        ("Original", "Message -----", None),
        ("Begin forwarded", "message:", None),
        ("-----", "-----", None),
        ("", "-----", None),
    ],
)
def test_joins_a_marker_that_was_wrapped(line: str, below: str, words: str | None) -> None:
    assert torn_marker_in(line, below) == words


@pytest.mark.parametrize(
    ("words", "is_known"),
    [
        ("original message", True),
        ("the original message of anna", True),
        ("x" * 64 + "original message", True),
        ("x" * 65 + "original message", False),
        ("begin forwarded message", True),
        ("of our trips", False),
        ("", False),
        ("message from anna <anna@example.com>", True),
        ("message from anna anna@example.com", False),
        ("message from anna <anna>", False),
        ("a b c d e f g <anna@example.com>", True),
        ("a b c d e f g h <anna@example.com>", False),
        ("x" * 60 + " <anna@example.co>", True),
    ],
)
def test_knows_what_announces_a_letter(words: str, *, is_known: bool) -> None:
    assert is_known_marker(words) is is_known


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("----- Forwarded Message ----- From: Anna", ("----- Forwarded Message -----", "From: Anna")),
        ("---Forwarded Message---From: Anna", ("---Forwarded Message---", "From: Anna")),
        (f"----- Of ours ----- {HEADER}", ("----- Of ours -----", HEADER)),
        ("----- Of ours ----- From: Anna", None),
        (f"----- 1234 ----- {HEADER}", None),
        ("----- Forwarded Message -----", None),
        ("-- Forwarded Message -- From: Anna", None),
        (HEADER, None),
    ],
)
def test_parts_a_header_from_the_marker_before_it(line: str, parts: tuple[str, str] | None) -> None:
    assert split_marker(line) == parts


@pytest.mark.parametrize(
    ("line", "arrowed"),
    [
        (">>> Anna Berg 12.03.2026 10:04 >>>", True),
        (">>> Anna Berg <anna@example.com> 12.03.2026 10:04 >>>", True),
        (">>> Anna Berg 12.03.2026 10:04 >>> ", True),
        (">>> Anna Berg >>>", False),
        (">>> Anna Berg 12.03.2026 10:04", False),
        ("Anna Berg 12.03.2026 10:04 >>>", False),
    ],
)
def test_knows_the_arrows_around_a_name_and_a_date(line: str, *, arrowed: bool) -> None:
    assert is_arrowed(line) is arrowed
