"""What people type into cells, and what is made of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from email_validator import validate_email
from hypothesis import given
from hypothesis import strategies as st

from peerpact.programme.people import WorkingHours
from peerpact.tables.cells import Unusable, read_cell, read_working_hours, write_cell
from peerpact.tables.cells.addresses import is_plain

NINE_TO_FIVE = ((540, 1020),)


@pytest.mark.parametrize(
    ("type", "cell", "value"),
    [
        ("email", "  Ada.LOVELACE@Example.com ", "ada.lovelace@example.com"),
        ("email", "Ada Lovelace <ada@example.com>", "ada@example.com"),
        ("emails", "a@example.com; B@example.com,a@example.com", ("a@example.com", "b@example.com")),
        ("date", 46027, date(2026, 1, 5)),
        ("date", "2026-01-05", date(2026, 1, 5)),
        ("date", "5.1.2026", date(2026, 1, 5)),
        ("date time", 46027.5, datetime(2026, 1, 5, 12, tzinfo=UTC)),
        ("time zone", "europe/berlin", "Europe/Berlin"),
        ("time zone", "Kolkata", "Asia/Kolkata"),
        ("time zone", "utc", "Etc/UTC"),
        ("language", "German", "de"),
        ("language", "Deutsch", "de"),
        ("language", "pt-BR", "pt"),
        ("languages", "French, en", ("fr", "en")),
        ("list", "chess,  long walks ;chess", ("chess", "long walks")),
        ("number", "3", 3),
        ("number", 3.0, 3),
        ("yes or no", True, True),
        ("levels", "Whole line", None),
        ("levels", "direct manager only", 1),
        ("levels", 2, 2),
        ("text", 7.0, "7"),
    ],
)
def test_reads_what_people_type(type: str, cell: object, value: object) -> None:
    assert read_cell(cell, type) == value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("type", "cell", "said"),
    [
        ("email", "ada", "“ada” is not an e-mail address"),
        ("email", "ada@localhost", "“ada@localhost” is not an e-mail address"),
        ("date", "soon", "“soon” is not a date"),
        ("time zone", "Europe/Berln", "the time zone “Europe/Berln” is unknown"),
        ("language", "Klingonese", "the language “Klingonese” is unknown"),
        ("number", "1.5", "“1.5” is not a whole number"),
        (
            "working hours",
            "mornings",
            "the working hours “mornings” can't be read: “mornings” isn't understood",
        ),
        ("levels", "0", "“0” is not a reach of reporting lines"),
    ],
)
def test_says_what_is_wrong_and_what_to_do(type: str, cell: str, said: str) -> None:
    with pytest.raises(Unusable) as caught:
        read_cell(cell, type)
    assert caught.value.what == said
    assert caught.value.remedy.endswith((".", "?"))


def test_guesses_the_time_zone_that_was_meant() -> None:
    with pytest.raises(Unusable) as caught:
        read_cell("Europe/Berln", "time zone")
    assert "Did you mean Europe/Berlin?" in caught.value.remedy


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("09:00-17:00", (NINE_TO_FIVE,) * 5 + ((), ())),
        ("Mon-Fri 09:00-17:00", (NINE_TO_FIVE,) * 5 + ((), ())),
        ("Mon-Thu 8:30-16:00; Fri 9-13", (((510, 960),),) * 4 + (((540, 780),), (), ())),
        ("Sun, Tue 9-17", ((), NINE_TO_FIVE, (), (), (), (), NINE_TO_FIVE)),
        ("22:00-06:00", (((1320, 1800),),) * 5 + ((), ())),
        ("Mon 9-12, 13-17", (((540, 720), (780, 1020)), (), (), (), (), (), ())),
    ],
)
def test_reads_working_hours(cell: str, days: tuple[object, ...]) -> None:
    assert read_working_hours(cell) == WorkingHours(days=days)  # type: ignore[arg-type]


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)))  # noqa: DTZ001 - hypothesis wants them naive
def test_gives_back_each_moment_that_it_wrote_to_the_second(naive: datetime) -> None:
    moment = naive.replace(microsecond=0, tzinfo=UTC)
    assert read_cell(write_cell(moment), "date time") == moment


@given(st.dates(date(2000, 1, 1), date(2099, 1, 1)))
def test_gives_back_each_date_that_it_wrote(day: date) -> None:
    assert read_cell(write_cell(day), "date") == day


LABELS = st.from_regex(r"[a-z0-9_.+-]{1,12}", fullmatch=True)
ENDS = st.sampled_from(
    ["com", "example", "local", "test", "onion", "c0", "c", "co.uk", "xn--p1ai", "arpa", "x-"]
)


@given(LABELS, LABELS, ENDS)
def test_takes_a_plain_address_only_where_the_library_takes_it_too(local: str, host: str, end: str) -> None:
    address = f"{local}@{host}.{end}"
    if is_plain(address):
        assert validate_email(address, check_deliverability=False).ascii_email == address
