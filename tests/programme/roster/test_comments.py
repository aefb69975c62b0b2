"""Comments at cells, by value: what is said, once, at the right cell, and what happens to it after that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerpact.programme.problems import Problem
from peerpact.programme.roster.comments import (
    LONGEST,
    MOST,
    Cell,
    CellComment,
    CommentChange,
    Insert,
    Reply,
    Resolve,
    Thread,
    changes,
    comments_for,
    digest,
    key_at_foot,
)
from peerpact.programme.sentences import say

HERE: Cell = ("Roster", 3, 5)


def problem(what: str = "The time zone “Berln” is unknown.", **more: object) -> Problem:
    plain = {"tab": "Roster", "row": 3, "row_key": "ben@example.com", "column": "Time zone"}
    return Problem(**(plain | more), what=say("{what}", what=what), remedy=say("Correct it."))  # type: ignore[arg-type]


def said(*problems: Problem, cell: Cell = HERE) -> tuple[CellComment, ...]:
    return comments_for(problems, lambda p: (cell[0], p.row, cell[2]) if p.row else None, "en")


def there(comment: CellComment, **more: object) -> Thread:
    plain = {"id": "c1", "cell": comment.cell, "key": comment.key, "says": comment.says}
    return Thread(**(plain | more))  # type: ignore[arg-type]


def carried_out(found: Sequence[CommentChange], threads: Sequence[Thread]) -> list[Thread]:
    """Return the comments as they are once the changes are made."""
    after = {t.id: t for t in threads}
    for number, change in enumerate(found):
        match change:
            case Insert(comment=comment):
                new = there(comment, id=f"n{len(threads)}-{number}")
                after[new.id] = new
            case Reply(thread=thread, says=says):
                after[thread.id] = there(CellComment(cell=HERE, key=thread.key, says=says), id=thread.id)
                after[thread.id] = _moved(after[thread.id], thread.cell)
            case Resolve(thread=thread):
                after[thread.id] = _closed(thread)
    return list(after.values())


def _moved(thread: Thread, cell: Cell | None) -> Thread:
    return Thread(id=thread.id, cell=cell, key=thread.key, says=thread.says)


def _closed(thread: Thread, *, by_hand: bool = False) -> Thread:
    return Thread(
        id=thread.id,
        cell=thread.cell,
        key=thread.key,
        says=thread.says,
        is_open=False,
        is_left_alone=by_hand,
    )


def test_says_what_problems_says_and_no_more() -> None:
    (comment,) = said(problem())
    words, _, foot = comment.says.partition("\n\n")
    assert words == "The time zone “Berln” is unknown. Correct it."
    assert foot == f"Peerpact, {comment.key}"
    assert key_at_foot(comment.says) == comment.key


def test_says_nothing_of_what_is_in_no_cell() -> None:
    assert said(problem(row=None)) == ()


def test_brings_nobody_a_mail_whose_address_is_in_it() -> None:
    (comment,) = said(problem("+ada@example.com and @ben@example.com are listed twice."))
    assert comment.says.startswith("+ada(at)example.com and (at)ben(at)example.com are listed twice. ")


def test_says_one_thing_where_there_is_nothing_to_do() -> None:
    (comment,) = said(replace(problem(), remedy=""))
    assert comment.says == f"The time zone “Berln” is unknown.\n\nPeerpact, {comment.key}"


@pytest.mark.parametrize("words", ["a" * 3000, "ä" * 3000, "a" + "ä" * 3000])
def test_fits_into_what_sheets_takes(words: str) -> None:
    (comment,) = said(problem(words))
    assert LONGEST - 1 <= len(comment.says.encode()) <= LONGEST
    assert "…\n\n" in comment.says
    assert key_at_foot(comment.says) == comment.key


def test_is_whole_as_long_as_it_fits() -> None:
    (short,) = said(problem(""))
    room = LONGEST - len(short.says) - 1
    whole, cut = (said(problem("a" * n))[0].says for n in (room, room + 1))
    assert (len(whole), "…" in whole) == (LONGEST, False)
    assert (len(cut.encode()), "…" in cut) == (LONGEST, True)


def test_is_made_once() -> None:
    wanted = said(problem())
    assert list(changes(wanted, [])) == [Insert(comment=wanted[0])]
    assert list(changes(wanted, [there(wanted[0])])) == []


def test_is_replied_to_when_it_changes() -> None:
    (old,), (new,) = said(problem()), said(problem("The time zone “Berlim” is unknown."))
    assert list(changes((new,), [there(old)])) == [Reply(thread=there(old), says=new.says)]


def test_is_resolved_once_where_it_is_there_twice() -> None:
    (one,), (old,) = said(problem()), said(problem("The time zone “Berlim” is unknown."))
    twice = [there(one, id="c1"), there(one, id="c2"), there(old, id="c3"), there(old, id="c4")]
    assert list(changes((one,), twice)) == [Resolve(thread=twice[n]) for n in (2, 3, 1)]


def test_is_resolved_when_it_is_corrected() -> None:
    (comment,) = said(problem())
    assert list(changes((), [there(comment)])) == [Resolve(thread=there(comment))]


def test_is_opened_again_when_the_same_is_wrong_again() -> None:
    (comment,) = said(problem())
    closed = _closed(there(comment))
    assert list(changes((comment,), [closed])) == [Reply(thread=closed, says=comment.says, reopens=True)]


def test_stays_resolved_by_hand_until_it_says_something_else() -> None:
    (comment,), (other,) = said(problem()), said(problem("The time zone “Berlim” is unknown."))
    closed = _closed(there(comment), by_hand=True)
    assert list(changes((comment,), [closed])) == []
    assert list(changes((other,), [closed])) == [Insert(comment=other)]


def test_goes_to_the_cell_where_the_row_is_now() -> None:
    (before,), (now,) = said(problem()), said(problem(row=4))
    assert list(changes((now,), [there(before)])) == [Insert(comment=now), Resolve(thread=there(before))]
    assert list(changes((now,), [there(before, cell=now.cell)])) == []


def test_knows_a_row_without_a_name_after_it_moved() -> None:
    (before,), (now,) = said(problem(row_key="row 3")), said(problem(row=4, row_key="row 4"))
    assert list(changes((now,), [there(before, cell=now.cell)])) == []


def test_keeps_two_problems_of_one_cell_apart() -> None:
    both = said(problem(), problem("It is merged."))
    threads = [there(c, id=f"c{i}") for i, c in enumerate(both)]
    assert list(changes(both, threads)) == []
    assert list(changes(both[:1], threads)) == [Resolve(thread=threads[1])]


def test_says_the_same_at_every_time_and_something_else_where_anything_changed() -> None:
    one, other = said(problem()), said(problem(row=4))
    assert digest(one) == digest(said(problem())) != digest(other)
    assert digest(()) == ""


def test_opens_no_more_at_a_time_than_a_person_wants_mails_of() -> None:
    wanted = said(*(problem(row=n, row_key=f"p{n}@example.com") for n in range(2, 2 + 2 * MOST)))
    first = carried_out(list(changes(wanted, [])), [])
    assert len(first) == MOST
    assert list(changes(wanted, first)) == []
    done = first[0]
    rest = tuple(c for c in wanted if c.says != done.says or c.cell != done.cell)
    assert len([c for c in changes(rest, first) if isinstance(c, Insert)]) == 1


def test_makes_room_by_what_is_there_twice() -> None:
    *before, last = said(*(problem(row=n, row_key=f"p{n}@example.com") for n in range(2, 2 + MOST)))
    threads = [there(c, id=f"c{n}") for n, c in enumerate([*before, before[0]])]
    assert list(changes((*before, last), threads)) == [Insert(comment=last), Resolve(thread=threads[-1])]


CELLS = st.tuples(st.just("Roster"), st.integers(2, 4), st.integers(0, 1))
COMMENTS = st.builds(
    CellComment, cell=CELLS, key=st.sampled_from(["C-1", "C-2"]), says=st.sampled_from(["a", "b", "c"])
)
THREADS = st.builds(
    Thread,
    id=st.just(""),
    cell=st.none() | CELLS,
    key=st.sampled_from(["C-1", "C-2"]),
    says=st.sampled_from(["a", "b", "c"]),
    is_open=st.booleans(),
)


@given(wanted=st.lists(COMMENTS, unique=True, max_size=6), found=st.lists(THREADS, max_size=6))
def test_comes_to_rest_with_each_said_once(wanted: list[CellComment], found: list[Thread]) -> None:
    threads = [
        Thread(id=f"c{i}", cell=t.cell, key=t.key, says=t.says, is_open=t.is_open)
        for i, t in enumerate(found)
    ]
    after = carried_out(list(changes(wanted, threads)), threads)
    open_now = sorted(((t.cell, t.key, t.says) for t in after if t.is_open), key=str)
    assert open_now == sorted(((c.cell, c.key, c.says) for c in wanted), key=str)
    assert list(changes(wanted, after)) == []
