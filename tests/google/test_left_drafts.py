"""A second draft of a letter, made by a network that delivered twice, is removed before a person sends it by hand."""

from __future__ import annotations

import pytest

import states
from cast import MAIL, Cast
from peerpact.errors import GoogleError
from peerpact.jobs import catalogue
from workspace_emulator import Effect, Fault
from workspace_emulator.gmail.drafts import send_draft_by_hand
from workspace_emulator.gmail.options import set_mail_options

CREATE = "gmail.users.drafts.create"


@pytest.fixture
def introduced(cast: Cast) -> Cast:
    """Everybody is introduced; one introduction was drafted twice on the way."""
    cast.bring_to(states.approved)
    cast.company.workspace.faults.add(Fault(effect=Effect.TWICE, method=CREATE, call=2, times=1))
    cast.run("book_first_meetings")
    return cast


def drafts(cast: Cast) -> int:
    return len(drafts_of(cast))


def drafts_of(cast: Cast) -> list[str]:
    """Return the keys of the letters whose drafts lie in the mailbox."""
    session = cast.company.session(cast.company.config.mailbox)
    found = session.get(f"{MAIL}/drafts").json().get("drafts", ())
    whole = [session.get(f"{MAIL}/drafts/{d['id']}").json()["message"]["payload"]["headers"] for d in found]
    return [h["value"] for headers in whole for h in headers if h["name"] == "X-Peerpact"]


def test_removes_a_second_draft_of_a_letter_that_was_sent(cast: Cast) -> None:
    cast.bring_to(states.approved)
    faults = cast.company.workspace.faults
    faults.add(Fault(effect=Effect.TWICE, method=CREATE, call=2, times=1))
    faults.add(Fault(effect=Effect.DROP_BEFORE, method=CREATE, call=4))
    with pytest.raises(GoogleError):
        cast.run("book_first_meetings")
    faults.clear()
    assert drafts(cast) == 1

    cast.run("book_first_meetings")

    assert drafts(cast) == 0
    assert cast.checker().faults() == []


def test_removes_it_too_where_a_run_has_only_letters_that_nobody_began(introduced: Cast) -> None:
    cast = introduced
    cast.leave("gus@example.com")
    cast.wait(hours=2)
    cast.run("pair_people")
    assert drafts(cast) == 1

    cast.run("book_first_meetings")

    assert drafts(cast) == 0
    assert cast.checker().faults() == []


@pytest.mark.parametrize("tells", [True, False], ids=["400 Message not a draft", "404"])
def test_takes_a_draft_that_a_person_sent_as_gone_however_gmail_says_it(
    introduced: Cast, tells: bool
) -> None:
    set_mail_options(introduced.company.workspace, answers_that_a_draft_was_sent=tells)
    session = introduced.company.session(introduced.company.config.mailbox)
    draft = session.get(f"{MAIL}/drafts").json()["drafts"][0]["id"]
    send_draft_by_hand(introduced.company.workspace, introduced.company.config.mailbox, draft)

    mailbox = introduced.company.access(catalogue.JOBS["book_first_meetings"]).mailbox

    assert mailbox.send_draft(draft) is None
    mailbox.delete_draft(draft)


def test_looks_for_a_letter_in_sent_before_its_second_draft_leaves_as_an_older_row_says_planned(
    introduced: Cast,
) -> None:
    cast = introduced
    [second] = drafts_of(cast)
    tab = cast.company.sheet(cast.company.config.mailbox).worksheet("Letters")
    header, number = tab.row_values(1), tab.col_values(1).index(second) + 1
    tab.update_cell(number, header.index("State") + 1, "planned")
    for name in ("Sent", "Draft", "Message", "Thread", "Message-ID"):
        tab.update_cell(number, header.index(name) + 1, "")
    cast.wait(hours=2)
    cast.run("book_first_meetings")

    assert drafts(cast) == 0
    assert cast.checker().faults() == []
