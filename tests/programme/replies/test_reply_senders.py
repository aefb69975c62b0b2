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
INSIDE = (
    "Delivered-To: mentoring@example.com\nReceived: by 2002:a05:6a20:1 with SMTP id p1; Thu, 12 Mar 2026\n"
)
CAME_IN = (
    "X-Google-Smtp-Source: abc\nX-Received: by 2002:a05:1 with SMTP id q2\nARC-Seal: i=1; d=google.com\n"
    "ARC-Authentication-Results: i=1; SEALED\nReturn-Path: <anna@example.com>\n"
    "Received: from mail-sor-f41.example.com (mail-sor-f41.example.com. [192.0.2.1])\n        by mx.google.com"
    " with SMTPS id s1\n        for <mentoring@example.com>; Thu, 12 Mar 2026\n"
    "Received-SPF: pass (google.com: domain of anna@example.com) client-ip=192.0.2.1;\n"
)
SENT = "Received: by mail-sor-f41.example.com with SMTP id x\nMIME-Version: 1.0\n"


def _verdict(
    *results: str, sender: str = "anna@example.com", trace: str = INSIDE + CAME_IN, sealed: str | None = None
) -> Verdict:
    """Judge a mail whose first result Google has sealed, unless told otherwise."""
    headers = "".join(f"Authentication-Results: {result}\n" for result in results)
    trace = trace.replace("SEALED", (results or ("mx.google.com",))[0] if sealed is None else sealed)
    return vouched_for(message_from_string(f"{trace}{headers}{SENT}From: {sender}\n\nhi"), sender=sender)


@pytest.mark.parametrize(
    ("result", "sender"),
    [
        (GOOD, "anna@example.com"),
        (GOOD, "Anna@Example.COM"),
        (f"{GOOD};", "anna@example.com"),
        (
            "mx.google.com;\n       dkim=pass header.i=@example.com header.s=s;\n  spf=pass",
            "anna@example.com",
        ),
        ("mx.google.com; dkim=pass header.d=example.com", "anna@example.com"),
        (
            "mx.google.com; dkim=fail header.i=@other.org; dmarc=pass header.from=example.com",
            "anna@example.com",
        ),
        (
            "mx.google.com; dkim=fail header.i=@example.com; dkim=pass header.i=@example.com",
            "anna@example.com",
        ),
        (
            "mx.google.com; arc=pass (i=1 spf=pass); what is=this; dmarc=pass header.from=example.com",
            "a@example.com",
        ),
        (GOOD, "anna@sales.example.com"),
        ("mx.google.com; dmarc=pass header.from=example.co.uk", "anna@mail.sales.example.co.uk"),
        ("mx.google.com; dkim=pass header.i=@mail.example.com", "anna@sales.example.com"),
        ("mx.google.com; dmarc=pass header.from=xn--bcher-kva.example", "anna@bücher.example"),
    ],
)
def test_vouches_for_an_aligned_pass(result: str, sender: str) -> None:
    assert _verdict(result, sender=sender) is Verdict.VOUCHED


@pytest.mark.parametrize(
    "result",
    [
        "mx.google.com; dmarc=fail header.from=example.com",
        "mx.google.com; dkim=pass header.i=@evil.org; dmarc=fail (p=NONE) header.from=example.com",
        "mx.google.com; dkim=fail header.i=@example.com; spf=pass smtp.mailfrom=anna@example.com",
        "mx.google.com; dmarc=permerror header.from=example.com",
    ],
)
def test_refuses_what_failed(result: str) -> None:
    assert _verdict(result) is Verdict.REFUSED


@pytest.mark.parametrize(
    "result",
    [
        "mx.google.com; dkim=pass header.i=@evil.org",
        "mx.google.com; dkim=pass header.d=com",
        "mx.google.com; dkim=pass header.d=ample.com",
        "mx.google.com; spf=pass smtp.mailfrom=anna@example.com",
        "mx.google.com; dkim=none; spf=softfail smtp.mailfrom=x@example.com; dmarc=none header.from=example.com",
        "mx.google.com; dkim=neutral header.i=@example.com; dmarc=temperror header.from=example.com",
        "mx.google.com; dmarc=pass header.from=example.com.evil.org",
        "mx.google.com; dmarc=pass header.from=sales.example.com",
        "mx.google.com; (dmarc=pass header.from=example.com)",
        "mx.google.com; none",
        "mx.google.com; ((((",
        "mx.google.com",
    ],
)
def test_is_silent_where_nothing_is_aligned_and_nothing_failed(result: str) -> None:
    assert _verdict(result) is Verdict.SILENT


