"""A person whose address changes stays who they are: pairing, meeting, promises and threads go along."""

from __future__ import annotations

import pytest

import states
from cast import Cast
from peerpact.google.scopes import DIRECTORY
from peerpact.jobs.accounts import accounts_of
from peerpact.jobs.catalogue import JOBS
from peerpact.programme.roster.identity import Accounts
from workspace_emulator import User
from workspace_emulator.directory import add_group

OLD, NEW = "ben@example.com", "ben.berg@example.com"


def pairing_of(cast: Cast, person: str) -> dict[str, str]:
    return next(p for p in cast.tab("Pairings") if person in p["Addresses"] and p["State"] == "Approved")


def promise(met: Cast) -> None:
    met.reply(OLD, "I will write the guide by 20 March 2026.", to="commitment-request")
    met.run("collect_replies")


def rename_account(cast: Cast) -> None:
    """Let the directory know both addresses as one account's, as it does when an account is renamed."""
    cast.company.workspace.add_user(User(email=OLD, name="Ben Berg", aliases=(NEW,)))


def close_account(cast: Cast, old: str, new: str) -> None:
    """Let a new account take the place of an old one, which is out of use."""
    cast.company.workspace.add_user(User(email=old, name="Ben Berg", is_suspended=True))
    cast.company.workspace.add_user(User(email=new, name="Ben Berg", time_zone="Europe/Berlin"))


def run_all(cast: Cast) -> None:
    for job in ("check_roster", "pair_people", "book_first_meetings", "send_follow_ups", "collect_replies"):
        cast.run(job)


def test_takes_everything_along_when_the_former_address_is_said(met: Cast) -> None:
    promise(met)
    before = pairing_of(met, OLD)
    rename_account(met)
    header = met.company.sheet().worksheet("Roster").row_values(1)
    met.enter("Roster", "B3", NEW)
    met.enter("Roster", f"{chr(65 + header.index('Former address'))}3", OLD)
    run_all(met)
    assert_moved(met, before)


def test_asks_whether_it_is_the_same_person_and_does_nothing_until_a_yes(met: Cast) -> None:
    promise(met)
    before = pairing_of(met, OLD)
    close_account(met, OLD, NEW)
    met.enter("Roster", "B3", NEW)
    run_all(met)
    assert pairing_of(met, OLD) == before
    met.answer_problem("Is this the same person?", "yes")
    run_all(met)
    assert not [p for p in met.tab("Problems") if "same person" in p["What is wrong"]]
    assert_moved(met, before)


def test_takes_everything_along_without_a_word_when_the_directory_knows_both(met: Cast) -> None:
    promise(met)
    before = pairing_of(met, OLD)
    rename_account(met)
    met.enter("Roster", "B3", NEW)
    run_all(met)
    met.run("check_roster")
    assert pairing_of(met, NEW)["Pairing"] == before["Pairing"]
    assert not [p for p in met.tab("Problems") if "same person" in p["What is wrong"]]


@pytest.mark.parametrize("how", ["the directory is not granted", "a group's address"])
def test_takes_nothing_along_where_the_directory_does_not_tell_who_it_is(met: Cast, how: str) -> None:
    """A yes of an admin's is no proof: it is the admin who would read the mails."""
    promise(met)
    workspace, header = met.company.workspace, met.company.sheet().worksheet("Roster").row_values(1)
    if how == "the directory is not granted":
        workspace.identity.authorise_delegation(met.company.config.directory_delegate, [])
        workspace.add_user(User(email=NEW, name="Ben Berg"))
    else:
        add_group(workspace, NEW, members=[met.company.admin])
    before = pairing_of(met, OLD)
    met.enter("Roster", "B3", NEW)
    met.enter("Roster", f"{chr(65 + header.index('Former address'))}3", OLD)
    run_all(met)
    met.wait(days=1)
    run_all(met)
    assert pairing_of(met, OLD) == before
    assert {c["Person"] for c in met.ledger("Commitments")} == {OLD}
    assert [
        p for p in met.tab("Problems") if "does not tell whether that is one person" in p["What is wrong"]
    ]
    rename_account(met)
    workspace.identity.authorise_delegation(met.company.config.directory_delegate, [DIRECTORY])
    run_all(met)
    assert pairing_of(met, NEW)["Pairing"] == before["Pairing"]
    assert {c["Person"] for c in met.ledger("Commitments")} == {NEW}


