"""The headers of a mail: of one class each, however many mails are written."""

from __future__ import annotations

from email import policy

import pytest

from peerpact.letters.message import HEADERS


@pytest.mark.parametrize("name", ["From", "Subject", "Message-ID", "X-Peerpact"])
def test_makes_the_class_of_a_header_once(name: str) -> None:
    one, other = HEADERS(name, "ada@example.com"), HEADERS(name.lower(), "ben@example.com")
    assert type(one) is type(other)
    assert type(one).__mro__[1:] == type(policy.SMTP.header_factory(name, "x")).__mro__[1:]
