"""What an admin asks for in the column Answer of Start here, from the yes to what came of it."""

from __future__ import annotations

import pytest

import states
from cast import Cast
from peerpact.errors import GoogleError
from peerpact.programme.roster.asked import APPROVE, EXAMPLES, KINDS, NOT_UNDERSTOOD, PAUSE, PREVIEW
from peerpact.tables.schema import tab
from workspace_emulator import Effect, Fault

ADMIN = "people.team@example.com"


def answer(cast: Cast, topic: str, word: str) -> None:
    sheet = cast.company.sheet().worksheet("Start here")
    row = sheet.col_values(1).index(topic) + 1
    sheet.update_cell(row, sheet.row_values(1).index("Answer") + 1, word)


def line(cast: Cast, topic: str) -> tuple[str, str]:
    """Return a line's answer, and what came of it without the day."""
    found = next(row for row in cast.tab("Start here") if row["Topic"] == topic)
    return found["Answer"], found["What came of it"].partition(": ")[2]


def examples(cast: Cast) -> list[str]:
    return [m["Subject"] for m in cast.mails(ADMIN) if (m["X-Peerpact"] or "").startswith("example:")]


@pytest.fixture
def proposed(cast: Cast) -> Cast:
    return cast.bring_to(_proposed)


def _proposed(cast: Cast) -> None:
    cast.run("pair_people")
    cast.run("check_roster")


def test_approves_all_proposals_once_and_takes_the_answer_away(proposed: Cast) -> None:
    answer(proposed, APPROVE, "yes")
    proposed.run("check_roster")
    assert {p["State"] for p in proposed.tab("Pairings")} == {"Approved"}
    assert line(proposed, APPROVE) == ("", "3 approved.")
    said = {row["Topic"]: row["In words"] for row in proposed.tab("Start here")}
    assert (said["Proposals"], said[APPROVE]) == ("None.", "No proposal waits.")
    proposed.writes()
    proposed.run("check_roster")
    assert proposed.writes() == 0
    proposed.wait(days=7, hours=3)  # after some mornings nobody waits for the announcement any more
    proposed.run("book_first_meetings")
    assert any(key.startswith("introduction:") for key in proposed.letters("ben@example.com"))


def test_approves_nothing_that_the_line_did_not_speak_of(cast: Cast) -> None:
    cast.run("check_roster")
    answer(cast, APPROVE, "yes")
    cast.run("pair_people")
    cast.run("check_roster")
    assert {p["State"] for p in cast.tab("Pairings")} == {"Proposed"}
    assert line(cast, APPROVE)[1].startswith("nothing was approved: 3 wait now")


def test_sends_one_of_each_mail_once_even_if_a_run_dies(proposed: Cast) -> None:
    answer(proposed, EXAMPLES, "yes")
    proposed.run("check_roster")
    assert line(proposed, EXAMPLES)[0] == ""
    faults = proposed.company.workspace.faults
    faults.add(Fault(effect=Effect.REFUSE, status=503, method="gmail.users.drafts.send", chance=0.8, seed=1))
    with pytest.raises(GoogleError):
        proposed.run("book_first_meetings")
    faults.clear()
    proposed.run("book_first_meetings")
    proposed.run("book_first_meetings")
    assert len(set(examples(proposed))) == len(examples(proposed)) == len(KINDS)
    assert line(proposed, EXAMPLES)[1].endswith(f"mails sent to {ADMIN}.")
    assert proposed.checker().faults() == []


def test_takes_no_answer_to_an_example_for_somebodys(proposed: Cast) -> None:
    answer(proposed, EXAMPLES, "yes")
    proposed.run("check_roster")
    proposed.run("book_first_meetings")
    mails = [m for m in proposed.mails(ADMIN) if (m["X-Peerpact"] or "").startswith("example:")]
    assert {m["Reply-To"].addresses[0].addr_spec for m in mails} == {ADMIN}
    ours = proposed.company.config.mailbox
    body = "".join(m.get_body(("html",)).get_content() for m in mails)
    assert f"mailto:{ours}" not in body
    assert f"mailto:{ours.replace('@', '%40')}" not in body


def test_shows_the_next_round_on_its_tab_and_changes_nothing_else(cast: Cast) -> None:
    cast.bring_to(states.approved).run("check_roster")
    before, [empty] = cast.tab("Pairings"), cast.tab("Next round")
    assert empty["Why this pair"] == tab("Next round").empty["why"]
    answer(cast, PREVIEW, "yes")
    cast.run("check_roster")
    shown = cast.tab("Next round")
    assert len(shown) == 3
    assert not {row["Addresses"] for row in shown} & {p["Addresses"] for p in before}
    assert line(cast, PREVIEW)[1].startswith("see the tab Next round. Round 2, which opens on 5 April 2026: ")
    assert cast.tab("Pairings") == before


def test_begins_nothing_while_paused_and_goes_on_afterwards(proposed: Cast) -> None:
    answer(proposed, PAUSE, "yes")
    proposed.run("check_roster")
    proposed.wait(days=7, hours=3)
    for name in ("pair_people", "book_first_meetings", "send_follow_ups"):
        proposed.run(name)
    assert {p["State"] for p in proposed.tab("Pairings")} == {"Proposed"}
    assert proposed.letters("ben@example.com") == []
    answer(proposed, PAUSE, "no")
    proposed.run("check_roster")
    assert line(proposed, PAUSE) == ("", "taken up again.")
    for name in ("pair_people", "send_follow_ups", "book_first_meetings"):
        proposed.run(name)
    assert any(key.startswith("introduction:") for key in proposed.letters("ben@example.com"))


def test_says_at_the_place_that_a_word_is_neither_yes_nor_no(proposed: Cast) -> None:
    sheet = proposed.company.sheet(proposed.company.config.mailbox).worksheet("Start here")
    place = (sheet.col_values(1).index(APPROVE) + 1, sheet.row_values(1).index("Answer") + 1)
    _write_past_the_list(proposed, sheet, place, "later")
    proposed.run("check_roster")
    found = next(row for row in proposed.tab("Start here") if row["Topic"] == APPROVE)
    assert (found["Answer"], found["What came of it"]) == ("later", NOT_UNDERSTOOD)
    assert [(p["Tab"], p["Column"]) for p in proposed.tab("Problems")] == [("Start here", "Answer")]
    assert {p["State"] for p in proposed.tab("Pairings")} == {"Proposed"}


def _write_past_the_list(cast: Cast, sheet: object, place: tuple[int, int], word: str) -> None:
    """Put a word into a cell as a script does, which no list of choices stops."""
    body = {
        "requests": [
            {
                "updateCells": {
                    "start": {"sheetId": sheet.id, "rowIndex": place[0] - 1, "columnIndex": place[1] - 1},  # type: ignore[attr-defined]
                    "rows": [{"values": [{"userEnteredValue": {"stringValue": word}}]}],
                    "fields": "userEnteredValue",
                }
            }
        ]
    }
    cast.company.sheet(cast.company.config.mailbox).batch_update(body)
