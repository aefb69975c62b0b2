"""Figures and lines of Start here at their edges, by value: first and last days, ones and twos, what counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from by_value import NO, address, at, ended, on, pairing, people, person, seen, waiting
from peerpact.programme.commitments import Commitment, Outcome
from peerpact.programme.correspondence import LetterRecord, LetterState, planned
from peerpact.programme.figures.dashboard import Line, Standing, lines
from peerpact.programme.figures.decision import SendDigest, WeekSeen, decide
from peerpact.programme.figures.overview import RefreshFigures, Row, pairing_figures
from peerpact.programme.figures.published import Told, commitment_figures, is_published
from peerpact.programme.figures.pulse import pulse_figures
from peerpact.programme.pairings import Pairing
from peerpact.programme.requests import Request, Wish
from peerpact.programme.settings import Settings

SETTINGS = Settings(first_round=on("2026-01-01"), round_months=3)
MONTHS = ("2025-08", "2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02")
LINKS = {
    name: f"https://sheets/{name}"
    for name in ("Proposals", "Pairings", "Requests", "Problems", "Roster", "Overview")
}


def told(*pairings: Pairing, who: str = "abcd", moment: str = "2026-02-10", **more: Any) -> dict[str, Line]:
    standing = {"problems": 0, "links": LINKS} | {
        name: more.pop(name) for name in ("problems", "needs_a_person", "figures") if name in more
    }
    return {
        x.topic: x
        for x in lines(Standing(programme=seen(moment, people(who), *pairings, **more), **standing))
    }


def asks(number: int) -> Request:
    return Request(id=str(number), person=address("a"), kind=Wish.ANOTHER_PARTNER, asked_on=on("2026-01-10"))


@pytest.mark.parametrize(
    ("many", "words"), [(0, "None."), (1, "1 waits for your decision."), (2, "2 wait for your decision.")]
)
def test_counts_requests_in_words(many: int, words: str) -> None:
    line = told(requests=tuple(map(asks, range(many))))["Requests"]
    assert (line.in_words, line.figure, line.link) == (words, many, LINKS["Requests"])


@pytest.mark.parametrize(
    ("proposals", "words"),
    [
        ([], "None."),
        ([waiting("ab")], "1 waits for your objection; it is approved by itself on 4 January 2026."),
        ([waiting("ab", proposed_on=None)], "1 waits for your objection."),
        (
            [waiting("ab", proposed_on=on("2026-02-09")), waiting("cd", proposed_on=on("2026-02-08"))],
            "2 wait for your objection; the first is approved by itself on 11 February 2026.",
        ),
    ],
)
def test_tells_of_what_waits_and_of_nothing_else_on_pairings(proposals: list[Pairing], words: str) -> None:
    line = told(pairing("ef", proposed_on=on("2026-01-01")), *proposals)["Proposals"]
    assert (line.in_words, line.figure, line.link) == (words, len(proposals), LINKS["Proposals"])


def test_counts_problems_and_letters_with_where_to_go() -> None:
    none, some = told(), told(problems=2, needs_a_person=3)
    assert (none["Problems"].in_words, none["Problems"].figure) == ("None. All rows can be used.", 0)
    assert none["Mails that need a person"].in_words == "None."
    assert (some["Problems"].in_words, some["Problems"].link) == (
        "2 open: see the tab Problems.",
        LINKS["Problems"],
    )
    letters = some["Mails that need a person"]
    assert (letters.in_words, letters.figure, letters.link) == (
        "3 in the mailbox, under the label “needs a person”.",
        3,
        "",
    )


AFTER = "The next round opens on 1 April 2026."


@pytest.mark.parametrize(
    ("pairings", "more", "words", "standing"),
    [
        (
            [],
            {"first_round": None},
            "No day is set for the first round yet: enter it in Settings, “First round opens on”.",
            None,
        ),
        ([], {"first_round": on("2026-03-01")}, "The first round opens on 1 March 2026.", None),
        ([], {}, f"Round 1 is open, without pairings yet. {AFTER}", 0),
        ([pairing("ab")], {}, f"Round 1 is open, with 1 pairing. {AFTER}", 1),
        (
            [waiting("ab"), pairing("cd")],
            {},
            f"Round 1 is open, with 2 pairings; 1 of them waits for your objection. {AFTER}",
            2,
        ),
        (
            [waiting("ab"), waiting("cd"), ended("ef")],
            {},
            f"Round 1 is open, with 2 pairings; 2 of them wait for your objection. {AFTER}",
            2,
        ),
    ],
)
def test_tells_how_a_round_goes(
    pairings: list[Pairing], more: dict[str, Any], words: str, standing: int | None
) -> None:
    line = told(*pairings, **more)["Pairings"]
    assert (line.in_words, line.figure, line.link) == (words, standing, LINKS["Pairings"])


@pytest.mark.parametrize(
    ("proposals", "first_round", "words"),
    [
        ([], None, "Nothing until a day is set."),
        ([], on("2026-03-01"), "1 March 2026: a round opens."),
        ([], on("2026-01-01"), "1 April 2026: a round opens."),
        (
            [waiting("ab", proposed_on=on("2026-02-09"))],
            on("2026-01-01"),
            "12 February 2026: proposals are approved by themselves; 1 April 2026: a round opens.",
        ),
    ],
)
def test_tells_what_comes_next(proposals: list[Pairing], first_round: Any, words: str) -> None:
    assert told(*proposals, first_round=first_round)["What happens next"].in_words == words


def test_counts_those_who_take_part_of_all() -> None:
    who = [*people("abc"), person("d", taking_part=NO)]
    found = {x.topic: x for x in lines(Standing(programme=seen("2026-02-10", who), problems=0, links=LINKS))}
    line = found["Taking part"]
    assert (line.in_words, line.figure, line.link) == ("3 of 4 people on the roster.", 3, LINKS["Roster"])


def test_draws_the_last_six_months_of_each_figure() -> None:
    names = ("taking_part", "pairings", "all_meetings_held", "follow_through")
    figures = {month: dict.fromkeys(names, 8 if n else 800) for n, month in enumerate(MONTHS)}
    figures["2026-02"] |= {"follow_through": 0.5, "kept": 3, "due": 6}
    found = told(pairing("ab"), pairing("cd"), figures=figures)
    full = "█" * 6
    assert [found[t].lately for t in ("Taking part", "Pairings", "Meetings")] == [full] * 3
    assert found["Meetings"].in_words.startswith("8 held in February 2026: ")
    assert {found[t].link for t in ("Meetings", "Follow-through")} == {LINKS["Overview"]}
    rate = found["Follow-through"]
    assert (rate.figure, len(rate.lately)) == (50, 6)
    assert "the end of February 2026 was kept (3 of 6)" in rate.in_words
    assert found["In one sentence"].in_words.startswith(
        "Peerpact: 4 colleagues take part in 2 pairings of round 1; 8 meetings were held in February 2026; 50 % of"
    )


def test_says_who_takes_part_before_there_is_a_round() -> None:
    assert told(first_round=None)["In one sentence"].in_words == "Peerpact: 4 colleagues take part."


def test_draws_nothing_where_no_month_has_a_figure() -> None:
    assert told(figures={"2026-01": {"pairings": None}})["Pairings"].lately == ""
    assert told(figures={"2026-01": {"pairings": 3}})["Pairings"].lately == "█"


# The Overview


def held(letters: str, start: str, state: str = "held") -> Pairing:
    return pairing(letters, meeting_start=at(start), meeting_state=state)


def meetings(moment: str, *pairings: Pairing) -> list[tuple[Any, Any]]:
    rows = pairing_figures(pairings, SETTINGS, at(moment))
    return [(row["all_meetings_held"], row["meetings_not_known"]) for row in rows]


def test_counts_each_month_s_meetings_by_how_they_ended() -> None:
    three = [
        held("ab", "2026-01-09"),
        held("cd", "2026-01-31T23:59", "accepted"),
        held("ef", "2026-01-01T00:00"),
    ]
    unknown = [held(x, "2026-01-09", s) for x, s in (("gh", "not known"), ("ij", "invited"), ("kl", "moved"))]
    assert meetings("2026-02-10", *three, *unknown) == [(3, 3), (None, None)]
    assert meetings("2026-02-10", *three[:2], held("ef", "2026-02-01T00:00")) == [(None, None), (None, None)]
    later = held("ef", "2026-02-10T09:00")
    assert meetings("2026-02-10T08:00", *three[:2], held("gh", "2026-01-20"), later) == [
        (3, None),
        (None, None),
    ]
    assert meetings("2026-02-10", *three[:2], held("ef", "2026-01-09", "cancelled")) == [(None, None)] * 2
    planless = pairing("gh", meeting_state="held")
    assert meetings("2026-02-10", *three, planless) == [(3, None), (None, None)]


# What is published


@pytest.mark.parametrize(
    "name", ["made", "due", "kept", "follow_through", "answered", "quiet", "worth", "worth_answered"]
)
def test_takes_any_figure_for_a_sign_that_a_month_was_published(name: str) -> None:
    assert is_published({name: 0})
    assert not is_published({name: None})
    assert not is_published({name: ""})
    assert not is_published({"pairings": 3})


PAIRS = tuple(pairing(x) for x in ("ab", "cd", "ef", "gh"))
OF = {email: p.id for p in PAIRS for email in p.people}


def promises(letters: str, made: str) -> list[Commitment]:
    return [
        Commitment(
            id=x,
            person=address(x),
            pairing=OF[address(x)],
            text="Do.",
            made_on=on(made),
            due=on("2026-05-01"),
        )
        for x in letters
    ]


def asked(letter: str, sent: str, *, of: str = "", answered: str = "") -> LetterRecord:
    key = f"follow-up:{letter}:{sent}"
    record = planned("follow-up", key, address(letter), at=at(sent), pairing=of or OF[address(letter)])
    return replace(record, sent=at(sent), answered=at(answered) if answered else None, state=LetterState.SENT)


def published(
    commitments: Iterable[Commitment] = (), letters: Iterable[LetterRecord] = (), day: str = "2026-03-15"
) -> Mapping[str, Row]:
    everybody = Told(
        commitments=tuple(commitments), letters=tuple(letters), pairings=PAIRS, taking_part=frozenset(OF)
    )
    return {row["month"]: row for row in commitment_figures(everybody, SETTINGS, on(day))}


def test_counts_what_was_made_on_a_month_s_first_day_and_no_day_before() -> None:
    assert published(promises("abcde", "2026-02-01"))["2026-02"]["made"] == 5
    assert published(promises("abcde", "2026-01-31"))["2026-02"]["made"] is None


def test_counts_answers_to_the_month_s_own_letters_of_pairings_that_stayed_as_they_were() -> None:
    def answered(*more: LetterRecord, first: str = "2026-02-01T00:00") -> Any:
        five = [asked(x, first) for x in "abcd"] + [asked("e", first, answered=first)]
        return published(letters=[*five, *more])["2026-02"]["answered"]

    assert answered() == 0.2
    assert answered(first="2026-01-31T23:59") is None
    assert answered(asked("f", "2026-01-31T23:59")) == 0.2
    assert answered(asked("f", "2026-02-02", of="changed")) == 0.2
    assert answered(asked("f", "2026-02-02")) == 0.1667


def test_tells_how_many_are_quiet_though_few_left_long_before() -> None:
    def quiet(left: str) -> Any:
        letters = [asked(x, day) for x in "abcdef" for day in ("2026-01-05", "2026-02-05")]
        return published(letters=[*letters, asked("z", left, of="gone")])["2026-02"]["quiet"]

    OF[address("z")] = "gone"
    assert quiet("2025-12-31") == 5
    assert quiet("2026-01-01T00:00") is None


# The number


def worth(numbers: list[int], day: str = "2026-03-10") -> Row:
    letters = [
        replace(
            planned("turn", f"t{n}", address(f"p{n}"), at=at(day), pairing="s"),
            number=x,
            sent=at(day),
            state=LetterState.SENT,
        )
        for n, x in enumerate(numbers)
    ]
    return pulse_figures(letters, {"s"}, on("2026-03-01"))


def test_rounds_the_number_to_a_tenth_and_its_share_to_a_hundredth_of_a_percent() -> None:
    assert worth([4, 4, 4, 4, 4, 4, 5]) == {"worth": 4.1, "worth_answered": 0.8571}
    assert worth([4, 4, 4, 4, 5, 0, 0])["worth_answered"] == 0.7143


def test_counts_the_number_from_a_month_s_first_moment_to_its_last() -> None:
    assert worth([4, 4, 4, 4, 5, 0], "2026-03-01T00:00")["worth"] == 4.2
    assert worth([4, 4, 4, 4, 5, 0], "2026-03-31T23:59")["worth"] == 4.2
    assert worth([4, 4, 4, 4, 5, 0], "2026-04-01T00:00")["worth"] is None


# The report


def report(moment: str, figures: Mapping[str, Row], *pairings: Pairing) -> dict[str, Any]:
    plan = decide(
        WeekSeen(programme=seen(moment, (), *pairings, admins=("ada@example.com",)), figures=figures)
    )
    rows = [r["month"] for a in plan.actions if isinstance(a, RefreshFigures) for r in a.rows]
    [digest] = [a.figures for a in plan.actions if isinstance(a, SendDigest)]
    return {"rows": rows, "digest": digest}


@pytest.mark.parametrize("name", ["taking_part", "pairings", "meetings_held"])
def test_leaves_a_line_as_it_is_whose_pairings_may_be_in_the_archive(name: str) -> None:
    months = {f"2026-{m:02}": {"month": f"2026-{m:02}", name: 99} for m in range(1, 8)}
    assert report("2026-07-21", months)["rows"] == ["2026-04", "2026-05", "2026-06", "2026-07"]
    assert report("2026-07-22", months)["rows"] == ["2026-07"]
    without = months | {"2026-02": {"month": "2026-02", "pairings": None}}
    three = [pairing(x) for x in ("ab", "cd", "ef")]
    assert "2026-02" in report("2026-07-22", without, *three)["rows"]


def test_tells_what_was_published_last_though_a_later_month_is_there_without() -> None:
    figures = {"2026-01": {"month": "2026-01", "made": 8}, "2026-02": {"month": "2026-02", "made": None}}
    assert report("2026-03-02", figures)["digest"]["made"] == 8


def test_takes_outcomes_for_what_they_are() -> None:
    kept = [replace(c, due=on("2026-02-20"), outcome=Outcome.KEPT) for c in promises("abcde", "2026-01-10")]
    other = [replace(c, outcome=Outcome.PARTLY) for c in kept[:2]] + kept[2:]
    assert (published(kept)["2026-02"]["kept"], published(other)["2026-02"]["kept"]) == (4, 3)
