"""What check_roster says for what admins entered: lines of Start here that are news, and problems. By value."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from by_value import NO, PAUSED, ended, entered, on, pairing, people, person, problem, seen, waiting
from peerpact.programme.figures.dashboard import Line
from peerpact.programme.memory import COMMENTED, Memo
from peerpact.programme.pairings import PairingState
from peerpact.programme.problems import Problem
from peerpact.programme.roster.actions import ApprovePairing, PlanExamples
from peerpact.programme.roster.asked import APPROVE, EXAMPLES, Asked
from peerpact.programme.roster.comments import CORRECTED, SWITCHED_OFF, CommentAtCells
from peerpact.programme.roster.decision import AdminTabs, decide
from peerpact.programme.seen import ProgrammeSeen

NOBODY = "0 of 0 people on the roster."
FINE = "None. All rows can be used."
OPEN = "Round 1 is open, without pairings yet. The next round opens on 1 April 2026."
UNSET = Problem(
    tab="Settings",
    row_key="First round opens on",
    column="Value",
    what="No day is set on which the first round opens, so nobody is paired.",
    remedy="Enter a date such as 2026-12-01.",
)


@dataclass(kw_only=True)
class Case:
    """A situation, and what Start here has to say of it; the lines that never change are right already."""

    programme: ProgrammeSeen
    pairs: tuple[object, ...] = ()
    problems: tuple[Problem, ...] = ()
    taking_part: str = NOBODY
    rounds: str = OPEN
    says: str = FINE
    found: list[tuple[str, str]] = field(default_factory=list)
    """Each problem's row and what is wrong."""


def situation(case: Case, *start_here: Line) -> AdminTabs:
    return AdminTabs(
        programme=case.programme,
        pairs=case.pairs,  # type: ignore[arg-type]
        problems=case.problems,
        start_here={line.topic: line for line in start_here},
    )


