"""Whose reply counts: the participant's, from their address or an alias that the directory knows; nobody else's."""

from __future__ import annotations

import pytest

from cast import Cast
from peerpact.demo.company import DELEGATES
from peerpact.google.scopes import DIRECTORY
from workspace_emulator import Effect, Fault, User

BEN = "ben@example.com"
ALIAS = "benjamin.berg@example.com"
STRANGER = "zoe@example.com"
WORDS = "Ask Dina about the canary report"


@pytest.fixture
def aliased(met: Cast) -> Cast:
    """Ben has a second address, which is not on the roster; Zoe works there, but takes no part."""
    workspace = met.company.workspace
    workspace.add_user(User(email=BEN, name="Ben Berg", time_zone="Europe/Berlin", aliases=(ALIAS,)))
    workspace.add_user(User(email=STRANGER, name="Zoe Zenith"))
    workspace.calls.clear()
    return met


def taken_as(cast: Cast) -> list[str]:
    return [r["Taken as"] for r in cast.ledger("Replies")]


def digest(cast: Cast) -> str:
    cast.run("report")
    return str(cast.mails("people.team@example.com")[-1].get_body(("plain",)).get_content())  # type: ignore[union-attr]


def asked_the_directory(cast: Cast) -> int:
    return sum(c.method_id == "directory.users.get" for c in cast.company.workspace.calls)


def test_takes_a_reply_from_an_alias_that_the_directory_knows(aliased: Cast) -> None:
    aliased.reply(ALIAS, WORDS, to="commitment-request")
    aliased.run("collect_replies")
    assert [(c["Person"], c["Text"]) for c in aliased.ledger("Commitments")] == [(BEN, WORDS)]
    assert aliased.letters(BEN)[-1].startswith("acknowledgement:")


def test_knows_a_roster_that_names_the_alias(aliased: Cast) -> None:
    aliased.enter("Roster", "B3", ALIAS)
    aliased.run("pair_people")
    aliased.wait(days=4)
    aliased.run("pair_people")
    aliased.run("book_first_meetings")
    aliased.reply(BEN, "pause", to="introduction")
    aliased.run("collect_replies")
    assert [(r["Person"], r["Asked for"]) for r in aliased.tab("Requests")] == [(ALIAS, "pause")]


def test_asks_the_directory_only_about_unknown_senders_of_answers(aliased: Cast) -> None:
    aliased.reply(BEN, WORDS, to="commitment-request")
    aliased.write(STRANGER, "Lunch?", to=aliased.company.config.mailbox)
    aliased.run("collect_replies")
    assert asked_the_directory(aliased) == 0


def test_lets_nobody_answer_for_somebody_else(aliased: Cast) -> None:
    """A colleague to whom the letter was forwarded, with its reply address and all."""
    aliased.forward(BEN, STRANGER, to="commitment-request")
    aliased.reply(STRANGER, WORDS, to="commitment-request")
    aliased.run("collect_replies")
    assert asked_the_directory(aliased) == 1
    assert aliased.ledger("Commitments") == []
    assert taken_as(aliased) == ["the sender is not on the roster"]


def test_lets_the_mail_wait_and_says_why_when_the_directory_may_not_be_asked(aliased: Cast) -> None:
    identity = aliased.company.workspace.identity
    granted = set(aliased.company.workspace.store.collection("identity/delegations")[DELEGATES["directory"]])
    identity.authorise_delegation(DELEGATES["directory"], granted - {DIRECTORY})
    aliased.reply(ALIAS, WORDS, to="commitment-request")
    aliased.run("collect_replies")
    assert taken_as(aliased) == ["the sender is not on the roster"]
    problem = next(p for p in aliased.tab("Problems") if "directory" in p["What is wrong"])
    assert DIRECTORY in problem["What to do"]
    assert ALIAS not in repr(aliased.tab("Problems"))
    aliased.reply(BEN, WORDS, to="commitment-request")
    aliased.run("collect_replies")
    assert [c["Text"] for c in aliased.ledger("Commitments")] == [WORDS]
    assert any("directory" in p["What is wrong"] for p in aliased.tab("Problems"))


