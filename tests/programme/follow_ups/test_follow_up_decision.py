"""What is written about commitments, to whom and what of: situations, and the actions that come out in short words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from peerpact.programme.commitments import Commitment, Outcome, answered, asked, erased, made, told
from peerpact.programme.correspondence import LetterRecord, LetterState, planned
from peerpact.programme.figures.overview import RefreshFigures
from peerpact.programme.follow_ups.decision import SendLetter, decide, noted
from peerpact.programme.follow_ups.seen import CommitmentsSeen
from peerpact.programme.memory import Memo, absent, says_no
from peerpact.programme.pairings import Pairing, PairingState
from peerpact.programme.people import Person, TakingPart
from peerpact.programme.plan import Plan
from peerpact.programme.requests import Request, Wish, with_requests
from peerpact.programme.retention import EraseWords
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.settings import Settings

ADA, BEN, CY = (Person(email=f"{n}@example.com", name=n.capitalize()) for n in ("ada", "ben", "cy"))
PEOPLE = {p.email: p for p in (ADA, BEN, CY)}
MET = datetime(2026, 1, 14, 9, tzinfo=UTC)
"""A Wednesday."""
SETTINGS = Settings(first_round=None)


def pairing(name: str = "ab", *people: Person, met: datetime = MET, **rest: object) -> Pairing:
    values: dict[str, object] = {
        "id": name,
        "round": 1,
        "people": tuple(p.email for p in people or (ADA, BEN)),
        "state": PairingState.APPROVED,
        "approved_on": met - timedelta(days=6),
        "meeting_start": met,
        "meeting_state": "held",
    }
    return Pairing(**{**values, **rest})  # type: ignore[arg-type]


def promise(
    name: str, person: Person = ADA, text: str = "", *, of: str = "ab", on: date = date(2026, 1, 15)
) -> Commitment:
    plain = Commitment(
        id=name,
        person=person.email,
        pairing=of,
        text=text or f"Text of {name}",
        made_on=on,
        due=on + timedelta(days=30),
        audience=tuple(p for p in PEOPLE if p != person.email),
    )
    return made(plain)


def letter(
    key: str, on: datetime, *, state: LetterState = LetterState.SENT, was_answered: bool = True
) -> LetterRecord:
    parts = key.split(":")
    person = next(p for p in parts if "@" in p)
    record = planned(parts[0], key, person, at=on, pairing=parts[parts.index(person) - 1])
    sent = on if state is LetterState.SENT else None
    return replace(record, state=state, sent=sent, answered=on if was_answered and sent else None)


def request(person: Person = ADA, *, of: str = "ab", **how: bool) -> LetterRecord:
    return letter(f"commitment-request:{of}:{person.email}", datetime(2026, 1, 15, 10, tzinfo=UTC), **how)


def follow_up(number: int, on: datetime, person: Person = ADA, **how: bool) -> LetterRecord:
    return letter(f"follow-up:ab:{person.email}:{number}", on, **how)


ASKED_BOTH = (request(ADA), request(BEN))
FEBRUARY = datetime(2026, 2, 16, 10, tzinfo=UTC)
"""The Monday after the first month; the 14th is a Saturday."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A situation; unsaid: two people, asked and answered, on the first follow-up's day."""

    now: datetime = FEBRUARY
    pairings: tuple[Pairing, ...] = (pairing(),)
    letters: tuple[LetterRecord, ...] = ASKED_BOTH
    commitments: tuple[Commitment, ...] = ()
    requests: tuple[Request, ...] = ()
    people: Mapping[str, Person] = field(default_factory=lambda: PEOPLE)
    settings: Settings = SETTINGS
    memory: tuple[Memo, ...] = ()
    answered: frozenset[tuple[str, str]] = frozenset()

    def plan(self) -> Plan:
        known = {p.email: p for p in with_requests(self.people.values(), self.requests)}
        return decide(
            CommitmentsSeen(
                programme=ProgrammeSeen(
                    now=self.now,
                    settings=self.settings,
                    people=known,
                    pairings=self.pairings,
                    requests=self.requests,
                    memory={memo.key: memo for memo in self.memory},
                    answered=self.answered,
                ),
                commitments={c.id: c for c in self.commitments},
                letters={x.key: x for x in self.letters},
            )
        )