CASES = {
    "nobody on the roster": Case(programme=seen("2026-02-10")),
    "no day set for the first round": Case(
        programme=seen("2026-02-10", first_round=None),
        rounds="No day is set for the first round yet: enter it in Settings, “First round opens on”.",
        says="1 open: see the tab Problems.",
        found=[("First round opens on", UNSET.what)],
    ),
    "the day before the first round": Case(
        programme=seen("2025-12-31T23:59"), rounds="The first round opens on 1 January 2026."
    ),
    "the first round's first day": Case(programme=seen("2026-01-01T00:00")),
    "a round's last day": Case(programme=seen("2026-03-31T23:59")),
    "the next round's first day": Case(
        programme=seen("2026-04-01T00:00"),
        rounds="Round 2 is open, without pairings yet. The next round opens on 1 July 2026.",
    ),
    "the turn of the year inside a round": Case(
        programme=seen("2026-01-02", first_round=on("2025-11-15")),
        rounds="Round 1 is open, without pairings yet. The next round opens on 15 February 2026.",
    ),
    "a round that ends with the year": Case(
        programme=seen("2025-12-31", first_round=on("2025-10-01")),
        rounds="Round 1 is open, without pairings yet. The next round opens on 1 January 2026.",
    ),
    "months of unequal length": Case(
        programme=seen("2026-02-28", first_round=on("2026-01-31"), round_months=1),
        rounds="Round 2 is open, without pairings yet. The next round opens on 31 March 2026.",
    ),
    "people who take part and people who don't": Case(
        programme=seen(
            "2026-02-10",
            [
                *people("ab"),
                person("c", joined=on("2026-02-10")),
                person("d", joined=on("2026-02-11")),
                person("e", taking_part=PAUSED, paused_until=on("2026-02-10")),
                person("f", taking_part=PAUSED, paused_until=on("2026-02-11")),
                person("g", taking_part=PAUSED),
                person("h", taking_part=NO),
            ],
        ),
        taking_part="4 of 8 people on the roster.",
    ),
    "one pairing": Case(
        programme=seen("2026-02-10", people("ab"), pairing("ab")),
        taking_part="2 of 2 people on the roster.",
        rounds="Round 1 is open, with 1 pairing. The next round opens on 1 April 2026.",
    ),
    "one of two pairings waits": Case(
        programme=seen("2026-02-10", people("abcd"), pairing("ab"), waiting("cd")),
        taking_part="4 of 4 people on the roster.",
        rounds="Round 1 is open, with 2 pairings; 1 of them waits for your objection. "
        "The next round opens on 1 April 2026.",
    ),
    "two of three pairings wait; others of this round and of others don't count": Case(
        programme=seen(
            "2026-04-20",
            people("abcdef"),
            waiting("ab", 2),
            waiting("cd", 2),
            pairing("ef", 2),
            ended("af", 2),
            pairing("bf", 2, state=PairingState.REJECTED),
            waiting("ab", 1),
            waiting("ac", 3),
        ),
        taking_part="6 of 6 people on the roster.",
        rounds="Round 2 is open, with 3 pairings; 2 of them wait for your objection. "
        "The next round opens on 1 July 2026.",
    ),
    "a pair with somebody who is not on the roster": Case(
        programme=seen("2026-02-10", people("ab")),
        pairs=(entered("ab"), entered("xb", row=3)),
        taking_part="2 of 2 people on the roster.",
        says="1 open: see the tab Problems.",
        found=[("x@example.com / b@example.com", "x@example.com is not on the roster.")],
    ),
    "a pair of two who are not on the roster, on each tab": Case(
        programme=seen("2026-02-10"),
        pairs=(entered("xy"), entered("xy", "Locked pairs", 7)),
        says="4 open: see the tab Problems.",
        found=[
            ("x@example.com / y@example.com", "x@example.com is not on the roster."),
            ("x@example.com / y@example.com", "y@example.com is not on the roster."),
        ]
        * 2,
    ),
    "somebody with themselves": Case(
        programme=seen("2026-02-10", people("a")),
        pairs=(entered("aa"),),
        taking_part="1 of 1 people on the roster.",
        says="1 open: see the tab Problems.",
        found=[("a@example.com / a@example.com", "Both addresses are the same.")],
    ),
    "somebody unknown with themselves": Case(
        programme=seen("2026-02-10"),
        pairs=(entered("xx"),),
        says="2 open: see the tab Problems.",
        found=[
            ("x@example.com / x@example.com", "Both addresses are the same."),
            ("x@example.com / x@example.com", "x@example.com is not on the roster."),
        ],
    ),
    "problems of Settings, Roster and the other tabs, each once": Case(
        programme=seen("2026-02-10", problems=(problem(), problem(key="b@example.com"), problem())),
        problems=(problem("Guidance", "row 4"),),
        says="3 open: see the tab Problems.",
        found=[(key, "It is wrong.") for key in ("a@example.com", "b@example.com", "row 4")],
    ),
    "problems that other jobs show count; ours of the last run don't": Case(
        programme=seen(
            "2026-02-10",
            shown={
                "check_roster": (problem(), problem(key="b@example.com")),
                "pair_people": (problem(), problem(key="c@example.com")),
                "collect_replies": (problem(key="d@example.com"),),
            },
        ),
        says="3 open: see the tab Problems.",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_says_how_things_are(case: Case) -> None:
    plan = decide(situation(case))
    [action] = plan.actions
    said = {line.topic: line.in_words for line in action.lines}
    assert (said["Taking part"], said["Pairings"], said["Problems"]) == (
        case.taking_part,
        case.rounds,
        case.says,
    )
    assert [(p.row_key, p.what) for p in plan.problems or ()] == case.found


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_has_nothing_to_do_where_start_here_says_so_already(case: Case) -> None:
    [action] = decide(situation(case)).actions
    assert decide(situation(case, *action.lines)).actions == ()


def test_names_the_lines_that_are_news_and_keeps_the_order_of_all() -> None:
    case = CASES["one pairing"]
    [action] = decide(situation(case)).actions
    before = [line for line in action.lines if line.topic != "Taking part"]
    [again] = decide(situation(case, *before)).actions
    assert (again.lines, again.news, again.key) == (action.lines, ("Taking part",), "start-here")
    assert again.sentence() == f"On Start here: Taking part: {case.taking_part}"


def test_says_where_each_pair_is_and_what_to_do() -> None:
    case = Case(
        programme=seen("2026-02-10", people("a")),
        pairs=(entered("ax", row=5), entered("aa", "Locked pairs", 9)),
    )
    assert decide(situation(case)).problems == (
        Problem(
            tab="Locked pairs",
            row=9,
            row_key="a@example.com / a@example.com",
            what="Both addresses are the same.",
            remedy="Enter two different people.",
        ),
        Problem(
            tab="Never pair",
            row=5,
            row_key="a@example.com / x@example.com",
            what="x@example.com is not on the roster.",
            remedy="Correct the address, or delete the row.",
        ),
    )
    assert decide(situation(CASES["no day set for the first round"])).problems == (UNSET,)


def test_speaks_of_what_is_left_once_an_answer_is_carried_out() -> None:
    programme = seen("2026-01-02", people("abcd"), waiting("ab"), waiting("cd"), admins=("a@example.com",))
    asked = Asked(answers={APPROVE: "yes", EXAMPLES: "yes"}, shown={APPROVE: 2.0})
    *done, refresh = decide(AdminTabs(programme=programme, asked=asked)).actions
    assert [type(action) for action in done] == [ApprovePairing, ApprovePairing, PlanExamples]
    said = {line.topic: line.in_words for line in refresh.lines}
    assert said[APPROVE] == "No proposal waits."
    assert "objection" not in said["Pairings"]


def test_takes_no_line_for_news_because_an_older_spreadsheet_shows_no_link() -> None:
    there = situation(CASES["one pairing"])
    linked = replace(there, links={"Pairings": "https://example.com/pairings"})
    [without], [refresh] = decide(there).actions, decide(linked).actions
    with_link = {line.topic for line in refresh.lines if line.link}
    assert len(with_link) > 1
    assert decide(replace(linked, start_here={x.topic: x for x in without.lines})).actions == ()
    moved = {x.topic: replace(x, link="https://example.com/old") for x in without.lines}
    [again] = decide(replace(linked, start_here=moved)).actions
    assert set(again.news) == {line.topic for line in refresh.lines}


COLUMNS = {("Settings", "Value"): 1, ("Roster", "Time zone"): 5}
UNKNOWN = replace(problem(), column="Time zone", row=3)


@pytest.mark.parametrize(
    ("wrong", "cell"),
    [
        (UNKNOWN, ("Roster", 3, 5)),
        (replace(UNKNOWN, row=None), None),
        (replace(UNKNOWN, column="Team"), None),
        (replace(UNKNOWN, row=None, row_key=UNSET.row_key), None),
        (UNSET, ("Settings", 7, 1)),
        (replace(UNSET, row=9), ("Settings", 9, 1)),
        (replace(UNSET, row_key="Mode"), None),
    ],
)
def test_finds_the_cell_of_a_problem(wrong: Problem, cell: tuple[str, int, int] | None) -> None:
    tabs = AdminTabs(programme=seen("2026-02-10"), columns=COLUMNS, settings_rows={UNSET.row_key: 7})
    assert tabs.cell(wrong) == cell


def comments(*problems: Problem, before: str = "", **settings: object) -> list[CommentAtCells]:
    memory = {COMMENTED: Memo(key=COMMENTED, since=on("2026-02-01"), value=before)} if before else {}
    programme = seen("2026-02-10", memory=memory, **settings)
    actions = decide(AdminTabs(programme=programme, problems=problems, columns=COLUMNS)).actions
    return [action for action in actions if isinstance(action, CommentAtCells)]


def test_has_comments_say_what_is_wrong_at_cells_until_they_do() -> None:
    [said] = comments(UNKNOWN, admins=("a@example.com", "b@example.com"))
    assert [c.cell for c in said.wanted] == [("Roster", 3, 5)]
    assert (said.farewell, said.assignee) == (CORRECTED, "a@example.com")
    assert comments(UNKNOWN, before=said.key) == []
    assert comments() == []


def test_takes_comments_away_where_they_are_switched_off() -> None:
    [away] = comments(UNKNOWN, before="some", comments_at_cells=False)
    assert (away.wanted, away.farewell, away.assignee) == ((), SWITCHED_OFF, "")
    assert comments(UNKNOWN, comments_at_cells=False) == []


def test_asks_for_somebody_who_helps_in_confidence() -> None:
    plan = decide(AdminTabs(programme=seen("2026-02-10", confidential_contact="")))
    assert [p.row_key for p in plan.problems] == ["Confidential contact"]


def test_tells_once_of_a_setting_that_can_not_be_read() -> None:
    unread = replace(UNSET, what="First round opens on: “soon” is not a date.", row=7)
    programme = replace(seen("2026-02-10", first_round=None), problems=(unread,))
    assert decide(AdminTabs(programme=programme)).problems == (unread,)
    elsewhere = replace(unread, tab="Roster")
    assert decide(AdminTabs(programme=replace(programme, problems=(elsewhere,)))).problems == (
        elsewhere,
        UNSET,
    )


@pytest.mark.parametrize(
    ("first_round", "told"), [("2027-02-11", False), ("2027-02-12", True), ("2062-01-01", True)]
)
def test_asks_whether_the_year_of_a_first_round_far_off_is_a_slip(first_round: str, told: bool) -> None:
    problems = decide(AdminTabs(programme=seen("2026-02-10", first_round=on(first_round)))).problems
    assert [p.row_key for p in problems] == (["First round opens on"] if told else [])
    assert all(first_round in p.what for p in problems)