def test_takes_no_public_suffix_for_an_organisation() -> None:
    result = "mx.google.com; dkim=pass header.i=@other.co.uk; dmarc=pass header.from=co.uk"
    assert _verdict(result, sender="anna@example.co.uk") is Verdict.SILENT


FORGED = {
    "below what was sent": INSIDE + CAME_IN + SENT,
    "in mail from inside": INSIDE,
    "behind a client's hop": INSIDE + "Received: from [192.0.2.7] by smtp.gmail.com with ESMTPSA id z\n",
    "behind a program's hop": INSIDE
    + "Received: from 77 named unknown by gmailapi.google.com with HTTPREST\n",
    "with a hop of its own behind the program's": INSIDE
    + "Received: from 77 named unknown by gmailapi.google.com with HTTPREST\n"
    + CAME_IN,
    "on top of all": "",
    "without any hop": "Delivered-To: mentoring@example.com\n",
    "behind a header of the sender's": INSIDE + CAME_IN + "Subject: x\n",
    "behind a header like Google's": INSIDE + CAME_IN + "X-Google-DKIM-Signature: v=1\n",
    "from a server that calls itself so": INSIDE + "Received: from mx.google.com by evil.example with SMTP\n",
    "in a greeting": INSIDE + "Received: from x by mx.google.com by smtp.gmail.com with ESMTPSA id z\n",
    "in a comment": INSIDE
    + "Received: from [192.0.2.7] (x by mx.google.com ) by smtp.gmail.com with ESMTPSA\n",
    "in a recipient": INSIDE
    + 'Received: from x by smtp.gmail.com with SMTP for <"a by mx.google.com b"@x.example>\n',
    "of a server like it": INSIDE + "Received: from x by mx.google.com.evil.example with SMTP\n",
}


@pytest.mark.parametrize("name", FORGED)
def test_believes_no_results_out_of_googles_place(name: str) -> None:
    assert _verdict(GOOD, trace=FORGED[name]) is Verdict.SILENT


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ('spf=none smtp.mailfrom="x; dkim=pass header.i=@example.com y"@evil.org', Verdict.SILENT),
        ('spf=none smtp.mailfrom="x\\"; dkim=pass header.i=@example.com y"@evil.org', Verdict.SILENT),
        ('spf=none reason="x; dmarc=pass header.from=example.com y"', Verdict.SILENT),
        ("spf=none (x; dmarc=pass header.from=example.com y)", Verdict.SILENT),
        ("spf=none (x (y); dkim=pass header.i=@example.com y", Verdict.SILENT),
        ('spf=none smtp.mailfrom="x; dkim=pass header.i=@example.com y', Verdict.SILENT),
        ("dkim=pass header.i=@example.com; dmarc=fail header.from=example.com", Verdict.REFUSED),
    ],
)
def test_believes_no_results_that_are_the_sender_s_own_words(result: str, expected: Verdict) -> None:
    """What stands in quotes and comments may be anybody's; and where DMARC failed, nothing else speaks for them."""
    assert _verdict(f"mx.google.com; {result}") is expected


def test_believes_the_first_header_of_google_only() -> None:
    assert _verdict("mx.google.com; dmarc=fail header.from=example.com", GOOD) is Verdict.REFUSED
    assert _verdict("mx.google.com.evil.org; dmarc=pass header.from=example.com") is Verdict.SILENT
    assert _verdict("evil.org; dmarc=pass header.from=example.com", GOOD) is Verdict.SILENT


@pytest.mark.parametrize(
    ("sealed", "named", "expected"),
    [
        (GOOD, GOOD, Verdict.VOUCHED),
        (GOOD, "mx.google.com; none", Verdict.SILENT),
        ("", GOOD, Verdict.VOUCHED),
        ("mx.google.com; dkim=pass", GOOD, Verdict.VOUCHED),
        ("relay.example; dmarc=fail header.from=example.com", GOOD, Verdict.VOUCHED),
        ("mx.google.com; dmarc=fail header.from=example.com", GOOD, Verdict.REFUSED),
        ("mx.google.com; dkim=fail header.i=@example.com", GOOD, Verdict.REFUSED),
    ],
)
def test_believes_what_google_named_where_it_sealed_nothing_else(
    sealed: str, named: str, expected: Verdict
) -> None:
    assert _verdict(named, sealed=sealed) is expected