def words(plan: Plan) -> list[str]:
    return [_word(a) for a in plan.actions if not isinstance(a, RefreshFigures)]


def _word(action: object) -> str:
    if isinstance(action, EraseWords):
        return f"erase {' '.join(c.id for c in action.commitments)}"
    assert isinstance(action, SendLetter)
    number = f" {action.number}" if action.number else ""
    said = f"{action.record.kind}{number} to {action.person.name}"
    said += "".join(
        f"; {name}: {' '.join(c.id for c in some)}"
        for name, some in (("open", action.mine), ("theirs", action.theirs), ("news", action.news))
        if some
    )
    return said + ("; short" if action.is_short else "")


def on(day: int, month: int = 1, hour: int = 10, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def of_ben(outcome: Outcome) -> Commitment:
    return answered(promise("b1", BEN), outcome, date(2026, 2, 1))


def asks(
    kind: Wish, day: date, *, person: Person = ADA, until: date | None = None, decision: str | None = None
) -> Request:
    return Request(id="q", person=person.email, kind=kind, asked_on=day, until=until, decision=decision)


BOTH = ["follow-up 1 to Ada", "follow-up 1 to Ben"]
REQUESTS = ["commitment-request to Ada", "commitment-request to Ben"]
FIRST = (follow_up(1, FEBRUARY), follow_up(1, FEBRUARY, BEN))
EARLY = follow_up(1, on(12, 2), was_answered=False)
"""Ada's, of a Thursday."""
SLOW = pairing(meetings="2026-01-14 09:00 held", meeting_start=on(14, 4), meeting_state="accepted")
"""They meet again in three months; the letter before that comes on 10 April."""
QUIET = (
    *ASKED_BOTH,
    follow_up(1, FEBRUARY, was_answered=False),
    follow_up(2, on(16, 3), was_answered=False),
    *(follow_up(n, on(16, n + 1), BEN) for n in (1, 2, 3, 4, 5)),
)
LEFT = replace(ADA, taking_part=TakingPart.NO)
EXPIRED = Settings(first_round=date(2026, 1, 5), round_months=3, retention_months=6)
TOLD_ADA = told(of_ben(Outcome.KEPT), FIRST[0].reference, date(2026, 2, 16))
LATE_MET = datetime(2026, 11, 30, 9, tzinfo=UTC)

SITUATIONS: dict[str, tuple[Seen, list[str]]] = {
    "writes nothing before they have met": (Seen(now=on(14), letters=()), []),
    "asks both for a promise the day after": (Seen(now=on(15), letters=()), REQUESTS),
    "asks nobody before the letters' hour": (Seen(now=on(15, hour=8), letters=()), []),
    "asks from the letters' hour on": (Seen(now=on(15, hour=9), letters=()), REQUESTS),
    "asks nobody at night": (Seen(now=on(15, hour=18), letters=()), []),
    "asks once": (Seen(now=on(15)), []),
    "still asks three weeks late": (Seen(now=on(5, 2), letters=()), REQUESTS),
    "asks no more after that": (Seen(now=on(6, 2), letters=()), []),
    "asks nobody whose meeting was declined": (
        Seen(now=on(15), letters=(), pairings=(pairing(meeting_state="declined"),)),
        [],
    ),
    "asks them two weeks after approval whether they met": (
        Seen(now=on(23), letters=(), pairings=(pairing(meeting_state="declined"),)),
        REQUESTS,
    ),
    "takes those who pick their own time to have met two weeks after approval": (
        Seen(
            now=on(23),
            letters=(),
            pairings=(pairing(meeting_start=None, meeting_state="asked to pick"),),
        ),
        REQUESTS,
    ),
    "asks nobody who wrote that they had not met": (
        Seen(now=on(15), letters=(), requests=(asks(Wish.NOT_MET, date(2026, 1, 14)),)),
        [],
    ),
    "asks them again some weeks later": (
        Seen(now=on(16, 2), letters=(), requests=(asks(Wish.NOT_MET, date(2026, 1, 14)),)),
        BOTH,
    ),
    "asks whoever wrote that before the meeting": (
        Seen(now=on(15), letters=(), requests=(asks(Wish.NOT_MET, date(2026, 1, 13)),)),
        REQUESTS,
    ),
    "writes to nobody who pauses by reply": (
        Seen(requests=(asks(Wish.PAUSE, date(2026, 2, 1), until=date(2026, 3, 1)),)),
        BOTH[1:],
    ),
    "writes on the first day after the pause": (
        Seen(requests=(asks(Wish.PAUSE, date(2026, 2, 1), until=date(2026, 2, 16)),)),
        BOTH,
    ),
    "writes to whose pause an admin ignores": (
        Seen(requests=(asks(Wish.PAUSE, date(2026, 2, 1), decision="ignore"),)),
        BOTH,
    ),
    "writes to whoever came back": (
        Seen(
            requests=(asks(Wish.PAUSE, date(2026, 2, 1)), replace(asks(Wish.BACK, date(2026, 2, 2)), id="r"))
        ),
        BOTH,
    ),
    "follows up after a month, on the next working day": (Seen(), BOTH),
    "does not on the Saturday itself": (Seen(now=on(14, 2)), []),
    "tells of each one's own promises by number, and of the partner's": (
        Seen(commitments=(promise("a1"), promise("a2", on=date(2026, 1, 20)), promise("b1", BEN))),
        [
            "follow-up 1 to Ada; open: a1 a2; theirs: b1",
            "follow-up 1 to Ben; open: b1; theirs: a1 a2",
        ],
    ),
    "asks no more about what is kept or dropped": (
        Seen(
            commitments=(
                answered(promise("a1"), Outcome.KEPT, date(2026, 2, 1)),
                answered(promise("a2"), Outcome.DROPPED, date(2026, 2, 1)),
                answered(promise("a3"), Outcome.PARTLY, date(2026, 2, 1)),
                answered(promise("a4"), Outcome.NOT_YET, date(2026, 2, 1)),
            ),
        ),
        ["follow-up 1 to Ada; open: a3 a4", "follow-up 1 to Ben; theirs: a3 a4; news: a1 a2"],
    ),
    "tells a partner's outcome": (
        Seen(commitments=(of_ben(Outcome.KEPT),)),
        ["follow-up 1 to Ada; news: b1", "follow-up 1 to Ben"],
    ),
    "tells it once": (
        Seen(now=on(16, 3), letters=(*ASKED_BOTH, *FIRST), commitments=(TOLD_ADA,)),
        ["follow-up 2 to Ada", "follow-up 2 to Ben"],
    ),
    "tells it again once it is corrected": (
        Seen(
            now=on(16, 3),
            letters=(*ASKED_BOTH, *FIRST),
            commitments=(answered(TOLD_ADA, Outcome.DROPPED, date(2026, 2, 20)),),
        ),
        ["follow-up 2 to Ada; news: b1", "follow-up 2 to Ben"],
    ),
    "shows nobody a promise made to somebody else": (
        Seen(
            commitments=(
                replace(promise("a1", of="before"), audience=(CY.email,)),
                replace(promise("b1", BEN, of="before"), audience=()),
            )
        ),
        ["follow-up 1 to Ada; open: a1", "follow-up 1 to Ben; open: b1"],
    ),
    "shows those who stay together what they heard in the round before": (
        Seen(commitments=(promise("a1", of="before"), promise("b1", BEN, of="before"))),
        ["follow-up 1 to Ada; open: a1; theirs: b1", "follow-up 1 to Ben; open: b1; theirs: a1"],
    ),
    "shows the third of three both others' promises": (
        Seen(
            pairings=(pairing("ab", ADA, BEN, CY),),
            letters=(*ASKED_BOTH, request(CY)),
            commitments=(promise("a1"), promise("b1", BEN)),
        ),
        [
            "follow-up 1 to Ada; open: a1; theirs: b1",
            "follow-up 1 to Ben; open: b1; theirs: a1",
            "follow-up 1 to Cy; theirs: a1 b1",
        ],
    ),
    "sends the second month's after the first": (
        Seen(now=on(16, 3), letters=(*ASKED_BOTH, *FIRST)),
        ["follow-up 2 to Ada", "follow-up 2 to Ben"],
    ),
    "passes over a month that it could not send in": (
        Seen(now=on(16, 3)),
        ["follow-up 2 to Ada", "follow-up 2 to Ben"],
    ),
    "counts a month from the 30th by the month's last day, over the turn of the year": (
        Seen(
            now=on(1, 3, year=2027),
            pairings=(pairing(met=LATE_MET),),
            letters=tuple(replace(r, sent=on(1, 12)) for r in ASKED_BOTH),
        ),
        ["follow-up 3 to Ada", "follow-up 3 to Ben"],
    ),
    "reminds once, after a week": (
        Seen(now=on(19, 2), letters=(*ASKED_BOTH, EARLY, FIRST[1]), pairings=(SLOW,)),
        ["reminder 1 to Ada"],
    ),
    "does not remind a moment before": (
        Seen(now=on(19, 2) - timedelta(seconds=1), letters=(*ASKED_BOTH, EARLY, FIRST[1]), pairings=(SLOW,)),
        [],
    ),
    "reminds nobody whom the monthly letter reaches": (
        Seen(now=on(19, 2), letters=(*ASKED_BOTH, EARLY, FIRST[1])),
        [],
    ),
    "reminds nobody whom the letter before a meeting reaches within five weeks": (
        Seen(now=on(6, 3), letters=(*ASKED_BOTH, EARLY, FIRST[1]), pairings=(SLOW,)),
        [],
    ),
    "reminds a day before that": (
        Seen(now=on(5, 3), letters=(*ASKED_BOTH, EARLY, FIRST[1]), pairings=(SLOW,)),
        ["reminder 1 to Ada"],
    ),
    "reminds only of what that letter asked about": (
        Seen(
            now=on(19, 2),
            letters=(*ASKED_BOTH, replace(EARLY, about=("a1",)), FIRST[1]),
            commitments=(promise("a1"), promise("a2")),
            pairings=(SLOW,),
        ),
        ["reminder 1 to Ada; open: a1"],
    ),
    "leaves whoever is quiet in peace in odd months": (
        Seen(now=on(14, 4), letters=(*QUIET, follow_up(3, on(14, 4), BEN))),
        [],
    ),
    "writes to them more shortly in even months": (
        Seen(now=on(14, 5), letters=QUIET),
        ["follow-up 4 to Ada; short"],
    ),
    "gives one person one letter, though two pairings have one due": (
        Seen(
            now=on(15),
            letters=(),
            pairings=(pairing(), pairing("ac", ADA, CY)),
        ),
        [*REQUESTS, "commitment-request to Cy"],
    ),
    "finishes what a run left, and gives that person nothing else": (
        Seen(
            letters=(*ASKED_BOTH, replace(follow_up(1, FEBRUARY, state=LetterState.DRAFTED), about=("a1",))),  # type: ignore[arg-type]
            commitments=(promise("a1"), promise("a2")),
        ),
        ["follow-up 1 to Ada; open: a1", "follow-up 1 to Ben; theirs: a1 a2"],
    ),
    "erases the words of whoever has left, and shows them to nobody": (
        Seen(
            people=PEOPLE | {ADA.email: LEFT},
            commitments=(promise("a1"), promise("b1", BEN)),
            memory=(Memo(key=says_no(ADA.email), since=date(2026, 2, 9)),),
        ),
        ["follow-up 1 to Ben; open: b1", "erase a1"],
    ),
    "erases nothing before the days of grace have passed": (
        Seen(
            people=PEOPLE | {ADA.email: LEFT},
            commitments=(promise("a1"),),
            memory=(Memo(key=says_no(ADA.email), since=date(2026, 2, 10)),),
        ),
        ["follow-up 1 to Ben; theirs: a1"],
    ),
    "erases nothing of whoever is missing, and writes to neither, until they count as gone": (
        Seen(people={BEN.email: BEN}, commitments=(promise("a1"),)),
        [],
    ),
    "erases the words of whoever has been missing for long enough": (
        Seen(
            people={BEN.email: BEN},
            commitments=(promise("a1"),),
            memory=(Memo(key=absent(ADA.email), since=date(2026, 2, 9)),),
        ),
        ["follow-up 1 to Ben", "erase a1"],
    ),
    "asks before it erases the words of several at once": (
        Seen(
            people={},
            commitments=(promise("a1"), promise("b1", BEN)),
            memory=tuple(Memo(key=absent(e), since=date(2026, 1, 1)) for e in PEOPLE),
        ),
        [],
    ),
    "tells nothing of words that are erased": (
        Seen(
            commitments=(
                erased(promise("a1"), date(2026, 2, 1)),
                erased(of_ben(Outcome.KEPT), date(2026, 2, 2)),
            )
        ),
        BOTH,
    ),
    "erases everybody's six months after the round": (
        Seen(
            now=on(5, 10, hour=2),
            letters=(),
            settings=EXPIRED,
            commitments=(promise("a1"), promise("b1", BEN)),
        ),
        ["erase a1 b1"],
    ),
    "keeps them until the day before": (
        Seen(
            now=on(4, 10, hour=2),
            letters=(),
            settings=EXPIRED,
            commitments=(promise("a1"), promise("b1", BEN)),
        ),
        [],
    ),
    "keeps three rounds apart": (
        Seen(
            now=on(5, 10, hour=2),
            letters=(),
            settings=EXPIRED,
            pairings=(pairing(), pairing("r2", round=2), pairing("r3", round=3)),
            commitments=(promise("a1"), promise("a2", of="r2"), promise("a3", of="r3")),
        ),
        ["erase a1"],
    ),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_decides_by_the_situation(name: str) -> None:
    seen, expected = SITUATIONS[name]
    assert words(seen.plan()) == expected


def test_notes_on_each_promise_which_letter_asked_and_which_told() -> None:
    mine, theirs = promise("a1"), of_ben(Outcome.KEPT)
    plan = Seen(commitments=(mine, theirs)).plan()
    ada, ben = (a.record.reference for a in plan.actions if isinstance(a, SendLetter))
    assert ada != ben
    assert {c.id: c for c in noted(plan.actions, FEBRUARY.date())} == {
        "a1": asked(mine, ada, FEBRUARY.date()),
        "b1": told(theirs, ada, FEBRUARY.date()),
    }


def test_asks_in_its_history_about_nothing_that_a_reminder_repeats() -> None:
    seen = Seen(
        now=on(19, 2),
        letters=(*ASKED_BOTH, replace(EARLY, about=("a1",)), FIRST[1]),
        commitments=(promise("a1"),),
        pairings=(SLOW,),
    )
    assert words(seen.plan()) == ["reminder 1 to Ada; open: a1"]
    assert noted(seen.plan().actions, date(2026, 2, 19)) == []


def test_refreshes_the_figures_only_while_they_are_news() -> None:
    seen = Seen(settings=Settings(first_round=date(2026, 1, 5)), letters=())
    rows = next(a for a in seen.plan().actions if isinstance(a, RefreshFigures)).rows
    assert [r["month"] for r in rows] == ["2026-01", "2026-02"]


def test_writes_to_whom_it_writes() -> None:
    assert Seen().plan().writes_to == {ADA.email, BEN.email}


def test_erases_the_words_of_several_once_an_admin_says_that_they_left() -> None:
    seen = Seen(
        people={},
        commitments=(promise("a1"), promise("b1", BEN)),
        memory=tuple(Memo(key=absent(e), since=date(2026, 1, 1)) for e in PEOPLE),
    )
    [question] = seen.plan().problems or ()
    assert "yes" in question.remedy
    allowed = replace(seen, answered=frozenset({(question.row_key, question.what)}))
    assert words(allowed.plan()) == ["erase a1 b1"]
    assert allowed.plan().problems == ()