def test_no_longer_complains_once_the_directory_answers(aliased: Cast) -> None:
    identity = aliased.company.workspace.identity
    granted = set(aliased.company.workspace.store.collection("identity/delegations")[DELEGATES["directory"]])
    identity.authorise_delegation(DELEGATES["directory"], granted - {DIRECTORY})
    aliased.reply(ALIAS, WORDS, to="commitment-request")
    aliased.run("collect_replies")
    identity.authorise_delegation(DELEGATES["directory"], granted)
    aliased.reply(ALIAS, WORDS, to="commitment-request")
    aliased.run("collect_replies")
    assert not any("directory" in p["What is wrong"] for p in aliased.tab("Problems"))


def test_reads_a_mail_later_when_the_directory_does_not_answer(aliased: Cast) -> None:
    aliased.reply(ALIAS, WORDS, to="commitment-request")
    faults = aliased.company.workspace.faults
    faults.add(Fault(effect=Effect.REFUSE, method="directory.users.get", status=503))
    with pytest.raises(Exception, match="could not be reached"):
        aliased.run("collect_replies")
    assert taken_as(aliased) == []
    faults.clear()
    aliased.run("collect_replies")
    assert [c["Person"] for c in aliased.ledger("Commitments")] == [BEN]


def test_counts_what_waits_in_the_digest_and_never_quotes_it(aliased: Cast) -> None:
    secret = "The canary sings at midnight"
    aliased.write(STRANGER, secret, to=aliased.company.config.mailbox)
    aliased.write(STRANGER, secret, to=aliased.company.config.mailbox)
    aliased.run("collect_replies")
    said = digest(aliased)
    assert "2 mails in the mailbox’s label" in " ".join(said.split())
    assert "canary" not in said
    assert STRANGER not in said


def test_counts_no_more_what_a_person_has_seen_to(aliased: Cast) -> None:
    aliased.write(STRANGER, "Lunch?", to=aliased.company.config.mailbox)
    aliased.run("collect_replies")
    session = aliased.company.session(aliased.company.config.mailbox)
    mail = "https://gmail.googleapis.com/gmail/v1/users/me"
    labels = {label["name"]: label["id"] for label in session.get(f"{mail}/labels").json()["labels"]}
    session.post(
        f"{mail}/messages/{aliased.ledger('Replies')[-1]['Message']}/modify",
        json={"removeLabelIds": ["INBOX", labels["peerpact/needs a person"]]},
    ).raise_for_status()
    assert "in the mailbox’s label" not in " ".join(digest(aliased).split())


def test_lets_no_participant_answer_for_another(aliased: Cast) -> None:
    cleo = "cleo@example.com"
    aliased.discard(cleo)
    aliased.forward(BEN, cleo, to="commitment-request")
    aliased.reply(cleo, WORDS, to="commitment-request")
    aliased.run("collect_replies")
    assert aliased.ledger("Commitments") == []
    assert taken_as(aliased) == ["it belongs to no letter that we sent them"]


def test_marks_an_address_whose_letters_come_back_until_it_is_mended(met: Cast) -> None:
    workspace = met.company.workspace
    del workspace.store.collection("users")["gus@example.com"]
    met.wait(days=21)
    met.run("send_follow_ups")
    for _ in range(2):
        met.run("collect_replies")
        assert [p["What is wrong"] for p in met.tab("Problems")] == [
            "Mails to gus@example.com come back undelivered."
        ]
    sheet = met.company.sheet().worksheet("Roster")
    met.enter("Roster", f"B{sheet.col_values(2).index('gus@example.com') + 1}", "gustav@example.com")
    met.run("collect_replies")
    assert [p for p in met.tab("Problems") if "undelivered" in p["What is wrong"]] == []
