"""The loop: one action promised, asked about a month later, answered in one's own words."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from cast import Cast
from peerpact.errors import GoogleError
from peerpact.google.mail import Mail, Mailbox
from peerpact.jobs import job as running
from peerpact.jobs.catalogue import JOBS
from peerpact.jobs.collect_replies import mails
from workspace_emulator import Effect, Fault

BEN = "ben@example.com"
CANARY = "Ask Dina about the canary report"


def kinds(cast: Cast, person: str = BEN) -> list[str]:
    return [key.partition(":")[0] for key in cast.letters(person)]


def test_asks_each_for_one_commitment_after_the_meeting(met: Cast) -> None:
    for person in ("ben", "cleo", "dina", "emil", "fay", "gus"):
        assert kinds(met, f"{person}@example.com").count("commitment-request") == 1
    assert met.checker().faults() == []


def test_takes_a_reply_into_the_ledger_and_says_back_what_was_understood(met: Cast) -> None:
    met.reply(BEN, f"{CANARY}.", to="commitment-request")
    met.run("collect_replies")
    assert [(c["Person"], c["Text"]) for c in met.ledger("Commitments")] == [(BEN, f"{CANARY}.")]
    letter = met.mails(BEN)[-1]
    assert letter["X-Peerpact"].startswith("acknowledgement:")
    assert letter["Auto-Submitted"] == "auto-replied"
    assert CANARY in " ".join(letter.get_body(("plain",)).get_content().split())  # type: ignore[union-attr]


def test_takes_each_reply_once(met: Cast) -> None:
    met.reply(BEN, CANARY, to="commitment-request")
    met.run("collect_replies")
    met.writes()
    met.run("collect_replies")
    assert met.writes() == 0
    assert len(met.ledger("Commitments")) == 1
    assert kinds(met).count("acknowledgement") == 1


def test_asks_a_month_later_and_takes_the_outcome(met: Cast) -> None:
    met.reply(BEN, CANARY, to="commitment-request")
    met.run("collect_replies")
    met.wait(days=28)
    met.run("send_follow_ups")
    assert kinds(met).count("follow-up") == 1
    met.reply(BEN, "1 done", to="follow-up")
    met.run("collect_replies")
    assert [c["Outcome"] for c in met.ledger("Commitments")] == ["kept"]


def test_tells_the_partner_and_nobody_else(met: Cast) -> None:
    met.reply(BEN, CANARY, to="commitment-request")
    met.run("collect_replies")
    met.wait(days=28)
    met.run("send_follow_ups")
    pairing = next(p for p in met.tab("Pairings") if BEN in p["Addresses"])
    partner = next(a for a in pairing["Addresses"].split(", ") if a != BEN)
    told = [m for m in met.mails(partner) if (m["X-Peerpact"] or "").startswith("follow-up:")]
    assert CANARY in " ".join(told[0].get_body(("plain",)).get_content().split())  # type: ignore[union-attr]
    assert met.checker().faults() == []


def test_corrects_an_outcome_by_a_later_reply(met: Cast) -> None:
    met.reply(BEN, CANARY, to="commitment-request")
    met.run("collect_replies")
    met.wait(days=28)
    met.run("send_follow_ups")
    met.reply(BEN, "1 done", to="follow-up")
    met.run("collect_replies")
    met.reply(BEN, "1 not yet", to="follow-up")
    met.run("collect_replies")
    assert [c["Outcome"] for c in met.ledger("Commitments")] == ["not yet"]


def test_asks_whoever_was_silent_by_the_next_letter_where_that_comes_within_five_weeks(met: Cast) -> None:
    for days in (8, 1):
        met.wait(days=days)
        met.run("send_follow_ups")
    assert kinds(met).count("commitment-request") == 1
    assert not {"reminder", "follow-up"} & set(kinds(met))
    met.wait(days=19)
    met.run("send_follow_ups")
    assert (kinds(met).count("follow-up"), kinds(met).count("reminder")) == (1, 0)


def test_pauses_whoever_asks_for_it(met: Cast) -> None:
    met.reply(BEN, "Please pause me until 2026-03-01.", to="commitment-request")
    met.run("collect_replies")
    assert [(r["Person"], r["Asked for"], r["Until"]) for r in met.tab("Requests")] == [
        (BEN, "pause", "2026-03-01")
    ]
    met.wait(days=1)
    met.run("pair_people")
    standing = [p["Addresses"] for p in met.tab("Pairings") if p["State"] in {"Approved", "Proposed"}]
    assert BEN not in " ".join(standing)


def test_leaves_a_strangers_mail_for_a_person(met: Cast) -> None:
    met.write(
        "people.team@example.com", "1 done", to=met.company.config.mailbox, subject="Re: how did it go?"
    )
    met.run("collect_replies")
    assert [(r["Kind"], r["Taken as"]) for r in met.ledger("Replies")] == [
        ("answer", "the sender is not on the roster")
    ]
    assert met.ledger("Commitments") == []
    assert met.tab("Runs")[-1]["Needs a person"] == "1"


def test_changes_nothing_when_letters_are_sent_twice_in_a_row(met: Cast) -> None:
    met.writes()
    met.run("send_follow_ups")
    assert met.writes() == 0


def test_erases_the_texts_of_somebody_who_leaves(met: Cast) -> None:
    met.reply(BEN, CANARY, to="commitment-request")
    met.run("collect_replies")
    met.enter("Roster", "J3", "no")
    met.run("send_follow_ups")
    assert [c["Text"] for c in met.ledger("Commitments")] == [CANARY]
    met.wait(days=7)
    met.run("send_follow_ups")
    assert [c["Text"] for c in met.ledger("Commitments")] == ["(erased)"]


def test_reports_figures_only_about_five_people_or_more(met: Cast) -> None:
    met.reply(BEN, CANARY, to="commitment-request")
    met.run("collect_replies")
    met.run("send_follow_ups")
    met.run("report")
    month = met.tab("Overview")[0]
    assert (month["Month"], month["Took part"], month["Commitments made"]) == ("2026-01", "6", "")
    digest = met.mails("people.team@example.com")[-1]
    assert digest["X-Peerpact"].startswith("digest:")
    assert CANARY not in digest.as_string()


def test_takes_not_now_in_answer_to_an_introduction(met: Cast) -> None:
    met.reply(BEN, "pause", to="introduction")
    met.run("collect_replies")
    asked = [(r["Name"], r["Person"], r["Asked for"]) for r in met.tab("Requests")]
    assert asked == [("Ben Berg", BEN, "pause")]
    assert met.mails(BEN)[-1]["X-Peerpact"].startswith("acknowledgement:")
    assert met.checker().faults() == []


def test_makes_no_promise_of_a_thank_you_for_an_introduction(met: Cast) -> None:
    before = len(met.mails(BEN))
    met.reply(BEN, "Thank you, I look forward to meeting her.", to="introduction")
    met.run("collect_replies")
    assert met.ledger("Commitments") == []
    assert len(met.mails(BEN)) == before


def test_counts_a_promise_carried_on_by_the_day_it_was_first_due(met: Cast) -> None:
    met.reply(BEN, CANARY, to="commitment-request")
    met.run("collect_replies")
    due = met.ledger("Commitments")[0]["Due"]
    met.wait(days=28)
    met.run("send_follow_ups")
    met.reply(BEN, "1 not yet", to="follow-up")
    met.run("collect_replies")
    assert [(c["Outcome"], c["Due"]) for c in met.ledger("Commitments")] == [("not yet", due)]


def test_knows_a_letter_as_sent_when_google_loses_one_answer_after_another(met: Cast) -> None:
    met.reply(BEN, CANARY, to="commitment-request")
    faults = met.company.workspace.faults
    faults.add(Fault(effect=Effect.DROP_BEFORE, method="gmail.users.drafts.create", call=1))
    with pytest.raises(GoogleError):
        met.run("collect_replies")
    faults.add(Fault(effect=Effect.DROP_AFTER, method="gmail.users.drafts.send", call=1))
    met.run("collect_replies")
    assert [x["State"] for x in met.ledger("Letters") if x["Kind"] == "acknowledgement"] == ["sent"]
    assert kinds(met).count("acknowledgement") == 1


def test_answers_what_it_could_read_where_gmail_is_slow(met: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading all that waits takes longer than a run has: none would ever be answered."""
    seconds, a_mail = [0.0], 200.0
    monkeypatch.setattr(mails, "MANY_AT_ONCE", 1)
    read_all = Mailbox.read_all

    def slowly(self: Mailbox, ids: Iterable[str]) -> list[Mail]:
        found = read_all(self, ids)
        seconds[0] += a_mail * len(found)
        return found

    people = [f"{name}@example.com" for name in ("ben", "cleo", "dina", "emil", "fay", "gus")]
    for person in people:
        met.reply(person, CANARY, to="commitment-request")
    monkeypatch.setattr(Mailbox, "read_all", slowly)
    job, answered = JOBS["collect_replies"], list[int]()
    for _ in people:
        running.run(job, lambda: met.company.access(job), met.clock.now, timer=lambda: seconds[0])
        answered.append(sum("acknowledgement" in kinds(met, person) for person in people))
    assert answered == [*range(answered[0], len(people) + 1), *[len(people)] * (answered[0] - 1)]
    assert len(met.ledger("Commitments")) == len(people)
    assert {kinds(met, person).count("acknowledgement") for person in people} == {1}
