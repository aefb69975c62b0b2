"""What the ledger keeps of each promise, how a later reply corrects an earlier one, and when words are erased."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from cast import Cast
from peerpact.errors import GoogleError
from workspace_emulator import Effect, Fault

BEN = "ben@example.com"
CANARY = "Ask Dina about the canary report"


@pytest.fixture
def promised(met: Cast) -> Cast:
    """Ben has promised something, and knows how it was understood."""
    return met.bring_to(ben_promised)


def ben_promised(cast: Cast) -> None:
    cast.reply(BEN, CANARY, to="commitment-request")
    cast.run("collect_replies")


@pytest.fixture
def asked(promised: Cast) -> Cast:
    """A month later Ben is asked about it."""
    return promised.bring_to(ben_is_asked)


def ben_is_asked(cast: Cast) -> None:
    cast.wait(days=28)
    cast.run("send_follow_ups")


def steps(cast: Cast) -> list[str]:
    """Return what happened to Ben's promise, without the days."""
    history = next(c["History"] for c in cast.ledger("Commitments") if c["Person"] == BEN)
    return [re.sub(r"^\d{4}-\d\d-\d\d ", "", event) for event in history.split("; ")]


def texts(cast: Cast) -> list[str]:
    return [c["Text"] for c in cast.ledger("Commitments") if c["Person"] == BEN]


def last_letter(cast: Cast) -> str:
    body = cast.mails(BEN)[-1].get_body(("plain",))
    return " ".join(body.get_content().split())  # type: ignore[union-attr]


def reference(cast: Cast, kind: str) -> str:
    return next(
        str(x["Reference"]) for x in cast.ledger("Letters") if x["Kind"] == kind and x["Person"] == BEN
    )


def test_keeps_what_was_made_asked_answered_carried_on_and_changed(asked: Cast) -> None:
    asked.reply(BEN, "1 not yet", to="follow-up")
    asked.run("collect_replies")
    asked.wait(days=1)
    asked.reply(BEN, "1 done", to="follow-up")
    asked.run("collect_replies")
    assert steps(asked) == [
        "made",
        f"asked {reference(asked, 'follow-up')}",
        "answered not yet",
        "carried on",
        "changed not yet to kept",
    ]


def test_takes_an_answer_to_the_next_letter_for_a_new_one(asked: Cast) -> None:
    asked.lengthen_rounds(6)
    asked.reply(BEN, "1 not yet", to="follow-up")
    asked.run("collect_replies")
    asked.wait(days=32)
    asked.run("send_follow_ups")
    asked.reply(BEN, "1 done", to="follow-up")
    asked.run("collect_replies")
    assert [s for s in steps(asked) if s.startswith(("answered", "changed"))] == [
        "answered not yet",
        "answered kept",
    ]


def test_keeps_the_history_as_it_is_when_a_reply_is_read_once_more(asked: Cast) -> None:
    asked.reply(BEN, "1 not yet", to="follow-up")
    asked.run("collect_replies")
    before = steps(asked)
    asked.company.session(asked.company.config.mailbox).post(
        "https://gmail.googleapis.com/gmail/v1/users/me/messages/batchModify",
        json={"ids": [asked.ledger("Replies")[-1]["Message"]], "removeLabelIds": [_done_label(asked)]},
    ).raise_for_status()
    asked.run("collect_replies")
    assert steps(asked) == before


def _done_label(cast: Cast) -> str:
    session = cast.company.session(cast.company.config.mailbox)
    labels = session.get("https://gmail.googleapis.com/gmail/v1/users/me/labels").json()["labels"]
    return next(str(label["id"]) for label in labels if label["name"] == "peerpact/done")


def test_puts_a_promise_in_other_words_when_the_acknowledgement_is_answered(promised: Cast) -> None:
    promised.wait(days=1)
    promised.reply(BEN, "Ask Emil about the canary figures", to="acknowledgement")
    promised.run("collect_replies")
    assert texts(promised) == ["Ask Emil about the canary figures"]
    assert steps(promised) == ["made", f"changed from “{CANARY}”"]
    assert f"Statt „{CANARY}“: Ask Emil about the canary figures" in last_letter(promised)


def test_adds_a_promise_when_the_answer_says_that_it_comes_on_top(promised: Cast) -> None:
    promised.reply(BEN, "Also: read the chapter on listening", to="acknowledgement")
    promised.run("collect_replies")
    assert texts(promised)[0] == CANARY
    assert len(texts(promised)) == 2


def test_leaves_a_promise_alone_that_was_answered_since(asked: Cast) -> None:
    asked.reply(BEN, "1 done", to="follow-up")
    asked.run("collect_replies")
    asked.wait(days=1)
    asked.reply(BEN, "Read the chapter on listening", to="acknowledgement")
    asked.run("collect_replies")
    assert CANARY in texts(asked)


def test_takes_a_correction_that_has_no_word_in_common(promised: Cast) -> None:
    promised.reply(BEN, "Sorry, I meant reading chapter four", to="acknowledgement")
    promised.run("collect_replies")
    assert steps(promised)[-1] == f"changed from “{CANARY}”"
    assert len(texts(promised)) == 1


def test_loses_no_promise_when_it_can_not_tell_whether_it_is_corrected(promised: Cast) -> None:
    promised.reply(BEN, "Read the chapter on listening", to="acknowledgement")
    promised.run("collect_replies")
    assert texts(promised) == [CANARY, "Read the chapter on listening"]


