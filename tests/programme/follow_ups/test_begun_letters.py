"""Letters about commitments that a run which died had begun: they leave as they were decided, as far as it is there."""

from __future__ import annotations

from dataclasses import replace

from by_value import address, at, on, pairing, people, seen
from peerpact.programme.commitments import Commitment
from peerpact.programme.correspondence import LetterRecord, LetterState, planned
from peerpact.programme.follow_ups.decision import SendLetter, decide
from peerpact.programme.follow_ups.seen import CommitmentsSeen

DAY = "2026-02-16T10:00"
PAIR = pairing("ab", id="ab")
FOLLOW_UP = f"follow-up:ab:{address('a')}:1"


def promise(letter: str, name: str) -> Commitment:
    day = on("2026-01-15")
    return Commitment(
        id=name,
        person=address(letter),
        pairing="ab",
        text="Call.",
        made_on=day,
        due=on("2026-02-15"),
        audience=(address("a"), address("b")),
    )


def begun(kind: str, key: str, *about: str) -> LetterRecord:
    return planned(kind, key, address("a"), at=at(DAY), pairing="ab", about=about)


def sent(letters: list[LetterRecord], who: str, *commitments: Commitment) -> list[SendLetter]:
    plan = decide(
        CommitmentsSeen(
            programme=seen(DAY, people(who), PAIR),
            letters={letter.key: letter for letter in letters},
            commitments={c.id: c for c in commitments},
        )
    )
    return [a for a in plan.actions if isinstance(a, SendLetter) and a.person.email == address("a")]


def test_asks_about_what_is_left_of_what_it_was_to_ask_about() -> None:
    [letter] = sent(
        [begun("follow-up", FOLLOW_UP, "gone", "c1")], "ab", promise("a", "c1"), promise("a", "c2")
    )
    assert [c.id for c in letter.mine] == ["c1"]
    assert (letter.about, letter.number) == (None, 1)
    assert letter.sentence() == "Write to A: about commitments"
    assert letter.sentence(show_texts=True) == (
        "Write to A: about commitments\n      follow-up, 1 open commitments\n      “Call.”"
    )


def test_names_no_partner_who_is_not_on_the_roster() -> None:
    [letter] = sent([begun("follow-up", FOLLOW_UP)], "a")
    assert letter.partners == ()
    [letter] = sent([begun("follow-up", FOLLOW_UP)], "ab", promise("b", "c3"))
    assert [p.name for p in letter.partners] == ["B"]
    assert [c.id for c in letter.theirs] == ["c3"]


def test_knows_of_a_reminder_which_letter_it_reminds_of() -> None:
    former = replace(begun("follow-up", FOLLOW_UP), state=LetterState.SENT, sent=at("2026-02-09"))
    reminder = begun("reminder", f"reminder:{FOLLOW_UP}", "c1")
    [letter] = sent([former, reminder], "ab", promise("a", "c1"))
    assert (letter.record, letter.about) == (reminder, former)
    [letter] = sent([reminder], "ab", promise("a", "c1"))
    assert letter.about is None