def test_takes_everything_along_to_an_address_that_is_nobody_s_yet(met: Cast) -> None:
    """The People team is often earlier than whoever renames the account."""
    promise(met)
    before = pairing_of(met, OLD)
    met.enter("Roster", "B3", NEW)
    run_all(met)
    assert pairing_of(met, OLD) == before
    met.answer_problem("Is this the same person?", "yes")
    run_all(met)
    assert_moved(met, before)


@pytest.mark.parametrize(
    ("new", "known"), [(NEW, Accounts.NO_SECOND), ("ben@elsewhere.example", Accounts.NOT_TOLD)]
)
def test_takes_an_address_for_nobody_s_yet_only_in_the_same_domain(
    cast: Cast, new: str, known: Accounts
) -> None:
    assert accounts_of(cast.company.access(JOBS["check_roster"]), OLD, new) is known


def test_takes_nothing_along_to_an_admin_who_enters_their_own_address_for_somebody_s(met: Cast) -> None:
    """What the two promised was theirs before; the directory knows two accounts, both in use."""
    promise(met)
    admin, header = met.company.admin, met.company.sheet().worksheet("Roster").row_values(1)
    got = len(met.letters(admin))
    met.enter("Roster", "B3", admin)
    met.enter("Roster", f"{chr(65 + header.index('Former address'))}3", OLD)
    for name in ("send_follow_ups", "book_first_meetings", "check_roster", "collect_replies"):
        met.run(name)
    met.wait(days=35)
    run_all(met)
    assert len(met.letters(admin)) == got
    assert {c["Person"] for c in met.ledger("Commitments")} == {OLD}
    assert [p for p in met.tab("Problems") if "two people's accounts" in p["What is wrong"]]


def test_follows_the_answer_of_an_invitation_that_went_to_the_former_address(cast: Cast) -> None:
    cast.bring_to(states.booked)
    rename_account(cast)
    header = cast.company.sheet().worksheet("Roster").row_values(1)
    cast.enter("Roster", "B3", NEW)
    cast.enter("Roster", f"{chr(65 + header.index('Former address'))}3", OLD)
    cast.answer(OLD, "accepted")
    run_all(cast)
    assert "Ben Berg: accepted" in pairing_of(cast, NEW)["Answers"]


def assert_moved(met: Cast, before: dict[str, str]) -> None:
    """The pairing is the same one, nobody was told goodbye, and the next letter asks about the old promise."""
    kept = ("Pairing", "State", "First meeting")
    assert [pairing_of(met, NEW)[k] for k in kept] == [before[k] for k in kept]
    met.company.workspace.add_user(User(email=NEW, name="Ben Berg", time_zone="Europe/Berlin"))
    for _ in range(5):
        met.wait(days=7)
        run_all(met)
    assert [pairing_of(met, NEW)[k] for k in kept[:2]] == [before[k] for k in kept[:2]]
    assert [c["Person"] for c in met.ledger("Commitments")] == [NEW]
    first = next(m for m in met.mails(NEW) if NEW in (m["X-Peerpact"] or ""))
    assert first["X-Peerpact"] == f"follow-up:{before['Pairing']}:{NEW}:1"
    assert "write the guide" in first.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert not any(
        "partner-left" in key for p in met.company.workspace.users() for key in met.letters(p.email)
    )


def test_asks_once_when_everybodys_domain_changes(met: Cast) -> None:
    promise(met)
    sheet = met.company.sheet().worksheet("Roster")
    states = [(p["Pairing"], p["State"]) for p in met.tab("Pairings")]
    for name in ("ben", "cleo", "dina", "emil", "fay", "gus"):
        close_account(met, f"{name}@example.com", f"{name}@example.org")
    for column in ("B", "E"):
        cells = sheet.get(f"{column}2:{column}8")
        sheet.update([[c[0].replace("example.com", "example.org") if c else ""] for c in cells], f"{column}2")
    met.setting("Company domains", "example.com, example.org")
    run_all(met)
    [question] = [p for p in met.tab("Problems") if "same people" in p["What is wrong"]]
    assert question["What is wrong"].startswith("6 people with addresses of example.com are missing")
    met.answer_problem("same people", "yes")
    run_all(met)
    assert [(p["Pairing"], p["State"]) for p in met.tab("Pairings")] == states
    assert all(
        "example.org" in p["Addresses"] and "example.com" not in p["Addresses"] for p in met.tab("Pairings")
    )
    everybody = {a for p in met.tab("Pairings") for a in p["Addresses"].split(", ")}
    for _ in range(5):
        met.wait(days=7)
        run_all(met)
    assert all(met.letters(address) for address in everybody)
    assert "write the guide" in met.mails("ben@example.org")[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert not any(
        "partner-left" in key for p in met.company.workspace.users() for key in met.letters(p.email)
    )