@pytest.mark.parametrize("words", ["Thanks!", "Thank you, perfect.", "👍", "Danke!"])
def test_changes_nothing_for_a_thank_you(promised: Cast, words: str) -> None:
    promised.reply(BEN, words, to="acknowledgement")
    promised.run("collect_replies")
    assert texts(promised) == [CANARY]


def test_erases_the_words_when_the_months_in_settings_are_over_and_keeps_the_figures(asked: Cast) -> None:
    asked.reply(BEN, "1 done", to="follow-up")
    asked.run("collect_replies")
    asked.setting("Months until texts are erased", 2)
    asked.go_to(datetime(2026, 6, 4, 9, tzinfo=UTC))
    asked.run("send_follow_ups")
    assert texts(asked) == [CANARY]
    asked.go_to(datetime(2026, 6, 5, 9, tzinfo=UTC))
    asked.run("send_follow_ups")
    assert texts(asked) == ["(erased)"]
    assert steps(asked)[-2:] == ["answered kept", "erased"]
    assert [(c["Outcome"], c["Person"]) for c in asked.ledger("Commitments")] == [("kept", BEN)]


def test_erases_the_words_that_were_replaced_as_well(promised: Cast) -> None:
    promised.reply(BEN, "Ask Emil about the canary figures", to="acknowledgement")
    promised.run("collect_replies")
    promised.enter("Roster", "J3", "no")
    promised.run("check_roster")
    promised.wait(days=7)
    promised.run("send_follow_ups")
    assert "canary" not in repr(promised.ledger("Commitments"))


def test_erases_the_words_of_somebody_who_stops(promised: Cast) -> None:
    promised.reply(BEN, "stop", to="commitment-request")
    promised.run("collect_replies")
    promised.wait(days=6)
    promised.run("send_follow_ups")
    assert texts(promised) == [CANARY]
    promised.wait(days=1)
    promised.run("send_follow_ups")
    assert texts(promised) == ["(erased)"]


def test_erases_the_words_of_somebody_whose_row_is_gone(promised: Cast) -> None:
    promised.company.sheet().worksheet("Roster").delete_rows(3)
    promised.run("send_follow_ups")
    promised.wait(days=6)
    promised.run("send_follow_ups")
    assert texts(promised) == [CANARY]
    promised.wait(days=1)
    promised.run("send_follow_ups")
    assert texts(promised) == ["(erased)"]


def test_keeps_the_words_when_the_roster_says_nothing_that_can_be_read(promised: Cast) -> None:
    promised.enter("Roster", "J3", "yess")
    promised.run("send_follow_ups")
    assert texts(promised) == [CANARY]


def test_keeps_the_words_when_a_row_of_the_roster_can_not_be_read(promised: Cast) -> None:
    promised.enter("Roster", "B3", "ben at example.com")
    promised.run("send_follow_ups")
    assert texts(promised) == [CANARY]


def test_keeps_everybodys_words_and_says_so_when_the_roster_is_gone(met: Cast) -> None:
    people = [f"{name}@example.com" for name in ("ben", "cleo", "dina", "emil", "fay", "gus")]
    for person in people:
        met.reply(person, CANARY, to="commitment-request")
    met.run("collect_replies")
    met.company.sheet().worksheet("Roster").batch_clear(["A2:K50"])
    met.run("send_follow_ups")
    assert [c["Text"] for c in met.ledger("Commitments")] == [CANARY] * 6
    said = [
        p["What is wrong"] for p in met.tab("Problems") if "no longer on the roster" in p["What is wrong"]
    ]
    assert said == [
        "6 people who were paired are no longer on the roster, or are in a row that can't be read. "
        "Whatever they promised is kept for now."
    ]


def test_erases_the_words_of_many_only_once_an_admin_says_that_they_left(met: Cast) -> None:
    people = [f"{name}@example.com" for name in ("ben", "cleo", "dina")]
    for person in people:
        met.reply(person, CANARY, to="commitment-request")
    met.run("collect_replies")
    met.company.sheet().worksheet("Roster").batch_clear(["A2:K50"])
    met.run("send_follow_ups")
    met.wait(days=30)
    met.run("check_roster")
    met.answer_doubts()
    met.run("check_roster")
    met.run("send_follow_ups")
    assert [c["Text"] for c in met.ledger("Commitments")] == [CANARY] * 3
    said = [p["What is wrong"] for p in met.tab("Problems") if "no longer in" in p["What is wrong"]]
    assert said == [
        "6 of 6 people who were paired are no longer in the programme: ben@example.com, cleo@example.com, "
        "dina@example.com, emil@example.com, fay@example.com and gus@example.com. Whatever they promised is kept "
        "for now."
    ]
    met.answer_problem("no longer in", "yes")
    met.run("send_follow_ups")
    assert [c["Text"] for c in met.ledger("Commitments")] == ["(erased)"] * 3


def test_says_what_was_corrected_also_when_a_run_died_before_it_said_so(promised: Cast) -> None:
    promised.wait(days=1)
    promised.reply(BEN, "Ask Emil about the canary figures", to="acknowledgement")
    faults = promised.company.workspace.faults
    faults.add(Fault(effect=Effect.DROP_BEFORE, method="gmail.users.drafts.create"))
    with pytest.raises(GoogleError):
        promised.run("collect_replies")
    faults.clear()
    promised.run("collect_replies")
    assert f"Statt „{CANARY}“: Ask Emil about the canary figures" in last_letter(promised)
    assert steps(promised) == ["made", f"changed from “{CANARY}”"]
