"""Whom the receiving server vouches for, and which tokens are genuine."""

from __future__ import annotations

from datetime import date, timedelta
from email import message_from_string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerpact.programme.replies.sender import Verdict, vouched_for
from peerpact.programme.replies.tokens import is_genuine, reply_address, tokens_in

SECRET = b"a secret of thirty-two bytes ...."
TODAY = date(2026, 3, 12)
GOOD = "mx.google.com; dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=example.com"


def _verdict(*results: str, sender: str = "anna@example.com") -> Verdict:
    headers = "".join(f"Authentication-Results: {result}\n" for result in results)
    return vouched_for(message_from_string(f"{headers}From: {sender}\n\nhi"), sender=sender)


@pytest.mark.parametrize(
    "result",
    [
        GOOD,
        "mx.google.com;\n       dkim=pass header.i=@example.com header.s=s;\n  spf=pass smtp.mailfrom=x@example.com",
        "mx.google.com; dkim=pass header.d=example.com",
        "mx.google.com; dkim=fail header.i=@other.org; dmarc=pass header.from=example.com",
    ],
)
def test_vouches_for_an_aligned_pass(result: str) -> None:
    assert _verdict(result) is Verdict.VOUCHED


@pytest.mark.parametrize(
    "result",
    [
        "mx.google.com; dmarc=fail header.from=example.com",
        "mx.google.com; dkim=pass header.i=@evil.org",
        "mx.google.com; dkim=pass header.d=com",
        "mx.google.com; dkim=pass header.d=ample.com",
        "mx.google.com; spf=pass smtp.mailfrom=anna@example.com",
        "mx.google.com; dmarc=pass header.from=example.com.evil.org",
        "mx.google.com; (dmarc=pass header.from=example.com)",
        "mx.google.com; none",
        "mx.google.com; ((((",
    ],
)
def test_refuses_everything_else(result: str) -> None:
    assert _verdict(result) is Verdict.REFUSED


def test_believes_the_first_header_of_google_only() -> None:
    forged = GOOD
    assert _verdict("mx.google.com; dmarc=fail header.from=example.com", forged) is Verdict.REFUSED
    assert _verdict("mx.google.com.evil.org; dmarc=pass header.from=example.com") is Verdict.SILENT
    assert _verdict("evil.org; dmarc=pass header.from=example.com", GOOD) is Verdict.VOUCHED


def test_is_silent_without_the_header() -> None:
    assert _verdict() is Verdict.SILENT


def test_vouches_for_a_subdomain_by_its_parents_signature() -> None:
    assert (
        _verdict("mx.google.com; dkim=pass header.d=example.com", sender="a@mail.example.com")
        is Verdict.VOUCHED
    )


def _address(person: str = "anna@example.com", cycle: str = "k3m2a9", expires: date = TODAY) -> str:
    return reply_address("mentoring@example.com", secret=SECRET, person=person, cycle=cycle, expires=expires)


def test_finds_its_own_token_again_however_the_address_was_written() -> None:
    [token] = tokens_in(["x@example.com", _address().upper()])
    assert (token.cycle, token.expires) == ("k3m2a9", TODAY)
    assert is_genuine(token, secret=SECRET, person="Anna@Example.com", on=TODAY)


def test_fits_into_the_local_part_of_an_address() -> None:
    assert len(_address(cycle="a" * 12, expires=date(2036, 1, 1)).partition("@")[0]) <= 64


def test_refuses_a_token_for_somebody_else_another_secret_or_too_late() -> None:
    [token] = tokens_in([_address()])
    assert not is_genuine(token, secret=SECRET, person="bo@example.com", on=TODAY)
    assert not is_genuine(token, secret=b"another", person="anna@example.com", on=TODAY)
    assert not is_genuine(token, secret=SECRET, person="anna@example.com", on=TODAY + timedelta(days=1))


def test_refuses_a_token_with_another_cycle_or_a_longer_life() -> None:
    other = _address().replace("k3m2a9", "k3m2a8")
    later = _address().replace(_address().split(".")[2], "7vv")
    for forged in (other, later):
        assert not [
            t
            for t in tokens_in([forged])
            if is_genuine(t, secret=SECRET, person="anna@example.com", on=TODAY)
        ]


def test_refuses_a_cycle_that_an_address_can_not_carry() -> None:
    with pytest.raises(ValueError, match="cycle"):
        _address(cycle="K 3")


@given(st.text(max_size=80))
@settings(max_examples=100)
def test_finds_no_genuine_token_in_any_text(text: str) -> None:
    assert not [
        t
        for t in tokens_in([text, f"m+fu.{text}@x"])
        if is_genuine(t, secret=SECRET, person="a@b.c", on=TODAY)
    ]