def test_believes_nobody_else_who_seals_below_the_hop() -> None:
    own = "ARC-Authentication-Results: i=9; mx.google.com; dmarc=pass header.from=example.com\n"
    said = "mx.google.com; dmarc=fail header.from=example.com"
    assert _verdict(GOOD, trace=INSIDE + CAME_IN + own, sealed=said) is Verdict.REFUSED


def test_is_silent_without_the_header() -> None:
    assert _verdict() is Verdict.SILENT


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


@pytest.mark.parametrize(
    ("result", "sender", "expected"),
    [
        ("mx.google.com; dkim=fail header.i=@other.org", "anna@example.com", Verdict.SILENT),
        ("mx.google.com; dkim=pass header.i=anna@example.com", "anna@example.com", Verdict.VOUCHED),
        ("mx.google.com; dkim=fail header.i=anna@example.com", "anna@example.com", Verdict.REFUSED),
        ("mx.google.com; dkim=pass header.i=@xn--bcher-kva.example", "anna@bücher.example", Verdict.VOUCHED),
        (
            f"mx.google.com; x=y {'(c) ' * 400}; dmarc=pass header.from=example.com",
            "a@example.com",
            Verdict.VOUCHED,
        ),
        (
            f"mx.google.com;{' spf=none;' * 29} dmarc=pass header.from=example.com",
            "a@example.com",
            Verdict.VOUCHED,
        ),
        (
            f"mx.google.com;{' spf=none;' * 30} dmarc=pass header.from=example.com",
            "a@example.com",
            Verdict.SILENT,
        ),
    ],
)
def test_reads_so_many_results_and_no_more(result: str, sender: str, expected: Verdict) -> None:
    assert _verdict(result, sender=sender) is expected


@pytest.mark.parametrize(("lines", "expected"), [(60, Verdict.VOUCHED), (61, Verdict.SILENT)])
def test_looks_for_the_result_among_the_first_sixty_trace_headers(lines: int, expected: Verdict) -> None:
    """The result is the last of so many."""
    more = lines - (INSIDE + CAME_IN).replace("\n  ", "").count("\n") - 1
    assert _verdict(GOOD, trace=INSIDE + "X-Google-More: x\n" * more + CAME_IN) is expected


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        pytest.param('dmarc=pass header.from="example.com"', Verdict.VOUCHED, id="a quoted name is read"),
        pytest.param(
            "dkim=pass (\\); dmarc=fail header.from=example.com) header.d=example.com",
            Verdict.VOUCHED,
            id="an escaped bracket ends no comment",
        ),
        pytest.param(
            "dkim=pass (~; dmarc=fail header.from=example.com) header.d=example.com",
            Verdict.VOUCHED,
            id="no other sign ends one",
        ),
        pytest.param(
            "dkim=pass (a (b) c) header.d=example.com", Verdict.VOUCHED, id="a comment in a comment"
        ),
        pytest.param(
            "dkim=pass (a)) header.d=example.com", Verdict.VOUCHED, id="a bracket that closes nothing"
        ),
        pytest.param("dkim=pass(a)header.d=example.com", Verdict.VOUCHED, id="a comment parts words"),
    ],
)
def test_reads_results_beside_comments_and_quotes(result: str, expected: Verdict) -> None:
    assert _verdict(f"mx.google.com; {result}") is expected


@pytest.mark.parametrize(("length", "expected"), [(4_000, Verdict.VOUCHED), (4_001, Verdict.SILENT)])
def test_reads_four_thousand_signs_of_a_header(length: int, expected: Verdict) -> None:
    end = "dmarc=pass header.from=example.com"
    assert _verdict("mx.google.com;".ljust(length - len(end)) + end, sealed="") is expected


@pytest.mark.parametrize(("more", "expected"), [(50, Verdict.VOUCHED), (51, Verdict.SILENT)])
def test_follows_sixty_headers_to_the_results(more: int, expected: Verdict) -> None:
    """Ten are those of the hops, and the results themselves."""
    trace = "X-Received: by 2002:a05:1 with SMTP\n" * more + INSIDE + CAME_IN
    assert _verdict(GOOD, trace=trace) is expected
