"""What Google's refusals come to, and how one item's keeps nobody else waiting."""

from __future__ import annotations

import pytest

from peerpact.errors import GoogleError, OddityError, PeerpactError
from peerpact.google.apart import HOPELESS, Apart, in_parts
from peerpact.google.refusals import Refusal, google_error
from peerpact.google.workers import Workers
from peerpact.programme import languages
from peerpact.programme.sentences import in_language

DISABLED = "Google Calendar API has not been used in project 123 before or it is disabled."


@pytest.mark.parametrize(
    ("status", "reason", "message", "says", "concerns_all"),
    [
        (403, "accessNotConfigured", DISABLED, "is not switched on", True),
        (403, "PERMISSION_DENIED", DISABLED, "is not switched on", True),
        (
            403,
            "insufficientPermissions",
            "Request had insufficient authentication scopes.",
            "A scope is missing",
            True,
        ),
        (
            403,
            "PERMISSION_DENIED",
            "Request had insufficient authentication scopes.",
            "A scope is missing",
            True,
        ),
        (403, "quotaExceeded", "Calendar usage limits exceeded.", "limit of use for Google Calendar", True),
        (403, "forbidden", "Forbidden", "is shared with the account", False),
        (
            403,
            "PERMISSION_DENIED",
            "The caller does not have permission",
            "is shared with the account",
            False,
        ),
        (401, "token", "invalid_grant", "no longer accepts our sign-in", True),
        (404, "notFound", "Not Found", "does not find", False),
        (400, "badRequest", "Invalid attendee email.", "refused a call: Invalid attendee email.", False),
        (403, "rateLimitExceeded", "Rate Limit Exceeded", "quota was used up", False),
        (429, "", "Resource has been exhausted", "quota was used up", False),
        (503, "backendError", "Internal error", "could not be reached", False),
    ],
)
def test_says_what_is_wrong_and_whom_it_concerns(
    status: int, reason: str, message: str, says: str, *, concerns_all: bool
) -> None:
    error = google_error(Refusal(status, reason, message), "calendar")
    assert says in str(error)
    assert error.concerns_all is concerns_all
    for language in languages.codes()[1:]:
        told = in_language(error.sentence, language)
        assert says not in told.replace(message, "")
        assert message.rstrip(".") in told


def refused(status: int = 400, reason: str = "bad", **how: bool) -> GoogleError:
    return GoogleError(
        f"refused {reason}", permanent=how.pop("permanent", True), status=status, reason=reason, **how
    )


def tried(errors: dict[int, Exception], count: int = 10) -> tuple[dict[int, PeerpactError], list[int]]:
    """Try the numbers up to a count, of which some fail; return what failed and what was done."""
    done: list[int] = []

    def work(number: int) -> None:
        if number in errors:
            raise errors[number]
        done.append(number)

    return Apart(Workers(1)).each(work, range(count)), done


def test_goes_on_with_all_others() -> None:
    failed, done = tried({0: refused(), 3: refused(404, "notFound"), 9: KeyError("odd")})
    assert done == [1, 2, 4, 5, 6, 7, 8]
    assert [type(e) for e in failed.values()] == [GoogleError, GoogleError, OddityError]


def test_says_nothing_of_what_was_unforeseen_but_its_kind() -> None:
    failed, _ = tried({1: ValueError("what somebody wrote")})
    assert "what somebody wrote" not in str(failed[1])
    assert "ValueError" in str(failed[1])


@pytest.mark.parametrize(("bad", "stops"), [(5, False), (6, True)])
def test_stops_where_most_fail_alike(bad: int, *, stops: bool) -> None:
    errors: dict[int, Exception] = {n: refused() for n in range(bad)}
    if not stops:
        assert len(tried(errors)[0]) == bad
        return
    with pytest.raises(GoogleError, match="refused bad"):
        tried(errors)


def test_takes_two_of_two_for_chance() -> None:
    assert len(tried({0: refused(), 1: refused()}, count=2)[0]) == 2


def test_takes_different_refusals_for_different_faults() -> None:
    errors: dict[int, Exception] = {n: refused(reason=str(n)) for n in range(8)}
    assert len(tried(errors)[0]) == 8


def test_stops_at_once_where_a_refusal_concerns_all() -> None:
    asked: list[int] = []

    def work(number: int) -> None:
        asked.append(number)
        raise refused(403, "accessNotConfigured", concerns_all=True)

    with pytest.raises(GoogleError):
        Apart(Workers(1)).each(work, range(10))
    assert asked == [0]


@pytest.mark.parametrize(("permanent", "most"), [(True, HOPELESS), (False, 3)])
def test_tries_no_more_where_it_is_hopeless(most: int, *, permanent: bool) -> None:
    asked: list[int] = []

    def work(number: int) -> None:
        asked.append(number)
        raise refused(503 if not permanent else 400, "x", permanent=permanent)

    with pytest.raises(GoogleError):
        Apart(Workers(1)).each(work, range(100))
    assert len(asked) == most


@pytest.mark.parametrize("bad", [set(), {0}, {7}, {3, 4}, {0, 9}])
def test_divides_a_batch_until_what_is_refused_is_alone(bad: set[int]) -> None:
    written: list[int] = []

    def write(some: object) -> None:
        numbers = list(some)  # type: ignore[call-overload]
        if bad & set(numbers):
            raise refused()
        written.extend(numbers)

    assert {n for n, _ in in_parts(write, range(10))} == bad
    assert written == [n for n in range(10) if n not in bad]


def test_divides_nothing_that_the_whole_is_refused_for() -> None:
    def write(_: object) -> None:
        raise refused(403, "forbidden")

    with pytest.raises(GoogleError):
        in_parts(write, range(10))
