"""Reply addresses and the tokens in them: to the sign, as mails that are out carry them for months."""

from __future__ import annotations

from datetime import date

import pytest

from peerpact.programme.replies.tokens import Token, cycle_of, is_genuine, reply_address, tokens_in

SECRET = b"secret"
PERSON = "anna@example.com"
ADDRESS = "mentoring+fu.fu7kq9m2aa.2ce.ei9uet2n4betd8r1b5o7fl0dto@example.org"
LAST_DAY = date(2026, 9, 12)


def _address(expires: date = LAST_DAY, cycle: str = "fu7kq9m2aa") -> str:
    return reply_address("mentoring@example.org", secret=SECRET, person=PERSON, cycle=cycle, expires=expires)


def test_makes_the_addresses_that_mails_which_are_out_carry() -> None:
    assert cycle_of("FU-7KQ9-M2AA") == "fu7kq9m2aa"
    assert _address() == ADDRESS


@pytest.mark.parametrize(
    ("expires", "day"),
    [
        (date(2020, 1, 1), "0"),
        (date(2020, 1, 2), "1"),
        (date(2020, 2, 1), "v"),
        (date(2020, 2, 2), "10"),
        (date(2022, 10, 20), "vv"),
    ],
)
def test_writes_a_day_by_its_number_since_2020(expires: date, day: str) -> None:
    assert _address(expires).split(".")[2] == day
    (token,) = tokens_in([_address(expires)])
    assert token.expires == expires


def test_finds_the_tokens_of_addresses_however_a_server_wrote_them() -> None:
    (token,) = tokens_in(["anna@example.com", ADDRESS.upper(), ADDRESS.replace(".2ce.", ".")])
    assert token == Token(cycle="fu7kq9m2aa", expires=LAST_DAY, signature="ei9uet2n4betd8r1b5o7fl0dto")


def test_looks_at_320_signs_of_an_address() -> None:
    end = ADDRESS.index("@") + 1
    for signs, found in ((320, 1), (321, 0)):
        assert len(tokens_in(["x" * (signs - end) + ADDRESS])) == found


@pytest.mark.parametrize(
    ("changed", "genuine"),
    [
        ({}, True),
        ({"person": " Anna@Example.COM "}, True),
        ({"on": LAST_DAY}, True),
        ({"on": date(2026, 9, 13)}, False),
        ({"person": "bob@example.com"}, False),
        ({"secret": b"another"}, False),
    ],
)
def test_holds_for_one_person_up_to_its_last_day(changed: dict[str, object], *, genuine: bool) -> None:
    (token,) = tokens_in([ADDRESS])
    given = {"secret": SECRET, "person": PERSON, "on": date(2026, 1, 1), **changed}
    assert is_genuine(token, **given) is genuine  # type: ignore[arg-type]


@pytest.mark.parametrize("cycle", ["", "x" * 25, "A", "a-b", "a b", "é"])
def test_makes_no_address_for_what_is_no_reference(cycle: str) -> None:
    with pytest.raises(ValueError, match="1 to 24"):
        _address(cycle=cycle)
    assert _address(cycle="x" * 24)
